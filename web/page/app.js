// The page: fields in, the tabs' answers out.

import { Desk } from "./desk.js";
import { EMPTY, command, options, read, written } from "./link.js";

const TYPED = 250; // milliseconds after the last key
const LONG = 1500; // milliseconds after which a computation may be stopped
const NARROW = 700; // pixels: a window below has its figures in rows
const START = { ...EMPTY, source: "y = sin(a*x + b)\nz = y^2" };

const $ = (id) => document.getElementById(id);
const fields = ["source", "view", "wrt", "at", "more"];
const dark = () => getComputedStyle(document.documentElement).colorScheme === "dark"
  || (!document.documentElement.className && matchMedia("(prefers-color-scheme: dark)").matches);

let claims = "";
let tab = "figure";
let code = "draw:tikz";
let slow = 0;

const desk = new Desk(({ loaded, total, ready, busy, idle, broken }) => {
  if (broken) return state(`This browser cannot run adgraph: ${broken}`, false);
  if (loaded !== undefined) {
    $("progress").max = total;
    $("progress").value = loaded;
    state(`loading adgraph, ${(loaded / 1e6).toFixed(0)} of ${(total / 1e6).toFixed(0)} MB, once …`);
  }
  if (ready !== undefined) document.body.dataset.ready = Math.round(ready);
  if (ready !== undefined || (busy && document.body.dataset.ready)) {
    $("progress").removeAttribute("value");
    state("computing …");
    clearTimeout(slow);
    slow = setTimeout(() => ($("stop").hidden = false), LONG);
  }
  if (idle && document.body.dataset.ready) {
    clearTimeout(slow);
    $("stop").hidden = true;
    $("state").className = "idle";
  }
});

function state(words, works = true) {
  $("state").className = "";
  $("progress").hidden = !works;
  $("doing").textContent = words;
}

function asked() {
  return { ...Object.fromEntries(fields.map((name) => [name, $(name).value])), claims, tab: tab === "figure" ? "" : tab };
}

function put(held) {
  const view = $("view");
  if (held.view && ![...view.options].some((option) => option.value === held.view)) held = { ...held, view: "", more: `${held.view} ${held.more}`.trim() };
  for (const name of fields) $(name).value = held[name];
  claims = held.claims;
  tab = TABS[held.tab] ? held.tab : "figure";
}

// ---- what is shown

const TABS = {
  figure: { want: () => "draw:svg", tools: figureTools, show: svg, sized: true },
  chain: { want: () => "draw:chain", tools: chainTools, show: svg, sized: true },
  values: { want: () => "eval:text", show: text, needs: () => !$("at").value.trim() && "Say values of the inputs in the field “At”, such as x=0.5; a range, x=-2:2:0.5, makes a row for each value." },
  answer: { want: () => "check:text", tools: answerTools, show: text, needs: () => !claims.trim() && "Type a derivative above, such as dz/dx = 2y*cos(a*x+b), or several, one a line: is it right?" },
  page: { want: () => "draw:html", tools: pageTools, show: page },
  code: { want: () => code, tools: codeTools, show: text },
};
const DOWNLOADS = {
  "draw:svg": "SVG", "draw:animation": "SVG, animated", "draw:pdf": "PDF", "draw:png": "PNG", "draw:tikz": "TikZ, for a LaTeX document",
  "draw:document": "LaTeX, a document", "draw:slide": "LaTeX, overlays of a Beamer slide", "draw:html": "HTML, a page to play with", "draw:dot": "DOT, for Graphviz", "draw:mermaid": "Mermaid", "draw:json": "JSON", "draw:text": "text",
};
const CODES = {
  "draw:tikz": "TikZ", "draw:document": "LaTeX, a document", "draw:slide": "LaTeX, overlays of a Beamer slide",
  "derive:latex": "chain rule: LaTeX", "derive:markdown": "chain rule: Markdown", "derive:typst": "chain rule: Typst", "derive:text": "chain rule: text",
  "draw:dot": "DOT", "draw:dot2tex": "DOT for dot2tex", "draw:mermaid": "Mermaid", "draw:json": "JSON", "draw:text": "drawn in characters",
  "derive:sympy": "SymPy", "derive:maxima": "Maxima", "derive:mathematica": "Mathematica", "derive:maple": "Maple", "derive:julia": "Julia", "derive:matlab": "MATLAB", "eval:json": "values: JSON", "eval:csv": "values: CSV",
};

