// What pages can do beside being read: tables sort, marks tell what they mean, pictures of neighbourhoods expand.
// Nothing is remembered, and nothing is asked of another host.

import "./explorer.css";
import { marks } from "./marks.js";
import { sortable } from "./sorting.js";

for (const table of document.querySelectorAll(".wide table")) {
  const heads = table.tHead?.rows.length === 1;
  if (heads && !table.querySelector("[colspan], [rowspan]")) sortable(table);
}
const text = document.querySelector("article.reading .text");
if (text) marks(text);
