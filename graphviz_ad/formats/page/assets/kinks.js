/* ---- kinks: the slopes to both sides of a point, as `graphviz_ad.point.beside` and `at_kinks` have them */

const ORDERS = [1, 2, 4, 6], MANY_NODES = 2000, ROUNDING = 1e-12;
const part = (series, k) => series[k] ?? 0;
const vanishes = series => series.every(coefficient => coefficient === 0);
const difference = ([left, right = []]) =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, k) => part(left, k) - part(right, k));
class Lost extends Error {} /* what has no series */
const kept = series => { if (!series.every(Number.isFinite)) throw new Lost(); return series; };
const upTo = (order, coefficient) => Array.from({ length: order + 1 }, (_, k) => coefficient(k));
const sum = (count, term) => { let total = 0; for (let k = 0; k < count; k++) total += term(k); return total; };

const ON_SERIES = {
  add: ([a, b], order) => upTo(order, k => part(a, k) + part(b, k)),
  sub: ([a, b], order) => upTo(order, k => part(a, k) - part(b, k)),
  mul: ([a, b], order) => upTo(order, k => sum(k + 1, j => part(a, j) * part(b, k - j))),
  div: ([a, b], order) => {
    const made = [];
    for (let k = 0; k <= order; k++) made.push((part(a, k) - sum(k, j => part(b, j + 1) * made[k - j - 1])) / b[0]);
    return made;
  },
  neg: ([a]) => a.map(coefficient => -coefficient),
  copy: ([a]) => a,
};

/* An operation, or a function of the reader's, on series to an order. */
function lifted(op, args, order) {
  if (op.name) {
    const known = data.functions[op.name];
    if (!known || op.wrt.length) throw new Lost();
    return overSteps(known, byName(known.params, args), order);
  }
  const value = values => valueOf(op, values, () => new Lost()), start = args.map(arg => arg[0]);
  if (data.operations[op]?.jumps) {
    const tie = start[0] === (start.length > 1 ? start[1] : 0), first = difference(args).find(Boolean) ?? 0;
    return [value(tie ? [first, 0].slice(0, args.length) : start)];
  }
  if (ON_SERIES[op]) return kept(ON_SERIES[op](args, order));
  const made = kept([value(start)]);
  for (let place = 1; place <= order; place++) {
    made.push(sum(args.length, k => {
      if (vanishes(args[k].slice(1, place + 1))) return 0;
      const slope = partialOf(op, k, args, made, place - 1);
      return sum(place, j => (j + 1) * part(args[k], j + 1) * part(slope, place - j - 1));
    }) / place);
  }
  return kept(made);
}
function overSteps(program, known, order) {
  const made = [];
  for (const [op, ...rest] of program.steps)
    made.push(op === "input" ? known[rest[0]] : op === "const" ? [Number(rest[0])] : lifted(op, rest.map(arg => made[arg]), order));
  return made[program.outputs[0]];
}
/* A partial derivative on series; the value of the operation is known so far. */
function partialOf(op, k, args, out, order) {
  const { params, rules, zeros } = data.operations[op], zero = zeros[k];
  if (zero != null && vanishes([...args, out][zero])) return [0];
  return overSteps(rules[k], { ...byName(params, args), out }, order);
}

/* The series of steps in one direction from a step, with the size of what their slopes are sums of. */
function along(program, found, axis, sign, inside, switches) {
  const moving = new Set(inside);
  for (const order of inside.length <= MANY_NODES ? ORDERS : ORDERS.slice(0, 1)) {
    const made = new Map([[axis, { series: [found[axis], sign], size: 1 }]]), lost = new Set(), off = new Set();
    let undecided = false;
    found.forEach((value, index) => { if (!moving.has(index) && switches.isOff(index, value === 0, off)) off.add(index); });
    for (const index of inside) {
      const [op, ...rest] = program.steps[index];
      if (switches.isOff(index, false, off)) { off.add(index); made.set(index, { series: [0], size: 0 }); continue; }
      const here = rest.map(arg => made.get(arg) ?? { series: [found[arg]], size: 0 }), args = here.map(one => one.series);
      try {
        if (rest.some(arg => lost.has(arg) || Number.isNaN(found[arg]) && !made.has(arg))) throw new Lost();
        const series = lifted(op, args, order);
        const size = op.name ? Math.abs(part(series, 1)) : sum(args.length, k =>
          here[k].size && Math.abs(partialOf(op, k, args, [series[0]], 0)[0]) * here[k].size);
        if (!Number.isFinite(size)) throw new Lost();
        made.set(index, { series, size });
        if (switches.isOff(index, vanishes(series), off)) off.add(index);
        undecided ||= Boolean(data.operations[op]?.jumps) && vanishes(difference(args));
      } catch (error) {
        if (!(error instanceof Lost || error instanceof Trouble)) throw error;
        lost.add(index);
      }
    }
    if (!undecided || order === ORDERS.at(-1)) return made;
  }
  return new Map();
}

/* The slopes of steps by one, to both sides. */
function sidesOf(program, found, axis, inside, switches) {
  const [right, left] = [1, -1].map(sign => along(program, found, axis, sign, inside, switches));
  const scale = Math.max(0, ...[axis, ...inside].map(index => Math.abs(found[index])).filter(value => !Number.isNaN(value)));
  return new Map(inside.map(index => {
    const here = [left, right].map(side => side.get(index)), known = here.filter(Boolean);
    const jumps = known.some(({ series }) => Math.abs(series[0] - found[index]) > ROUNDING * scale);
    const [l, r] = here.map(one => one && part(one.series, 1)), size = Math.max(0, ...known.map(one => one.size));
    const smooth = !jumps && here.every(Boolean) && Math.abs(r + l) <= ROUNDING * size;
    return [index, { left: l === undefined ? undefined : 0 - l, right: r, jumps, size, smooth }];
  }));
}

