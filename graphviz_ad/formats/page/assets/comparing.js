/* ---- values at a point */

class World {
  constructor(inputs) {
    this.inputs = inputs;
    this.found = run(data, inputs, trouble(data));
    this.known = new Map();
    this.error = 0; /* of the differences that were taken */
  }
  bars(of) {
    if (!this.known.has(of)) this.known.set(of, adjoints(data, of, this.found));
    return this.known.get(of);
  }
  value(side) {
    const value = side.number ?? (side.node !== undefined ? this.found[side.node] : side.wrts ? this.derivative(side) : this.applied(side));
    if (!Number.isFinite(value)) throw new Trouble("no value"); /* or one that is switched off */
    return value;
  }
  applied({ op, args }) {
    const switching = op === "mul" ? args : op === "div" ? args.slice(0, 1) : [];
    if (switching.some(arg => arg.op?.startsWith("greater") && this.value(arg) === 0)) return 0; /* a bracket switches it off */
    return valueOf(op, args.map(arg => this.value(arg)), () => new Trouble("no value"));
  }
  derivative({ of, wrts: [wrt, inner], partial }) {
    if (inner !== undefined) return this.second(of, wrt, inner);
    return partial && this.isLocal(of, wrt) ? this.edges.get(`${of},${wrt}`) : of < wrt ? 0 : this.bars(of)[wrt];
  }
  isLocal(of, wrt) { return views.simplified.keys.includes(`${of},${wrt}`); }
  get edges() { return this.slopes ??= slopes(views.simplified, this.found); }

  /* By central differences of the first derivative, extrapolated. */
  second(of, wrt, inner) {
    const name = data.steps[wrt][1];
    if (data.steps[wrt][0] !== "input") throw new Unread("the page checks second derivatives by inputs", 0);
    const h = 2 ** -9 * Math.max(1, Math.abs(this.inputs[name]));
    const moved = by => new World({ ...this.inputs, [name]: this.inputs[name] + by }).derivative({ of, wrts: [inner] });
    const [first, half, quarter] = [h, h / 2, h / 4].map(step => (moved(step) - moved(-step)) / (2 * step));
    const value = (64 * quarter - 20 * half + first) / 45;
    this.error += Math.abs(value - (4 * quarter - half) / 3);
    return value;
  }
}

/* ---- comparing */

const INTERVALS = [[-3, 3], [0, 1], [0, 4], [-1, 1], [1, 4], [-4, 0], [0, 12], [-20, 20]], POINTS = 8, TRIES = 240, FEW = 6;

function* pointsToCompare() {
  let seed = 1;
  const random = () => { /* the same each time: D. Lehmer, 1951 */ seed = seed * 48271 % 2147483647; return seed / 2147483647; };
  const names = data.steps.filter(([op]) => op === "input").map(step => step[1]);
  if (names.every(name => point[name] !== undefined)) yield { ...point };
  for (let n = 0; n < (names.length ? TRIES : 1); n++) {
    const [low, high] = INTERVALS[n % INTERVALS.length];
    yield Object.fromEntries(names.map(name => [name, Math.round((low + (high - low) * random()) * 1e4) / 1e4]));
  }
}
const SIZES = [10, 100, 1e3, 1e4, 1e5, .1, .01]; /* the other side of a kink may be far away */
function* pointsFarAway() {
  for (const size of SIZES) for (const part of [.7, -.7, 1.3, -1.3]) yield Object.fromEntries(data.steps.filter(([op]) => op === "input").map(([, name], k) => [name, size * part * (1 + k / 7)]));
}

/* Both sides at a point; not where a small change of it, of which rounding makes many, changes them much. */
function compareAt(inputs, left, right) {
  const here = new World(inputs), moved = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, value * (1 + 2 ** -44)]));
  const [a, b] = [left, right].map(side => here.value(side)), there = new World(moved);
  const exact = !hasSecond(left) && !hasSecond(right), size = Math.max(Math.abs(a), Math.abs(b));
  const noise = 16 * here.error + (exact ? Math.abs(there.value(left) - a) + Math.abs(there.value(right) - b) : 0);
  const allowed = (exact ? 1e-9 : 1e-5) * size + 64 * noise;
  if (size && allowed > 1e-4 * size) return null;
  return { inputs, world: here, value: a, claimed: b, differs: Math.abs(a - b) > allowed };
}
const hasSecond = side => side.wrts ? side.wrts.length > 1 : (side.args ?? []).some(hasSecond);

