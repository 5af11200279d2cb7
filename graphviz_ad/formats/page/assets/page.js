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
  if (element) bringIntoView(element);
}

function bringIntoView(element) {
  const frame = element.closest(".scroll"), box = element.getBoundingClientRect(), outer = frame.getBoundingClientRect();
  if (box.left < outer.left || box.right > outer.right) frame.scrollLeft += (box.left + box.right - outer.left - outer.right) / 2;
}

function wordsOfStep() {
  if (state.step <= 4) return PHASES[state.step][1];
  const grown = state.step - 5, factor = tokens.find(token => token.order === grown && token.edge);
  if (!factor) return chain()?.notes.length ? "The whole chain." : "The derivative, multiplied out.";
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
  if (input.range.max - input.range.min <= 2 || input.range.max > 3 && Math.abs(value) < input.range.max / 40 || value < Number(input.range.min) || value > Number(input.range.max)) {
    const width = Math.max(3, Math.min(2 * Math.abs(value), Number.MAX_VALUE / 4));
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

const itemOf = target => { const found = target.closest?.("[data-node], [data-ends]"); return found && shown().elements.find(item => item.element === found); };
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
  bringIntoView(element);
}

/* ---- the beginning */

const switches = at("switches").elements;
for (const radio of switches.symbol) radio.checked = radio.value === state.symbol;
switches.dark.checked = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
for (const input of inputs) if (input.name in data.at) { point[input.name] = data.at[input.name]; reach(input, point[input.name]); }
if (!Object.keys(data.at).length && inputs.length) for (const input of inputs) { point[input.name] = 1; input.field.value = "1"; reach(input, 1); }
addEventListener("beforeprint", () => showNumbers(parts.filter(part => part.graph === state.graph)));
showAll();
