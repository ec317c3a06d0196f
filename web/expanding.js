import cytoscape from "cytoscape";
export { cytoscape };
