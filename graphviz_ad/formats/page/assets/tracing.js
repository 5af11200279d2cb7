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
  const large = enlarged(item);
  large ? at("words").replaceChildren(large) : at("words").textContent = counted(item, upper, lower, reads);
}

/* The label of an arrow that is too small to be read, or has no room for its number: as far as it is written at this step. */
function enlarged({ element, edge }) {
  const { figure } = shown(), label = element.querySelector(".label-text");
  if (edge === null || !label || stage() < 2 || camera.scale >= LEGIBLE && !figure.classList.contains("brief")) return null;
  const copy = label.cloneNode(true), picture = svg("svg", { class: element.getAttribute("class") }, copy);
  copy.removeAttribute("transform");
  copy.querySelector(".area").remove();
  at("words").replaceChildren(picture); /* to be measured */
  const { x, y, width, height } = copy.getBBox(), { width: wide, height: high } = at("words").getBoundingClientRect();
  const scale = Math.min(1, wide / width, high / height);
  for (const [name, value] of Object.entries({ viewBox: `${x} ${y} ${width} ${height}`, width: scale * width, height: scale * height })) picture.setAttribute(name, value);
  return picture;
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
  if (state.held && camera.mode === "follow") home();
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
