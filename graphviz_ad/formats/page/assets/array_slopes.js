/* ---- derivatives of vectors and matrices: what each step hands to its operands, accumulated in reverse */

function handed(index, k, found, bar) {
  const [op, ...args] = data.steps[index], operand = found[args[k]], product = data.arrays.products[index];
  if (product) {
    const parts = product[1].flatMap(([place, letters], which) => place === k ? [contracted(letters, dimsOf(operand),
      [[bar, product[0]], ...product[1].filter((_, other) => other !== which).map(([other, text]) => [found[args[other]], text])])] : []);
    return parts.reduce((a, b) => zip((x, y) => x + y, a, b));
  }
  if (op === "vcat") {
    const start = k ? entriesOf(found[args[0]]).length : 0;
    return filled(dimsOf(operand), place => bar.entries[start + place]);
  }
  if (Object.hasOwn(HANDED, op)) return HANDED[op](operand, found[index], bar, data.arrays.attributes[index]);
  const all = [...args, index], entry = place => {
    const own = entryOf(bar, place), here = [];
    if (!own) return 0;
    for (const node of all) here[node] = entryOf(found[node], place);
    return own * local(data, index, k, here);
  };
  const parts = filled(dimsOf(found[index]), entry);
  return isArray(operand) ? parts : sumOf(parts);
}

/* The adjoint of each step that one depends on, whose own is `seed`. */
function arrayAdjoints(of, found, seed, varies, stop = () => false) {
  const bars = [];
  bars[of] = seed;
  for (let index = of; index >= 0; index--) {
    const [op, ...args] = data.steps[index];
    if (bars[index] === undefined || op === "input" || op === "const" || index !== of && stop(index)) continue;
    args.forEach((arg, k) => {
      if (!varies[arg]) return;
      const part = handed(index, k, found, bars[index]);
      if (!entriesOf(part).every(Number.isFinite)) throw new Trouble(`${op} has no derivative at this point.`, index);
      bars[arg] = bars[arg] === undefined ? part : zip((a, b) => a + b, bars[arg], part);
    });
  }
  return bars;
}

/* The derivatives of one step by several: the axes of the left come first. */
function jacobians(of, wrts, found, varies, stop) {
  const left = dimsOf(found[of]), rows = sizeOfAll(left), all = new Map(wrts.map(wrt => [wrt, []]));
  for (let row = 0; row < rows; row++) {
    const bars = arrayAdjoints(of, found, left.length ? filled(left, place => Number(place === row)) : 1, varies, stop);
    for (const [wrt, entries] of all) entries.push(...entriesOf(bars[wrt] ?? zip(() => 0, found[wrt])));
  }
  return new Map([...all].map(([wrt, entries]) => [wrt, made([...left, ...dimsOf(found[wrt])], entries)]));
}

/* A derivative as it is laid out, or none where it is no matrix. */
const turnedArrows = new Set(data.arrays.arrows), turnedChains = new Set(data.arrays.chains);
function laidOut(value, of, wrt, standsTurned) {
  const axes = dimsOf(value).length, key = `${of},${wrt}`;
  if (axes > 2) return undefined;
  return axes === 2 && standsTurned.has(key) ? transposed(value) : axes === 1 ? { ...value, isRow: standsTurned.has(key) } : value;
}
const standing = (value, node) => isArray(value) ? { ...value, isRow: data.arrays.shapes[node][0] === 1 } : value;

/* All numbers of a graph at a point: like those of numbers alone. */
function arrayNumbers(view, of, inputs) {
  if (!keepsAssumed(inputs)) throw new Trouble(`These inputs are not what is assumed: ${data.arrays.assumed.join(", ")}.`);
  const found = arrayValues(inputs), varies = active(view), vertices = new Set(view.vertices), made = new Map();
  made.others = new Set();
  for (const node of new Set(view.edges.map(edge => edge[0]))) {
    const heads = view.edges.filter(edge => edge[0] === node && edge[6]).map(edge => edge[1]);
    const slopes = heads.length ? jacobians(node, heads, found, varies, index => vertices.has(index)) : [];
    for (const [head, value] of slopes) made.set(`${node},${head}`, laidOut(value, node, head, turnedArrows));
  }
  const bars = isArray(found[of]) ? [] : arrayAdjoints(of, found, 1, varies);
  const totals = new Map();
  const total = node => {
    if (!totals.has(node)) totals.set(node, laidOut(jacobians(of, [node], found, varies).get(node), of, node, turnedChains));
    return totals.get(node);
  };
  return { found: found.map(standing), bars: bars.map(standing), total, slopes: made, beside: new Map(), remarks: arrayKinks(found) };
}

