"use strict";
/* The page: computes with the graph that it is given as data, and shows one step of its making at a time. */
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const root = document.documentElement;
const at = id => document.getElementById(id);
root.classList.add("js");

/* ---- the operations, as in the table that made the page: value, and where it exists */

const SQRT_PI = Math.sqrt(Math.PI);

/* erf by its series for small arguments, erfc by its continued fraction for large ones (Abramowitz and Stegun, 7.1.6
   and 7.1.14); between the two both have all the digits of a number. */
function erfSeries(x) {
  let term = x, sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) sum += term *= 2 * x * x / (2 * n + 1);
  return 2 / SQRT_PI * Math.exp(-x * x) * sum;
}
function erfcFraction(x) {
  let tail = 0;
  for (let n = 160; n > 0; n--) tail = n / 2 / (x + tail);
  return Math.exp(-x * x) / SQRT_PI / (x + tail);
}
const erfc = x => x < -1.5 ? 2 - erfcFraction(-x) : x > 1.5 ? erfcFraction(x) : 1 - erfSeries(x);
const erf = x => Math.abs(x) <= 1.5 ? erfSeries(x) : x > 0 ? 1 - erfcFraction(x) : erfcFraction(-x) - 1;

function sigmoid(x) {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

const always = () => true;
const OPERATIONS = {
  add: [(x, y) => x + y], sub: [(x, y) => x - y], mul: [(x, y) => x * y],
  div: [(x, y) => x / y, (x, y) => y !== 0],
  pow: [(x, y) => x === 1 || y === 0 ? 1 : x ** y,
    (x, y) => x > 0 || Number.isInteger(y) && (x !== 0 || y >= 0) || x === 0 && y > 0],
  neg: [x => -x], copy: [x => x],
  sqrt: [Math.sqrt, x => x >= 0], cbrt: [Math.cbrt],
  exp: [Math.exp], expm1: [Math.expm1],
  log: [Math.log, x => x > 0], log2: [Math.log2, x => x > 0], log10: [Math.log10, x => x > 0],
  log1p: [Math.log1p, x => x > -1],
  sin: [Math.sin], cos: [Math.cos], tan: [Math.tan],
  cot: [x => 1 / Math.tan(x), x => Math.tan(x) !== 0],
  sec: [x => 1 / Math.cos(x), x => Math.cos(x) !== 0],
  csc: [x => 1 / Math.sin(x), x => Math.sin(x) !== 0],
  arcsin: [Math.asin, x => Math.abs(x) <= 1], arccos: [Math.acos, x => Math.abs(x) <= 1],
  arctan: [Math.atan], arccot: [x => Math.PI / 2 - Math.atan(x)],
  arcsec: [x => Math.acos(1 / x), x => Math.abs(x) >= 1], arccsc: [x => Math.asin(1 / x), x => Math.abs(x) >= 1],
  atan2: [Math.atan2],
  sinh: [Math.sinh], cosh: [Math.cosh], tanh: [Math.tanh],
  arsinh: [Math.asinh], arcosh: [Math.acosh, x => x >= 1], artanh: [Math.atanh, x => Math.abs(x) < 1],
  sigmoid: [sigmoid],
  softplus: [x => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0)],
  relu: [x => Math.max(x, 0)], silu: [x => x * sigmoid(x)],
  gelu: [x => x * erfc(-x / Math.SQRT2) / 2], erf: [erf],
  abs: [Math.abs], sign: [x => (x > 0) - (x < 0)],
  max: [Math.max], min: [Math.min], hypot: [Math.hypot],
  greater: [(x, y) => +(x > y)], greater_equal: [(x, y) => +(x >= y)],
  pi: [() => Math.PI], e: [() => Math.E],
};

/* ---- computing: a loop over a flat list, in the order in which Python does it */

class Trouble extends Error {
  constructor(message, node) { super(message); this.node = node; }
}
class Abstract extends Error {}

/* The value of every step of a program; inputs by name. `said(step, arguments, why)` makes the error. */
function run(steps, inputs, said) {
  const found = [];
  steps.forEach((step, index) => {
    const [op, ...rest] = step;
    if (op === "input") return found.push(inputs[rest[0]]);
    if (op === "const") return found.push(Number(rest[0]));
    const args = rest.map(arg => found[arg]);
    if (op.includes("/")) return found.push(ownValue(op, args));
    const [value, exists = always] = OPERATIONS[op];
    if (!exists(...args)) throw said(index, args, "outside");
    const result = value(...args);
    if (!Number.isFinite(result)) throw said(index, args, "large");
    found.push(result);
  });
  return found;
}