const isAtKink = (program, found) => ([op, ...args]) => {
  if (op.name) return hasKinks(op.name, args.map(arg => found[arg]));
  return Boolean(data.operations[op]?.kink) && found[args[0]] === (args.length > 1 ? found[args[1]] : 0);
};
/* Whether a function of the reader's is at a kink of what it is made of. */
function hasKinks(name, args) {
  const known = data.functions[name];
  if (!known) return false;
  try {
    const found = run(known, byName(known.params, args), trouble(known));
    return known.steps.some(isAtKink(known, found));
  } catch (error) {
    if (error instanceof Trouble || error instanceof Abstract) return false;
    throw error;
  }
}

/* The derivatives of a step by others where there are kinks between: what is taken, the slopes, the kinks. */
function atKinks(program, of, found, bars, axes, fixed = new Set()) {
  const test = isAtKink(program, found), made = new Map();
  const kinks = program.steps.flatMap((step, index) => test(step) ? [index] : []);
  if (!kinks.length) return made;
  const ways = new Set([of]);
  for (let index = of; index >= 0; index--) {
    const [op, ...args] = program.steps[index];
    if (ways.has(index) && (index === of || !fixed.has(index)) && op !== "input" && op !== "const") args.forEach(arg => ways.add(arg));
  }
  let switches;
  for (const axis of axes) {
    if (axis === of) continue;
    const reached = new Set([axis]), inside = [];
    program.steps.forEach(([op, ...args], index) => {
      if (index <= axis || !ways.has(index) || op === "input" || op === "const" || !args.some(arg => reached.has(arg))) return;
      reached.add(index);
      inside.push(index);
    });
    const crossed = kinks.filter(kink => kink !== axis && reached.has(kink));
    if (!crossed.length || !reached.has(of)) continue;
    switches ??= switchesOf(program);
    const slopes = sidesOf(program, found, axis, inside, switches), here = slopes.get(of);
    const taken = tangents(program, found, axis, inside, slopes).get(of), own = bars[axis];
    const another = Math.abs(taken - own) > ROUNDING * here.size;
    made.set(axis, { ...here, own, taken: another ? taken : own, another, kinks: crossed });
  }
  return made;
}
/* In forward mode: where the slopes beside a step agree, they; else what the table makes of those before it. */
function tangents(program, found, axis, inside, slopes) {
  const dots = new Map([[axis, 1]]);
  for (const index of inside) {
    const here = slopes.get(index), own = Number.isNaN(found[index]) ? 0 : tangent(program, found, index, dots);
    dots.set(index, here.smooth && !(Math.abs(here.right - own) <= ROUNDING * here.size) ? here.right : own);
  }
  return dots;
}
function tangent(program, found, index, dots) {
  let total = 0;
  for (const [k, arg] of program.steps[index].slice(1).entries()) {
    const dot = dots.get(arg) ?? 0;
    if (!dot) continue;
    try {
      const slope = local(program, index, k, found);
      total += slope && dot * slope;
    } catch (error) {
      if (error instanceof Trouble) return NaN;
      throw error;
    }
  }
  return total;
}

/* What is said of kinks, as the command line says it. */
function kinkNotes(found, of, beside, partial) {
  const rough = new Set([...beside.values()].flatMap(({ smooth, kinks }) => smooth ? [] : kinks));
  const said = [...rough].sort((a, b) => a - b).filter(index => !data.steps[index][0].name).map(index => {
    const [op, ...args] = data.steps[index], { kink, kinkAlone } = data.operations[op], moves = varying(data);
    const { where, text, given, inItsNames } = applied(data, index, args.map(arg => found[arg]));
    const words = kinkAlone && !args.every(arg => moves[arg]) ? kinkAlone : kink;
    return `${where}${text} has a kink${given}; the derivative taken: ${inItsNames(words)}.`;
  });
  const nameOf = axis => partial ? `∂${data.named[of]}/∂${data.named[axis]}` : `d${data.named[of]}/d${data.named[axis]}`;
  const slopesOf = ({ left, right }, subject) => [["left", left], ["right", right]].map(([side, slope]) =>
    `to the ${side} ${slope === undefined ? "there is none" : `${subject} ${short(slope)}`}`).join(", ");
  if (rough.size === 1 && said.length === 1 && beside.size === 1) {
    const [[axis, here]] = beside;
    if (!here.jumps && !here.another && (here.left ?? here.right) !== undefined)
      return [`${said[0].slice(0, -1)}; ${slopesOf(here, `${nameOf(axis)} is`)}.`];
  }
  for (const [axis, here] of beside) {
    const derivative = nameOf(axis), place = `at ${data.named[axis]} = ${short(found[axis])}`, many = here.kinks.length > 1;
    const operations = here.kinks.map(index => data.written[index]?.[0] ?? `${data.steps[index][0].name}(…)`);
    const list = [operations.slice(0, -1).join(", "), operations.at(-1)].filter(Boolean).join(" and ");
    if (here.smooth && here.another) said.push(`${derivative} = ${short(here.taken)} ${place}, the slope to both sides; `
      + `what is taken at the kink${many ? "s" : ""} of ${list} would make it ${short(here.own)}.`);
    else if (!here.smooth) said.push(`${derivative} is taken to be ${short(here.taken)} ${place}`
      + (here.jumps ? `, where ${data.named[of]} jumps.` : `; ${slopesOf(here, "it is")}.`));
  }
  return [...new Set(said)];
}
