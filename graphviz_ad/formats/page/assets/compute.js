/* What the page is given; its parts share one scope, in the order compute, numbers, figures, chain, page. */
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
    if (op.name) return found.push(valueOf(op, args));
    const [value, exists = always] = OPERATIONS[op];
    if (!exists(...args)) throw said(index, args, "outside");
    const result = value(...args);
    if (!Number.isFinite(result)) throw said(index, args, "large");
    found.push(result);
  });
  return found;
}

/* A user-defined function, or its first derivative, by its definition. */
function valueOf({ name, wrt }, args) {
  const known = data.functions[name];
  if (!known) throw new Abstract(`${name} is abstract and has no value`);
  const inputs = Object.fromEntries(known.params.map((param, k) => [param, args[k]]));
  const found = run(known.steps, inputs, trouble(known));
  if (!wrt.length) return found[known.outputs[0]];
  if (wrt.length > 1) throw new Abstract(`a higher derivative of ${name} has no value here`);
  const bars = adjoints(known, known.outputs[0], found), param = known.params[wrt[0] - 1];
  return known.steps.reduce((sum, step, index) => step[0] === "input" && step[1] === param ? bars[index] : sum, 0);
}

/* The derivative of a step with respect to its k-th argument. */
function local(program, index, k, found) {
  const [op, ...rest] = program.steps[index], args = rest.map(arg => found[arg]);
  if (op.name) return valueOf({ ...op, wrt: [...op.wrt, k + 1].sort((a, b) => a - b) }, args);
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
  const vertices = new Set(view.vertices), varies = data.steps.map((_, index) => view.activeSet.has(index)), made = new Map();
  for (const of of new Set(view.edges.map(edge => edge[0]))) {
    const bars = adjoints(data, of, found, index => vertices.has(index), varies);
    for (const [tail, head] of view.edges) if (tail === of) made.set(`${tail},${head}`, bars[head]);
  }
  return made;
}

/* ---- errors in words, as the command line says them: with the operation as it was written */

const short = value => String(Number(value.toPrecision(6))).replace("-", "−");
function trouble(program) {
  return (index, args, why) => {
    const name = program.steps[index][0], { domain, smooth, needed } = data.operations[name] || { domain: "", needed: ["", ""] };
    const { where, text, given, inItsNames } = applied(program, index, args);
    const need = (own, general) => own || `it needs ${inItsNames(general)}`;
    const words = {
      outside: () => `${text} is not defined${given}: ${need(needed[0], domain)}.`,
      slope: () => `the derivative of ${text} has no value${given}: ${need(needed[1], smooth || domain)}.`,
      large: () => `${text} is too large for a floating-point number${given}.`,
    };
    return new Trouble(where + words[why](), program === data ? index : undefined);
  };
}
/* An operation in the reader's names, or, inside a function, in those of its rule. */
function applied(program, index, args) {
  const name = program.steps[index][0], params = data.operations[name]?.params ?? [];
  const place = equationOf(program, index), where = place ? `In the equation of ${place}: ` : "";
  const [text, ...rest] = program === data ? data.written[index] : [`${name}(${params.join(", ")})`, ...params];
  const varies = Array.isArray(rest.at(-1)) ? rest.pop() : rest.map(() => 1);
  const values = rest.map((arg, k) => `${arg} = ${short(args[k])}`).filter((_, k) => varies[k]);
  const inItsNames = words => words.replace(/\b[a-z]\b/g, letter => rest[params.indexOf(letter)] ?? letter);
  return { where, text, given: values.length ? ` at ${[...new Set(values)].join(", ")}` : "", inItsNames };
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
    const { where, text, given, inItsNames } = applied(data, index, args.map(arg => found[arg]));
    return [`${where}${text} has a kink${given}; the derivative taken: ${inItsNames(kink)}.`];
  });
  return [...new Set(notes)];
}