/* A function of the author's own, or its first derivative, by its definition. */
function ownValue(op, args) {
  const place = op.lastIndexOf("/"), name = op.slice(0, place), [, wrt] = op.slice(place + 1).split(":");
  const known = data.functions[name];
  if (!known) throw new Abstract(`${name} is abstract and has no value`);
  const inputs = Object.fromEntries(known.params.map((param, k) => [param, args[k]]));
  const found = run(known.steps, inputs, trouble(known));
  if (!wrt) return found[known.outputs[0]];
  if (wrt.includes(",")) throw new Abstract(`a higher derivative of ${name} has no value here`);
  const bars = adjoints(known, known.outputs[0], found), param = known.params[wrt - 1];
  return known.steps.reduce((sum, step, index) => step[0] === "input" && step[1] === param ? bars[index] : sum, 0);
}

/* The derivative of a step with respect to its k-th argument. */
function local(program, index, k, found) {
  const [op, ...rest] = program.steps[index], args = rest.map(arg => found[arg]);
  if (op.includes("/")) {
    const [head, wrt] = op.split(/:(?=[\d,]*$)/);
    return ownValue(`${head}:${[...(wrt ? wrt.split(",").map(Number) : []), k + 1].sort((a, b) => a - b)}`, args);
  }
  const { params, rules } = data.operations[op];
  const inputs = Object.fromEntries(params.map((param, n) => [param, args[n]]));
  inputs.out = found[index];
  const wrong = () => trouble(program)(index, args, "slope");
  return run(rules[k].steps, inputs, wrong)[rules[k].outputs[0]];
}

function adjoints(program, output, found, stop = () => false, varies = varying(program)) {
  const bars = new Array(program.steps.length).fill(0);
  bars[output] = 1;
  for (let index = output; index >= 0; index--) {
    const [op, ...args] = program.steps[index], bar = bars[index];
    if (!bar || op === "input" || op === "const" || index !== output && stop(index)) continue;
    args.forEach((arg, k) => { if (varies[arg]) bars[arg] += bar * local(program, index, k, found); });
  }
  if (!bars.every(Number.isFinite)) throw new Trouble("a derivative is too large for a floating-point number");
  return bars;
}

function varying({ steps }) {
  const varies = [];
  for (const [op, ...args] of steps) varies.push(op === "input" || op !== "const" && args.some(arg => varies[arg]));
  return varies;
}

/* The local derivatives of a graph's nodes with respect to the nodes that they read. */
function slopes(view, found) {
  const cut = new Set(view.cut), varies = data.steps.map((_, index) => view.activeSet.has(index)), made = new Map();
  for (const of of new Set(view.edges.map(edge => edge[0]))) {
    const bars = adjoints(data, of, found, index => cut.has(index), varies);
    for (const [tail, head] of view.edges) if (tail === of) made.set(`${tail},${head}`, bars[head]);
  }
  return made;
}

/* ---- errors in words, much as the command line says them */

const short = value => String(Number(value.toPrecision(6))).replace("-", "−");
function trouble(program) {
  return (index, args, why) => {
    const name = program.steps[index][0], { params, domain, smooth } = data.operations[name] || { params: [], domain: "" };
    const place = equationOf(program, index), where = place ? `In the equation of ${place}: ` : "";
    const shown = `${name}(${args.map(short).join(", ")})`, general = `${name}(${params.join(", ")})`;
    const words = {
      outside: `${shown} is not defined; ${general} needs ${domain}.`,
      slope: `${shown} has no derivative; that of ${general} needs ${smooth || domain}.`,
      large: `${name} is too large for a floating-point number.`,
    };
    return new Trouble(where + words[why], program === data ? index : undefined);
  };
}
function equationOf({ steps, named = {} }, index) {
  const reads = new Set([index]);
  for (let later = index; later < steps.length; later++) {
    const [op, ...args] = steps[later];
    if (!reads.has(later) && (op === "input" || op === "const" || !args.some(arg => reads.has(arg)))) continue;
    if (named[later] !== undefined) return named[later];
    reads.add(later);
  }
  return "";
}
function kinks(found) {
  const notes = data.steps.flatMap(([op, ...args], index) => {
    const kink = data.operations[op]?.kink;
    if (!kink || found[args[0]] !== (args.length > 1 ? found[args[1]] : 0)) return [];
    return [`In the equation of ${equationOf(data, index)}: ${op} has a kink here; the derivative taken: ${kink}.`];
  });
  return [...new Set(notes)];
}

/* ---- numbers, from the outlines of typeset digits */

