// The whole tool in Pyodide, without a browser: `node --test web/tests/desk.test.mjs`, with SITE a folder that
// web/build.py has made.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test, { before } from "node:test";
import { pathToFileURL } from "node:url";

const site = process.env.SITE;
const gallery = new URL("../../gallery/", import.meta.url);
const picture = (name) => readFileSync(new URL(`${name}/figure.svg`, gallery), "utf8");
const examples = JSON.parse(readFileSync(`${site}/examples.json`, "utf8"));
const { options, read, written } = await import(pathToFileURL(`${site}/link.js`));

let ask;
before(async () => {
  const { loadPyodide } = await import(pathToFileURL(`${site}/pyodide/pyodide.mjs`));
  const python = await loadPyodide();
  const folder = python.runPython("import site; site.getsitepackages()[0]");
  for (const name of readdirSync(`${site}/wheels`))
    python.unpackArchive(new Uint8Array(readFileSync(`${site}/wheels/${name}`)), "wheel", { extractDir: folder });
  python.FS.writeFile(`${folder}/desk.py`, readFileSync(`${site}/desk.py`, "utf8"));
  const asked = python.runPython("import importlib; importlib.invalidate_caches(); from desk import ask; ask");
  ask = (source, want = "draw:svg", more = {}) => JSON.parse(asked(JSON.stringify({ source, want, ...more })));
});

// Coordinates are those of one version of Typst.
const version = readFileSync(new URL("versions.txt", gallery), "utf8").trim().split(" ")[1];
const skip = !readdirSync(`${site}/wheels`).some((name) => name.startsWith(`typst-${version}-`)) && "another Typst";

for (const name of ["01-sheet", "07-chain-sine", "34-second", "53-dense-layer", "71-lstm"])
  test(`${name} of the gallery, byte for byte`, { skip }, () => {
    const [title, ...lines] = readFileSync(new URL(`${name}/source.adg`, gallery), "utf8").split("\n");
    const example = examples.find((one) => one.title === title.replace(/^[#% ]+/, ""));
    assert.equal(ask(lines.join("\n"), "draw:svg", { options: options(example) }).text, picture(name));
  });

test("every format that the page offers", () => {
  const source = "y = 2x^3 + 3\nz = y^2";
  const wanted = readFileSync(`${site}/app.js`, "utf8").match(/"(?:draw|derive|eval):\w+"/g).map((word) => word.slice(1, -1));
  assert.ok(new Set(wanted).size > 20);
  for (const want of new Set(wanted)) {
    const answer = ask(source, want, { options: "--at x=0.5" });
    assert.equal(answer.error, undefined, `${want}: ${answer.error?.text}`);
    assert.ok((answer.text ?? answer.data).length > 10, want);
  }
});

test("a figure of every example", () => {
  for (const example of examples) {
    const answer = ask(example.source, "draw:svg", { options: options(example) });
    assert.ok(answer.text?.startsWith("<svg"), `${example.title}: ${answer.error?.text}`);
  }
});

test("an answer of one's own is judged", () => {
  const answer = ask("y = 2x^3 + 3; z = y^2", "check:text", { claims: ["dz/dx = 12x^2(2x^3+3)"] });
  assert.match(answer.text, /right: by algebra/);
});

test("numbers of vectors and matrices say what they need", () => {
  const answer = ask("W: 2x2; x: 2; y = W x; L = sum(y)", "eval:text", { options: "--at 'W=[[1,2],[3,4]]' --at x=[1,2]" });
  assert.ok(answer.error ? /need numpy, which is not here/.test(answer.error.text) : /L/.test(answer.text));
});

test("an error has its place, as scripts count", () => {
  const { error } = ask("𝒳 = 2; y = sine(x)");
  assert.equal("𝒳 = 2; y = sine(x)".slice(error.start, error.end), "sine");
});

test("a link holds what is asked, whatever it is", () => {
  const asked = { source: "y = a&b + #1\n'x'% = 2", view: "--view forward", wrt: "x", at: "x=pi/2, y=[1,2]", more: "", claims: "dy/dx=1", tab: "chain" };
  assert.deepEqual(read(written(asked)), asked);
  assert.equal(options(asked), "--view forward --wrt x --at 'x=pi/2, y=[1,2]'");
});
