/* ---- the camera: which part of the graph is seen, and how large. All of it, until the reader zooms or drags; while a
   chain grows, what would be too small to be read is brought near. */

const LEGIBLE = .6, LARGEST = 8, USUAL = 1.5; /* pixels for each of the figure: at least, at most, at most where all of it fits */
const frame = at("figures"), camera = { scale: 1, x: 0, y: 0, mode: "fit", part: null }; /* x and y are in the middle */
const still = matchMedia("(prefers-reduced-motion: reduce)");

const room = () => shown().figure.getBoundingClientRect();
function fitted() {
  const { layouts } = shown(), [width, height] = layouts[layouts.shown].size, { width: w, height: h } = room();
  return { scale: Math.max(.01, Math.min(w / width, h / height, USUAL)), x: width / 2, y: height / 2 };
}

function look({ scale, x, y }) {
  const { figure, layouts } = shown(), [width, height] = layouts[layouts.shown].size, { width: w, height: h } = room();
  if (!w || !h) return; /* on paper */
  const within = (value, most) => Math.max(0, Math.min(most, value));
  Object.assign(camera, { scale, x: within(x, width), y: within(y, height), part: shown() });
  figure.setAttribute("viewBox", [camera.x - w / scale / 2, camera.y - h / scale / 2, w / scale, h / scale].map(one => one.toFixed(2)).join(" "));
}

/* To another view, in a quarter of a second where motion is welcome. */
let flight = 0;
function fly(to, mode) {
  cancelAnimationFrame(flight);
  frame.dataset.mode = camera.mode = mode;
  if (still.matches || camera.part !== shown()) return look(to);
  const from = { ...camera }, start = performance.now();
  const step = now => {
    const part = Math.max(0, Math.min(1, (now - start) / 250)), eased = part * part * (3 - 2 * part);
    look({ scale: from.scale * (to.scale / from.scale) ** eased, x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased });
    if (part < 1) flight = requestAnimationFrame(step);
  };
  flight = requestAnimationFrame(step);
}
function fit() { fly(fitted(), "fit"); }

/* Larger or smaller, with the point under the pointer in its place. */
function zoom(factor, pointer) {
  cancelAnimationFrame(flight);
  const { left, top, width, height } = room(), { scale, x, y } = camera;
  const [right, down] = pointer ? [pointer.x - left - width / 2, pointer.y - top - height / 2] : [0, 0];
  const next = Math.max(fitted().scale / 2, Math.min(LARGEST, scale * factor)), moved = 1 / scale - 1 / next;
  frame.dataset.mode = camera.mode = "own";
  look({ scale: next, x: x + right * moved, y: y + down * moved });
}
function pan(right, down) {
  cancelAnimationFrame(flight);
  frame.dataset.mode = camera.mode = "own";
  look({ scale: camera.scale, x: camera.x - right / camera.scale, y: camera.y - down / camera.scale });
}

/* The figure is another one, or has another size. */
function refit() {
  if (camera.part !== shown() || camera.mode === "fit") fit(); else look(camera);
}
/* What is worked on is in view, and can be read. */
function bring(elements) {
  if (!elements.length) { if (camera.mode === "follow") fit(); return; }
  const outer = room(), inside = box => box.left >= outer.left && box.right <= outer.right && box.top >= outer.top && box.bottom <= outer.bottom;
  const boxes = elements.map(element => element.getBoundingClientRect());
  if (boxes.every(inside) && camera.scale >= LEGIBLE) return;
  const legible = Math.max(camera.scale, LEGIBLE, fitted().scale), whole = around(boxes), times = legible / camera.scale;
  const box = whole.width * times <= outer.width && whole.height * times <= outer.height ? whole : around(boxes.slice(0, 1));
  const to = {
    scale: camera.mode === "own" ? camera.scale : legible,
    x: camera.x + ((box.left + box.width / 2) - (outer.left + outer.width / 2)) / camera.scale,
    y: camera.y + ((box.top + box.height / 2) - (outer.top + outer.height / 2)) / camera.scale,
  };
  if (camera.mode !== "own" || !boxes.every(inside)) fly(to, camera.mode === "own" ? "own" : "follow");
}
function around(boxes) {
  const [left, top] = ["left", "top"].map(side => Math.min(...boxes.map(box => box[side])));
  const [right, bottom] = ["right", "bottom"].map(side => Math.max(...boxes.map(box => box[side])));
  return { left, top, width: right - left, height: bottom - top };
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
