// A neighbourhood that grows: choosing a thing adds what stands around it. The server's picture gives the first places.
// The picture is for eyes and pointers; the buttons under it do the same for the keyboard and for who listens.

import cytoscape from "cytoscape";

/** Fill and line of a node by its kind, on light paper and on dark: those of kg/picture/svg.py. */
const COLOURS = {
  person: ["#fbe9dc", "#a4511a", "#4a2c17", "#e79a62"],
  organization: ["#e2eef8", "#2a6f97", "#16334a", "#6fb3dc"],
  place: ["#e6f2e4", "#2d7a46", "#1b3a25", "#6cc08a"],
  conference: ["#f0e8f7", "#6d4596", "#352449", "#bd9be0"],
  series: ["#f0e8f7", "#6d4596", "#352449", "#bd9be0"],
  sum: ["#fdf3cf", "#8a6a00", "#443a12", "#dcbf57"],
  count: ["#fdf3cf", "#8a6a00", "#443a12", "#dcbf57"],
  concept: ["#f1f1ef", "#6b6b66", "#2f3133", "#a5a8ab"],
};
/** Nodes beyond these make a picture in which nobody sees anything. */
const MOST = 150;

/** Letters of scripts that write without spaces between words; they are about as broad as two Latin ones. */
const BROAD = /[\u2e80-\u9fff\uac00-\ud7af]/;
const wide = (text) => [...text].reduce((sum, letter) => sum + (BROAD.test(letter) ? 2 : 1), 0);

/** Puts the growing picture into `box`, in place of the still one; `words` are the interface's. */
export async function expand(box, words) {
  const first = await asked(box.dataset.graph);
  const canvas = made("div", "growing");
  const buttons = made("ul", "chips");
  const about = made("div", "about-node");
  canvas.setAttribute("aria-hidden", "true");
  about.setAttribute("aria-live", "polite");
  buttons.setAttribute("aria-label", words.things);
  box.replaceChildren(canvas);
  box.removeAttribute("tabindex");
  box.after(made("p", "soft", words.help), buttons, about);
  const graph = drawn(canvas, first.elements);
  const opened = new Set([first.about]);

  async function choose(id) {
    const node = graph.getElementById(id);
    graph.elements().removeClass("chosen");
    node.closedNeighborhood().addClass("chosen");
    if (!opened.has(id) && graph.nodes().length < MOST) {
      opened.add(id);
      const address = new URL(box.dataset.graph, document.baseURI);
      address.searchParams.set("about", id);
      grow(graph, node, (await asked(address)).elements);
      list();
    }
    about.replaceChildren(...told(graph, graph.getElementById(id), words));
  }

  function list() {
    const there = new Set([...buttons.children].map((item) => item.dataset.id));
    const nodes = graph.nodes().filter((node) => !there.has(node.id()));
    buttons.append(...nodes.map((node) => chip(node, () => choose(node.id()))));
  }

  list();
  graph.on("tap", "node", (event) => choose(event.target.id()));
  about.replaceChildren(...told(graph, graph.getElementById(first.about), words));
}

async function asked(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.json();
}

function drawn(canvas, elements) {
  // It would put a style element into the page, which our policy refuses; what it says stands in explorer.css.
  if (!document.getElementById("__________cytoscape_stylesheet")) {
    document.head.append(Object.assign(document.createElement("template"), { id: "__________cytoscape_stylesheet" }));
  }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const graph = cytoscape({
    container: canvas,
    elements,
    layout: { name: "preset", fit: true, padding: 24 },
    style: styles(dark.matches),
    // The wheel goes on scrolling the page.
    userZoomingEnabled: false,
    maxZoom: 1.2,
    minZoom: 0.2,
  });
  dark.addEventListener("change", () => graph.style(styles(dark.matches)));
  return graph;
}

