/* ---- vectors and matrices: { dims, entries }, the entries row by row; an axis of size 1 is none, a number is a number */

const isArray = value => typeof value === "object" && value !== null;
const dimsOf = value => isArray(value) ? value.dims : [];
const entriesOf = value => isArray(value) ? value.entries : [value];
const made = (dims, entries) => dims.length ? { dims, entries } : entries[0];
const sizeOfAll = dims => dims.reduce((product, size) => product * size, 1);
const filled = (dims, entry) => made(dims, Array.from({ length: sizeOfAll(dims) }, (_, place) => entry(place)));
const entryOf = (value, place) => isArray(value) ? value.entries[place] : value;
const zip = (f, ...values) => filled(dimsOf(values.find(isArray)), place => f(...values.map(value => entryOf(value, place))));
const sumOf = value => entriesOf(value).reduce((total, entry) => total + entry, 0);
const dimsOfNode = index => data.arrays.shapes[index].filter(size => size !== 1);
const transposed = value => dimsOf(value).length < 2 ? value
  : filled([value.dims[1], value.dims[0]], place => value.entries[place % value.dims[0] * value.dims[1] + Math.floor(place / value.dims[0])]);

/* A product of factors, each an array with a letter for each of its axes, summed over the letters that `out` has not. */
function contracted(out, dims, factors) {
  const all = [[out, dims], ...factors.map(([value, letters]) => [letters, dimsOf(value)])], sizes = new Map();
  for (const [letters, own] of all) [...letters].forEach((letter, axis) => sizes.set(letter, own[axis]));
  const letters = [...sizes.keys()], [target, ...steps] = all.map(([text, own]) => letters.map(letter =>
    [...text].reduce((step, one, axis) => one === letter ? step + sizeOfAll(own.slice(axis + 1)) : step, 0)));
  const result = new Array(sizeOfAll(dims)).fill(0), values = factors.map(([value]) => entriesOf(value));
  const walk = (depth, to, places) => {
    if (depth === letters.length) {
      result[to] += values.reduce((product, entries, k) => product * entries[places[k]], 1);
      return;
    }
    for (let index = 0; index < sizes.get(letters[depth]); index++)
      walk(depth + 1, to + index * target[depth], places.map((place, k) => place + index * steps[k][depth]));
  };
  walk(0, 0, values.map(() => 0));
  return made(dims, result);
}

/* By rows, each as a whole. */
function rowwise(f, x, ...others) {
  const width = x.dims.at(-1), result = [];
  for (let start = 0; start < x.entries.length; start += width)
    result.push(...f(...[x, ...others].map(value => value.entries.slice(start, start + width))));
  return made(x.dims, result);
}
const largestOf = entries => entries.reduce((a, b) => Math.max(a, b), -Infinity);
const logSumExp = row => { const top = largestOf(row); return top + Math.log(row.reduce((total, x) => total + Math.exp(x - top), 0)); };

/* Where an entry stands, whose row and column are counted from 1. */
const placed = (place, dims) => place.reduce((index, at, axis) => index * dims[axis] + at - 1, 0);

/* The inverse and the determinant, by elimination with the largest pivot; no inverse where a pivot is 0. */
function eliminated(x) {
  const [n] = dimsOf(x).length ? x.dims : [1], rows = Array.from({ length: n }, (_, i) =>
    [...entriesOf(x).slice(i * n, i * n + n), ...Array.from({ length: n }, (_, j) => Number(i === j))]);
  let det = 1;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[best][k])) best = i;
    if (!rows[best][k]) return { det: 0, inverse: null };
    if (best !== k) { [rows[k], rows[best]] = [rows[best], rows[k]]; det = -det; }
    const pivot = rows[k][k];
    det *= pivot;
    rows[k] = rows[k].map(entry => entry / pivot);
    rows.forEach((row, i) => {
      if (i !== k && row[k]) { const times = row[k]; rows[i] = row.map((entry, j) => entry - times * rows[k][j]); }
    });
  }
  return { det, inverse: made(dimsOf(x), rows.flatMap(row => row.slice(n))) };
}
function inverse(x) {
  const { inverse: found } = eliminated(x);
  if (found === null) throw new Trouble("A singular matrix has no inverse.");
  return found;
}
/* det(X) X⁻ᵀ, which a singular matrix has too. */
function cofactors(x) {
  const n = dimsOf(x)[0] ?? 1;
  const minor = (row, column) => entriesOf(x).filter((_, place) => Math.floor(place / n) !== row && place % n !== column);
  const of = entries => n === 1 ? 1 : eliminated({ dims: [n - 1, n - 1], entries }).det;
  return filled(dimsOf(x), place => {
    const row = Math.floor(place / n), column = place % n;
    return ((row + column) % 2 ? -1 : 1) * of(minor(row, column));
  });
}

