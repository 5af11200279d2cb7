/* ---- an answer over vectors and matrices: transposes, inverses, products entry by entry, norms, and what sums */

const BY_ENTRY = { ".*": ["hadamard", 20, 2], "./": ["over", 20, 2], "⊙": ["hadamard", 20], "∘": ["hadamard", 20], "⊘": ["over", 20] };
const OF_MATRICES = ["diag", "sum", "norm", "tr", "trace", "det", "inv", "softmax"];
const RAISED_TO = [
  [/^(?:\^\s*(?:\{\s*(?:T|⊤|\\top)\s*\}|T(?![\p{L}\d])|⊤)|ᵀ)/u, ["transpose"]],
  [/^(?:\^\s*(?:\{\s*[-−]1\s*\}|\(\s*[-−]1\s*\)|[-−]1(?!\d))|⁻¹)/u, ["inv"]],
  [/^(?:\^\s*(?:\{\s*[-−](?:T|⊤|\\top)\s*\}|[-−]T(?![\p{L}\d]))|⁻ᵀ)/u, ["inv", "transpose"]],
];

class ArrayReader extends SideReader {
  sign() { return BY_ENTRY[this.text.slice(this.at, this.at + 2)] ?? BY_ENTRY[this.text[this.at]] ?? super.sign(); }

  begins() { return super.begins() || this.text.startsWith("𝟏", this.at); }
  /* A transpose is no part of a name. */
  match(pattern, at = this.at) {
    const found = super.match(pattern, at);
    if (pattern === NAME && found) found[0] = found[0].replace(/ᵀ.*/u, "");
    return found?.[0] ? found : null;
  }

  /* Xᵀ, X^T, X^{-1}, X⁻¹, and x.^2, which is x^2. */
  power(base) {
    const rest = this.text.slice(this.at), place = this.at;
    const [form, of] = RAISED_TO.find(([form]) => form.test(rest)) ?? [];
    if (!form) return { ...super.power(base), place };
    this.at += form.exec(rest)[0].length;
    return of.reduce((inside, op) => ({ op, args: [inside], place }), base);
  }
  peek() {
    const sign = super.peek();
    if (sign === "." && this.text[this.at + 1] === "^") { this.at++; return "^"; }
    return sign === "ᵀ" || sign === "⁻" ? "^" : sign; /* they are read as powers are */
  }
  operand() {
    this.blank();
    const place = this.at;
    if (this.text.startsWith("𝟏", place)) { this.at += 2; return { op: "ones", args: [], place }; }
    if (this.text.startsWith("||", place) || this.text[place] === "‖") {
      const fence = this.text[place] === "‖" ? "‖" : "||";
      this.at += fence.length;
      const inside = this.expression(0);
      this.blank();
      if (!this.text.startsWith(fence, this.at)) this.fail(`a “${fence}” is missing`);
      this.at += fence.length;
      return { op: "norm", args: [inside], place };
    }
    return super.operand();
  }
  named(start) {
    const found = this.match(NAME)?.[0], after = found && this.after(start + found.length);
    if (found && !variables.has(plainly(found)) && !this.defined.has(plainly(found))) {
      if (found === "I") { this.at += 1; return { op: "identity", args: [], place: start }; }
      if (OF_MATRICES.includes(found) && this.text[after] === "(") {
        this.at = after + 1;
        return { op: found, args: [this.closed(")")], place: start };
      }
      if (found === "ones" && this.text[after] === "(") {
        this.at = after + 1;
        const rows = this.expression(0), cols = this.take(",") ? this.expression(0) : { number: 1 };
        if (!this.take(")")) this.fail("a “)” is missing");
        return { op: "filled", args: [rows, cols], place: start };
      }
    }
    const made = super.named(start);
    return made.args ? { place: start, ...made } : made;
  }
}
const readSide = (text, defined) => new ArrayReader(text, defined).whole();
