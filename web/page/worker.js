// Python in a worker, so that typing never waits for it: loads Pyodide and adgraph, and hands questions to desk.py.

import { loadPyodide } from "./pyodide/pyodide.mjs";

const ready = load();

self.onmessage = async ({ data }) => {
  try {
    const ask = await ready;
    self.postMessage({ number: data.number, answer: JSON.parse(ask(JSON.stringify(data.question))) });
  } catch (error) {
    self.postMessage({ number: data.number, failed: String(error.message ?? error).trim().split("\n").at(-1) });
  }
};

async function load() {
  const started = performance.now();
  const { wheels } = await (await fetch("packages.json")).json();
  const total = wheels.reduce((sum, wheel) => sum + wheel.bytes, 0);
  let loaded = 0;
  const told = (bytes) => self.postMessage({ loaded: (loaded += bytes), total });
  const [python, desk, ...archives] = await Promise.all([
    loadPyodide(),
    fetch("desk.py").then((response) => response.text()),
    ...wheels.map((wheel) => fetched(`wheels/${wheel.name}`, told)),
  ]);
  const site = python.runPython("import site; site.getsitepackages()[0]");
  for (const archive of archives) python.unpackArchive(archive, "wheel", { extractDir: site });
  python.FS.writeFile(`${site}/desk.py`, desk);
  const ask = python.runPython("import importlib; importlib.invalidate_caches(); from desk import ask; ask");
  self.postMessage({ ready: performance.now() - started });
  return ask;
}

/** A file, as it comes. */
async function fetched(name, told) {
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${name} is not to be had (${response.status})`);
  const parts = [];
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    told(value.length);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
