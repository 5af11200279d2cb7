/* ---- numbers of vectors and matrices, as they are typeset: small ones entry by entry, larger ones by shape and norm */

const MANY = 4, ROW = 20.4, COLUMN = 8.5; /* rows and columns that are shown; between rows, and columns */
const rowsIn = ({ dims, entries, isRow }) => {
  const width = dims.length > 1 ? dims[1] : isRow ? entries.length : 1;
  return Array.from({ length: entries.length / width }, (_, row) => entries.slice(row * width, row * width + width));
};
const isLarge = ({ dims }) => dims.some(size => size > MANY);
const exactly = (value, digits) => isArray(value) ? !isLarge(value) && value.entries.every(entry => rounded(entry, digits).exact) : rounded(value, digits).exact;
const norm = ({ entries }) => Math.hypot(...entries);

/* An array as shapes about the maths axis, with their width and half their height. */
function arrayShapes(value, digits) {
  if (isLarge(value)) {
    const { text, power } = rounded(norm(value), digits), { uses, width } = typeset(`${value.dims.join("×")}, ‖=${text}`, power);
    return { shapes: uses, width, half: 14 };
  }
  const rows = rowsIn(value).map(row => row.map(entry => { const { text, power } = rounded(entry, digits); return typeset(text, power); }));
  const widths = rows[0].map((_, column) => largestOf(rows.map(row => row[column].width)));
  const inner = widths.reduce((total, width) => total + width + COLUMN, -COLUMN), half = rows.length * ROW / 2 + 1, side = 6;
  const shapes = rows.flatMap((row, k) => {
    let x = side + 1;
    return row.map(({ uses, width }, column) => {
      const left = x + (widths[column] - width) / 2;
      x += widths[column] + COLUMN;
      return svg("g", { transform: `translate(${left.toFixed(2)} ${((k - (rows.length - 1) / 2) * ROW).toFixed(2)})` }, ...uses);
    });
  });
  const width = inner + 2 * side + 2, bracket = (x, inward) => svg("path", {
    d: `M${x} ${(-half - AXIS).toFixed(2)}h${4.5 * inward}v.8h${-3.7 * inward}v${(2 * half - 1.6).toFixed(2)}h${3.7 * inward}v.8h${-4.5 * inward}z`,
  });
  return { shapes: [bracket(1, 1), ...shapes, bracket(Number((width - 1).toFixed(2)), -1)], width, half };
}
/* As wide as there is room for. */
const widestArray = ({ dims, isRow }) => arrayShapes({ dims, isRow, entries: new Array(sizeOfAll(dims)).fill(-.888) }, data.arrays.digits).width;

/* In its place in a figure: about its middle, or to one side of its place; and behind a label. */
function placeArray(slot, value) {
  const { shapes, width } = arrayShapes(value, data.arrays.digits), { side = 0 } = slot;
  const scale = 13 / 17 * Math.min(1, widestArray(value) / width), left = (side - 1) / 2 * width;
  slot.replaceChildren(svg("g", { transform: `scale(${scale.toFixed(3)}) translate(${left.toFixed(2)} ${AXIS})` }, ...shapes));
}
function followArray(slot, value) {
  const { uses, width: before } = typeset(exactly(value, data.arrays.digits) ? "=" : "≈"), { shapes, width } = arrayShapes(value, data.arrays.digits);
  const scale = Math.min(1, widestArray(value) / width), moved = svg("g", { transform: `translate(${before.toFixed(2)} 0)` }, ...shapes);
  slot.replaceChildren(svg("g", { transform: `translate(${slot.start} ${(AXIS * (scale - 1)).toFixed(2)}) scale(${scale.toFixed(3)})` }, ...uses, moved));
}
/* In a line of text. */
function arrayPicture(value, before, digits = data.digits) {
  const { uses, width: start } = typeset(before), { shapes, width, half } = arrayShapes(value, digits);
  return picture(start + width, Math.max(14, half + 1), ...uses, svg("g", { transform: `translate(${start.toFixed(2)} 0)` }, ...shapes));
}
const arrayWords = value => isLarge(value) ? `${value.dims.join(" by ")}, of norm ${words(norm(value))}` : rowsIn(value).map(row => row.map(words).join(", ")).join("; ");
const nested = value => !isArray(value) ? value : value.dims.length < 2 ? value.entries : rowsIn(value);
