// Ask a SPARQL endpoint with Comunica: node ask.mjs ENDPOINT QUERY. Rows come as JSON, one array of terms in N-Triples
// form for each; triples of a CONSTRUCT likewise.
import { QueryEngine } from "@comunica/query-sparql";
import { termToString } from "rdf-string-ttl";

const [, , endpoint, query] = process.argv;
const answer = await new QueryEngine().query(query, { sources: [{ type: "sparql", value: endpoint }] });
const rows = [];
if (answer.resultType === "bindings") {
  const { variables } = await answer.metadata();
  for await (const row of await answer.execute()) {
    rows.push(variables.map((name) => (row.has(name) ? termToString(row.get(name)) : null)));
  }
} else if (answer.resultType === "quads") {
  for await (const quad of await answer.execute()) {
    rows.push([quad.subject, quad.predicate, quad.object].map(termToString));
  }
} else {
  rows.push(await answer.execute());
}
process.stdout.write(JSON.stringify(rows));
