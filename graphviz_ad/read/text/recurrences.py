"""Recurrences: h_t = tanh(w x_t + u h_{t-1}), t = 1..3 is written out as h_1, h_2 and h_3, with one w and one u; and
layers, a^{(l)} = σ(W^{(l)} a^{(l-1)}), l = 1..3. So are sums over such an index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.record import Record
from graphviz_ad.read.text.indices import put_in
from graphviz_ad.read.text.ranges import MAX_STEPS, Steps
from graphviz_ad.read.text.spelled_sums import with_bounds_apart
from graphviz_ad.read.text.steps_of_names import general, has_index, offset, stepped, whole_of
from graphviz_ad.read.text.tokens import OPENING, Token, joined

_SUMS = {"sum": "+", "prod": "*"}  # what stands between the terms
_BEFORE_A_SIGN = ("^", "*", "/", "·", "⊙", "⊘", ".^")  # of one number: Σ^-1
MAX_TOKENS = 20_000  # of all that is written out


class WrittenOut(Record):
    """Statements without recurrences, the shapes of the names in them, and the names of states before the first; and
    whether plain letters without a shape are numbers, since vectors are bold."""

    statements: list[list[Token]]
    shapes: dict[Name, Shape]
    states: frozenset[Parts] = frozenset()
    notes: tuple[str, ...] = ()
    plain: bool = False
    limits: Mapping[str, tuple[Steps, ...]] = {}  # of the indices of left sides that are those of entries


def written_out(
    statements: Sequence[list[Token]],
    ranges: Sequence[Steps],
    shapes: Mapping[Name, Shape],
    sums: Sequence[Steps] = (),
) -> WrittenOut:
    """The statements with a copy for each step in the place of recurrences, and of `sums` over samples."""
    if not ranges and not sums:
        return WrittenOut(list(statements), dict(shapes))
    if not shapes:
        statements = with_bounds_apart(statements, {steps.index for steps in (*ranges, *sums)})
    work = _Work(statements, (*ranges, *sums), shapes, {steps.index for steps in sums})
    return work.result()


class _Work:
    """Statements that are written out."""

    def __init__(
        self,
        statements: Sequence[list[Token]],
        ranges: Sequence[Steps],
        shapes: Mapping[Name, Shape],
        used: Iterable[str],
    ) -> None:
        self.statements, self.ranges, self.shapes = statements, ranges, dict(shapes)
        self.keys = {name.key: name for name in shapes}
        self.made: dict[str, tuple[str, int]] = {}  # names of steps: what they are steps of, and which
        self.heads: dict[str, Steps] = {}  # what is defined step by step
        self.sums = frozenset(used)
        self.used = set(used)  # indices that are those of sums, or of entries
        self.notes: list[str] = []
        self.limits: dict[str, tuple[Steps, ...]] = {}

    def result(self) -> WrittenOut:
        found: list[list[Token]] = []
        block: list[tuple[Steps, list[Token]]] = []
        for place, statement in enumerate(self.statements):
            steps = self.of(place)
            if steps is None or (block and steps.values() != block[0][0].values()):
                found += self.unrolled(block)
                block = []
            if steps is None:
                found.append(statement)
            else:
                self.heads[general(statement[0].text, steps.index)] = steps
                block.append((steps, statement))
        found += self.unrolled(block)
        found = [self.without_sums(statement) for statement in found]
        if sum(map(len, found)) > MAX_TOKENS:
            raise AdgraphError("written out, this is too long", found[0][0].span, "write fewer steps")
        used = self.used.union(steps.index for steps in self.heads.values())
        unused = [steps for steps in self.ranges if steps.index not in used]
        if not self.heads and unused:
            text = f"nothing on a left side has the index '{unused[0].index}'"
            at = Span(unused[0].place, unused[0].place + 1)
            raise AdgraphError(text, at, f"write h_{unused[0].index} = …, {unused[0].index} = 1..3")
        self.declare()
        self.declare_others(found)
        notes = tuple(dict.fromkeys(self.notes))
        return WrittenOut(found, self.shapes, self.states(), notes, limits=self.limits)

    def of(self, place: int) -> Steps | None:
        """The steps of a statement: those behind it, or all that there are for the index of its left side."""
        statement = self.statements[place]
        if len(statement) < 3 or statement[0].kind != "name" or statement[1].text != "=":
            return None
        begin = statement[0].span.start
        end = self.statements[place + 1][0].span.start if place + 1 < len(self.statements) else float("inf")
        own = [steps for steps in self.ranges if begin < steps.place < end]
        head = statement[0].text
        for steps in (*own, *self.ranges):
            in_a_pair = self.shapes and steps.index in _pair(head)
            if not in_a_pair and not has_index(head, steps.index):
                continue
            if in_a_pair:
                self.used.add(steps.index)
            elif not self.is_entry(statement, steps):
                return steps
            if steps in own:
                self.limits[head] = (*self.limits.get(head, ()), steps)
        return None

    def is_entry(self, statement: list[Token], steps: Steps) -> bool:
        """Whether the index of a left side is that of entries: y_i = sum_j W_ij x_j, where W is declared."""
        if not self.shapes:
            return False
        index, head = steps.index, statement[0].text
        names = [token.text for token in statement[2:] if token.kind == "name" and has_index(token.text, index)]
        shifted = [text for text in names if general(text, index) != text]
        of_entries = all(self.is_of_vector(text, steps) and whole_of(text) != whole_of(head) for text in shifted)
        if not of_entries or Name(head).key in self.keys:
            return False
        found = any(self.shapes.get(self.keys.get(whole_of(text), Name("")), ()) for text in names)
        if found:
            self.used.add(index)
        return found

    def is_of_vector(self, text: str, steps: Steps) -> bool:
        """Whether a name with a shifted index is an entry of a vector: where that has a multiple, x_{2i-1}, or where
        all steps are places in the vector."""
        whole = self.keys.get(whole_of(text))
        if whole is not None and len(self.shapes[whole]) == 2 and "," in Name(text).key.subscript:
            return True
        if whole is None or len(self.shapes[whole]) != 1:
            return False
        if re.search(r"\d[^\W\d_]", Name(text).key.subscript):
            return True
        shift, (size,) = offset(text, steps.index), self.shapes[whole]
        return isinstance(size, int) and steps.first + shift >= 1 and steps.last + shift <= size

    def unrolled(self, block: Sequence[tuple[Steps, list[Token]]]) -> list[list[Token]]:
        """Statements for each step, in the order of time."""
        if not block:
            return []
        many = len(block[0][0].values()) * sum(len(statement) for _, statement in block)
        if many > MAX_TOKENS:
            raise AdgraphError("written out, this is too long", block[0][1][0].span, "write fewer steps")
        return [
            [self.at(token, steps.index, value) for token in statement]
            for value in block[0][0].values()
            for steps, statement in block
        ]

    def at(self, token: Token, index: str, value: int) -> Token:
        """A token at a step."""
        if token.kind != "name":
            return token
        if token.text == index:
            return token.replace(kind="number", text=str(value))
        if token.text.partition("_")[0] in _SUMS:
            return token
        if (entry := self.entry_at(token.text, index, value)) is not None:
            return token.replace(text=entry)
        if not has_index(token.text, index):
            return token if self.shapes else put_in((token,), index, value)[0]  # w_jk has j without a sign between
        made = stepped(token.text, index, value)
        self.made.setdefault(made, (general(token.text, index), value + offset(token.text, index)))
        return token.replace(text=made)

    def entry_at(self, text: str, index: str, value: int) -> str | None:
        """The name of an entry of a matrix that is declared, R_{1,k} of R_nk at n = 1; None for another name."""
        pair = _pair(text) or Name(text).key.subscript.replace(",", "")
        whole = self.keys.get(whole_of(text))
        if len(pair) != 2 or index not in pair or whole is None or len(self.shapes[whole]) != 2:
            return None
        return f"{text.partition('_')[0]}_{{{','.join(str(value) if one == index else one for one in pair)}}}"

    # ---- sums

    def without_sums(self, statement: list[Token]) -> list[Token]:
        """The statement with sums and products over steps written out."""
        return with_sums_replaced(statement, self._written_sum)

    def _written_sum(self, statement: list[Token], place: int) -> list[Token] | None:
        token = statement[place]
        sign = _SUMS.get(token.text.partition("_")[0])
        steps = self.summed(statement, place) if sign is not None else None
        if sign is None or steps is None:
            return None
        start, end = body_of_sum(statement, place)
        body = statement[start:end]
        if not body:
            raise AdgraphError("a sum of nothing", token.span, "write what is added behind it")
        terms = ([self.at(part, steps.index, value) for part in body] for value in steps.values())
        made = joined(token, terms, sign)
        if place + len(made) + len(statement) - end > MAX_TOKENS:
            raise AdgraphError("written out, this is too long", token.span, "write fewer steps")
        return made

    def summed(self, statement: list[Token], place: int) -> Steps | None:
        """The steps that a sum goes over; None for one over entries."""
        inside = statement[place].text.partition("_")[2].strip("{}").replace(" ", "")
        index, _, start = inside.partition("=")
        known = next((steps for steps in self.ranges if steps.index == index), None)
        if known is None or self.is_of_entries(statement, place, known):
            return None
        limit = limit_of_sum(statement, place)
        first = int(start) if start.isdecimal() else known.first
        last = int(limit) if limit.isdecimal() else known.last
        if last - first >= MAX_STEPS or last < first:
            raise AdgraphError("the limits of this sum", statement[place].span, f"write up to {MAX_STEPS} steps")
        return Steps(index, first, last, known.place)

    def is_of_entries(self, statement: list[Token], place: int, steps: Steps) -> bool:
        """Whether a sum is over the entries of vectors that are declared, as a left side is: y_i = …, i = 1..3."""
        index = steps.index
        if index not in self.used or index in self.sums or any(one.index == index for one in self.heads.values()):
            return False
        body = statement[slice(*body_of_sum(statement, place))]
        names = [token.text for token in body if token.kind == "name" and has_index(token.text, index)]
        return all(Name(general(name, index)).key not in self.keys for name in names)

    # ---- shapes

    def declare(self) -> None:
        """Give the names of steps the shapes that are declared for all steps: of x_t, or of x."""
        for text, (whole, _) in self.made.items():
            name = Name(text)
            if name.key in self.keys:
                continue
            declared = self.keys.get(Name(whole).key)
            if declared is None:
                declared = self.keys.get(whole_of(whole))
                if declared is not None and self.shapes[declared] and whole not in self.heads:
                    if any(has_index(whole, index) for index in self.sums):  # y_i is an entry of y there
                        continue
                    self.check_entries(declared, whole)
            if declared is not None:
                self.shapes[name] = self.shapes[declared]

    def declare_others(self, statements: Sequence[list[Token]]) -> None:
        """Give y_2 the shape of a declared y_t where it stands outside of what is written out, too."""
        used = {token.text for statement in statements for token in statement if token.kind == "name"}
        known = {name.key for name in self.shapes}
        for steps in self.ranges:
            for declared in [name for name in self.keys.values() if has_index(name, steps.index)]:
                for value in steps.values():
                    name = Name(stepped(declared, steps.index, value))
                    if name in used and name.key not in known:
                        self.shapes[name] = self.shapes[declared]

    def check_entries(self, declared: Name, whole: str) -> None:
        """Raise AdgraphError where x_t may be the t-th entry of x, or a vector at each step."""
        shape = self.shapes[declared]
        steps = {value for made, value in self.made.values() if made == whole}
        if len(shape) == 1 and shape[0] == max(steps) and min(steps) >= 1:
            text = f"'{whole}' may be an entry of '{declared}' or a vector for each step"
            hint = f"declare {whole}: {shape[0]}, or {whole}: scalar, in the place of {declared}"
            raise AdgraphError(text, self.statements[0][0].span, hint)
        self.notes.append(f"'{whole}' is a vector of its own at each step, of the shape of '{declared}'")

    def states(self) -> frozenset[Parts]:
        """The names of what is defined step by step, before its first step."""
        defined = {statement[0].text for statement in self.statements if statement}
        return frozenset(
            Name(text).key
            for text, (whole, value) in self.made.items()
            if whole in self.heads and (value < self.heads[whole].first or text in defined)
        )


def _pair(text: str) -> str:
    """The two indices below a name that stand together, Y_ij."""
    below = Name(text).key.subscript
    return below if re.fullmatch(r"[^\W\d_]{2}", below) else ""


def with_sums_replaced(statement: list[Token], made: Callable[[list[Token], int], list[Token] | None]) -> list[Token]:
    """The statement with what is `made` of some sums in their place and that of their bodies, the inner ones first; it
    is asked of each name, and None keeps what is there."""
    for place in range(len(statement) - 1, -1, -1):
        new = made(statement, place) if statement[place].kind == "name" else None
        if new is not None:
            statement = [*statement[:place], *new, *statement[body_of_sum(statement, place)[1] :]]
    return statement


def body_of_sum(statement: Sequence[Token], place: int) -> tuple[int, int]:
    """Where the body of a sum begins and ends: behind its limit, before a + or −."""
    start = place + 1
    if start < len(statement) and statement[start].kind == "super":
        start += 1
    elif start < len(statement) and statement[start].text == "^":
        start += 2
        if statement[start - 1 : start] and statement[start - 1].kind in OPENING:
            while start < len(statement) and statement[start - 1].kind != "close":
                start += 1
    depth, end = 0, start
    around = _open_bars(statement[:place])
    between: list[str] = []  # bars that are open
    while end < len(statement):
        token = statement[end]
        if token.kind in ("array", "bar") and token.text[0] in "‖|":
            if depth == 0 and token.text[0] in around:
                break
            if between and between[-1] == token.text[0]:
                between.pop()
                depth -= 1
            else:
                between.append(token.text[0])
                depth += 1
        is_sign = (
            token.kind == "operator"
            and token.text in ("+", "-")
            and end > start
            and statement[end - 1].text not in _BEFORE_A_SIGN
        )
        if depth == 0 and (token.kind in ("close", "comma") or is_sign):
            break
        depth += token.nesting
        end += 1
    return start, end


def _open_bars(tokens: Sequence[Token]) -> set[str]:
    """The bars that are open behind these tokens, and not within brackets that are."""
    opened: list[set[str]] = [set()]
    for token in tokens:
        if token.kind in OPENING:
            opened.append(set())
        elif token.kind == "close" and len(opened) > 1:
            opened.pop()
        elif token.kind in ("array", "bar") and token.text[0] in "‖|":
            opened[-1] ^= {token.text[0]}
    return opened[-1]


def limit_of_sum(statement: Sequence[Token], place: int) -> str:
    """The upper limit of a sum, if it has one."""
    start, _ = body_of_sum(statement, place)
    return next((token.text for token in statement[place + 1 : start] if token.kind in ("number", "name", "super")), "")
