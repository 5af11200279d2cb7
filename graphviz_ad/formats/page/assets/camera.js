/* ---- the camera: which part of the graph is seen, and how large. All of it where that can be read, or where the reader
   asks for it; else what the step is about, until the reader zooms or drags. */

/* Pixels for each of the figure: all of it can be read, what is brought near has, at most, all of it has at most. */
const LEGIBLE = 8 / 17, NEAR = .65, LARGEST = 8, USUAL = 1.5; /* letters are of 17 pixels of the figure */
const FADING = 24; /* pixels of an edge beyond which the figure goes on */
const frame = at("figures"), camera = { scale: 1, x: 0, y: 0, mode: "fit", whole: false, part: null }; /* x and y are in the middle */
const still = matchMedia("(prefers-reduced-motion: reduce)");

const room = () => shown().figure.getBoundingClientRect();
const sizeOf = ({ layouts }) => layouts[layouts.shown].size;
function fitted() {
  const [width, height] = sizeOf(shown()), { width: w, height: h } = room();
  return { scale: Math.max(.01, Math.min(w / width, h / height, USUAL)), x: width / 2, y: height / 2 };
}

function look({ scale, x, y }) {
  const part = shown(), [width, height] = sizeOf(part), { width: w, height: h } = room();
  if (!w || !h) return; /* on paper */
  const within = (value, most) => Math.max(0, Math.min(most, value));
  Object.assign(camera, { scale, x: within(x, width), y: within(y, height), part });
  const seen = [camera.x - w / scale / 2, camera.y - h / scale / 2, w / scale, h / scale];
  part.figure.setAttribute("viewBox", seen.map(one => one.toFixed(2)).join(" "));
  const beyond = { left: seen[0], top: seen[1], right: width - seen[0] - seen[2], bottom: height - seen[1] - seen[3] };
  for (const [edge, more] of Object.entries(beyond)) frame.style.setProperty(`--${edge}`, `${within(more * scale, FADING).toFixed(0)}px`);
  showSeen(part, seen);
}

/* To another view, in a quarter of a second where motion is welcome. */
let flight = 0;
function fly(to, mode) {
  cancelAnimationFrame(flight);
  setMode(mode);
  if (still.matches || camera.part !== shown()) return look(to);
  const from = { ...camera }, start = performance.now();
  const step = now => {
    const part = Math.max(0, Math.min(1, (now - start) / 250)), eased = part * part * (3 - 2 * part);
    look({ scale: from.scale * (to.scale / from.scale) ** eased, x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased });
    if (part < 1) flight = requestAnimationFrame(step);
  };
  flight = requestAnimationFrame(step);
}
function setMode(mode) {
  frame.dataset.mode = camera.mode = mode;
  at("fit").setAttribute("aria-pressed", String(mode === "fit"));
}
function home() {
  const all = fitted(), parts = subject();
  camera.whole || all.scale >= LEGIBLE || !parts.length ? fly(all, "fit") : bring(parts, "follow");
}
/* All of the graph, and once more: what the step is about. */
function fit() {
  camera.whole = camera.mode !== "fit" && fitted().scale < LEGIBLE;
  home();
}
/* What the step is about: the arrows that are multiplied; before them the output, with its arrows; at either end the variable. */
function subject() {
  const now = multiplied(), isAtOutput = state.step > 0 && state.step <= 4, node = isAtOutput ? state.of : state.wrt ?? state.of;
  if (now.length) return now;
  const { elements, nodes } = shown();
  return [...nodes.filter(item => item.node === node), ...isAtOutput ? elements.filter(item => item.ends[0] === node) : []].map(item => item.element);
}
const multiplied = () => shown().elements.map(item => item.element).filter(element => element.classList.contains("current"));

/* Larger or smaller, with the point under the pointer in its place. */
function zoom(factor, pointer) {
  cancelAnimationFrame(flight);
  const { left, top, width, height } = room(), { scale, x, y } = camera;
  const [right, down] = pointer ? [pointer.x - left - width / 2, pointer.y - top - height / 2] : [0, 0];
  const next = Math.max(fitted().scale / 2, Math.min(LARGEST, scale * factor)), moved = 1 / scale - 1 / next;
  setMode("own");
  look({ scale: next, x: x + right * moved, y: y + down * moved });
}
function pan(right, down) {
  cancelAnimationFrame(flight);
  setMode("own");
  look({ scale: camera.scale, x: camera.x - right / camera.scale, y: camera.y - down / camera.scale });
}

