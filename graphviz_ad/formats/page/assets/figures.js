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
    const found = run(data, point, trouble(data)), bars = adjoints(data, state.of, found, active(view()));
    const beside = atKinks(data, state.of, found, bars, view().active);
    for (const [axis, { taken }] of beside) bars[axis] = taken;
    numbers = { found, bars, slopes: slopes(view(), found), beside };
    const asked = new Map([...beside].filter(([axis]) => data.wrt.includes(axis)));
    remark.textContent = kinkNotes(found, state.of, asked, data.wrt.length > 1).join(" ");
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
  const layouts = layoutsOf(figure);
  figure.setAttribute("role", "group");
  const elements = [...figure.querySelectorAll("[data-node], [data-ends]")].map(element => {
    const title = element.querySelector("title"), node = element.dataset.node;
    const ends = node === undefined ? element.dataset.ends.split(" ").map(Number) : [];
    if (kind === "forward") ends.reverse();
    const item = { element, graph, kind, node: node === undefined ? null : Number(node), edge: node === undefined ? ends.join() : null, ends };
    if (node === undefined) {
      const line = element.querySelector(".arrow").cloneNode();
      line.setAttribute("class", "hit");
      element.prepend(line);
      if (kind === "backward") item.slope = addSymbols(element, views[graph].edges[views[graph].keys.indexOf(item.edge)]);
    } else {
      const away = layouts.numbers.shift(), offset = data.upright ? `${away} 0` : `0 ${away}`;
      item.value = slot(element, "value", data.upright ? `-${away} 0` : `0 -${away}`);
      if (kind === "backward") item.adjoint = slot(element, "adjoint", offset);
    }
    const name = index => data.names[index] ?? "a number";
    const text = title ? title.textContent : `arrow from ${name(ends[1])} to ${name(ends[0])}`;
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "-1");
    return { ...item, text };
  });
  const nodes = elements.filter(item => item.node !== null), arrows = elements.filter(item => item.node === null);
  return { figure, graph, kind, layouts, elements: [...kind === "forward" ? nodes : nodes.reverse(), ...arrows] };
});
/* The two layouts of a figure, without and with room for numbers: the one that it has, the other from the data. */
function layoutsOf(figure) {
  const { shown, sizes, other, numbers } = data.layouts[figure.id];
  const moving = [...figure.querySelectorAll("g g[transform]:not(.value, .adjoint), path")];
  const here = moving.map(part => part.getAttribute("d") ?? part.getAttribute("transform"));
  const there = other.split(";").map(place => place[0] === "M" ? place : `translate(${place})`);
  const narrowest = parseFloat(getComputedStyle(figure).minWidth) / sizes[shown][0]; /* of the width: below, it scrolls */
  return { shown, sizes, narrowest, moving, places: shown ? [there, here] : [here, there], numbers: numbers.split(";") };
}
function arrange({ figure, layouts, elements }) {
  const asked = Number(state.values), { moving, places, sizes } = layouts;
  if (layouts.shown === asked) return;
  layouts.shown = asked;
  moving.forEach((part, k) => part.setAttribute(places[asked][k][0] === "M" ? "d" : "transform", places[asked][k]));
  for (const { element } of elements) element.querySelector(".hit")?.setAttribute("d", element.querySelector(".arrow").getAttribute("d"));
  const [width, height] = sizes[asked];
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) figure.setAttribute(name, value);
  figure.style.minWidth = `${Math.round(layouts.narrowest * width)}px`;
}
/* The place of a number at a node, whose operation may stand before it. */
function slot(node, name, place) {
  const known = node.querySelector(`g.${name}`), made = known ?? svg("g", { class: name, transform: `translate(${place})` });
  if (!known) (node.hasAttribute("transform") ? node : node.lastElementChild).append(made);
  return made;
}
/* To a label with one fraction: the bare symbol, and all with d and with ∂; and the place of its number, if that varies. */
function addSymbols(element, [, , ordinary, partial, isPartial, length, varies]) {
  const label = element.querySelector(".label-text"), [written, ...performed] = label.querySelectorAll(":scope > use");
  const [chosen, other] = isPartial ? [partial, ordinary] : [ordinary, partial], symbols = isPartial ? ["partial", "ordinary"] : ["ordinary", "partial"];
  element.classList.add(`wants-${symbols[0]}`);
  written.setAttribute("class", `fraction ${symbols[0]}`);
  for (const part of performed) part.setAttribute("class", "performed");
  const add = (kind, symbol, number) =>
    label.prepend(use(number, { class: `${kind} ${symbol}`, x: ((size(chosen)[0] - size(number)[0]) / 2).toFixed(2) }));
  add("fraction", symbols[1], other);
  ["ordinary", "partial"].forEach((symbol, k) => add("bare", symbol, data.bare[k]));
  label.prepend(svg("rect", { class: "area", x: -4, y: -26, width: length + 8, height: 46 }));
  if (!varies) return null;
  const number = label.querySelector(".slope") ?? svg("g", { class: "slope" });
  number.start = length;
  label.append(number);
  return number;
}
const shown = () => parts.find(part => part.graph === state.graph && part.kind === (state.step ? "backward" : "forward"));

function showNumbers(which = [shown()]) {
  const { slopes: slope, bars } = numbers ?? {};
  for (const part of which) {
    arrange(part);
    for (const item of part.elements) {
      const heard = [item.text], { element } = item;
      if (item.value) {
        const value = numbers?.found[item.node], known = value !== undefined && !Number.isNaN(value);
        place(item.value, value);
        element.dataset.value = known ? value : "";
        if (known && state.values) heard.push(`value ${words(value)}`);
      }
      const reached = bars && views[part.graph].activeSet.has(item.node) ? bars[item.node] : undefined;
      if (item.adjoint) {
        place(item.adjoint, reached);
        element.dataset.adjoint = reached ?? "";
        if (reached !== undefined && state.values && state.step > 3) heard.push(`adjoint ${words(reached)}`);
      }
      if (item.edge !== null && item.kind === "backward") {
        const value = slope?.get(item.edge);
        if (item.slope) follow(item.slope, slope?.others.has(item.edge) ? undefined : value);
        element.dataset.slope = value ?? "";
        if (value !== undefined && state.values) heard.push(words(value));
      }
      element.setAttribute("aria-label", heard.join(", "));
    }
  }
  for (const input of inputs) showGradient(input);
}
