// What is asked, as a link holds it behind its #, and as the words of a command line. Nothing here touches the page.

export const FIELDS = ["source", "view", "wrt", "at", "more", "claims", "tab"];
export const EMPTY = Object.fromEntries(FIELDS.map((field) => [field, ""]));

/** The part of an address that holds what is asked; what is empty is left out. */
export function written(asked) {
  const held = FIELDS.filter((field) => asked[field]).map((field) => [field, asked[field]]);
  return `#${new URLSearchParams(held)}`;
}

/** What the part of an address holds; of a link that somebody shortened, what is left of it. */
export function read(hash) {
  const held = new URLSearchParams(hash.replace(/^#/, ""));
  return Object.fromEntries(FIELDS.map((field) => [field, held.get(field) ?? ""]));
}

/** A word as a shell reads it back. */
export function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}

/** The options that the fields make, as on a command line. */
export function options({ view, wrt, at, more }) {
  const named = [["--wrt", wrt], ["--at", at]].filter(([, value]) => value.trim());
  return [view, ...named.map(([name, value]) => `${name} ${quoted(value.trim())}`), more.trim()].filter(Boolean).join(" ");
}

/** The command that does the same in a terminal. */
export function command(asked) {
  return ["adgraph draw", quoted(asked.source.trim().replace(/\s*\n\s*/g, asked.source.includes("\\") ? " " : "; ")), options(asked)].filter(Boolean).join(" ");
}