function made(tag, facts = {}, ...children) {
  const element = Object.assign(document.createElement(tag), facts);
  element.append(...children);
  return element;
}

function choice(label, words, value, changed) {
  const select = made("select", {}, ...Object.entries(words).map(([name, said]) => made("option", { value: name, textContent: said })));
  if (value) select.value = value;
  if (changed) select.onchange = () => changed(select.value);
  return [made("label", {}, label, select), select];
}

function figureTools() {
  const [label, select] = choice("Download", DOWNLOADS);
  return [label, made("button", { type: "button", textContent: "download", onclick: () => download(select.value) }),
    made("button", { type: "button", textContent: "full size", onclick: ({ target }) => (target.textContent = $("panel").classList.toggle("whole") ? "fit" : "full size") })];
}

function chainTools() {
  return [["derive:latex", "copy LaTeX"], ["derive:markdown", "copy Markdown"], ["derive:typst", "copy Typst"]].map(([want, said]) =>
    made("button", { type: "button", textContent: said, onclick: async () => {
      const answer = await ask("copy", want);
      if (answer?.text) copy(answer.text);
    } }));
}

function answerTools() {
  const field = made("textarea", { rows: 2, value: claims, placeholder: "dz/dx = 2y*cos(a*x+b)", spellcheck: false });
  field.oninput = () => { claims = field.value; soon(); };
  return [made("label", { className: "wide" }, "My answer", field)];
}

function pageTools() {
  return [made("button", { type: "button", textContent: "download the page", onclick: () => download("draw:html") })];
}

function codeTools() {
  const [label] = choice("Format", CODES, code, (value) => { code = value; now(); });
  return [label, made("button", { type: "button", textContent: "copy", onclick: () => copy($("panel").textContent) }),
    made("button", { type: "button", textContent: "download", onclick: () => download(code) })];
}

function svg(answer) {
  const drawn = new DOMParser().parseFromString(answer.text, "image/svg+xml").documentElement;
  $("panel").replaceChildren(document.importNode(drawn, true));
}

function text(answer) {
  $("panel").replaceChildren(made("pre", { textContent: [answer.text, ...answer.said].join("\n").trimEnd() }));
}

function page(answer) {
  const frame = made("iframe", { title: "The page to play with", srcdoc: answer.text });
  frame.setAttribute("sandbox", "allow-scripts");
  $("panel").replaceChildren(frame);
}

// ---- questions and answers

function ask(kind, want, more = "") {
  const lines = claims.split("\n").map((line) => line.trim()).filter(Boolean);
  const question = { source: $("source").value, options: [options(asked()), more].filter(Boolean).join(" "), want };
  return desk.ask(kind, want.startsWith("check:") ? { ...question, claims: lines } : question);
}

/** What only this screen needs: its width, and its light. */
function screen() {
  const given = options(asked());
  const width = Math.floor($("panel").clientWidth);
  return [
    dark() && !/--theme\b/.test(given) ? "--theme dark" : "",
    width < NARROW && !/--max-width\b/.test(given) ? `--max-width ${width}px` : "",
  ].filter(Boolean).join(" ");
}

async function now() {
  clearTimeout(now.timer);
  const here = asked();
  history.replaceState(null, "", here.source === START.source && !options(here) && !here.tab ? location.pathname : written(here));
  $("command").textContent = command(here);
  const { want, show, needs, sized } = TABS[tab];
  const missing = needs?.();
  if (missing) {
    problem(null);
    $("notes").replaceChildren();
    return $("panel").replaceChildren(made("p", { textContent: missing }));
  }
  const light = tab === "page" && dark() && !/--theme\b/.test(options(here)) ? "--theme dark" : "";
  const answer = await ask("shown", want(), sized ? screen() : light);
  if (!answer) return;
  problem(answer.error);
  $("panel").classList.toggle("stale", Boolean(answer.error));
  if (answer.error) return;
  show(answer);
  $("notes").replaceChildren(...answer.notes.map((note) => made("li", { textContent: note })));
}

