// The SPARQL page: the form's text area becomes an editor that completes terms, and answers are shown under it.
// The form says all there is to know in data-editor: {words, prefixes, classes, properties, ours, home, language}.
// Nothing is remembered by the browser: the query stands in the address, behind the #.

import Yasqe from "@zazuko/yasqe";
import "@zazuko/yasqe/build/yasqe.min.css";
import "./editor.css";
import { complete } from "./completing.js";
import { shown } from "./answers.js";

const SELECT_TYPES = "application/sparql-results+json, application/n-triples;q=0.9";

const form = document.querySelector("form[data-editor]");
if (form) start(form, JSON.parse(form.dataset.editor));

function start(form, told) {
  const area = form.elements.namedItem("query");
  const answers = document.getElementById("answers");
  complete(Yasqe, told);
  const box = document.createElement("div");
  box.className = "yasqe-box";
  area.before(box);
  area.hidden = true;
  const editor = new Yasqe(box, {
    value: asked() ?? area.value,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "20rem",
    autocompleters: ["prefixes", "property", "class", "variables"],
    screenReaderLabel: document.querySelector(`label[for="${area.id}"]`)?.textContent ?? "SPARQL",
    viewportMargin: Infinity,
    // Tab leads on, as everywhere on a page: who works by keyboard would not get out of the editor otherwise.
    extraKeys: {
      ...Yasqe.defaults.extraKeys,
      Tab: false,
      "Shift-Tab": false,
      "Ctrl-S": false,
      "Ctrl-Enter": () => form.requestSubmit(),
      "Cmd-Enter": () => form.requestSubmit(),
    },
  });
  // Without a script an answer is a file; with one it can stand on this page, and does unless a file is chosen.
  const format = form.elements.namedItem("format");
  format.prepend(new Option(told.words.table, "", true, true));
  let running = null;
  window.addEventListener("hashchange", () => {
    const query = asked();
    if (query !== null && query !== editor.getValue()) editor.setValue(query);
  });
  // The form sends what the editor holds; where a file is asked for, the browser fetches it as from any form.
  form.addEventListener("submit", (event) => {
    area.value = editor.getValue();
    if (format.value !== "") return;
    event.preventDefault();
    running?.abort();
    running = new AbortController();
    history.replaceState(null, "", `#query=${encodeURIComponent(area.value)}`);
    run(form.action, editor, running.signal, told, answers);
  });
}

/** The query in the address; null where there is none. */
function asked() {
  const match = /^#query=(.*)$/.exec(location.hash);
  return match === null ? null : decodeURIComponent(match[1]);
}

/** Asks the endpoint and shows what it says. */
async function run(endpoint, editor, signal, told, answers) {
  answers.setAttribute("aria-busy", "true");
  answers.replaceChildren(said("p", told.words.running));
  try {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { Accept: SELECT_TYPES, "Content-Type": "application/sparql-query" },
      body: editor.getValue(),
      signal,
    });
    const kind = response.headers.get("Content-Type") ?? "";
    const text = await response.text();
    answers.replaceChildren(...(response.ok ? shown(kind, text, told) : [problem(kind, text, told, editor)]));
  } catch (error) {
    if (error.name === "AbortError") return;
    answers.replaceChildren(problem("", error.message, told, editor));
  }
  answers.removeAttribute("aria-busy");
}

/** What went wrong, as the endpoint's problem document says it; the cursor goes where it went wrong. */
function problem(kind, text, told, editor) {
  let lines = [text];
  if (kind.includes("json")) {
    const { title, detail, hint, line, column } = JSON.parse(text);
    // A hint for terminals marks the place under the line; here the cursor goes there.
    lines = [line ? `${line}:${column}: ${detail}` : (detail ?? title), line ? "" : hint].filter(Boolean);
    if (line) editor.setCursor(line - 1, column - 1);
  }
  const box = said("div", "");
  box.className = "problem";
  box.setAttribute("role", "alert");
  box.append(said("p", told.words.failed), said("pre", lines.join("\n")));
  return box;
}

function said(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
