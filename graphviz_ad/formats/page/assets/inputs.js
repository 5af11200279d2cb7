/* ---- inputs */

const remark = at("remark") ?? html("p");
const inputs = [...document.querySelectorAll(".given")].map(element => element.matches(".array") ? arrayInput(element) : numberInput(element));
function numberInput(element) {
  const node = Number(element.dataset.node), [field, range] = element.querySelectorAll("input");
  const input = { element, node, name: data.steps[node][1], field, range, trouble: element.querySelector(".trouble"), gradient: element.querySelector(".gradient"), why: "",
    show(value) { point[input.name] = value; field.value ||= String(value); reach(input, value); } };
  field.addEventListener("input", () => set(input, field.value, field));
  range.addEventListener("input", () => set(input, String(tidy(Number(range.value), range)), range));
  return input;
}

/* A value of a slider, to a two-hundredth of its length. */
function tidy(value, range) {
  const step = 10 ** Math.floor(Math.log10((range.max - range.min) / 200));
  return Number((Math.round(value / step) * step).toPrecision(12));
}
function set(input, text, by) {
  const value = text.trim() === "" ? NaN : Number(text);
  point[input.name] = Number.isFinite(value) ? value : undefined;
  if (by !== input.field) input.field.value = text;
  if (by !== input.range && Number.isFinite(value)) reach(input, value);
  changedTo(input);
}
let changed = null; /* inputs that are set at once are computed at once */
function changedTo(input) {
  if (!changed) queueMicrotask(update);
  changed = input;
}
function update() {
  compute(changed);
  changed = null;
  showNumbers();
  showChainNumbers();
}
function reach(input, value) {
  if (input.range.max - input.range.min <= 2 || input.range.max > 3 && Math.abs(value) < input.range.max / 40 || value < Number(input.range.min) || value > Number(input.range.max)) {
    const width = Math.max(3, Math.min(2 * Math.abs(value), Number.MAX_VALUE / 4));
    input.range.min = -width;
    input.range.max = width;
  }
  input.range.value = value;
}
function showGradient(input) {
  const pair = view().chains.find(c => named[c.of] === state.of && named[c.wrt] === input.node);
  const value = pair && numbers ? numbers.total(input.node) : undefined;
  if (value === undefined) { input.gradient.replaceChildren(); return; }
  const line = view().lines[pair.lines.find(index => view().lines[index].node === input.node)];
  const before = isExact(value, true) ? "=" : "≈";
  input.gradient.replaceChildren(formula(variant(line.left)), numberPicture(value, { before, brief: true }), html("span", "unseen", words(value)));
  input.gradient.dataset.gradient = spelled(value);
}

/* ---- the drawer that they are in */

const drawer = at("drawer"), opener = at("opener");
function openDrawer(open) {
  if (!drawer) return;
  drawer.hidden = !open;
  opener.setAttribute("aria-expanded", String(open));
}
opener?.addEventListener("click", () => {
  openDrawer(drawer.hidden);
  if (!drawer.hidden) at("closer").focus({ focusVisible: false });
});
at("closer")?.addEventListener("click", closeDrawer);
drawer?.addEventListener("keydown", ({ key }) => { if (key === "Escape") closeDrawer(); });
function closeDrawer() {
  openDrawer(false);
  opener.focus();
}
