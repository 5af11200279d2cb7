/* ---- answers over vectors and matrices: both sides as matrices at several points. A vector is a column; 𝟏 and I have
   the size that what they meet has */

const matrixOf = (value, isRow = value?.isRow) => {
  const dims = dimsOf(value), entries = entriesOf(value);
  return dims.length > 1 ? { rows: dims[0], cols: dims[1], entries } : isRow ? { rows: 1, cols: entries.length, entries } : { rows: entries.length, cols: 1, entries };
};
const isNumber = ({ rows, cols }) => rows === 1 && cols === 1;
const shapeOf = ({ rows, cols }) => cols === 1 ? rows === 1 ? "a number" : String(rows) : `${rows} × ${cols}`;
const alike = (a, b) => a.rows === b.rows && a.cols === b.cols;
const grid = (rows, cols, entry) => ({ rows, cols, entries: Array.from({ length: rows * cols }, (_, place) => entry(Math.floor(place / cols), place % cols)) });
const cell = (m, row, col) => m.entries[row * m.cols + col];
const turn = m => m.special ? { ...m, turned: !m.turned } : grid(m.cols, m.rows, (row, col) => cell(m, col, row));
const mapped = (m, f) => ({ ...m, entries: m.entries.map(f) });

class ArrayWorld {
  constructor(inputs, isLocal) {
    this.inputs = inputs;
    this.isLocal = isLocal;
    this.found = arrayValues(inputs);
    this.known = new Map();
    this.peak = 0; /* the largest number on the way, of which digits are lost */
  }
  value(side) {
    const made = this.valueOf(side);
    for (const entry of made.entries) this.peak = Math.max(this.peak, Math.abs(entry));
    return made;
  }
  valueOf(side) {
    if (side.number !== undefined) return matrixOf(side.number);
    if (side.node !== undefined) return matrixOf(standing(this.found[side.node], side.node));
    if (side.wrts) return this.derivative(side);
    if (side.op === "ones" || side.op === "identity") return { rows: 0, cols: 0, entries: [], special: side.op, factor: 1 };
    const args = side.args.map(arg => this.value(arg));
    try {
      return (OF_MATRIX[side.op] ?? byEntry(side.op))(...args);
    } catch (error) {
      throw error instanceof Unfit ? new Unread(error.message, side.place ?? 0) : error;
    }
  }
  derivative({ of, wrts, partial, place = 0 }) {
    if (wrts.length > 1) throw new Unread("the page checks first derivatives of vectors and matrices", place);
    const [wrt] = wrts, key = `${of},${wrt},${partial}`;
    if (!this.known.has(key)) this.known.set(key, this.total(of, wrt, partial && this.isLocal));
    return this.known.get(key);
  }
  total(of, wrt, isLocal) {
    const view = views.simplified, isVertex = new Set(view.vertices), varies = data.steps.map(() => true);
    const stop = isLocal && view.keys.includes(`${of},${wrt}`) ? index => isVertex.has(index) : () => false;
    const found = jacobians(of, [wrt], this.found, varies, stop).get(wrt), isTurned = turnedChains.has(`${of},${wrt}`);
    if (!isArray(this.found[of])) return isTurned ? turn(matrixOf(standing(found, wrt))) : matrixOf(standing(found, wrt));
    if (dimsOf(found).length > 2) throw new Unread("this derivative has more than two axes, and no matrix is equal to it", 0);
    return isTurned ? turn(matrixOf(found)) : matrixOf(found);
  }
}
class Unfit extends Error {}

/* Two shapes that meet entry by entry: a number is the same everywhere, and so is 𝟏. */
function together(f, a, b) {
  if (a.special && b.special) throw new Unfit("the size of this is not known");
  if (a.special) return together(f, sized(a, b), b);
  if (b.special) return together(f, a, sized(b, a));
  if (isNumber(a)) return mapped(b, entry => f(a.entries[0], entry));
  if (isNumber(b)) return mapped(a, entry => f(entry, b.entries[0]));
  if (!alike(a, b)) throw new Unfit(`${shapeOf(a)} and ${shapeOf(b)} do not fit entry by entry`);
  return { ...a, entries: a.entries.map((entry, place) => f(entry, b.entries[place])) };
}
function sized({ special, factor }, { rows, cols }) {
  if (special === "identity" && rows !== cols) throw new Unfit(`I is square, and what it meets is ${shapeOf({ rows, cols })}`);
  return grid(rows, cols, (row, col) => special === "ones" || row === col ? factor : 0);
}

