/* What the page is given; its parts share one scope, in the order that SCRIPTS in page.py has. OPERATIONS,
   before this, has the functions of the table of operations. */
const data = JSON.parse(document.getElementById("data").textContent);
const root = document.documentElement;
const at = id => document.getElementById(id);
root.classList.add("js");

/* ---- computing: a loop over a flat list, in the order in which Python does it */

class Trouble extends Error {
  constructor(message, node) { super(message); this.node = node; }
}
class Abstract extends Error {}

/* The value of every step of a program; inputs by name. `said(step, arguments, why)` makes the error. What has no value
   is no number where a bracket switches it off. */
function run(program, inputs, said) {
  const found = [], errors = new Map(), off = new Set();
  let switches = null;
  const isOff = (index, isZero) => switches.isOff(index, isZero, off) && Boolean(off.add(index));
  program.steps.forEach((step, index) => {
    const [op, ...rest] = step;
    if (op === "input") return found.push(inputs[rest[0]]);
    if (op === "const") return found.push(Number(rest[0]));
    const args = rest.map(arg => found[arg]), before = rest.find(arg => errors.has(arg));
    if (switches && isOff(index, false)) return found.push(0);
    try {
      if (before !== undefined) throw errors.get(before);
      const result = op.name ? userDefined(op, args) : valueOf(op, args, why => said(index, args, why));
      if (!Number.isFinite(result)) throw said(index, args, Number.isNaN(result) ? "outside" : "large");
      found.push(result);
      if (switches) isOff(index, result === 0);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (!switches) {
        switches = switchesOf(program);
        if (!switches.any) throw error;
        found.forEach((value, earlier) => isOff(earlier, value === 0));
        if (isOff(index, false)) return found.push(0);
      }
      if (program.named?.[index] !== undefined || program.outputs.includes(index)) throw error;
      errors.set(index, error);
      found.push(NaN);
    }
  });
  return found;
}

/* Which steps are 0 because brackets are: those made of brackets and numbers alone, and products with one of them. */
const OFF = {
  mul: (left, right) => left || right, div: above => above, add: (left, right) => left && right,
  sub: (left, right) => left && right, neg: inner => inner, copy: inner => inner,
};
function switchesOf({ steps }) {
  const alone = [], numbers = new Set();
  steps.forEach(([op, ...args], index) => {
    const bracket = Boolean(data.operations[op]?.bracket), leaf = op === "const";
    const made = !leaf && op !== "input" && !op.name && args.every(arg => numbers.has(arg) || alone[arg]);
    if (leaf || made && !bracket && args.every(arg => numbers.has(arg))) numbers.add(index);
    alone.push(bracket || made && !numbers.has(index));
  });
  const isOff = (index, isZero, off) => {
    const [op, ...args] = steps[index];
    return alone[index] ? isZero : OFF[op] !== undefined && OFF[op](...args.map(arg => off.has(arg)));
  };
  return { any: alone.some(Boolean), isOff };
}

/* An operation by itself, or by its definition. */
function valueOf(op, args, said) {
  const made = data.composed[op];
  if (!made) return OPERATIONS[op](...args);
  return run(made, byName(made.params, args), (index, inner, why) => said(why))[made.outputs[0]];
}
const byName = (params, args) => Object.fromEntries(params.map((param, k) => [param, args[k]]));

/* A user-defined function, or its first derivative, by its definition. */
function userDefined({ name, wrt }, args) {
  const known = data.functions[name];
  if (!known) throw new Abstract(`${name} is abstract and has no value`);
  const inputs = byName(known.params, args);
  const found = run(known, inputs, trouble(known));
  if (!wrt.length) return found[known.outputs[0]];
  if (wrt.length > 1) throw new Abstract(`a higher derivative of ${name} has no value here`);
  const bars = adjoints(known, known.outputs[0], found), param = known.params[wrt[0] - 1];
  return known.steps.reduce((sum, step, index) => step[0] === "input" && step[1] === param ? bars[index] : sum, 0);
}

/* The derivative of a step with respect to its k-th argument. */
function local(program, index, k, found) {
  const [op, ...rest] = program.steps[index], args = rest.map(arg => found[arg]);
  if (op.name) return userDefined({ ...op, wrt: [...op.wrt, k + 1].sort((a, b) => a - b) }, args);
  const { params, rules, alone, zeros } = data.operations[op], values = [...args, found[index]];
  if (values[zeros[k]] === 0) return 0;
  if (args.some(Number.isNaN)) return 0; /* it is switched off */
  const isAlone = alone && args[0] === args[1] && rest.every((arg, j) => j === k || !varying(program)[arg]);
  const rule = (isAlone ? alone : rules)[k], inputs = { ...byName(params, args), out: found[index] };
  const wrong = () => trouble(program)(index, args, "slope");
  try {
    return run(rule, inputs, wrong)[rule.outputs[0]];
  } catch (error) {
    if (error instanceof Trouble && Number.isFinite(found[index]) && !Number.isFinite(OPERATIONS[op]?.(...args) ?? 0)) return 0;
    throw error;
  }
}

/* Whether no variable or result needs a step, since all that reads it is switched off. */
function isNeedless(program, index, found) {
  const switches = switchesOf(program), off = new Set();
  found.forEach((value, step) => { if (switches.isOff(step, value === 0, off)) off.add(step); });
  const needed = new Set([...program.outputs, ...Object.keys(program.named).map(Number)]);
  for (let step = found.length - 1; step >= 0; step--) {
    const [op, ...args] = program.steps[step];
    if (needed.has(step) && !off.has(step) && op !== "input" && op !== "const") args.forEach(arg => needed.add(arg));
  }
  return !needed.has(index);
}

function adjoints(program, output, found, varies = varying(program), stop = () => false) {
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

/* Which steps of the system vary with what is differentiated by; a parameter does not. */
const active = view => data.steps.map((_, index) => view.activeSet.has(index));

/* The local derivatives of a graph's nodes with respect to the nodes that they read. */
function slopes(view, found) {
  const vertices = new Set(view.vertices), varies = active(view), made = new Map();
  made.others = new Set(); /* those that are not what their formulas say, for the kinks between */
  for (const of of new Set(view.edges.map(edge => edge[0]))) {
    let missing = Number.isNaN(found[of]) || data.steps[of].slice(1).some(arg => Number.isNaN(found[arg])), bars = [];
    try {
      if (!missing) bars = adjoints(data, of, found, varies, index => vertices.has(index));
    } catch (error) {
      missing = error instanceof Trouble && isNeedless(data, of, found);
      if (!missing) throw error;
    }
    const heads = view.edges.filter(edge => edge[0] === of).map(edge => edge[1]);
    const others = missing ? new Map() : atKinks(data, of, found, bars, heads, vertices);
    for (const head of heads) {
      made.set(`${of},${head}`, missing ? undefined : others.get(head)?.taken ?? bars[head]);
      if (others.get(head)?.another) made.others.add(`${of},${head}`);
    }
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