function styles(dark) {
  const [ink, paper, line] = dark ? ["#e6e4de", "#16191d", "#7d848d"] : ["#1d2126", "#fdfdfb", "#85827a"];
  const kinds = Object.entries(COLOURS).map(([kind, colours]) => ({
    selector: `node[kind = "${kind}"]`,
    style: { "background-color": colours[dark ? 2 : 0], "border-color": colours[dark ? 3 : 1] },
  }));
  const node = {
    label: "data(label)",
    color: ink,
    shape: "round-rectangle",
    width: 130,
    height: (each) => 18 + 14 * Math.ceil(wide(each.data("label")) / 18),
    "font-size": 12,
    "text-wrap": "wrap",
    "text-max-width": 122,
    // Scripts without spaces break anywhere, others between words.
    "text-overflow-wrap": (each) => (BROAD.test(each.data("label")) ? "anywhere" : "whitespace"),
    "text-valign": "center",
    "border-width": 1,
  };
  const edge = {
    label: "data(label)",
    width: 1,
    color: ink,
    "font-size": 10,
    "line-color": line,
    "target-arrow-color": line,
    "target-arrow-shape": "triangle",
    "curve-style": "bezier",
    "text-rotation": "autorotate",
    "text-background-color": paper,
    "text-background-opacity": 0.85,
  };
  return [
    { selector: "node", style: node },
    { selector: "edge", style: edge },
    ...kinds,
    { selector: "node[more > 0]", style: { "border-style": "double", "border-width": 4 } },
    { selector: ".chosen", style: { "border-width": 4 } },
    { selector: "edge.chosen", style: { width: 3 } },
  ];
}

/** Adds what is new around `node`, in a ring from which all find their places, the same every time. */
function grow(graph, node, elements) {
  const fresh = elements.nodes.filter(({ data }) => graph.getElementById(data.id).empty());
  const { x, y } = node.position();
  fresh.forEach((each, index) => {
    const angle = (2 * Math.PI * index) / fresh.length;
    each.position = { x: x + 190 * Math.cos(angle), y: y + 120 * Math.sin(angle) };
  });
  const edges = elements.edges.filter(({ data }) => graph.getElementById(data.id).empty());
  graph.add([...fresh.map((each) => ({ group: "nodes", ...each })), ...edges.map((each) => ({ group: "edges", ...each }))]);
  node.data("more", 0);
  graph.layout({ name: "cose", randomize: false, animate: false, padding: 24, nodeRepulsion: () => 400000, idealEdgeLength: () => 120 }).run();
}

function chip(node, choose) {
  const item = made("li", "");
  item.dataset.id = node.id();
  const button = made("button", `chip ${node.data("kind")}`, node.data("label"));
  button.type = "button";
  button.dir = "auto";
  if (node.data("lang")) button.lang = node.data("lang");
  button.addEventListener("click", choose);
  item.append(button);
  return item;
}

/** What is said of a node: a link to its page, then its edges, each with its first quote. */
function told(graph, node, words) {
  const head = made("h3", "");
  head.append(named(node));
  const edges = made("ul", "links");
  edges.append(
    ...node.connectedEdges().map((edge) => {
      const item = made("li", "");
      item.append(named(edge.source()), " — ", made("i", "", edge.data("label")), " → ", named(edge.target()));
      const quote = edge.data("quotes")?.[0];
      if (quote) item.append(document.createElement("br"), cited(quote));
      return item;
    }),
  );
  const open = made("a", "button", words.open);
  open.href = node.data("href");
  return node.data("href") ? [head, open, edges] : [head, edges];
}

function named(node) {
  const text = made("bdi", "", node.data("label"));
  if (node.data("lang")) text.lang = node.data("lang");
  return text;
}

function cited(quote) {
  const text = made("q", "", quote.text);
  text.lang = quote.lang;
  text.dir = "auto";
  if (!quote.href) return text;
  const link = made("a", "");
  link.href = quote.href;
  link.append(text);
  return link;
}

function made(tag, name, text = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = text;
  return element;
}
