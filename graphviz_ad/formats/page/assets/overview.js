/* ---- the button for all of the graph: a small picture of it, with the part that is seen */

const [ties, dots, seenPart] = at("fit").querySelector("svg").children;
let drawn = null; /* the layout that it is of */

function showSeen(part, [left, top, wide, high]) {
  const layout = part.layouts[part.layouts.shown], [width, height] = layout.size;
  if (drawn !== layout) drawOverview(part);
  drawn = layout;
  const within = (value, most) => Math.max(0, Math.min(most, value)), x = within(left, width), y = within(top, height);
  for (const [name, value] of Object.entries({ x, y, width: within(left + wide, width) - x, height: within(top + high, height) - y })) seenPart.setAttribute(name, value.toFixed(1));
}
function drawOverview({ nodes, elements, layouts }) {
  const places = new Map(nodes.map(({ element, node }) => {
    const { x, y, width, height } = boxOf(element);
    return [node, `M${Math.round(x + width / 2)} ${Math.round(y + height / 2)}`];
  }));
  const pairs = elements.map(({ ends }) => ends.map(node => places.get(node))).filter(([from, to]) => from && to);
  at("fit").querySelector("svg").setAttribute("viewBox", `0 0 ${layouts[layouts.shown].size.join(" ")}`);
  dots.setAttribute("d", [...places.values()].map(place => `${place}h.1`).join(""));
  ties.setAttribute("d", pairs.map(([from, to]) => from + to.replace("M", "L")).join(""));
}
