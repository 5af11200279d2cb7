/* ---- what is typed, and what is said of it */

/* What an expression by itself is compared with: the derivative that is chosen. */
function verdictOnChosen(side, claim, defined) {
  if (side.wrts || state.wrt === undefined) throw new Unread("a claim says what something is: write an =", claim.trimEnd().length);
  const asked = chosenDerivative();
  return verdict(readSide(asked, defined), side, `${asked} = ${claim.trim()}`);
}
const chosenDerivative = () => `d${data.named[state.of]}/d${data.named[state.wrt]}`;

/* The verdicts on all that is typed: claims with = between their sides, and ; between claims. */
function judged(text) {
  const defined = new Map(), verdicts = [];
  let start = 0;
  for (const claim of text.split(/[;\n]/)) {
    const here = start;
    start += claim.length + 1;
    if (!claim.trim()) continue;
    const parts = claim.split(/(?<![<>])=/);
    let at = here;
    const sides = [];
    try {
      if (parts.length < 2) {
        verdicts.push(verdictOnChosen(readSide(claim, defined), claim, defined));
        continue;
      }
      const name = plainly(parts[0].trim()), isNew = !variables.has(name) && NAME.exec((NAME.lastIndex = 0, parts[0].trim()))?.[0] === parts[0].trim();
      for (const [k, part] of parts.entries()) {
        if (!k && isNew) at += part.length + 1;
        else {
          if (!part.trim()) throw new Unread("an expression is missing here", part.length);
          sides.push({ ...readSide(part, defined), said: part.trim(), from: at });
          at += part.length + 1;
        }
      }
      if (isNew) defined.set(name, sides[0]);
      const reference = sides.find(side => side.wrts) ?? sides.find(side => side.node !== undefined) ?? sides[0];
      for (const side of sides) if (side !== reference) {
        at = side.from;
        verdicts.push(verdict(reference, side, `${reference.said} = ${side.said}`));
      }
    } catch (error) {
      if (!(error instanceof Unread || error instanceof Abstract || error instanceof Trouble)) throw error;
      const place = error instanceof Unread ? Math.min(at + error.place, text.length) : text.length;
      verdicts.push({ kind: "unread", text: `${error.message[0].toUpperCase()}${error.message.slice(1)}.`, more: [], before: text.slice(Math.max(0, place - 30), place), mark: String.fromCodePoint(text.codePointAt(place) ?? 32) });
      break;
    }
  }
  if (!verdicts.length) for (const name of defined.keys()) verdicts.push({ kind: "unread", text: `“${name}” is a name of your own, for what follows.`, more: ["A derivative is written dz/dx = …"] });
  return verdicts;
}

const answer = at("answer");
function showVerdicts() {
  at("verdicts").replaceChildren(...judged(answer.value).map(({ kind, text, more, before, mark }) => {
    const made = html("p", kind, html("strong", "", text), ...more.map(line => html("span", "", line)));
    if (mark) made.append(html("code", "", before, html("mark", "", mark)));
    return made;
  }));
  answer.setAttribute("aria-invalid", String(Boolean(at("verdicts").querySelector(".wrong, .unread"))));
}
answer.addEventListener("input", showVerdicts);
at("claim").addEventListener("submit", event => event.preventDefault());
