// Builds the scripts of the pages into kg/_data/web: our sources and the packages of package-lock.json, minified.
// The same sources and lock give the same bytes; sources.sha256 says which they were.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "..", "kg", "_data", "web");

/** SHA-256 over the files of this folder, by name: hatch_build.py reckons the same to see whether to build anew. */
function fingerprint() {
  const hash = createHash("sha256");
  const files = readdirSync(here, { withFileTypes: true }).filter((each) => each.isFile() && !each.name.startsWith("."));
  for (const name of files.map((each) => each.name).sort()) {
    hash.update(name).update("\0").update(readFileSync(join(here, name))).update("\0");
  }
  return hash.digest("hex");
}

const read = (name) => JSON.parse(readFileSync(join(here, "node_modules", name, "package.json"), "utf8"));

/** Names of the packages that `names` are built of, themselves among them: some come with others already inside. */
function withDependencies(names) {
  const found = new Set();
  const waiting = [...names];
  while (waiting.length > 0) {
    const name = waiting.pop();
    if (!found.has(name)) {
      found.add(name);
      waiting.push(...Object.keys(read(name).dependencies ?? {}));
    }
  }
  return [...found].sort();
}

/** Name, version and licence of a package, with the text of the licence where the package brings it. */
function notice(name) {
  const { version, license, author } = read(name);
  const folder = join(here, "node_modules", name);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  const by = typeof author === "string" ? author : (author?.name ?? "its authors");
  return [`${name} ${version} (${license}), by ${by}`, "", ...(texts.length > 0 ? texts : [mit(license, by)]), ""].join("\n");
}

/** The MIT licence, for packages that name it and bring no text. */
function mit(license, holder) {
  if (license !== "MIT") throw new Error(`a package under ${license} brings no text of its licence`);
  return readFileSync(join(here, "mit.txt"), "utf8").trim().replace("HOLDER", holder);
}

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["explorer.js", "expanding.js", "editor.js"],
  outdir: output,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  loader: { ".svg": "dataurl" },
  // Fetched when a reader first expands a picture, and not before.
  external: ["./expanding.js"],
  metafile: true,
  logLevel: "warning",
});
const bundled = Object.keys(metafile.inputs).map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
const names = withDependencies(new Set(bundled.filter(Boolean)));
writeFileSync(join(output, "NOTICE.txt"), names.map(notice).join(`\n${"-".repeat(72)}\n\n`));
writeFileSync(join(output, "sources.sha256"), `${fingerprint()}\n`);
