import { sortable } from "./sorting.js";

document.querySelectorAll("table.sortable").forEach(sortable);