function soon() {
  clearTimeout(now.timer);
  now.timer = setTimeout(now, TYPED);
}

function problem(error) {
  $("error").hidden = !error;
  $("error").textContent = error ? error.text.replace(/^adgraph: /, "") : "";
  $("source").setAttribute("aria-invalid", String(Boolean(error?.end !== undefined)));
  mark(error);
}

/** The place of an error, behind the text. */
function mark(error) {
  const source = $("source").value;
  if (error?.start === undefined) return $("marked").replaceChildren(source);
  const end = Math.max(error.end, error.start + 1);
  $("marked").replaceChildren(source.slice(0, error.start), made("mark", { textContent: source.slice(error.start, end) || " " }), source.slice(end), "\n");
  $("marked").scrollTop = $("source").scrollTop;
}

async function download(want) {
  const answer = await ask("download", want);
  if (!answer) return;
  problem(answer.error);
  if (answer.error) return;
  const content = answer.data === undefined ? answer.text : Uint8Array.from(atob(answer.data), (c) => c.charCodeAt(0));
  const name = answer.name ?? `derivatives.${{ latex: "tex", markdown: "md", typst: "typ", json: "json", csv: "csv" }[want.split(":")[1]] ?? "txt"}`;
  const address = URL.createObjectURL(new Blob([content]));
  made("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    $("did").textContent = "copied";
  } catch {
    $("did").textContent = "this browser does not let a page copy";
  }
  setTimeout(() => ($("did").textContent = ""), 2000);
}

function choose(name) {
  tab = name;
  for (const other of Object.keys(TABS)) {
    const button = $(`tab-${other}`);
    button.setAttribute("aria-selected", String(other === name));
    button.tabIndex = other === name ? 0 : -1;
  }
  $("panel").setAttribute("aria-labelledby", `tab-${name}`);
  $("panel").className = "";
  $("panel").replaceChildren();
  $("tools").replaceChildren(...(TABS[name].tools?.() ?? []));
  now();
}

// ---- what a reader does

for (const name of fields) $(name).addEventListener("input", soon);
$("asked").onsubmit = (event) => event.preventDefault();
$("source").addEventListener("input", () => mark(null));
$("source").onscroll = () => ($("marked").scrollTop = $("source").scrollTop);
$("stop").onclick = () => { delete document.body.dataset.ready; desk.stop(); };
$("link").onclick = () => copy(`${location.origin}${location.pathname}${written(asked())}`);
$("copy").onclick = () => copy(command(asked()));
$("dark").onclick = () => {
  const next = dark() ? "light" : "dark";
  document.documentElement.className = next;
  $("dark").setAttribute("aria-pressed", String(next === "dark"));
  now();
};
for (const name of Object.keys(TABS)) $(`tab-${name}`).onclick = () => choose(name);
$("tabs").onkeydown = ({ key }) => {
  const names = Object.keys(TABS);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (!step) return;
  choose(names[(names.indexOf(tab) + step + names.length) % names.length]);
  $(`tab-${tab}`).focus();
};
window.addEventListener("hashchange", () => { put({ ...EMPTY, ...read(location.hash) }); choose(tab); });

// ---- the beginning

const held = read(location.hash);
put(held.source ? held : START);
$("dark").setAttribute("aria-pressed", String(dark()));
choose(tab);

if (tab === "figure" && command(asked()) === command(START) && !dark() && $("panel").clientWidth >= NARROW) {
  const first = made("img", { src: "first.svg", alt: "The graphs of z = sin²(ax + b), and the chain rule" });
  if (!document.body.dataset.ready) $("panel").replaceChildren(first);
}

const examples = await (await fetch("examples.json")).json();
$("example").append(...examples.map(({ title }, place) => made("option", { value: place, textContent: title })));
$("example").onchange = ({ target }) => {
  if (target.value === "") return;
  put({ ...EMPTY, ...examples[target.value] });
  choose("figure");
};