const SVG = "http://www.w3.org/2000/svg";
function svg(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
function html(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/* A typeset formula by its number: its width, ascent and descent; what is not in the definitions yet is put there. */
const sizes = new Map();
function size(number) {
  if (!sizes.has(number)) {
    const [box, glyphs, rules] = whole(data.pieces[number]).split(";");
    const lengths = text => text.split(" ").map(length => length / 100);
    sizes.set(number, lengths(box));
    if (glyphs !== undefined) window.define(`s${number}`,
      glyphs.split(",").filter(Boolean).map(text => { const [id, x, y] = text.split(" "); return [id, x / 100, y / 100]; }),
      rules.split(",").filter(Boolean).map(lengths));
  }
  return sizes.get(number);
}
function use(number, attributes = {}) {
  size(number);
  return svg("use", { href: `#s${number}`, ...attributes });
}

function whole(text) {
  const [box, fraction, rules] = text.split(";");
  if (fraction === undefined || rules !== undefined) return text;
  const [width] = box.split(" ").map(Number), [glyph, lead, ...names] = fraction.split(" ").map(Number);
  const rows = names.flatMap((name, k) => {
    const left = Math.round((width - lead - 100 * size(name)[0]) / 2), y = FRACTION[k];
    return [`g${glyph} ${left} ${y}`, `s${name} ${left + lead} ${y}`];
  });
  return `${box};${rows};170 -466 ${width - 340} 82`;
}
const FRACTION = [-1151, 1166]; /* the baselines of a derivative's rows */

/* A number to the significant digits asked for: what stands before a power of ten, the power, whether it is exact. */
function rounded(value) {
  if (value === 0) return { text: "0", exact: true };
  const [mantissa, power] = Math.abs(value).toExponential(data.digits - 1).split("e");
  const digits = mantissa.replace(".", "").replace(/0+$/, ""), e = Number(power), sign = value < 0 ? "−" : "";
  const shown = Number(`${digits[0]}.${digits.slice(1)}e${e}`);
  const exact = Math.abs(shown - Math.abs(value)) <= 1e-14 * Math.abs(value);
  if (e >= -4 && e < 12) {
    const plain = e < 0 ? `0.${"0".repeat(-e - 1)}${digits}`
      : digits.length <= e + 1 ? digits.padEnd(e + 1, "0") : `${digits.slice(0, e + 1)}.${digits.slice(e + 1)}`;
    return { text: sign + plain, exact };
  }
  return { text: sign + digits[0] + (digits[1] ? `.${digits.slice(1)}` : ""), power: String(e).replace("-", "−"), exact };
}
const words = value => { const { text, power } = rounded(value); return power ? `${text} times 10 to the ${power}` : text; };

/* The signs of a number as <use> elements, with their width. */
function typeset(signs, power = "") {
  const uses = [];
  let x = 0;
  const put = (sign, scale, y) => {
    const number = data.signs[sign], gap = sign === "·" || sign === "≈" || sign === "=" ? 3 : 0;
    x += gap;
    uses.push(use(number, scale === 1 ? { x: x.toFixed(2) } : { transform: `translate(${x.toFixed(2)} ${y}) scale(${scale})` }));
    x += size(number)[0] * scale + gap;
  };
  for (const sign of signs) sign === " " ? x += 4 : put(sign, 1, 0);
  if (power) {
    for (const sign of "·10") put(sign, 1, 0);
    for (const sign of power) put(sign, .72, -6.2);
  }
  return { uses, width: x };
}

/* A number in its place in a figure, about its middle, at 13/17 of the size of formulas. */
function place(slot, value) {
  const { text, power } = value === undefined ? { text: "" } : rounded(value), key = `${text}e${power}`;
  if (slot.shown === key) return;
  slot.shown = key;
  const { uses, width } = typeset(text, power), scale = Math.min(13 / 17, 66 / Math.max(width, 1));
  if (text) uses.unshift(svg("rect", { class: "halo", x: "-3", y: "-14", width: (width + 6).toFixed(2), height: "16.6" }));
  slot.replaceChildren(svg("g", { transform: `scale(${scale.toFixed(3)}) translate(${(-width / 2).toFixed(2)} 5.7)` }, ...uses));
}

/* A formula by its number, and a number, for a line of text: a picture whose middle is the maths axis. */
const AXIS = 4.25;
function picture(width, half, ...inside) {
  const w = width.toFixed(2), h = (2 * half).toFixed(2);
  return svg("svg", { class: "formula", width: w, height: h, viewBox: `0 ${(-half - AXIS).toFixed(2)} ${w} ${h}`, "aria-hidden": "true" }, ...inside);
}
function formula(number) {
  const [width, ascent, descent] = size(number);
  return picture(width, Math.max(ascent - AXIS, descent + AXIS) + .5, use(number));
}
function figures(signs, power) {
  const { uses, width } = typeset(signs, power);
  return picture(width, 14, ...uses);
}
function numberPicture(value, { before = "", fenced = false } = {}) {
  const { text, power } = rounded(value);
  const parts = fenced && text[0] === "−" ? [typeset(`${before}(${text}`, power), typeset(")")] : [typeset(before + text, power)];
  let x = 0;
  const groups = parts.map(({ uses, width }) => {
    x += width;
    return svg("g", { transform: `translate(${(x - width).toFixed(2)} 0)` }, ...uses);
  });
  return picture(x, 14, ...groups);
}

/* ---- the state, and what follows from it */

const views = data.views;
for (const view of Object.values(views)) {
  view.activeSet = new Set(view.active);
  view.keys = view.edges.map(([of, wrt]) => `${of},${wrt}`);
  view.lines = view.lines.map(([node, left, ...sides]) => ({ node, left, sides: decoded(sides) }));
}
/* The tokens of a side: { f: formula, e: arrow, n: node of an adjoint, t: term, plus }, factors in their order. */
function decoded(sides) {
  let before;
  return sides.map(([whole, ...side]) => {
    let order = 0;
    if (!whole) return before = side.map((f, k) => ({ ...before[k], f: f < 0 ? -1 - f : f, plus: f < 0 }));
    return before = side.map(token => {
      if (!Array.isArray(token)) return { f: token };
      const [f, stands, t = 0, plus = 0] = token;
      return { f, e: stands >= 0 ? stands : undefined, n: stands < 0 ? -1 - stands : undefined, t, plus, o: order++ };
    });
  });
}
const isFactor = token => token.o !== undefined;
const PHASES = [
  ["Forward", "The forward graph: values flow from the inputs to the output."],
  ["Backward", "The backward graph: every arrow turns around, and it is read from the output to the inputs."],
  ["d/d", "A differentiation symbol for each pair of nodes."],
  ["Fractions", "Above, the variable at which the arrow begins; below, the one at which it ends."],
  ["Derivatives", "The differentiation performed."],
];
const state = { graph: "simplified", symbol: data.symbol, values: true, step: 0, of: data.outputs[0], wrt: data.wrt[0], held: null };
const point = {};
let numbers = null; /* values, adjoints of the chosen output, slopes of the graph that is shown */

const named = Object.fromEntries(Object.entries(data.names).map(([index, name]) => [name, Number(index)]));
const view = () => views[state.graph];
const chain = () => view().chains.find(c => named[c.of] === state.of && named[c.wrt] === state.wrt);
const variant = number => [data.formulas[number]].flat()[{ auto: 0, d: 1, partial: 2 }[state.symbol]] ?? data.formulas[number];
const edgeKey = token => token.e === undefined ? "" : view().keys[token.e];

function compute(changed) {
  const fields = inputs.filter(input => point[input.name] === undefined);
  for (const input of inputs) say(input, "");
  try {
    numbers = null;
    if (fields.length) {
      for (const input of fields) if (input === changed || input.field.value.trim()) say(input, "A number is needed here.");
      return;
    }
    const found = run(data.steps, point, trouble(data));
    numbers = { found, bars: adjoints(data, state.of, found), slopes: slopes(view(), found) };
    remark.textContent = kinks(found).join(" ");
  } catch (error) {
    if (error instanceof Abstract) remark.textContent = `No numbers: ${error.message}.`;
    else if (error instanceof Trouble) say(changed ?? culprit(error.node), error.message);
    else throw error;
  }
}

/* The first input that a node depends on. */
function culprit(node) {
  const needed = new Set([node]);
  for (let index = node ?? -1; index >= 0; index--) {
    const [op, ...args] = data.steps[index];
    if (needed.has(index) && op !== "input" && op !== "const") args.forEach(arg => needed.add(arg));
  }
  return inputs.find(input => needed.has(input.node)) ?? inputs[0];
}
function say(input, message) {
  if (!input) { remark.textContent = message; return; }
  input.trouble.textContent = message;
  input.field.setAttribute("aria-invalid", String(Boolean(message)));
}

/* ---- figures: nodes and arrows by what they stand for */

const parts = [...document.querySelectorAll("svg.figure")].map(figure => {
  const [graph, kind] = figure.id.split("-");
  figure.setAttribute("role", "group");
  const elements = [...figure.querySelectorAll("[data-node], [data-of]")].map(element => {
    const title = element.querySelector("title"), node = element.dataset.node;
    const ends = [Number(element.dataset.of), Number(element.dataset.wrt)];
    if (kind === "forward") ends.reverse();
    const slot = name => element.querySelector(`g.${name}`);
    if (node === undefined) {
      const line = element.querySelector(".arrow").cloneNode();
      line.setAttribute("class", "hit");
      element.prepend(line);
      if (kind === "backward") addSymbols(element.querySelector(".label-text"), views[graph].edges[views[graph].keys.indexOf(ends.join())]);
    }
    const name = index => data.names[index] ?? "a number";
    const text = title ? title.textContent : `arrow from ${name(ends[1])} to ${name(ends[0])}`;
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "-1");
    return { element, graph, kind, text, node: node === undefined ? null : Number(node), edge: node === undefined ? ends.join() : null,
      ends, value: slot("value"), adjoint: slot("adjoint"), slope: slot("slope") };
  });
  const nodes = elements.filter(item => item.node !== null), arrows = elements.filter(item => item.node === null);
  return { figure, graph, kind, elements: [...kind === "forward" ? nodes : nodes.reverse(), ...arrows] };
});
/* To a label with one fraction: the bare symbol, and all with d and with ∂. */
function addSymbols(label, [, , length, ...fractions]) {
  const width = Math.max(...fractions.map(number => size(number)[0]));
  const add = (kind, symbol, number) => {
    if (!label.querySelector(`.${kind}.${symbol}`))
      label.prepend(use(number, { class: `${kind} ${symbol}`, x: ((width - size(number)[0]) / 2).toFixed(2) }));
  };
  ["ordinary", "partial"].forEach((symbol, k) => { add("bare", symbol, data.bare[k]); add("fraction", symbol, fractions[k]); });
  label.prepend(svg("rect", { class: "area", x: -4, y: -26, width: length + 8, height: 46 }));
}
const shown = () => parts.find(part => part.graph === state.graph && part.kind === (state.step ? "backward" : "forward"));

function showNumbers(which = [shown()]) {
  const { slopes: slope, bars } = numbers ?? {};
  for (const part of which) {
    for (const item of part.elements) {
      const heard = [item.text], { element } = item;
      if (item.value) {
        place(item.value, numbers?.found[item.node]);
        element.dataset.value = numbers ? numbers.found[item.node] : "";
        if (numbers && state.values) heard.push(`value ${words(numbers.found[item.node])}`);
      }
      const reached = bars && views[part.graph].activeSet.has(item.node) ? bars[item.node] : undefined;
      if (item.adjoint) {
        place(item.adjoint, reached);
        element.dataset.adjoint = reached ?? "";
        if (reached !== undefined && state.values && state.step > 3) heard.push(`adjoint ${words(reached)}`);
      }
      if (item.slope) {
        const value = slope?.get(item.edge);
        place(item.slope, value);
        element.dataset.slope = value ?? "";
        if (value !== undefined && state.values) heard.push(words(value));
      }
      element.setAttribute("aria-label", heard.join(", "));
    }
  }
  for (const input of inputs) showGradient(input);
}

/* ---- the chain, factor by factor */

const lines = at("lines");
let tokens = []; /* of the chain that is shown: { element, order, edge, node, term, line, number } */
let growth = 0;  /* in how many steps it grows, its result the last */

function build() {
  const { lines: list = [], notes = [] } = chain() ?? {};
  const factored = list.length > 1;
  tokens = [];
  growth = 0;
  const rows = list.flatMap((index, number) => rowsOf(view().lines[index], number, factored));
  lines.replaceChildren(...rows);
  at("notes").textContent = notes.join("; ");
  const last = 4 + growth;
  slider.max = last;
  state.step = Math.min(state.step, last);
  phases();
}

function rowsOf(line, number, factored) {
  const start = growth, rows = [], factors = line.sides.findLast(side => side.some(isFactor)) ?? [];
  const order = token => factored ? start : start + (token.o ?? factors.length);
  let side = null;
  const row = (left, numeric) => {
    side = html("span", "side");
    rows.push(html("div", numeric ? "row numeric" : "row", html("span", "left", ...left), side));
  };
  const add = (element, known) => {
    const token = { element, term: 0, line: number, ...known };
    element.classList.add("token");
    tokens.push(token);
    side.append(element);
    return token;
  };
  const sign = (text, known) => add(html("span", "sign", figures(text)), known);
  const performed = line.sides.indexOf(factors);
  line.sides.forEach((written, place) => {
    if (!place || !factored && place <= performed + 1) row(place ? [] : [formula(variant(line.left))], false);
    sign("=", { order: Math.min(...written.map(order)) });
    written.forEach((token, n) => {
      const known = { order: order(token), edge: edgeKey(token), node: token.n, term: token.t ?? 0 }, before = written[n - 1];
      if (isFactor(token) && before && before.t === known.term) sign("·", known);
      if (token.plus) sign("+", known);
      add(html("span", "", formula(variant(token.f))), known);
    });
    if (place === performed) numericRow();
  });
  function numericRow() {
    if (factored || factors.length < 2 || !factors.every(edgeKey)) return;
    row([], true);
    sign("=", { order: start });
    factors.forEach((token, n) => {
      const known = { order: order(token), edge: edgeKey(token), term: token.t ?? 0 }, first = !n || factors[n - 1].t !== known.term;
      if (!first) sign("·", known);
      const style = { fenced: !first, sum: first && n > 0 };
      add(html("span", ""), { ...known, number: () => numbers?.slopes.get(known.edge), style });
    });
  }
  growth = start + (factored ? 1 : factors.length + 1);
  if (!factored && line.sides.length === performed + 1 && factors.length > 1) row([], true);
  add(html("span", "result"), { order: growth - 1, number: () => numbers?.bars[line.node], style: { equals: true } });
  return rows;
}

function showChainNumbers() {
  for (const token of tokens) {
    if (!token.number) continue;
    const value = state.values ? token.number() : undefined, { fenced, sum, equals } = token.style;
    if (value === undefined) { token.element.replaceChildren(); continue; }
    const before = equals ? (rounded(value).exact ? "=" : "≈") : sum ? (value < 0 ? "− " : "+ ") : "";
    token.element.replaceChildren(numberPicture(sum ? Math.abs(value) : value, { before, fenced }));
  }
  lines.classList.toggle("unnumbered", !numbers || !state.values);
  const list = chain()?.words ?? "";
  const end = numbers && state.values && list ? `; the derivative is ${words(numbers.bars[state.wrt])}` : "";
  lines.setAttribute("aria-label", list + end);
}

/* ---- a step */

const slider = at("step");
function stage() { return Math.min(state.step, 4); }

function grow() {
  const grown = state.step - 4;
  const now = tokens.filter(token => token.order === grown - 1 && token.edge), done = tokens.filter(token => token.order < grown - 1 && token.edge);
  const currentEdges = new Set(now.map(token => token.edge)), doneEdges = new Set(done.map(token => token.edge));
  for (const token of tokens) {
    token.element.classList.toggle("ungrown", token.order >= grown);
    token.element.classList.toggle("current", Boolean(token.edge) && currentEdges.has(token.edge) && token.order === grown - 1);
  }
  for (const { element, edge } of parts.flatMap(part => part.elements)) {
    element.classList.toggle("current", currentEdges.has(edge));
    element.classList.toggle("done", doneEdges.has(edge) && !currentEdges.has(edge));
  }
  const element = shown().elements.find(item => currentEdges.has(item.edge))?.element;
  if (element) scrollTo(element);
}

function scrollTo(element) {
  const frame = element.closest(".scroll"), box = element.getBoundingClientRect(), outer = frame.getBoundingClientRect();
  if (box.left < outer.left || box.right > outer.right) frame.scrollLeft += (box.left + box.right - outer.left - outer.right) / 2;
}

function wordsOfStep() {
  if (state.step <= 4) return PHASES[state.step][1];
  const grown = state.step - 5, factor = tokens.find(token => token.order === grown && token.edge);
  if (!factor) return state.step === 4 + growth ? "The derivative, multiplied out." : "";
  if (chain().lines.length > 1) return "The adjoint of the next node: the sum over those that read it.";
  if (!grown) return "The chain begins at the output.";
  const same = tokens.some(token => token.order === grown - 1 && token.edge && token.term === factor.term);
  return same ? "Times the next derivative along the path." : "Plus the product along the next path.";
}

function phases() {
  const stops = [...PHASES.map(([name], step) => [name, step])];
  if (growth > 1) stops.push(["Chain", 5]);
  if (growth) stops.push(["Result", 4 + growth]);
  at("phases").replaceChildren(...stops.map(([name, step]) => {
    const button = html("button", "", name);
    button.type = "button";
    button.dataset.step = step;
    return button;
  }));
}

function showStep() {
  root.dataset.stage = stage();
  slider.value = state.step;
  const text = wordsOfStep(), factor = tokens.find(token => token.order === state.step - 5 && token.edge);
  const said = factor && shown().elements.find(item => item.edge === factor.edge);
  const heard = said ? `${text} ${said.text}` : text;
  slider.setAttribute("aria-valuetext", `Step ${state.step} of ${slider.max}: ${heard}`);
  at("words").textContent = text;
  if (at("live").textContent !== heard) at("live").textContent = heard;
  at("back").setAttribute("aria-disabled", String(state.step === 0));
  at("on").setAttribute("aria-disabled", String(state.step >= Number(slider.max)));
  const buttons = [...at("phases").children];
  const current = buttons.findLast(button => Number(button.dataset.step) <= state.step);
  for (const button of buttons) button === current ? button.setAttribute("aria-current", "step") : button.removeAttribute("aria-current");
  for (const part of parts) {
    const hidden = part !== shown();
    part.figure.closest("figure").setAttribute("aria-hidden", String(hidden));
    part.elements.forEach((item, n) => item.element.setAttribute("tabindex", hidden || n ? "-1" : "0"));
  }
  grow();
}

function go(step) {
  state.step = Math.max(0, Math.min(Number(slider.max), step));
  release();
  showStep();
  showNumbers();
}

/* ---- tracing: the paths through a node or an arrow */

function trace(item) {
  const edges = view().edges, reads = new Map(), readers = new Map();
  for (const [of, wrt] of edges) {
    reads.set(of, [...reads.get(of) ?? [], wrt]);
    readers.set(wrt, [...readers.get(wrt) ?? [], of]);
  }
  const reach = (starts, next) => {
    const seen = new Set(starts), stack = [...starts];
    while (stack.length) for (const node of next.get(stack.pop()) ?? []) if (!seen.has(node)) { seen.add(node); stack.push(node); }
    return seen;
  };
  const good = reach([state.of], reads), useful = reach(data.wrt, readers);
  const [upper, lower] = item.node === null ? item.ends : [item.node, item.node];
  const above = reach([upper], readers), below = reach([lower], reads);
  const keeps = ([of, wrt]) => good.has(of) && useful.has(wrt)
    && (above.has(wrt) || below.has(of) || `${of},${wrt}` === item.edge);
  const kept = good.has(upper) ? edges.filter(keeps) : [];
  const nodes = new Set([...kept.flat().filter(Number.isInteger), upper, lower]);
  const keys = new Set(kept.map(([of, wrt]) => `${of},${wrt}`));
  for (const other of shown().elements) {
    const traced = other.node === null ? keys.has(other.edge) : nodes.has(other.node);
    other.element.classList.toggle("traced", traced);
    other.element.classList.toggle("self", other === item);
  }
  const own = token => token.edge && (token.edge === item.edge || item.node !== null && token.edge.split(",").includes(String(item.node)));
  const through = new Set(tokens.filter(own).map(token => token.term)), factored = chain()?.lines.length > 1;
  const plain = token => !token.edge && token.node === undefined;
  const kin = token => !plain(token) && (factored ? keys.has(token.edge) || nodes.has(token.node) : through.has(token.term));
  const some = tokens.some(kin);
  for (const token of tokens) {
    token.element.classList.toggle("apart", !some || !plain(token) && !kin(token));
    token.element.classList.toggle("own", Boolean(own(token)) && token.element.firstChild !== null);
  }
  root.classList.add("tracing");
  at("words").textContent = counted(item, upper, lower, reads);
}

/* On how many of the paths of the chain it lies. */
function counted(item, upper, lower, reads) {
  const ways = (from, to) => {
    const known = new Map([[to, 1]]);
    const order = [...new Set(view().edges.flat().filter(Number.isInteger))].sort((a, b) => a - b);
    for (const node of order) if (node !== to) known.set(node, (reads.get(node) ?? []).reduce((sum, next) => sum + (known.get(next) ?? 0), 0));
    return known.get(from) ?? 0;
  };
  const all = ways(state.of, state.wrt), here = ways(state.of, upper) * ways(lower, state.wrt);
  const thing = item.node === null ? "This arrow" : "This node";
  if (!all) return "";
  if (!here && (data.wrt.includes(item.node) || data.outputs.includes(item.node))) return `${thing} has a chain of its own: choose it to see that.`;
  if (all === 1) return here ? `${thing} is on the only path of the chain.` : `${thing} is not on the path of the chain.`;
  return `${thing} is on ${here ? here.toLocaleString("en") : "none"} of the ${all.toLocaleString("en")} paths of the chain.`;
}

function release() {
  state.held = null;
  untrace();
}
function untrace() {
  if (state.held) return trace(state.held);
  if (!root.classList.contains("tracing")) return;
  root.classList.remove("tracing");
  for (const { element } of parts.flatMap(part => part.elements)) element.classList.remove("traced", "self");
  for (const { element } of tokens) element.classList.remove("apart", "own");
  at("words").textContent = wordsOfStep();
}

/* ---- inputs */

const remark = at("remark") ?? html("p");
const inputs = [...document.querySelectorAll(".given")].map(element => {
  const node = Number(element.dataset.node), [field, range] = element.querySelectorAll("input");
  const input = { element, node, name: data.steps[node][1], field, range, trouble: element.querySelector(".trouble"), gradient: element.querySelector(".gradient") };
  field.addEventListener("input", () => set(input, field.value, field));
  range.addEventListener("input", () => set(input, String(tidy(Number(range.value), range)), range));
  return input;
});

/* A value of a slider, to a two-hundredth of its length. */
function tidy(value, range) {
  const step = 10 ** Math.floor(Math.log10((range.max - range.min) / 200));
  return Number((Math.round(value / step) * step).toPrecision(12));
}
function set(input, text, by) {
  const value = text.trim() === "" ? NaN : Number(text);
  point[input.name] = Number.isFinite(value) ? value : undefined;
  if (by !== input.field) input.field.value = text;
  if (by !== input.range && Number.isFinite(value)) reach(input, value);
  if (!changed) queueMicrotask(update);
  changed = input;
}
let changed = null; /* inputs that are set at once are computed at once */
function update() {
  compute(changed);
  changed = null;
  showNumbers();
  showChainNumbers();
}
function reach(input, value) {
  if (input.range.max - input.range.min <= 2 || value < Number(input.range.min) || value > Number(input.range.max)) {
    const width = Math.max(3, 2 * Math.abs(value));
    input.range.min = -width;
    input.range.max = width;
  }
  input.range.value = value;
}
function showGradient(input) {
  const pair = view().chains.find(c => named[c.of] === state.of && named[c.wrt] === input.node);
  if (!pair || !numbers) { input.gradient.replaceChildren(); return; }
  const line = view().lines[pair.lines.find(index => view().lines[index].node === input.node)], value = numbers.bars[input.node];
  const before = rounded(value).exact ? "=" : "≈";
  input.gradient.replaceChildren(formula(variant(line.left)), numberPicture(value, { before }), html("span", "unseen", words(value)));
  input.gradient.dataset.gradient = value;
}

/* ---- what the reader does */

function showAll() {
  root.dataset.graph = state.graph;
  root.dataset.symbol = state.symbol;
  root.toggleAttribute("data-values", state.values);
  compute();
  release();
  build();
  showStep();
  showNumbers();
  showChainNumbers();
}

at("switches").addEventListener("change", ({ target }) => {
  const { name, value, checked } = target;
  if (name === "dark") { root.dataset.theme = checked ? "dark" : "light"; return; }
  state[name] = name === "values" ? checked : value;
  showAll();
});
at("pair")?.addEventListener("change", ({ target }) => choose(target.name, Number(target.value)));
function choose(which, node) {
  state[which] = node;
  showAll();
}

slider.addEventListener("input", () => go(Number(slider.value)));
at("back").addEventListener("click", () => go(state.step - 1));
at("on").addEventListener("click", () => go(state.step + 1));
at("phases").addEventListener("click", ({ target }) => { if (target.dataset.step) go(Number(target.dataset.step)); });

const itemOf = target => { const found = target.closest?.("[data-node], [data-of]"); return found && shown().elements.find(item => item.element === found); };
for (const part of parts) {
  const figure = part.figure.closest("figure"); /* an <svg> with listeners would be a stop of the tab key */
  figure.addEventListener("pointerover", event => {
    const item = event.pointerType === "mouse" && itemOf(event.target);
    item ? trace(item) : untrace();
  });
  figure.addEventListener("pointerleave", untrace);
  figure.addEventListener("focusin", ({ target }) => { const item = itemOf(target); if (item && target.matches(":focus-visible")) trace(item); });
  figure.addEventListener("focusout", () => untrace());
}
document.addEventListener("click", ({ target }) => {
  const item = itemOf(target);
  if (item) hold(item); else if (state.held && !target.closest(".steps, .inputs, header")) release();
});

/* A node or an arrow that is chosen stays; one that is an input or an output is that of the chain. */
function hold(item) {
  const again = state.held === item, which = data.outputs.includes(item.node) ? "of" : data.wrt.includes(item.node) ? "wrt" : "";
  if (which && state[which] !== item.node && !again) {
    const radio = document.querySelector(`input[name=${which}][value="${item.node}"]`);
    radio.checked = true;
    choose(which, item.node);
  }
  state.held = again ? null : item;
  for (const { element } of parts.flatMap(part => part.elements)) element.removeAttribute("aria-pressed");
  if (!again) item.element.setAttribute("aria-pressed", "true");
  again ? untrace() : trace(item);
}

document.addEventListener("keydown", event => {
  const { key, target } = event;
  if (event.altKey || event.ctrlKey || event.metaKey || target.matches("input")) return;
  const item = itemOf(target), by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[key];
  if (key === "Escape") release();
  else if (key === "ArrowLeft" || key === "ArrowRight") { const inside = Boolean(item); go(state.step + by); if (inside && !itemOf(target)) focusOn(0); }
  else if (item && by) focusOn(shown().elements.indexOf(item) + by);
  else if (item && (key === "Enter" || key === " ")) hold(item);
  else return;
  event.preventDefault();
});
function focusOn(index) {
  const { elements } = shown(), { element } = elements[(index + elements.length) % elements.length];
  for (const item of elements) item.element.setAttribute("tabindex", item.element === element ? "0" : "-1");
  element.focus();
  scrollTo(element);
}

/* ---- the beginning */

const switches = at("switches").elements;
for (const radio of switches.symbol) radio.checked = radio.value === state.symbol;
switches.dark.checked = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
for (const input of inputs) if (input.name in data.at) { point[input.name] = data.at[input.name]; reach(input, point[input.name]); }
if (!Object.keys(data.at).length && inputs.length) for (const input of inputs) { point[input.name] = 1; input.field.value = "1"; reach(input, 1); }
addEventListener("beforeprint", () => showNumbers(parts.filter(part => part.graph === state.graph)));
showAll();
})();
