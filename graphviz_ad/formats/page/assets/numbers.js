/* ---- numbers, from the outlines of typeset digits */

const SVG = "http://www.w3.org/2000/svg";
function svg(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
function html(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/* A typeset formula by its number: its width, ascent and descent; what is not in the definitions yet is put there. */
const sizes = new Map();
function size(number) {
  if (!sizes.has(number)) {
    const [box, glyphs, rules] = whole(String(data.pieces[number])).split(";");
    sizes.set(number, lengths(data.boxes[box]));
    if (glyphs !== undefined) window.define(`s${number}`,
      glyphs.split(",").filter(Boolean).map(text => { const [id, x, y] = text.split(" "); return [id, x / 100, y / 100]; }),
      rules.split(",").filter(Boolean).map(lengths));
  }
  return sizes.get(number);
}
const lengths = text => text.split(" ").map(length => length / 100);
function use(number, attributes = {}) {
  size(number);
  return svg("use", { href: `#s${number}`, ...attributes });
}

function whole(text) {
  const [box, fraction, rules] = text.split(";");
  if (fraction === undefined || rules !== undefined) return text;
  const [width] = data.boxes[box].split(" ").map(Number), [glyph, lead, ...names] = fraction.split(" ").map(Number);
  const rows = names.flatMap((name, k) => {
    const left = Math.round((width - lead - 100 * size(name)[0]) / 2), y = FRACTION[k];
    return [`g${glyph} ${left} ${y}`, `s${name} ${left + lead} ${y}`];
  });
  return `${box};${rows};170 -466 ${width - 340} 82`;
}
const FRACTION = [-1151, 1166]; /* the baselines of a derivative's rows */

/* A number to the significant digits asked for: what stands before a power of ten, the power, whether it is exact. */
function rounded(value, toDigits = data.digits) {
  if (value === 0) return { text: "0", exact: true };
  const [mantissa, power] = Math.abs(value).toExponential(toDigits - 1).split("e");
  const digits = mantissa.replace(".", "").replace(/0+$/, ""), e = Number(power), sign = value < 0 ? "−" : "";
  const shown = Number(`${digits[0]}.${digits.slice(1)}e${e}`);
  const exact = Math.abs(shown - Math.abs(value)) <= 1e-14 * Math.abs(value);
  if (e >= -6 && e < 12) {
    const plain = e < 0 ? `0.${"0".repeat(-e - 1)}${digits}`
      : digits.length <= e + 1 ? digits.padEnd(e + 1, "0") : `${digits.slice(0, e + 1)}.${digits.slice(e + 1)}`;
    if (e >= -4 || plain.length <= 12) return { text: sign + plain, exact };
  }
  return { text: sign + digits[0] + (digits[1] ? `.${digits.slice(1)}` : ""), power: String(e).replace("-", "−"), exact };
}
const words = value => { if (typeof value === "object") return arrayWords(value); const { text, power } = rounded(value); return power ? `${text} times 10 to the ${power}` : text; };

const spelled = value => typeof value === "object" ? JSON.stringify(nested(value)) : value;
const isExact = (value, brief) => typeof value === "object" ? exactly(value, brief ? data.arrays.digits : data.digits) : rounded(value).exact;

const RELATION = 4.72, BINARY = 3.78; /* the space around a sign */

/* The signs of a number as <use> elements, with their width. */
function typeset(signs, power = "") {
  const uses = [];
  let x = 0;
  const put = (sign, scale, y) => {
    const number = data.signs[sign], gap = sign === "≈" || sign === "=" ? RELATION : sign === "·" || sign === "+" ? BINARY : 0;
    x += gap;
    uses.push(use(number, scale === 1 ? { x: x.toFixed(2) } : { transform: `translate(${x.toFixed(2)} ${y}) scale(${scale})` }));
    x += size(number)[0] * scale + gap;
  };
  for (const sign of signs) sign === " " ? x += 4 : put(sign, 1, 0);
  if (power) {
    for (const sign of "·10") put(sign, 1, 0);
    for (const sign of power) put(sign, .72, -6.2);
  }
  return { uses, width: x };
}

/* A number in its place in a figure, at 13/17 of the size of formulas: about its middle, or to one side of its place. */
function place(slot, value) {
  if (typeof value === "object") { slot.shown = ""; return placeArray(slot, value); }
  const { text, power } = value === undefined || Number.isNaN(value) ? { text: "" } : rounded(value), { side = 0 } = slot, key = `${text}e${power} ${side}`;
  if (slot.shown === key) return;
  slot.shown = key;
  const { uses, width } = typeset(text, power), scale = Math.min(13 / 17, 66 / Math.max(width, 1)), left = (side - 1) / 2 * width;
  slot.replaceChildren(svg("g", { transform: `scale(${scale.toFixed(3)}) translate(${left.toFixed(2)} 5.7)` }, ...uses));
}

/* A number behind a label, as wide as there is room for. */
function follow(slot, value) {
  if (typeof value === "object") { slot.shown = ""; return followArray(slot, value); }
  const { text, power, exact } = value === undefined ? { text: "" } : rounded(value), key = `${text}e${power}`;
  if (slot.shown === key) return;
  slot.shown = key;
  if (!text) { slot.replaceChildren(); return; }
  const { uses, width } = typeset((exact ? "=" : "≈") + text, power), scale = Math.min(1, widest() / width);
  slot.replaceChildren(svg("g", { transform: `translate(${slot.start} ${(AXIS * (scale - 1)).toFixed(2)}) scale(${scale.toFixed(3)})` }, ...uses));
}
const widest = () => typeset(`≈−0.${"8".repeat(data.digits)}`).width;

/* A formula by its number, and a number, for a line of text: a picture whose middle is the maths axis. */
const AXIS = 4.25;
function picture(width, half, ...inside) {
  const w = width.toFixed(2), h = (2 * half).toFixed(2);
  return svg("svg", { class: "formula", width: w, height: h, viewBox: `0 ${(-half - AXIS).toFixed(2)} ${w} ${h}`, "aria-hidden": "true" }, ...inside);
}
function formula(number) {
  const [width, ascent, descent] = size(number);
  return picture(width, Math.max(ascent - AXIS, descent + AXIS) + .5, use(number));
}
function figures(signs, power) {
  const { uses, width } = typeset(signs, power);
  return picture(width, 14, ...uses);
}
function numberPicture(value, { before = "", fenced = false, brief = false } = {}) {
  if (typeof value === "object") return arrayPicture(value, before, brief ? data.arrays.digits : data.digits);
  const { text, power } = rounded(value);
  const parts = fenced && text[0] === "−" ? [typeset(`${before}(${text}`, power), typeset(")")] : [typeset(before + text, power)];
  let x = 0;
  const groups = parts.map(({ uses, width }) => {
    x += width;
    return svg("g", { transform: `translate(${(x - width).toFixed(2)} 0)` }, ...uses);
  });
  return picture(x, 14, ...groups);
}
