/* ---- an answer of the reader's own: read by a small reader over the page's operations, never executed, and compared
   with the page's own derivative at several points */

class Unread extends Error {
  constructor(message, place) { super(message); this.place = place; }
}

const NAME = /(?:[Ͱ-Ͽ]\d*|(?![Ͱ-Ͽ])\p{L}(?:(?![Ͱ-Ͽ])[\p{L}\d])*)(?:_\{[^{}]*\}|_[\p{L}\d]+|[₀-₉]+)*(?:\^\{\([^{}]*\)\})?['′]*/uy;
const NUMBER = /(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/y;
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SIGNS = { "+": ["add", 10], "-": ["sub", 10], "−": ["sub", 10], "*": ["mul", 20], "·": ["mul", 20], "×": ["mul", 20], "⋅": ["mul", 20], "/": ["div", 20], "÷": ["div", 20] };
const UNARY = 30, POWER = 40;

/* Spellings of a name that are one: w_1, w_{1} and w₁. */
const plainly = name => name.replace(/[₀-₉]/g, digit => "₀₁₂₃₄₅₆₇₈₉".indexOf(digit)).replace(/[{}_ ]/g, "").replaceAll("′", "'");
const variables = new Map(Object.entries(data.spelled).map(([name, node]) => [plainly(name), node]));
const calls = new Map(Object.entries(data.calls)), constants = new Map(Object.entries(data.constants));

/* Reads one side; an expression is { op, args }, { number }, { node }, { of, wrts, partial } or, of a name that was
   defined before, the expression that it stands for. */
class SideReader {
  constructor(text, defined) { this.text = text; this.at = 0; this.defined = defined; this.depth = 0; }

  blank() { while (/\s/.test(this.text[this.at] ?? "")) this.at++; }
  peek() { this.blank(); return this.text[this.at] ?? ""; }
  match(pattern, at = this.at) { pattern.lastIndex = at; return pattern.exec(this.text); }
  take(sign) { if (this.peek() !== sign) return false; this.at++; return true; }
  fail(message, place = this.at) { throw new Unread(message, place); }

  whole() {
    const made = this.expression(0);
    if (this.peek()) this.fail(`“${this.peek()}” is not expected here`);
    return made;
  }

  expression(least) {
    if (++this.depth > 100) this.fail("this is nested more than 100 deep");
    let left = this.operand();
    for (;;) {
      const sign = this.peek(), [op, binding] = this.text.startsWith("**", this.at) ? [] : SIGNS[sign] ?? [];
      if (sign === "^" || this.text.startsWith("**", this.at) || sign && RAISED.includes(sign)) left = this.power(left);
      else if (op) {
        if (binding <= least) break;
        this.at++;
        left = { op, args: [left, this.expression(binding)] };
      } else if (least < 20 && this.begins()) left = { op: "mul", args: [left, this.expression(20)] };
      else break;
    }
    this.depth--;
    return left;
  }

  begins() { const sign = this.peek(); return sign === "(" || sign === "∂" || Boolean(this.match(NAME)) || /[\d.]/.test(sign); }

  power(base) {
    let digits = "";
    while (RAISED.includes(this.peek()) && this.peek()) digits += RAISED.indexOf(this.text[this.at++]);
    if (digits) return { op: "pow", args: [base, { number: Number(digits) }] };
    this.at += this.text.startsWith("**", this.at) ? 2 : 1;
    return { op: "pow", args: [base, this.take("{") ? this.closed("}") : this.expression(POWER - 1)] };
  }

  closed(sign) {
    const inside = this.expression(0);
    if (!this.take(sign)) this.fail(`a “${sign}” is missing`);
    return inside;
  }

  operand() {
    const sign = this.peek(), start = this.at;
    if (!sign) this.fail("something is missing here");
    if ("+-−".includes(sign)) {
      this.at++;
      const inside = this.expression(UNARY);
      return sign === "+" ? inside : { op: "neg", args: [inside] };
    }
    if (this.take("(")) return this.closed(")");
    if (this.take("[")) return this.condition();
    if (this.take("|")) return { op: "abs", args: [this.closed("|")] };
    const number = this.match(NUMBER);
    if (number) { this.at += number[0].length; return { number: Number(number[0]) }; }
    return this.derivative() ?? this.named(start);
  }

  /* [x > 0] is 1 where it holds, else 0. */
  condition() {
    const left = this.expression(0), sign = this.match(/[<>]=?|[≤≥]/y);
    if (!sign) return this.take("]") ? left : this.fail("a “]” is missing");
    this.at += sign[0].length;
    const right = this.expression(0), op = /[=≤≥]/.test(sign[0]) ? "greater_equal" : "greater";
    if (!this.take("]")) this.fail("a “]” is missing");
    return { op, args: /[<≤]/.test(sign[0]) ? [right, left] : [left, right] };
  }

  /* dz/dx, ∂z/∂x, d^2z/dx^2: both names are variables of the system. */
  derivative() {
    const start = this.at, symbol = this.text[start];
    if (symbol !== "d" && symbol !== "∂") return null;
    const order = this.raised(start + 1), of = this.variable(order.end);
    let at = of ? this.after(of.end) : -1;
    const wrts = [];
    if (!of || this.text[at] !== "/") return this.unknown(start, order.end);
    at = this.after(at + 1);
    const fenced = this.text[at] === "(";
    if (fenced) at = this.after(at + 1);
    while (wrts.length < order.value && "d∂".includes(this.text[at] ?? " ")) {
      const wrt = this.variable(at + 1);
      if (!wrt) return this.unknown(start, at + 1);
      const times = this.raised(wrt.end);
      wrts.push(...Array(times.value).fill(wrt.node));
      at = this.after(times.end);
    }
    if (fenced && this.text[at] === ")") at++;
    if (!wrts.length) return null;
    if (wrts.length !== order.value) this.fail(`this derivative has order ${order.value} above and ${wrts.length} below`, start);
    if (wrts.length > 2) this.fail("the page checks first and second derivatives", start);
    this.at = at;
    return { of: of.node, wrts, partial: symbol === "∂", text: this.text.slice(start, at).trim() };
  }
  /* What looks like dz/dx and is none, if it is no quotient of variables. */
  unknown(start, at) {
    const place = this.after(at), name = this.match(NAME, place)?.[0], whole = this.match(NAME, start)?.[0];
    const rest = /^[^=]*?\/\s*\(?\s*[d∂]/u.test(this.text.slice(start + 1)) || at !== start + 1;
    if (!name || !rest || whole && variables.has(plainly(whole)) || variables.has(plainly(name))) return null;
    return this.fail(`there is no variable “${name}”`, place);
  }
  after(at) { while (/\s/.test(this.text[at] ?? "")) at++; return at; }
  raised(at) {
    const found = this.match(/\s*(?:\^\{?([1-9])\}?|([²³]))\s*/y, at);
    return found ? { value: found[1] ? Number(found[1]) : RAISED.indexOf(found[2]), end: at + found[0].length } : { value: 1, end: at };
  }
  variable(at) {
    const place = this.after(at), found = this.match(NAME, place), node = found && variables.get(plainly(found[0]));
    return node === undefined || node === null ? null : { node, end: place + found[0].length };
  }

  named(start) {
    const found = this.match(NAME);
    if (!found) this.fail(`“${this.text[start]}” is not read here`, start);
    this.at += found[0].length;
    const name = plainly(found[0]), node = variables.get(name);
    if (this.defined.has(name)) return this.defined.get(name);
    if (node !== undefined && !(calls.has(name) && this.peek() === "(")) return { node };
    if (calls.has(found[0])) return this.call(calls.get(found[0]), found[0], start);
    if (constants.has(found[0])) return { op: constants.get(found[0]), args: [] };
    const letters = [...found[0]], several = letters.length > 1 && letters.every(letter => variables.has(letter));
    return this.fail(`there is no variable “${found[0]}”${several ? `; write ${letters.join("*")} for a product` : ""}`, start);
  }

  call([op, count], name, start) {
    const raised = this.peek() === "^" || RAISED.includes(this.peek()) && this.peek() ? this.power({ number: 0 }).args[1] : null;
    const args = [];
    if (this.take("(")) {
      do args.push(this.expression(0)); while (this.take(","));
      if (!this.take(")")) this.fail("a “)” is missing");
    } else args.push(this.bare());
    if (args.length !== count) this.fail(`“${name}” takes ${count} argument${count > 1 ? "s" : ""}`, start);
    return raised ? { op: "pow", args: [{ op, args }, raised] } : { op, args };
  }
  /* The argument of a function without brackets: sin 2x. */
  bare() {
    let left = this.expression(UNARY);
    while (this.begins() && this.peek() !== "(" && !calls.has(this.match(NAME)?.[0])) left = { op: "mul", args: [left, this.expression(UNARY)] };
    return left;
  }
}

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

const INTERVALS = [[-3, 3], [0, 1], [0, 4], [-1, 1], [1, 4], [-4, 0], [0, 12], [-20, 20]], POINTS = 8, TRIES = 240;

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
function whatIsOff(found) {
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
    const off = whatIsOff(found), where = Object.entries(against.inputs).map(([name, value]) => `${name} = ${short(value)}`).join(", ");
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

/* The verdicts on all that is typed: claims with = between their sides, and ; between claims. */
function judged(text) {
  const defined = new Map(), verdicts = [];
  let start = 0;
  for (const claim of text.split(/[;\n]/)) {
    const here = start;
    start += claim.length + 1;
    if (!claim.trim()) continue;
    const parts = claim.split(/(?<![<>])=/);
    let at = here;
    const sides = [];
    try {
      if (parts.length < 2) throw new Unread("a claim says what something is: write an =", claim.trimEnd().length);
      const name = plainly(parts[0].trim()), isNew = !variables.has(name) && NAME.exec((NAME.lastIndex = 0, parts[0].trim()))?.[0] === parts[0].trim();
      for (const [k, part] of parts.entries()) {
        if (!k && isNew) at += part.length + 1;
        else {
          if (!part.trim()) throw new Unread("an expression is missing here", part.length);
          sides.push({ ...new SideReader(part, defined).whole(), said: part.trim() });
          at += part.length + 1;
        }
      }
      if (isNew) defined.set(name, sides[0]);
      const reference = sides.find(side => side.wrts) ?? sides.find(side => side.node !== undefined) ?? sides[0];
      for (const side of sides) if (side !== reference) verdicts.push(verdict(reference, side, `${reference.said} = ${side.said}`));
    } catch (error) {
      if (!(error instanceof Unread || error instanceof Abstract || error instanceof Trouble)) throw error;
      const place = error instanceof Unread ? Math.min(at + error.place, text.length) : text.length;
      verdicts.push({ kind: "unread", text: `${error.message[0].toUpperCase()}${error.message.slice(1)}.`, more: [], before: text.slice(Math.max(0, place - 30), place), mark: text.slice(place, place + 1) || " " });
      break;
    }
  }
  if (!verdicts.length) for (const name of defined.keys()) verdicts.push({ kind: "unread", text: `“${name}” is a name of your own, for what follows.`, more: ["A derivative is written dz/dx = …"] });
  return verdicts;
}

const answer = at("answer");
function showVerdicts() {
  at("verdicts").replaceChildren(...judged(answer.value).map(({ kind, text, more, before, mark }) => {
    const made = html("p", kind, html("strong", "", text), ...more.map(line => html("span", "", line)));
    if (mark) made.append(html("code", "", before, html("mark", "", mark)));
    return made;
  }));
  answer.setAttribute("aria-invalid", String(Boolean(at("verdicts").querySelector(".wrong, .unread"))));
}
answer.addEventListener("input", showVerdicts);
at("claim").addEventListener("submit", event => event.preventDefault());
