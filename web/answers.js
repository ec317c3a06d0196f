// Answers of the endpoint as a reader sees them: a table that sorts, with links to the pages of what we know.

import { sortable } from "./sorting.js";

/** Rows beyond these are not drawn: a download has them all. */
const MOST = 1000;

/** Elements for an answer of media type `kind`: rows, yes or no, or triples. */
export function shown(kind, text, told) {
  if (!kind.includes("json")) return triples(text, told);
  const answer = JSON.parse(text);
  if ("boolean" in answer) return [element("p", answer.boolean ? told.words.yes : told.words.no)];
  const { vars } = answer.head;
  const rows = answer.results.bindings;
  const count = rows.length > MOST ? told.words.first.replace("{shown}", MOST) : told.words.rows;
  const head = element("p", count.replace("{count}", new Intl.NumberFormat(told.language).format(rows.length)));
  const table = document.createElement("table");
  table.createTHead().insertRow().append(...vars.map((name) => Object.assign(element("th", name), { scope: "col" })));
  const body = table.createTBody();
  for (const row of rows.slice(0, MOST)) {
    const line = body.insertRow();
    for (const name of vars) line.insertCell().append(...(name in row ? cell(row[name], told) : []));
  }
  sortable(table);
  const box = element("div", "");
  box.className = "wide";
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", told.words.answer);
  box.append(table);
  return [head, box];
}

function triples(text, told) {
  const lines = text.split("\n").filter(Boolean);
  const count = lines.length > MOST ? told.words.first.replace("{shown}", MOST) : told.words.triples;
  const head = element("p", count.replace("{count}", new Intl.NumberFormat(told.language).format(lines.length)));
  const text_ = element("pre", lines.slice(0, MOST).join("\n"));
  text_.tabIndex = 0;
  return lines.length > 0 ? [head, text_] : [head];
}

/** A term: what is ours links to its page, what is of the web to itself, a text has its language and direction. */
function cell(term, told) {
  if (term.type === "uri") {
    const here = address(term.value, told);
    const short = shortened(term.value, told);
    if (here === "") return [element("span", short)];
    return [Object.assign(element("a", short), { href: here, title: term.value })];
  }
  if (term.type === "triple") return ["subject", "predicate", "object"].flatMap((part) => [...cell(term.value[part], told), " "]);
  const text = element("span", term.value);
  text.dir = "auto";
  if (term["xml:lang"]) text.lang = term["xml:lang"];
  return term["xml:lang"] ? [text, " ", element("small", term["xml:lang"])] : [text];
}

/** Where an IRI leads: ours to our pages, http(s) to itself, others (javascript: among them) nowhere. */
function address(iri, told) {
  let url;
  try {
    url = new URL(iri);
  } catch {
    return "";
  }
  if (told.ours.some((start) => iri.startsWith(start))) {
    const home = new URL(told.home, document.baseURI);
    return home.pathname.replace(/\/$/, "") + url.pathname + home.search + url.hash;
  }
  return ["http:", "https:"].includes(url.protocol) ? iri : "";
}

function shortened(iri, told) {
  const found = Object.entries(told.prefixes).find(([, namespace]) => iri.startsWith(namespace) && iri !== namespace);
  return found ? `${found[0]}:${decoded(iri.slice(found[1].length))}` : iri;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function element(tag, text) {
  return Object.assign(document.createElement(tag), { textContent: text });
}
