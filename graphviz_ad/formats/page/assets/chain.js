/* ---- the chain, factor by factor */

const lines = at("lines");
let tokens = []; /* of the chain that is shown: { element, order, edge, node, term, line, number } */
let growth = 0;  /* in how many steps it grows, its result the last */

function build() {
  const { lines: list = [], notes = [] } = chain() ?? {};
  const factored = list.length > 1;
  tokens = [];
  growth = 0;
  const rows = list.flatMap((index, number) => rowsOf(view().lines[index], number, factored));
  lines.replaceChildren(...rows);
  at("notes").textContent = notes.join("; ");
  const last = 4 + growth;
  slider.max = last;
  state.step = Math.min(state.step, last);
  phases();
}

function rowsOf(line, number, factored) {
  const start = growth, rows = [], factors = line.sides.findLast(side => side.some(isFactor)) ?? [];
  const whole = !factored && !factors.length; /* without factors it grows side by side */
  const order = (token, place = 0) => factored ? start : whole ? start + place : start + (token.o ?? factors.length);
  let side = null, bond = null; /* a sign and what follows it stay on one line */
  const row = (left, numeric) => {
    side = html("span", "side");
    const start = html("span", "left", ...left);
    if (factored) tokens.push({ element: start, term: 0, line: number, order: order({}) });
    bond = null;
    rows.push(html("div", numeric ? "row numeric" : "row", start, side));
  };
  const add = (element, known) => {
    const token = { element, term: 0, line: number, ...known };
    element.classList.add("token");
    tokens.push(token);
    if (!bond || element.classList.contains("sign")) side.append(bond = html("span", "bond"));
    bond.append(element);
    return token;
  };
  const sign = (text, known) => add(html("span", "sign", figures(text)), known);
  const performed = line.sides.indexOf(factors);
  if (!line.sides.length) row([formula(variant(line.left))], false); /* too long to be written out */
  line.sides.forEach((written, place) => {
    if (!place || !factored) row(place ? [] : [formula(variant(line.left))], false);
    sign(written.sign ?? "=", { order: Math.min(...written.map(token => order(token, place))) });
    written.forEach((token, n) => {
      const known = { order: order(token, place), edge: edgeKey(token), node: token.n, term: token.t ?? 0 }, before = written[n - 1];
      if (before && (before.t !== known.term || !isFactor(token))) bond = null; /* it begins with its own sign */
      if (isFactor(token) && before && before.t === known.term) sign("·", known);
      if (token.plus) sign("+", known);
      if (token.dotted) sign("·", known).element.classList.add("dot");
      add(html("span", "", formula(variant(token.f))), known);
    });
    if (place === performed) numericRow();
  });
  function numericRow() {
    if (factored || factors.length < 2 || !factors.every(edgeKey)) return;
    row([], true);
    sign("=", { order: start, exact: () => factors.every(token => rounded(numbers.slopes.get(edgeKey(token))).exact) });
    factors.forEach((token, n) => {
      const known = { order: order(token), edge: edgeKey(token), term: token.t ?? 0 }, first = !n || factors[n - 1].t !== known.term;
      if (first && n) bond = null;
      if (!first) sign("·", known);
      const style = { fenced: !first, sum: first && n > 0 };
      add(html("span", ""), { ...known, number: () => numbers?.slopes.get(known.edge), style });
    });
  }
  growth = start + (whole ? Math.max(1, line.sides.length) : factored ? 1 : factors.length + 1);
  if (data.arrays || !factored && line.sides.length === performed + 1 && factors.length > 1) row([], true);
  bond = null;
  const said = line.sides.at(-1)?.sign !== ":"; /* what a derivative does is no number */
  add(html("span", "result"), { order: growth - 1, number: () => said ? resultOf(line.node) : undefined, style: { equals: true } });
  for (const row of rows) { /* as high as its highest formula, so that all stand on the axis of its first */
    const high = Math.max(36, ...[...row.querySelectorAll("svg")].map(formula => Number(formula.getAttribute("height"))));
    row.style.setProperty("--high", `${high}px`);
  }
  return rows;
}

/* Factors side by side have a dot between them where the second begins a line. */
function dotLines() {
  const dots = [...lines.querySelectorAll(".dot")];
  for (const dot of dots) dot.hidden = true;
  for (const dot of dots) { /* the first ones may move others */
    const { parentElement: bond } = dot, before = bond.previousElementSibling;
    dot.hidden = bond.offsetTop < before.offsetTop + before.offsetHeight - 1;
  }
}

/* The number of a line; none where kinks make the derivative another than the line says, which the remark has. */
const resultOf = node => numbers?.beside.get(node)?.another ? undefined : numbers?.total(node);

function showChainNumbers() {
  for (const token of tokens) {
    if (token.exact && numbers) token.element.replaceChildren(figures(token.exact() ? "=" : "≈"));
    if (!token.number) continue;
    const value = state.values ? token.number() : undefined, { fenced, sum, equals } = token.style;
    if (value === undefined) { token.element.replaceChildren(); continue; }
    const before = equals ? (isExact(value) ? "=" : "≈") : sum ? (value < 0 ? "− " : "+") : "";
    token.element.replaceChildren(numberPicture(sum ? Math.abs(value) : value, { before, fenced }));
  }
  lines.classList.toggle("unnumbered", !numbers || !state.values);
  lines.setAttribute("aria-label", chainWords());
}

/* The chain in words, as far as it has grown. */
function chainWords() {
  const list = chain()?.words ?? "", left = list.split(" = ")[0] || `d${data.named[state.of]}/d${data.named[state.wrt]}`;
  const total = numbers && state.values ? numbers.total(state.wrt) : undefined;
  if (isLast()) return (list || left) + (total === undefined ? "" : `; the derivative is ${words(total)}`);
  const grown = new Set(tokens.filter(token => token.edge && token.order < state.step - 4).map(token => token.edge));
  const made = [...grown].map(edge => shown().elements.find(item => item.edge === edge)?.text).filter(Boolean);
  return made.length ? `${left}, so far: ${made.join(", ")}` : `${left}: nothing is multiplied yet`;
}