function times(a, b) {
  for (const [one, other] of [[a, b], [b, a]]) {
    if (one.special && isNumber(other)) return { ...one, factor: one.factor * other.entries[0] };
    if (one.special === "identity") return other.special ? { ...other, factor: other.factor * one.factor } : mapped(other, entry => entry * one.factor);
  }
  if (a.turned && !b.special) return grid(1, b.cols, (_, col) => a.factor * totalOf(b.rows, row => cell(b, row, col)));
  if (b.special && !b.turned && !a.special) return grid(a.rows, 1, row => b.factor * totalOf(a.cols, col => cell(a, row, col)));
  if (a.special || b.special) throw new Unfit("the size of 𝟏 is not known here: write ones(n)");
  if (isNumber(a) || isNumber(b) || a.cols === 1 && alike(a, b)) return together((x, y) => x * y, a, b); /* of two columns too */
  if (a.cols !== b.rows) throw new Unfit(`${shapeOf(a)} times ${shapeOf(b)} is no product: ${hintOf(a, b)}`);
  return grid(a.rows, b.cols, (row, col) => totalOf(a.cols, k => cell(a, row, k) * cell(b, k, col)));
}
const totalOf = (count, entry) => Array.from({ length: count }, (_, k) => entry(k)).reduce((x, y) => x + y, 0);
function hintOf(a, b) {
  if (alike(a, b)) return ".* is entry by entry";
  if (a.rows === b.rows) return "the left one transposed would fit (^T)";
  return a.cols === b.cols ? "the right one transposed would fit (^T)" : `${a.cols} columns and ${b.rows} rows do not fit`;
}
function square(m, what) {
  if (m.rows !== m.cols) throw new Unfit(`${what} is of a square matrix, and this is ${shapeOf(m)}`);
  return { dims: m.rows > 1 ? [m.rows, m.rows] : [], entries: m.entries };
}
const plainOf = ({ dims, entries }) => dims.length ? { dims, entries } : entries[0];
const traceOf = m => (square(m, "a trace"), matrixOf(totalOf(m.rows, k => cell(m, k, k))));

const OF_MATRIX = {
  mul: times,
  hadamard: (a, b) => together((x, y) => x * y, a, b),
  over: (a, b) => together((x, y) => x / y, a, b),
  add: (a, b) => together((x, y) => x + y, a, b),
  sub: (a, b) => together((x, y) => x - y, a, b),
  div: (a, b) => { if (!isNumber(b)) throw new Unfit("a division by a vector or a matrix is ./, entry by entry"); return together((x, y) => x / y, a, b); },
  transpose: turn,
  filled: (...sizes) => {
    if (!sizes.every(m => isNumber(m) && Number.isInteger(m.entries[0]) && m.entries[0] > 0 && m.entries[0] <= 100)) throw new Unfit("the sizes of ones(n) are whole numbers up to 100");
    return grid(sizes[0].entries[0], sizes[1].entries[0], () => 1);
  },
  inv: m => isNumber(m) ? mapped(m, entry => 1 / entry) : { ...m, entries: entriesOf(inverse(plainOf(square(m, "an inverse")))) },
  det: m => matrixOf(eliminated(plainOf(square(m, "a determinant"))).det),
  tr: traceOf,
  trace: traceOf,
  norm: m => matrixOf(Math.hypot(...m.entries)),
  sum: m => matrixOf(m.entries.reduce((x, y) => x + y, 0)),
  diag: m => m.cols === 1 || m.rows === 1 ? grid(m.entries.length, m.entries.length, (row, col) => row === col ? m.entries[row] : 0)
    : grid(m.rows, 1, row => cell(m, row, row)),
  softmax: m => { const { entries } = rowwise(row => { const all = logSumExp(row); return row.map(x => Math.exp(x - all)); },
    { dims: m.cols === 1 ? [1, m.rows] : [m.rows, m.cols], entries: m.entries }); return { ...m, entries }; },
};
function byEntry(op) {
  const none = () => new Trouble("no value");
  return (a, b) => b === undefined ? (a === undefined ? matrixOf(valueOf(op, [], none)) : mapped(a, entry => valueOf(op, [entry], none))) : together((x, y) => valueOf(op, [x, y], none), a, b);
}

/* ---- comparing */

const INTERVALS = [[-2, 2], [0, 1], [1, 4], [-1, 1]], POINTS = 6, TRIES = 40;