/* What is no product and not done entry by entry: its value; and what it hands to its operand, for an adjoint of its own. */
const ARRAY_VALUES = {
  entry: (_, { place }, x) => x.entries[placed(place, x.dims)],
  unit: (_, { at: place, size }) => filled([size], index => Number(index === place - 1)),
  vcat: (index, _, x, y) => made(dimsOfNode(index), [...entriesOf(x), ...entriesOf(y)]),
  largest: (_, __, x) => largestOf(entriesOf(x)),
  at_largest: (_, __, x) => { const first = entriesOf(x).indexOf(largestOf(entriesOf(x))); return filled(dimsOf(x), place => Number(place === first)); },
  norm: (_, __, x) => Math.sqrt(sumOf(zip(entry => entry * entry, x))),
  softmax: (_, __, x) => rowwise(row => { const total = logSumExp(row); return row.map(entry => Math.exp(entry - total)); }, x),
  log_softmax: (_, __, x) => rowwise(row => { const total = logSumExp(row); return row.map(entry => entry - total); }, x),
  inv: (_, __, x) => inverse(x),
  det: (_, __, x) => eliminated(x).det,
  logdet: (_, __, x) => Math.log(eliminated(x).det),
};
const HANDED = {
  entry: (x, out, bar, { place }) => filled(x.dims, index => index === placed(place, x.dims) ? bar : 0),
  largest: (x, out, bar) => zip(entry => bar * entry, ARRAY_VALUES.at_largest(0, {}, x)),
  at_largest: x => zip(() => 0, x),
  norm: (x, out, bar) => zip(entry => out ? bar * entry / out : 0, x), /* as of |x|: a note says so */
  softmax: (x, out, bar) => rowwise((_, row, bars) => {
    const mean = row.reduce((total, entry, k) => total + entry * bars[k], 0);
    return row.map((entry, k) => entry * (bars[k] - mean));
  }, x, out, bar),
  log_softmax: (x, out, bar) => rowwise((_, row, bars) => {
    const total = bars.reduce((a, b) => a + b, 0);
    return row.map((entry, k) => bars[k] - Math.exp(entry) * total);
  }, x, out, bar),
  inv: (x, out, bar) => {
    const turned = transposed(out), n = dimsOf(x);
    return n.length ? zip(entry => -entry, contracted("il", n, [[turned, "ij"], [bar, "jk"], [turned, "kl"]])) : -out * bar * out;
  },
  det: (x, out, bar) => zip(entry => bar * entry, cofactors(x)),
  logdet: (x, out, bar) => zip(entry => bar * entry, transposed(inverse(x))),
};

/* The value of every step at a point. */
function arrayValues(inputs) {
  const found = [];
  data.steps.forEach(([op, ...args], index) => {
    const value = op === "input" ? inputs[args[0]] : op === "const" ? Number(args[0]) : arrayValue(index, op, args.map(arg => found[arg]));
    if (!entriesOf(value).every(Number.isFinite)) throw withoutValue(index, op);
    found.push(value);
  });
  return found;
}
function withoutValue(index, op) {
  const place = equationOf(data, index);
  return new Trouble(`${place ? `In the equation of ${place}: ` : ""}${op} has no value at this point.`, index);
}
function arrayValue(index, op, args) {
  const product = data.arrays.products[index];
  if (product) return contracted(product[0], dimsOfNode(index), product[1].map(([place, letters]) => [args[place], letters]));
  if (Object.hasOwn(ARRAY_VALUES, op)) {
    try {
      return ARRAY_VALUES[op](index, data.arrays.attributes[index] ?? {}, ...args);
    } catch (error) {
      throw error instanceof Trouble ? new Trouble(error.message, index) : error;
    }
  }
  return zip((...inner) => {
    const said = why => trouble(data)(index, inner, why), value = valueOf(op, inner, said);
    if (!Number.isFinite(value)) throw said(Number.isNaN(value) ? "outside" : "large");
    return value;
  }, ...args);
}
