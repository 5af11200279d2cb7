/* ---- the state, and what follows from it */

const views = data.views;
for (const view of Object.values(views)) {
  view.activeSet = new Set(view.active);
  view.keys = view.edges.map(([of, wrt]) => `${of},${wrt}`);
  view.lines = view.lines.map(([node, left, ...sides]) => ({ node, left, sides: decoded(sides) }));
}
/* The tokens of a side: { f: formula, e: arrow, n: node of an adjoint, t: term, plus, dotted }, factors in their order. */
function decoded(sides) {
  let before;
  return sides.map(([whole, ...side]) => {
    let order = 0;
    if (!whole) return before = side.map((f, k) => ({ ...before[k], f: f < 0 ? -1 - f : f, plus: f < 0 }));
    before = side.map(token => {
      if (!Array.isArray(token)) return token < 0 ? { f: -1 - token, dotted: true } : { f: token };
      const [f, stands, t = 0, plus = 0] = token;
      return { f, e: stands >= 0 ? stands : undefined, n: stands < 0 ? -1 - stands : undefined, t, plus, o: order++ };
    });
    before.sign = "==≈:"[whole]; /* ≈ before a number that is rounded, : before what a derivative does */
    return before;
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
const state = { graph: "simplified", symbol: data.symbol, values: !data.silent || Boolean(data.fixed), step: 0, of: data.outputs[0], wrt: data.wrt[0], held: null };
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
  numbers = null;
  if (data.silent) return;
  try {
    if (fields.length) {
      for (const input of fields) if (input === changed || input.field.value.trim()) say(input, input.why || "A number is needed here.");
      return;
    }
    numbers = data.arrays ? arrayNumbers(view(), state.of, point) : numbersAt(view(), state.of, point);
    remark.textContent = numbers.remarks.join(" ");
  } catch (error) {
    if (error instanceof Abstract) remark.textContent = `No numbers: ${error.message}.`;
    else if (error instanceof Trouble) say(changed ?? culprit(error.node), error.message);
    else throw error;
  }
}

function numbersAt(view, of, inputs) {
  const found = run(data, inputs, trouble(data)), bars = adjoints(data, of, found, active(view));
  const beside = atKinks(data, of, found, bars, view.active);
  for (const [axis, { taken }] of beside) bars[axis] = taken;
  const asked = new Map([...beside].filter(([axis]) => data.wrt.includes(axis)));
  const remarks = kinkNotes(found, of, asked, data.wrt.length > 1);
  return { found, bars, total: node => bars[node], slopes: slopes(view, found), beside, remarks };
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
