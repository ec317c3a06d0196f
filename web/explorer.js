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
for (const box of document.querySelectorAll("[data-graph][data-words]")) {
  const words = JSON.parse(box.dataset.words);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.expand;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const { expand } = await import("./expanding.js");
      await expand(box, words);
      button.remove();
    } catch {
      // The still picture and the list under it say the same.
      button.disabled = false;
    }
  });
  box.after(button);
}
