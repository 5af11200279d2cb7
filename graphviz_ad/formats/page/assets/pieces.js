"use strict";
/* Runs before the figures are read. Each formula of the definitions becomes one path instead of its glyphs and rules, which
   a browser draws many times faster. Outlines are relative to where they begin, so that a glyph is moved by beginning
   elsewhere. The page's script defines more formulas with `define`. */
(() => {
const definitions = document.querySelector(".definitions defs");
const outlines = new Map([...definitions.querySelectorAll("path")].map(glyph => [glyph.id, () => glyph.getAttribute("d")]));
const round = length => Math.round(100 * length) / 100;

/* Glyphs (or formulas) with their places, rules with their places and sizes. */
window.define = (id, glyphs, rules) => {
  const part = ([name, x, y], left, top) => name[0] === "s" ? outlines.get(name)(left + x, top + y)
    : `M${round(left + x)} ${round(top + y)}${outlines.get(name)()}`;
  outlines.set(id, (left, top) => [
    ...glyphs.map(glyph => part(glyph, left, top)),
    ...rules.map(([x, y, width, height]) => `M${round(left + x)} ${round(top + y)}h${width}v${height}h${-width}z`),
  ].join(""));
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [name, value] of Object.entries({ id, d: outlines.get(id)(0, 0) })) path.setAttribute(name, value);
  const old = document.getElementById(id);
  old ? old.replaceWith(path) : definitions.append(path);
};

const numbers = (element, ...names) => names.map(name => Number(element.getAttribute(name)));
const pieces = [...definitions.querySelectorAll("g")];
const waiting = new Map(pieces.map(piece => [piece.id, piece]));
function read(piece) {
  waiting.delete(piece.id);
  const glyphs = [...piece.querySelectorAll("use")].map(use => [use.getAttribute("href").slice(1), ...numbers(use, "x", "y")]);
  for (const [name] of glyphs) if (waiting.has(name)) read(waiting.get(name));
  window.define(piece.id, glyphs, [...piece.querySelectorAll("rect")].map(rule => numbers(rule, "x", "y", "width", "height")));
}
for (const piece of pieces) if (waiting.has(piece.id)) read(piece);
})();