const isOwn = () => camera.mode === "own" && camera.part === shown();
/* The figure is another one, or has another size. */
function refit() { isOwn() ? look(camera) : home(); }
/* The step is another one: what it is about is in view; the reader's own view moves no more than it has to. */
function followStep() { isOwn() ? bring(multiplied(), "own") : home(); }

/* What the reader chooses is in view, and can be read. */
function approach(element) { if (camera.mode !== "fit" || camera.scale < LEGIBLE) bring([element], isOwn() ? "own" : "follow"); }
/* Parts of the figure are in view, and can be read: all of them, or the first, or its label. */
function bring(elements, mode) {
  if (!elements.length) return;
  const outer = room(), isSame = camera.part === shown(), boxes = elements.map(boxOf);
  const within = ({ x, y, width, height }) => Math.abs(x + width / 2 - camera.x) <= (outer.width / camera.scale - width) / 2
    && Math.abs(y + height / 2 - camera.y) <= (outer.height / camera.scale - height) / 2;
  if (isSame && camera.mode === mode && (mode === "own" || camera.scale >= LEGIBLE) && boxes.every(within)) return cancelAnimationFrame(flight);
  const scale = mode === "own" ? camera.scale : Math.max(NEAR, fitted().scale);
  const fits = ({ width, height }) => width * scale <= outer.width && height * scale <= outer.height;
  const label = elements[0].querySelector(".label-text") ?? elements[0];
  fly(about([around(boxes), boxes[0]].find(fits) ?? boxOf(label), outer, scale), mode);
}
/* Where a part is in the figure, whatever is seen of that. */
function boxOf(element) {
  const { left, top, width, height } = element.getBoundingClientRect(), { a: scale, e: x, f: y } = shown().figure.getScreenCTM();
  return { x: (left - x) / scale, y: (top - y) / scale, width: width / scale, height: height / scale };
}
function around(boxes) {
  const [x, y] = ["x", "y"].map(side => Math.min(...boxes.map(box => box[side])));
  return { x, y, width: Math.max(...boxes.map(box => box.x + box.width)) - x, height: Math.max(...boxes.map(box => box.y + box.height)) - y };
}
/* The view with a box in the middle, unless the figure ends before the frame does. */
function about({ x, y, width, height }, outer, scale) {
  const [wide, high] = sizeOf(shown()), held = (value, most, seen) => seen > most ? most / 2 : Math.max(seen / 2, Math.min(most - seen / 2, value));
  return { scale, x: held(x + width / 2, wide, outer.width / scale), y: held(y + height / 2, high, outer.height / scale) };
}

/* ---- wheel, fingers and buttons */

frame.addEventListener("wheel", event => {
  if (!event.ctrlKey && root.scrollHeight > innerHeight) return; /* the page scrolls */
  event.preventDefault();
  zoom(2 ** (-event.deltaY * (event.deltaMode ? 25 : 1) / (event.ctrlKey ? 100 : 300)), event);
}, { passive: false });

const fingers = new Map();
let dragged = false; /* then the click at its end is none */
frame.addEventListener("pointerdown", ({ pointerId, button, x, y }) => {
  if (button) return;
  if (!fingers.size) dragged = false;
  fingers.set(pointerId, { x, y });
});
frame.addEventListener("pointermove", ({ pointerId, x, y }) => {
  const before = fingers.get(pointerId), other = [...fingers].find(([id]) => id !== pointerId)?.[1];
  if (!before || !dragged && !other && Math.hypot(x - before.x, y - before.y) < 5) return;
  if (!dragged) frame.setPointerCapture(pointerId);
  dragged = true;
  fingers.set(pointerId, { x, y });
  if (!other) return pan(x - before.x, y - before.y);
  const apart = point => Math.hypot(point.x - other.x, point.y - other.y) || 1;
  pan((x - before.x) / 2, (y - before.y) / 2);
  zoom(apart({ x, y }) / apart(before), { x: (x + other.x) / 2, y: (y + other.y) / 2 });
});
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, ({ pointerId }) => fingers.delete(pointerId));

at("larger").addEventListener("click", () => zoom(1.4));
at("smaller").addEventListener("click", () => zoom(1 / 1.4));
at("fit").addEventListener("click", fit);
