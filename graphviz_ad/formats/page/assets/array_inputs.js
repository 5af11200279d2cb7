/* ---- inputs of more than one entry: a field for each, or one that takes nested lists */

function arrayInput(element) {
  const node = Number(element.dataset.node), fields = [...element.querySelectorAll("input, textarea")], [field] = fields;
  const shape = data.arrays.shapes[node], [rows, columns = 1] = shape;
  const input = {
    element, node, name: data.steps[node][1], field, trouble: element.querySelector(".trouble"), gradient: element.querySelector(".gradient"), why: "",
    show(value) {
      const texts = entriesOf(value).map(String);
      if (field.matches("textarea")) field.value = listed(value, shape); else fields.forEach((one, k) => { one.value = texts[k]; });
      point[input.name] = value;
    },
  };
  const take = by => {
    const read = field.matches("textarea") ? readArray(field.value, rows, columns) : { entries: fields.map(one => one.value.trim() === "" ? NaN : Number(one.value)) };
    input.why = read.why ?? "";
    input.field = fields.find(one => !field.matches("textarea") && (one.value.trim() === "" || !Number.isFinite(Number(one.value)))) ?? by;
    for (const one of fields) one.setAttribute("aria-invalid", "false");
    point[input.name] = read.entries?.every(Number.isFinite) ? made(dimsOfNode(node), read.entries) : undefined;
    changedTo(input);
  };
  for (const one of fields) one.addEventListener("input", () => take(one));
  element.addEventListener("paste", event => { /* a whole array at once */
    if (field.matches("textarea")) return;
    const { entries } = readArray(event.clipboardData.getData("text"), rows, columns);
    if (!entries) return;
    event.preventDefault();
    fields.forEach((one, k) => { one.value = String(entries[k]); });
    take(field);
  });
  return input;
}

/* Rows in brackets, or on lines of their own, or between semicolons; numbers between commas or blanks. */
function readArray(text, rows, columns) {
  const bare = text.trim().replace(/−/g, "-"), inner = [...bare.matchAll(/\[([^[\]]*)\]/g)].map(found => found[1]);
  const lines = (inner.length ? inner : bare.split(/[;\n]+/)).map(line => line.split(/[\s,;]+/).filter(Boolean)).filter(line => line.length);
  const entries = lines.flat().map(Number), size = rows * columns, isVector = rows === 1 || columns === 1;
  const wrong = lines.flat().find((_, k) => !Number.isFinite(entries[k]));
  if (wrong !== undefined) return { why: `“${wrong.replace(/[[\]]/g, "") || wrong}” is no number.` };
  const fits = entries.length === size && (isVector ? lines.length === 1 || lines.every(line => line.length === 1)
    : lines.length === rows && lines.every(line => line.length === columns));
  const said = lines.length && lines.every(line => line.length === lines[0].length) ? `${lines.length} × ${lines[0].length}` : `${entries.length} in rows that differ`;
  return fits ? { entries } : { why: `${isVector ? `${size} numbers are` : `${rows} rows of ${columns} numbers are`} needed here; these are ${said}.` };
}
function listed(value, [rows, columns = 1]) {
  const entries = entriesOf(value);
  if (rows === 1 || columns === 1) return `[${entries.join(", ")}]`;
  return `[${rowsIn(value).map(row => `[${row.join(", ")}]`).join(",\n ")}]`;
}
/* Nested lists as an array. */
const arrayOf = (lists, node) => made(dimsOfNode(node), [lists].flat(2));
