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
      const sign = this.peek(), [op, binding, length = 1] = this.text.startsWith("**", this.at) ? [] : this.sign();
      if (sign === "^" || this.text.startsWith("**", this.at) || sign && RAISED.includes(sign)) left = this.power(left);
      else if (op) {
        if (binding <= least) break;
        const place = this.at;
        this.at += length;
        left = { op, args: [left, this.expression(binding)], place };
      } else if (least < 20 && this.begins()) left = { op: "mul", place: this.at, args: [left, this.expression(20)] };
      else break;
    }
    this.depth--;
    return left;
  }

  sign() { return SIGNS[this.text[this.at]] ?? []; }
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