/* What is said of entries at a kink, as the command line says it. */
function arrayKinks(found) {
  const moves = varying(data);
  return data.steps.flatMap(([op, ...args], index) => {
    const place = equationOf(data, index), where = place ? `In the equation of ${place}: ` : "", [first, second = 0] = args.map(arg => found[arg]);
    if (!args.some(arg => moves[arg]) || op === "input" || op === "const") return [];
    if (op === "norm" && entriesOf(first).every(entry => entry === 0)) return [`${where}‖x‖ has a kink at x = 0; the derivative taken: 0.`];
    const many = op === "largest" ? entriesOf(first).filter(entry => entry === largestOf(entriesOf(first))).length : 0;
    if (many > 1) return [`${where}the largest entry is there ${many} times; the derivative taken: all of it to the first.`];
    const { kink, kinkAlone, params } = data.operations[op] ?? {};
    const there = kink ? sumOf(zip((a, b) => Number(a === b), first, second)) : 0;
    if (!there) return [];
    const of = isArray(found[index]) ? ` at ${there} of ${entriesOf(found[index]).length} entries` : "";
    const taken = kinkAlone && !args.every(arg => moves[arg]) ? kinkAlone : kink;
    return [`${where}${op}(${params.join(", ")}) has a kink${of}; the derivative taken there: ${taken}.`];
  });
}

/* Inputs that are what is assumed of them: entries, or each row, with a sum, and matrices that are their own transposes. */
const withSum = (total, entries) => {
  const all = entries.reduce((sum, entry) => sum + entry, 0);
  return entries.map(entry => all ? entry * total / all : entry + total / entries.length);
};
function asAssumed(index, value) {
  const total = data.arrays.sums[index], each = data.arrays.rows[index];
  if (each !== undefined) {
    const columns = dimsOf(value)[1], entries = entriesOf(value);
    const rows = filled([entries.length / columns], row => withSum(each, entries.slice(row * columns, (row + 1) * columns)));
    return filled(dimsOf(value), place => rows[Math.floor(place / columns)][place % columns]);
  }
  if (data.arrays.symmetric.includes(index)) return zip((a, b) => (a + b) / 2, value, transposed(value));
  if (total === undefined) return value;
  const made = withSum(total, entriesOf(value));
  return filled(dimsOf(value), place => made[place]);
}
const keepsAssumed = inputs => [...Object.keys(data.arrays.sums), ...Object.keys(data.arrays.rows), ...data.arrays.symmetric].every(index => {
  const value = inputs[data.named[index]], kept = asAssumed(Number(index), value);
  return entriesOf(value).every((entry, place) => Math.abs(entry - entryOf(kept, place)) <= 1e-9 * Math.max(1, Math.abs(entry)));
});

/* A point to begin with: labels are 0 and 1, all else halves, or what suits the system's domain. */
const STARTS = [n => n % 6 / 2 - 1 || 2, n => (n % 6 + 1) / 4, (n, row, column) => (n % 4 + 1) / 2 + 3 * Number(row === column), n => (n % 4 + 1) / 10];
function arrayStart() {
  const labels = new Set(data.arrays.labels);
  let atKink;
  for (const known of [labels, new Set()]) for (const start of STARTS) {
    let seed = 7;
    const next = () => { seed = seed * 48271 % 2147483647; return seed >> 4; }; /* D. Lehmer, 1951 */
    const inputs = Object.fromEntries(data.steps.flatMap(([op, name], index) => {
      if (op !== "input") return [];
      const dims = dimsOfNode(index), columns = dims.length > 1 ? dims[1] : 1;
      return [[name, asAssumed(index, filled(dims, place => {
        const row = Math.floor(place / columns), column = place % columns;
        return known.has(index) ? Number(dims.length > 1 ? column === row % columns : place === 0) : start(next(), row, column);
      }))]];
    }));
    try {
      if (!arrayNumbers(views.full, data.outputs[0], inputs).remarks.length) return inputs;
      atKink ??= inputs;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
    }
  }
  return atKink ?? {};
}
