// Tables that sort by a column when its head is pressed: numbers as numbers, texts as the page's language sorts them.

/** Puts a button into every head of `table`; the first press sorts upward, the next downward. */
export function sortable(table) {
  const body = table.tBodies[0];
  if (!body || body.rows.length < 2) return;
  [...(table.tHead?.rows[0]?.cells ?? [])].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const each of head.parentElement.cells) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.append(...sorted([...body.rows], column, down ? -1 : 1));
    });
  });
}

function sorted(rows, column, sign) {
  const texts = new Map(rows.map((row) => [row, key(row.cells[column])]));
  const numeric = [...texts.values()].every((text) => text === "" || number(text) !== null);
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const compare = numeric ? (a, b) => number(a) - number(b) : collator.compare;
  // What has no value stands last, either way.
  return rows.sort((a, b) => {
    const [left, right] = [texts.get(a), texts.get(b)];
    if (left === "" || right === "") return (left === "") - (right === "");
    return sign * compare(left, right);
  });
}

/** What a cell is sorted by: the value that it gives (data-value), or its text. */
const key = (cell) => (cell?.dataset.value ?? cell?.textContent ?? "").trim();

const number = (text) => (/^[-+]?\d+(\.\d+)?$/.test(text) ? Number(text) : null);
