/* ---- a step */

const slider = at("step");
const isLast = () => state.step >= Number(slider.max);
function stage() { return Math.min(state.step, 4); }

function grow() {
  const grown = state.step - 4;
  const now = tokens.filter(token => token.order === grown - 1 && token.edge), done = tokens.filter(token => token.order < grown - 1 && token.edge);
  const currentEdges = new Set(now.map(token => token.edge)), doneEdges = new Set(done.map(token => token.edge));
  for (const token of tokens) {
    token.element.classList.toggle("ungrown", token.order >= grown);
    token.element.classList.toggle("current", Boolean(token.edge) && currentEdges.has(token.edge) && token.order === grown - 1);
  }
  const due = new Map(); /* when the adjoint of a node is complete: with the last arrow that leads to it */
  for (const { edge, order } of tokens) if (edge) due.set(Number(edge.split(",")[1]), order);
  for (const { element, edge, node, adjoint } of shown().elements) {
    element.classList.toggle("current", currentEdges.has(edge));
    element.classList.toggle("done", doneEdges.has(edge) && !currentEdges.has(edge));
    if (adjoint) element.classList.toggle("reached", isLast() || (node === state.of ? 0 : due.get(node)) < grown);
  }
  dotLines();
  if (grown > 0) reveal(tokens.findLast(token => token.order < grown)?.element); else panel.scrollTop = 0;
}
/* Where the chain is longer than there is room for, its newest part is in view; on a narrow screen between graph and steps. */
const panel = lines.closest(".chain");
function reveal(element) {
  if (narrow.matches) element?.scrollIntoView({ block: "nearest" });
  else if (element && panel.scrollHeight > panel.clientHeight) panel.scrollTop += element.getBoundingClientRect().bottom + 24 - panel.getBoundingClientRect().bottom;
}

function wordsOfStep() {
  if (state.step <= 4) return PHASES[state.step][1];
  const grown = state.step - 5, factor = tokens.find(token => token.order === grown && token.edge);
  if (!factor && !isLast()) return grown ? "What that comes to." : "The derivatives along the paths, multiplied.";
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
  root.toggleAttribute("data-result", isLast());
  slider.value = state.step;
  const text = wordsOfStep(), factor = tokens.find(token => token.order === state.step - 5 && token.edge);
  const said = factor && shown().elements.find(item => item.edge === factor.edge);
  const heard = said ? `${text} ${said.text}` : text;
  slider.setAttribute("aria-valuetext", `Step ${state.step} of ${slider.max}: ${heard}`);
  at("words").textContent = text;
  if (at("live").textContent !== heard) at("live").textContent = heard;
  at("back").setAttribute("aria-disabled", String(state.step === 0));
  at("on").setAttribute("aria-disabled", String(isLast()));
  const buttons = [...at("phases").children];
  const current = buttons.findLast(button => Number(button.dataset.step) <= state.step);
  for (const button of buttons) button === current ? button.setAttribute("aria-current", "step") : button.removeAttribute("aria-current");
  for (const part of parts) part.figure.closest("figure").setAttribute("aria-hidden", String(part !== shown()));
  arrange(shown());
  grow();
  followStep();
  lines.setAttribute("aria-label", chainWords());
}

function go(step) {
  state.step = Math.max(0, Math.min(Number(slider.max), step));
  release();
  showStep();
  showNumbers();
}
