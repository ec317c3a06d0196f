// What the editor offers while one types: classes and properties of our ontology by prefix, name or label, and our prefixes.

/** Gives the editor our completions in place of its own, which would ask other hosts. `told` is as in editor.js. */
export function complete(Yasqe, told) {
  const { property, class: kind, prefixes } = Yasqe.Autocompleters;
  const before = new Map([property, kind].map((each) => [each, each.preProcessToken]));
  for (const [was, terms] of [[property, told.properties], [kind, told.classes]]) {
    const labels = new Map(terms);
    Object.assign(was, {
      bulk: false,
      autoShow: true,
      persistenceId: undefined,
      preProcessToken: (editor, token) => afterSpace(before.get(was).call(was, editor, token), editor),
      get: (_, token) => matching(terms, token),
      postProcessSuggestion: (_, token, iri) => written(iri, token, told.prefixes),
      postprocessHints: (editor, hints) => hints.map((hint) => labelled(hint, iriOf(hint.text, editor, told), labels)),
    });
  }
  Object.assign(prefixes, {
    persistenceId: undefined,
    get: () => Object.entries(told.prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`),
  });
}

/** After a space a term is put in and takes the place of nothing. */
function afterSpace(token, editor) {
  if (token.string.trim() !== "") return token;
  const { ch } = editor.getDoc().getCursor();
  return { ...token, string: "", autocompletionString: "", from: { ch }, to: { ch } };
}

/** IRIs that begin with what is typed, or whose name or label holds it. */
function matching(terms, token) {
  const typed = token.autocompletionString ?? token.string;
  const whole = terms.filter(([iri]) => iri.startsWith(typed));
  if (whole.length > 0 || /[:<]/.test(token.string)) return whole.map(([iri]) => iri);
  const word = token.string.toLocaleLowerCase();
  return terms.filter(([iri, label]) => `${name(iri)} ${label}`.toLocaleLowerCase().includes(word)).map(([iri]) => iri);
}

const name = (iri) => iri.replace(/^.*[#/]/, "");

/** An IRI with the prefix that was typed, else with one of ours. */
function written(iri, token, prefixes) {
  if (token.string.startsWith("<")) return `<${iri}>`;
  if (token.tokenPrefix && token.tokenPrefixUri) return token.tokenPrefix + iri.slice(token.tokenPrefixUri.length);
  const found = Object.entries(prefixes).find(([, namespace]) => iri.startsWith(namespace));
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : `<${iri}>`;
}

function iriOf(text, editor, told) {
  if (text.startsWith("<")) return text.slice(1, -1);
  const [prefix, local] = text.split(":");
  return ({ ...told.prefixes, ...editor.getPrefixesFromQuery() }[prefix] ?? "") + local;
}

/** A hint that shows the term's label beside it. */
function labelled(hint, iri, labels) {
  const label = labels.get(iri) ?? "";
  const render = (element) => {
    element.append(hint.text);
    if (label !== "") element.append(Object.assign(document.createElement("small"), { textContent: ` ${label}` }));
  };
  return { ...hint, render };
}