function* arraysToCompare() {
  let seed = 1;
  const random = () => { /* the same each time: D. Lehmer, 1951 */ seed = seed * 48271 % 2147483647; return seed / 2147483647; };
  const inputs = data.steps.flatMap(([op, name], index) => op === "input" ? [[index, name]] : []);
  if (inputs.every(([, name]) => point[name] !== undefined) && keepsAssumed(point)) yield { ...point };
  for (let n = 0; n < TRIES; n++) {
    const [low, high] = INTERVALS[n % INTERVALS.length];
    yield Object.fromEntries(inputs.map(([index, name]) => [name, asAssumed(index, filled(dimsOfNode(index), () => low + (high - low) * random()))]));
  }
}
/* Both sides at a point; null where they have no value, or where rounding changes them much. */
function arraysAt(inputs, left, right, isLocal) {
  const moved = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, zip(entry => entry * (1 + 2 ** -44), value)]));
  const worlds = [inputs, moved].map(one => new ArrayWorld(one, isLocal)), [here, there] = worlds.map(world => [left, right].map(side => world.value(side)));
  const [known, claimed] = here.map((side, k) => side.special ? sized(side, here[1 - k]) : side);
  if (![...known.entries, ...claimed.entries].every(Number.isFinite)) return null;
  if (!alike(known, claimed)) return { inputs, known, claimed, isUnlike: true };
  const size = Math.max(0, ...known.entries.map(Math.abs), ...claimed.entries.map(Math.abs));
  const noise = Math.max(0, ...here.flatMap((side, k) => side.entries.map((entry, place) => Math.abs(entry - there[k].entries[place]))));
  const allowed = 1e-9 * size + 64 * noise + 2 ** -46 * worlds[0].peak;
  if (size && allowed > 1e-4 * size) return null;
  return { inputs, known, claimed, differs: known.entries.some((entry, place) => Math.abs(entry - claimed.entries[place]) > allowed) };
}
function arraysCompared(left, right, isLocal) {
  const found = [];
  for (const inputs of arraysToCompare()) {
    try {
      const one = arraysAt(inputs, left, right, isLocal);
      if (one) found.push(one);
      if (one?.isUnlike || found.length >= POINTS) break;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
    }
  }
  return found;
}

/* What one change would mend, by the ratio of all entries at all points. */
function whatIsOffInArrays(found) {
  const pairs = found.flatMap(({ known, claimed }) => known.entries.map((entry, place) => [entry, claimed.entries[place]])).filter(([a, b]) => a || b);
  const every = factor => pairs.every(([a, b]) => Math.abs(a - factor * b) <= 1e-7 * Math.max(Math.abs(a), Math.abs(factor * b)));
  if (every(-1)) return ["The sign is wrong."];
  for (let n = 2; n < 13; n++) {
    if (every(n)) return [`The factor ${n} is missing.`];
    if (every(1 / n)) return [`The factor ${n} is too much.`];
  }
  const isSquare = found.every(({ known }) => known.rows === known.cols && known.rows > 1);
  const isTurned = isSquare && found.every(({ known, claimed }) => turn(claimed).entries.every((entry, place) => Math.abs(entry - known.entries[place]) <= 1e-7 * Math.max(1, Math.abs(entry))));
  return isTurned ? ["It is the transpose."] : [];
}
const FEW_ENTRIES = 12;
const saidOfMatrix = m => m.entries.length > FEW_ENTRIES ? `a matrix of norm ${short(Math.hypot(...m.entries))}` : isNumber(m) ? short(m.entries[0])
  : `[${Array.from({ length: m.rows }, (_, row) => Array.from({ length: m.cols }, (_, col) => short(cell(m, row, col))).join(", ")).join("; ")}]`;

/* ∂ may be over every path or along the arrow alone; d is over every path. */
function verdict(left, right, text) {
  const all = [false, true].map(isLocal => arraysCompared(left, right, isLocal));
  const found = all.find(points => points.length && !points.some(one => one.differs || one.isUnlike)) ?? all[0];
  const wrong = found.find(one => one.isUnlike || one.differs);
  if (wrong?.isUnlike) {
    const { known, claimed } = wrong, isTurned = claimed.rows === known.cols && claimed.cols === known.rows;
    const more = isTurned ? ["Transposed it would fit (^T)."] : [];
    return { kind: "wrong", text: `Wrong: ${text}`, more: [`It is ${shapeOf(claimed)}, and right is ${shapeOf(known)}.`, ...more] };
  }
  if (wrong) {
    const where = wrong.inputs === found[0].inputs && Object.entries(point).every(([name, value]) => wrong.inputs[name] === value) ? "the inputs that are set" : "a point that was tried";
    return { kind: "wrong", text: `Wrong: ${text}`, more: [...whatIsOffInArrays(found), `At ${where} it is ${saidOfMatrix(wrong.claimed)}, and right is ${saidOfMatrix(wrong.known)}.`] };
  }
  if (found.length < 3) return { kind: "unchecked", text: `Not checked: ${text}`, more: ["Both sides have a value at too few of the points that were tried."] };
  return { kind: "right", text: `Right: ${text}`, more: [`It agrees at ${found.length} points, to 9 digits.`] };
}