function compared(left, right) {
  const found = [], tried = inputs => {
    try { return compareAt(inputs, left, right); } catch (error) { if (error instanceof Trouble) return null; throw error; }
  };
  for (const inputs of pointsToCompare()) {
    const one = tried(inputs);
    if (one) found.push(one);
    if (found.length >= POINTS) break;
  }
  if (found.length && !found.some(one => one.differs)) for (const inputs of pointsFarAway()) {
    const one = tried(inputs);
    if (one?.differs) return [...found, one];
  }
  return found;
}

/* What one change would mend: the sign, a number, a derivative on the way, a variable. */
function whatIsOff(all) {
  const found = all.filter(({ value, claimed }) => value || claimed); /* where both are 0 nothing is off */
  const ratios = found.map(({ value, claimed }) => value / claimed);
  const close = (a, b) => Math.abs(a - b) <= 1e-7 * Math.max(Math.abs(a), Math.abs(b));
  const every = of => found.every((one, k) => close(ratios[k], of(one)));
  if (every(() => -1)) return "the sign is wrong";
  if (found.every(({ value, claimed }) => close(value * claimed, 1))) return "it is upside down";
  for (let n = 1; n < 13; n++) {
    if (n > 1 && every(() => n)) return `the factor ${n} is missing`;
    if (n > 1 && every(() => 1 / n)) return `the factor ${n} is too much`;
  }
  for (const key of views.simplified.keys) {
    const [of, wrt] = key.split(",").map(node => data.named[node]), slope = one => one.world.edges.get(key);
    if (of && wrt && every(slope)) return `the inner derivative of ${of} by ${wrt} is missing`;
    if (of && wrt && every(one => 1 / slope(one))) return `the inner derivative of ${of} by ${wrt} is too much`;
  }
  for (const [node, name] of Object.entries(data.named)) {
    if (every(one => one.world.found[node])) return `the factor ${name} is missing`;
    if (every(one => 1 / one.world.found[node])) return `the factor ${name} is too much`;
  }
  return "";
}

/* ---- what is said */

function verdict(left, right, text) {
  const found = compared(left, right), against = found.find(one => one.differs);
  if (against) {
    const off = whatIsOff(found), at = Object.entries(against.inputs);
    const list = at.map(([name, value]) => `${name} = ${short(value)}`).join(", "), isHere = at.every(([name, value]) => point[name] === value);
    const where = at.length <= FEW ? list : isHere ? "the inputs that are set" : "a point that was tried";
    const said = `${where ? `At ${where} it` : "It"} is ${short(against.claimed)}, and right is ${short(against.value)}.`;
    return { kind: "wrong", text: `Wrong: ${text}`, more: [...off ? [`${off[0].toUpperCase()}${off.slice(1)}.`] : [], said, ...otherReading(left, right)] };
  }
  if (found.length < 3 && data.steps.some(([op]) => op === "input")) return { kind: "unchecked", text: `Not checked: ${text}`, more: ["Both sides have a value at too few of the points that were tried."] };
  return { kind: "right", text: `Right: ${text}`, more: [`It agrees at ${found.length} point${found.length > 1 ? "s" : ""}, to ${hasSecond(left) || hasSecond(right) ? 5 : 9} digits.`] };
}

/* Where a variable reads another both directly and through others, ∂ is along the arrow alone and d over every path. */
function otherReading(left, right) {
  const found = compared(turned(left), turned(right));
  return found.length && !found.some(one => one.differs) ? ["It is right with d for ∂, or ∂ for d: d is over every path, ∂ along the arrow alone."] : [];
}
const turned = side => side.wrts ? { ...side, partial: !side.partial } : side.args ? { ...side, args: side.args.map(turned) } : side;
const readSide = (text, defined) => new SideReader(text, defined).whole();
