/* ---- figures: nodes and arrows by what they stand for; each figure is made ready when it is first shown */

const parts = [...document.querySelectorAll("svg.figure")].map(figure => {
  const [graph, kind] = figure.id.split("-");
  figure.setAttribute("role", "group");
  figure.setAttribute("aria-label", figure.closest("figure").querySelector("figcaption").textContent); /* all would give it away */
  return { figure, graph, kind, layouts: null, nodes: [], elements: [] };
});
const shown = () => ready(parts.find(part => part.graph === state.graph && part.kind === (state.step ? "backward" : "forward")));

function ready(part) {
  if (part.layouts) return part;
  part.layouts = layoutsOf(part.figure);
  const items = [...part.figure.querySelectorAll("[data-node], [data-ends]")].map(element => itemFor(element, part));
  const arrows = items.filter(item => item.node === null);
  part.nodes = items.filter(item => item.node !== null);
  part.elements = [...part.kind === "forward" ? part.nodes : [...part.nodes].reverse(), ...arrows];
  part.elements.forEach(({ element }, k) => element.setAttribute("tabindex", k ? "-1" : "0"));
  placeNumbers(part);
  return part;
}
function itemFor(element, { graph, kind }) {
  const node = element.dataset.node === undefined ? null : Number(element.dataset.node);
  const title = element.querySelector("title") ?? element.insertBefore(svg("title", {}), element.firstChild);
  const item = { element, graph, kind, node, edge: null, ends: [], title, text: title.textContent };
  element.setAttribute("role", "button");
  if (node !== null) {
    item.value = slot(element, "value");
    if (kind === "backward") item.adjoint = slot(element, "adjoint");
    return item;
  }
  const name = index => data.names[index] ?? "a number";
  item.ends = element.dataset.ends.split(" ").map(Number);
  if (kind === "forward") item.ends.reverse();
  item.edge = item.ends.join();
  item.bare = kind === "forward" ? `arrow from ${name(item.ends[1])} to ${name(item.ends[0])}` : `arrow from ${name(item.ends[0])} to ${name(item.ends[1])}`;
  const line = element.querySelector(".arrow").cloneNode();
  line.setAttribute("class", "hit");
  element.prepend(line);
  if (kind === "backward") item.slope = addSymbols(element, views[graph].edges[views[graph].keys.indexOf(item.edge)]);
  return item;
}
/* What is said of a node or an arrow: no more than what is written at this step. */
function textOf({ edge, kind, bare, text }) {
  if (edge === null) return text;
  return kind === "forward" || state.step < 3 || !text ? bare : state.step === 3 ? text.split(" = ")[0] : text;
}

/* ---- layouts: without numbers, with room for them, and for a narrow screen, perhaps without those of arrows (of many
   vertices only the second); one is in the markup */

function layoutsOf(figure) {
  const { shown, ...layouts } = data.layouts[figure.id];
  const moving = [...figure.querySelectorAll("g g[transform]:not(.value, .adjoint), path")];
  for (const layout of Object.values(layouts)) {
    layout.places = layout.places?.split(";").map(place => place[0] === "M" ? place : `translate(${place})`);
    layout.numbers = layout.numbers?.split(";");
  }
  layouts[shown].places = moving.map(part => part.getAttribute("d") ?? part.getAttribute("transform"));
  return { ...layouts, shown, moving };
}
const narrow = matchMedia("(max-width: 640px)");
function arrange(part) {
  const { figure, layouts, elements } = part, asked = !state.values && layouts.plain ? "plain" : narrow.matches && layouts.narrow ? "narrow" : "roomy";
  if (layouts.shown === asked) return;
  layouts.shown = asked;
  figure.classList.toggle("brief", Boolean(layouts[asked].brief));
  layouts.moving.forEach((one, k) => one.setAttribute(layouts[asked].places[k][0] === "M" ? "d" : "transform", layouts[asked].places[k]));
  for (const { element } of elements) element.querySelector(".hit")?.setAttribute("d", element.querySelector(".arrow").getAttribute("d"));
  const [width, height] = layouts[asked].size;
  for (const [name, value] of Object.entries({ width, height })) figure.setAttribute(name, value);
  placeNumbers(part);
  if (camera.part === part) camera.part = null; /* its view is none of this */
}
/* The value of a node to one side of it, across the figure's direction, its adjoint to the other. */
function placeNumbers({ nodes, layouts }) {
  if (data.fixed && data.upright) return; /* they are where they belong */
  const { numbers } = layouts[layouts.shown], across = layouts[layouts.shown].upright;
  if (numbers) nodes.forEach((item, k) => [item.value, item.adjoint].forEach((slot, place) => {
    if (!slot) return;
    const side = place ? 1 : -1, half = data.fixed && across ? slot.getBBox().width / 2 : 0, away = side * (Number(numbers[k]) + half);
    slot.setAttribute("transform", across ? `translate(${away} 0)` : `translate(0 ${away})`);
    slot.side = across ? side : 0;
  }));
}
function slot(node, name) {
  const known = node.querySelector(`g.${name}`), made = known ?? svg("g", { class: name });
  if (!known) (node.hasAttribute("transform") ? node : node.lastElementChild).append(made); /* an operation may stand before it */
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

function showNumbers(which = [shown()]) {
  const { slopes: slope, bars } = numbers ?? {};
  for (const part of which) {
    arrange(ready(part));
    for (const item of part.elements) {
      const { element } = item, said = textOf(item), heard = [said];
      if (item.title.textContent !== said) item.title.textContent = said;
      if (item.value && !data.fixed) {
        const value = numbers?.found[item.node], known = value !== undefined && !Number.isNaN(value);
        place(item.value, value);
        element.dataset.value = known ? spelled(value) : "";
        if (known && state.values) heard.push(`value ${words(value)}`);
      }
      const adjoint = bars && views[part.graph].activeSet.has(item.node) ? bars[item.node] : undefined;
      if (item.adjoint && !data.fixed) {
        place(item.adjoint, adjoint);
        element.dataset.adjoint = spelled(adjoint ?? "");
        if (adjoint !== undefined && state.values && element.classList.contains("reached")) heard.push(`adjoint ${words(adjoint)}`);
      }
      if (item.edge !== null && item.kind === "backward") {
        const value = slope?.get(item.edge);
        if (item.slope && !data.fixed) follow(item.slope, slope?.others.has(item.edge) ? undefined : value);
        element.dataset.slope = spelled(value ?? "");
        if (value !== undefined && state.values && state.step > 3) heard.push(words(value));
      }
      element.setAttribute("aria-label", heard.join(", "));
    }
  }
  for (const input of inputs) showGradient(input);
}
