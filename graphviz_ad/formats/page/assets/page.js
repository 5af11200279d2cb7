/* ---- what the reader does */

function showAll() {
  root.dataset.graph = state.graph;
  root.dataset.symbol = state.symbol;
  root.toggleAttribute("data-values", state.values);
  beside();
  compute();
  release();
  build();
  showStep();
  showNumbers();
  showChainNumbers();
  chainRoom();
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
  answer.placeholder = `${chosenDerivative()} = …`;
  showAll();
  showVerdicts();
}

slider.addEventListener("input", () => go(Number(slider.value)));
at("back").addEventListener("click", () => go(state.step - 1));
at("on").addEventListener("click", () => go(state.step + 1));
at("phases").addEventListener("click", ({ target }) => { if (target.dataset.step) go(Number(target.dataset.step)); });

const itemOf = target => { const found = target.closest?.("[data-node], [data-ends]"); return found && shown().elements.find(item => item.element === found); };
frame.addEventListener("pointerover", event => {
  const item = event.pointerType === "mouse" && !fingers.size && itemOf(event.target);
  item ? trace(item) : untrace();
});
frame.addEventListener("pointerleave", untrace);
frame.addEventListener("focusin", ({ target }) => { const item = itemOf(target); if (item && target.matches(":focus-visible")) trace(item); });
frame.addEventListener("focusout", () => untrace());
document.addEventListener("click", ({ target }) => {
  if (dragged) { dragged = false; return; }
  const item = itemOf(target);
  if (item) hold(item); else if (state.held && !target.closest(".steps, .inputs, .zoom, header")) release();
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
  if (!again) approach(item.element); else if (camera.mode === "follow") home();
}

const TYPED = "textarea, input:is([type=text], [type=number])";
const MOVES = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const SIZES_BY_KEY = { "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), "−": () => zoom(1 / 1.4), 0: fit };
document.addEventListener("keydown", event => {
  const { key, target } = event, own = Object.hasOwn(MOVES, key) && !target.matches("input") ? MOVES[key] : null;
  if (event.altKey || event.ctrlKey || event.metaKey || target.matches(TYPED)) return;
  const item = itemOf(target);
  if (own && event.shiftKey) pan(80 * own[0], 80 * own[1]);
  else if (Object.hasOwn(SIZES_BY_KEY, key)) SIZES_BY_KEY[key]();
  else if (key === "Escape") return release(); /* it closes the menu too */
  else if (own?.[0]) { go(state.step - own[0]); if (item && !itemOf(target)) focusOn(0); }
  else if (own && item) focusOn(shown().elements.indexOf(item) - own[1]);
  else if (item && (key === "Enter" || key === " ")) hold(item);
  else return;
  event.preventDefault();
});
function focusOn(index) {
  const { elements } = shown(), { element } = elements[(index + elements.length) % elements.length];
  for (const item of elements) item.element.setAttribute("tabindex", item.element === element ? "0" : "-1");
  element.focus({ preventScroll: true });
  approach(element);
}

/* Beside a graph that is larger there the chain stands, and beside one of which a part is seen; beneath others. */
function beside() {
  const { shown, ...layouts } = data.layouts[`${state.graph}-backward`], [width, height] = (layouts.roomy ?? layouts.plain).size;
  const scale = (w, h) => Math.min(USUAL, w / width, h / height), beneath = scale(innerWidth - 60, innerHeight - 430);
  root.toggleAttribute("data-beside", innerWidth > 1100 && (beneath < LEGIBLE || scale(innerWidth - 500, innerHeight - 190) > beneath));
}
/* A chain that is longer than its room beneath the graph grows into that; a shorter one has its places from the start. */
function chainRoom() {
  root.removeAttribute("data-long");
  root.toggleAttribute("data-long", panel.scrollHeight > panel.clientHeight + 1);
}

/* ---- the beginning */

const switches = at("switches").elements;
for (const radio of switches.symbol) radio.checked = radio.value === state.symbol;
switches.dark.checked = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
if (data.arrays) {
  const start = Object.keys(data.at).length ? Object.fromEntries(inputs.map(({ name, node }) => [name, arrayOf(data.at[name], node)])) : arrayStart();
  for (const input of inputs) if (input.name in start) input.show(start[input.name]);
} else for (const input of inputs) input.show(data.at[input.name] ?? 1);
if (innerWidth >= 1500) openDrawer(true);
showAll();
addEventListener("resize", () => { beside(); chainRoom(); dotLines(); });
new ResizeObserver(() => { arrange(shown()); refit(); }).observe(frame);
addEventListener("beforeprint", () => {
  for (const part of parts.filter(part => part.graph === state.graph)) {
    showNumbers([part]);
    part.figure.setAttribute("viewBox", `0 0 ${sizeOf(part).join(" ")}`);
  }
});
addEventListener("afterprint", () => { arrange(shown()); refit(); });
