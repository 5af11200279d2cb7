"""A precedence-climbing (Pratt) parser of one equation, from tokens to a flat list of nodes with variables as inputs.

The text and the LaTeX frontend share it: LaTeX is brought into the same tokens.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import ClassVar

from graphviz_ad.core.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.core.functions import Operation, UserFunction
from graphviz_ad.core.graph import CONST, INPUT, Builder
from graphviz_ad.core.names import Name
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.ops import FUNCTIONS, ONLY_CALLED, Op
from graphviz_ad.read.text.definitions import Callables, head_params
from graphviz_ad.read.text.equation import Statement
from graphviz_ad.read.text.tokens import Token
from graphviz_ad.read.text.unsupported import INDEXED, of_vectors

MAX_NESTING = 100
MAX_DIGITS = 50
MAX_EXPONENT = 300

SUM, PRODUCT, UNARY, POWER = 10, 20, 30, 40
_COMPARISONS = {">": "greater", ">=": "greater_equal", "<": "less", "<=": "less_equal"}
_FUNCTION_LETTERS = frozenset("fgh")
_NOTHING = Token("end", "", Span(0, 0), False)


class Parser:
    """Reads one equation. `take` consumes tokens; each method that reads an expression returns its node's index."""

    infixes: ClassVar[dict[str, tuple[str, int]]] = {
        "+": ("add", SUM),
        "-": ("sub", SUM),
        "*": ("mul", PRODUCT),
        "/": ("div", PRODUCT),
    }
    side_by_side = "mul"  # what two factors are that stand so

    def __init__(self, tokens: list[Token], callables: Callables, notes: list[str]) -> None:
        self.tokens = tokens
        self.end = _NOTHING.replace(span=tokens[-1].span)  # what is missing there is missed by the last token
        self.callables = callables
        self.notes = notes
        self.at = 0
        self.depth = 0
        self.bars = 0  # how many | are open in the present bracket
        self.builder = Builder()
        self.variables: dict[str, int] = {}
        self.called: dict[str, Span] = {}
        self.bracketed: set[int] = set()  # nodes in brackets

    # ---- tokens

    @property
    def next(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else self.end

    def ahead(self, count: int) -> Token:
        """The token that stands so many behind the next one."""
        return self.tokens[self.at + count] if self.at + count < len(self.tokens) else self.end

    def take(self) -> Token:
        token = self.next
        self.at += 1
        return token

    def node(self, op: Operation, args: tuple[int, ...], span: Span, value: Number | None = None) -> int:
        return self.builder.add(op, args, value, None, span)

    def since(self, first: int) -> Span:
        """The place of what begins at the token `first` and ends here, with its brackets. The places of its operands
        are no help: a variable has that of its first appearance."""
        begin, end = self.tokens[first].span, self.tokens[self.at - 1].span
        return Span(min(begin.start, end.start), max(begin.end, end.end))

    def joined(self, op: str, left: int, right: int, first: int) -> int:
        """A node of two operands, whose text begins at the token `first` and ends here."""
        return self.node(op, (left, right), self.since(first))

    # ---- statements

    def equation(self) -> Statement:
        signs = [token for token in self.tokens if token.text in ("=", "==")]
        if len(signs) > 1 or (signs and signs[0].text == "=="):
            doubled = signs[-1].text == "=="
            hint = "write =" if doubled else "write one equation a line, or ; between them"
            raise AdgraphError("an equation has one =", signs[-1].span, hint)
        params: tuple[Name, ...] | None = None
        name = None
        if signs:
            name, params = self.left_side()
        if self.next.kind == "end":
            raise AdgraphError("an expression is missing after =", signs[-1].span)
        root = self.expression(0)
        if self.next.kind != "end":
            raise self.unexpected(self.next)
        span = name.span if name else Span(self.tokens[0].span.start, self.tokens[-1].span.end)
        return Statement(Name(name.text) if name else None, span, tuple(self.builder.nodes), root, self.called, params)

    def left_side(self) -> tuple[Token, tuple[Name, ...] | None]:
        """The variable that is defined; with its parameters where it is a function."""
        params = head_params(self.tokens)
        if params is not None:
            self.at = 3 + 2 * len(params)
            return self.tokens[0], tuple(Name(param.text) for param in params)
        name, after = self.take(), self.take()
        if name.kind == "partial":
            raise self.unexpected(name)
        if name.kind == "name" and after.text == "=":
            if name.text in FUNCTIONS and name.text not in ONLY_CALLED:
                raise AdgraphError(
                    f"'{name.text}' is a function and cannot be a variable too", name.span, "choose another name"
                )
            return name, None
        if name.kind == "name" and after.kind == "open":
            raise AdgraphError(
                "the left side is not a variable or a function of variables",
                name.span,
                f"write {name.text} = … or {name.text}(x) = …",
            )
        raise AdgraphError("the left side of an equation is one variable", name.span, "write name = expression")

    # ---- expressions

    def expression(self, least: int) -> int:
        """An expression of operators that bind tighter than `least`."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise AdgraphError(
                f"this is nested more than {MAX_NESTING} deep",
                self.next.span,
                "give parts of it names of their own, in equations before it",
            )
        first = self.at
        left = self.operand()
        while (token := self.next).kind != "end":
            if token.kind == "super" or token.text == "^":
                left = self.power(left, first)
            elif (ended := self.ending(left, first)) is not None:
                left = ended
            elif token.text in self.infixes:
                op, binding = self.infixes[token.text]
                if binding <= least:
                    break
                left = self.infix(op, left, binding, first)
            elif self.begins_operand(token) and least < PRODUCT:
                if token.kind == self.tokens[self.at - 1].kind == "number":
                    raise AdgraphError("two numbers in a row", token.span, "write a sign between them")
                self.note_implied(left, token)
                left = self.joined(self.side_by_side, left, self.expression(PRODUCT), first)
            else:
                break
        self.depth -= 1
        return left

    def ending(self, left: int, first: int) -> int | None:
        """An operand with a sign behind it that belongs to it, such as a transpose; None where there is none."""
        return None

    def begins_operand(self, token: Token) -> bool:
        return token.kind in ("number", "name", "open", "group") or (token.kind == "bar" and self.bars == 0)

    def infix(self, op: str, left: int, binding: int, first: int) -> int:
        self.take()
        literal = self.tokens[self.at - 2].kind == "number" and self.next.kind == "number"
        right = self.expression(binding)
        a, b = self.builder.nodes[left].value, self.builder.nodes[right].value
        if op == "div" and literal and isinstance(a, int) and isinstance(b, int) and b:
            return self.node(CONST, (), self.since(first), Fraction(a, b))  # 1/2 is one exact number
        return self.joined(op, left, right, first)

    def power(self, base: int, first: int) -> int:
        token = self.take()
        if token.kind == "super":
            return self.joined("pow", base, self.superscript(token), first)
        return self.joined("pow", base, self.expression(POWER - 1), first)

    def superscript(self, token: Token) -> int:
        if token.text == "n":
            return self.variable(token)
        _check_digits(token)
        try:
            return self.node(CONST, (), token.span, int(token.text))
        except ValueError:
            raise AdgraphError("this superscript is not a whole number", token.span, "write x^(…)") from None

    def operand(self) -> int:
        token = self.take()
        if token.kind == "number":
            return self.node(CONST, (), token.span, _number(token))
        if token.kind == "name":
            return self.named(token)
        if token.kind in ("open", "group"):
            return self.inside(token)
        if token.kind == "bar":
            return self.absolute(token)
        if token.text in ("+", "-"):
            return self.signed(token)
        raise self.unexpected(token)

    def signed(self, sign: Token) -> int:
        first, literal = self.at - 1, self.next.kind == "number"
        body = self.expression(UNARY)
        if sign.text == "+":
            return body
        span = self.since(first)
        value = self.builder.nodes[body].value
        if literal and value is not None:
            return self.node(CONST, (), span, -value)
        return self.node("neg", (body,), span)

    def inside(self, opening: Token) -> int:
        bars, self.bars = self.bars, 0
        first = self.at
        body = self.expression(0)
        if opening.text == "[" and self.next.text in _COMPARISONS:
            body = self.comparison(body, first)
        self.bars = bars
        if self.next.kind != "close":
            raise self.unexpected(self.next if self.next.kind != "end" else opening)
        self.take()
        self.bracketed.add(body)
        return body

    def comparison(self, left: int, first: int) -> int:
        """An Iverson bracket: [x > 0] is 1 where the condition holds and else 0."""
        op = _COMPARISONS[self.take().text]
        return self.node(op, (left, self.expression(0)), self.since(first))

    def absolute(self, opening: Token) -> int:
        self.bars += 1
        body = self.expression(0)
        self.bars -= 1
        if self.next.kind != "bar":
            raise AdgraphError("'|' is never closed", opening.span, "write |x| or abs(x)")
        return self.node("abs", (body,), Span(opening.span.start, self.take().span.end))

    # ---- names

    def named(self, token: Token) -> int:
        before_bracket = self.next.kind == "open" and self.next.close
        if function := self.callables.find(token):
            return self.user_defined(token, function)
        if token.text in FUNCTIONS and (token.text not in ONLY_CALLED or before_bracket):
            self.called.setdefault(token.text, token.span)
            return self.function(token, FUNCTIONS[token.text])
        if before_bracket and (error := of_vectors(token.text, token.span)) is not None:
            raise error
        base = token.text.partition("_")[0]
        if base in FUNCTIONS and base != token.text and base not in ONLY_CALLED and self.begins_operand(self.next):
            hint = f"write log(x)/log({token.text.partition('_')[2]})" if base in ("log", "ln") else f"write {base}(x)"
            raise AdgraphError(f"'{token.text}' is not among the functions", token.span, hint)
        if base in INDEXED and base != token.text and self.begins_term():
            message, hint = INDEXED[base]
            raise AdgraphError(message, token.span, hint)
        if (before_bracket and not self.is_product(token)) or self.is_raised_call(token):
            known = [*FUNCTIONS, *self.callables.names()]
            hint = did_you_mean(token.text, known) or (
                f"define it ({token.text}(x) = …), declare it (--function {token.text}), "
                f"or write {token.text}*(…) for a product"
            )
            raise AdgraphError(f"unknown function '{token.text}'", token.span, hint)
        self.refuse_index(token)
        return self.variable(token)

    def begins_term(self) -> bool:
        """Whether what follows is the term of a sum, sum_i x_i or sum_{i}^n x_i."""
        return self.begins_operand(self.ahead(2 if self.next.text == "^" else 0))

    def refuse_index(self, name: Token) -> None:
        """x[0] is an entry in Python; here it would be a product."""
        opening, number, closing = map(self.ahead, range(3))
        if opening.text == "[" and opening.close and number.text.isdecimal() and closing.text == "]":
            span = Span(opening.span.start, closing.span.end)
            raise AdgraphError(f"an index of '{name.text}' is not read", span, f"write {name.text}_{number.text}")

    def user_defined(self, token: Token, function: UserFunction) -> int:
        """A user-defined function: a call before a bracket, else the variable that it is called after."""
        if self.is_raised() and self.ahead(self.after_power()).kind == "open":
            power = self.ahead(1) if self.next.text == "^" else self.next
            hint = f"write ({token.text}(…))^{power.text if power.kind in ('number', 'super') else 'n'}"
            raise AdgraphError(f"the power of '{token.text}' may be read in two ways", self.next.span, hint)
        if self.next.kind != "open":
            if self.callables.is_abstract(function):
                hint = f"write {token.text}(x)"
                raise AdgraphError(f"'{token.text}' is a function and needs arguments", token.span, hint)
            return self.variable(token)
        first = self.at - 1
        args = self.arguments()
        span = self.since(first)
        applied = self.callables.applied(function, len(args), span)
        self.called.setdefault(applied.name, token.span)
        return self.node(applied, tuple(args), span)

    def is_raised(self) -> bool:
        return self.next.kind == "super" or self.next.text == "^"

    def after_power(self) -> int:
        """How far ahead the token behind an exponent is, which may be a number, a name or in brackets."""
        if self.next.kind == "super":
            return 1
        at = 2 if self.ahead(1).text in ("+", "-") else 1
        depth = 0
        while self.ahead(at).kind != "end":
            depth += (self.ahead(at).kind in ("open", "group")) - (self.ahead(at).kind == "close")
            at += 1
            if depth <= 0:
                break
        return at

    def is_product(self, token: Token) -> bool:
        """Whether a name before a bracket is a factor: `a(x + b)` is, `f(x)` and `sine(x)` are not."""
        letters = token.text.rstrip("'0123456789").partition("_")[0]
        depth = 0
        for other in map(self.tokens.__getitem__, range(self.at, len(self.tokens))):
            depth += (other.kind in ("open", "group")) - (other.kind == "close")
            if depth == 0:
                break
            if depth == 1 and other.kind == "comma":
                return False
        product = len(letters) == 1 and letters not in _FUNCTION_LETTERS
        if product:
            self.notes.append(f"{token.text}(…) is read as the product {token.text}*(…)")
        return product

    def is_raised_call(self, token: Token) -> bool:
        """Whether a word is used like sin^2(x)."""
        after = [other.kind for other in self.tokens[self.at + 1 : self.at + 3]]
        raised = self.next.kind == "super" or (self.next.text == "^" and after == ["number", "open"])
        return _is_word(token.text) and raised and "open" in after

    def variable(self, token: Token) -> int:
        if token.text not in self.variables:
            self.variables[token.text] = self.builder.add(INPUT, (), None, Name(token.text), token.span)
        return self.variables[token.text]

    def function(self, head: Token, op: Op) -> int:
        first = self.at - 1
        exponent: int | None = None
        if self.is_raised():
            op, exponent = self.function_power(head, op)
        if self.next.kind == "open":
            args = self.arguments()
        elif self.begins_operand(self.next) or self.is_leading_minus():
            args = [self.bare_argument(head)]
        else:
            raise AdgraphError(
                f"'{head.text}' is a function and needs an argument",
                head.span,
                f"write {head.text}({', '.join(op.params)})",
            )
        span = self.since(first)
        call = self.apply(head, op, args, span)
        return call if exponent is None else self.node("pow", (call, exponent), span)

    def is_leading_minus(self) -> bool:
        """Whether a minus belongs to what follows: it does in `sin -x`, not in `sin - x`."""
        after = self.ahead(1)
        return self.next.text == "-" and not self.next.close and after.close

    def apply(self, head: Token, op: Op, args: list[int], span: Span) -> int:
        wanted = len(op.params)
        if len(args) == wanted:
            return self.node(op.name, tuple(args), span)
        if not op.folds or len(args) < wanted:
            arguments = f"{wanted} argument{'s' if wanted > 1 else ''}"
            raise AdgraphError(
                f"'{head.text}' takes {arguments}, not {len(args)}", span, f"write {head.text}({', '.join(op.params)})"
            )
        left = args[0]
        for right in args[1:]:
            left = self.node(op.name, (left, right), span)
        return left

    def function_power(self, head: Token, op: Op) -> tuple[Op, int | None]:
        """The power of a function: sin^2 x is (sin x)^2, and sin^-1 is the inverse."""
        sign = self.next
        if sign.kind == "super":
            exponent = self.superscript(self.take())
        else:
            self.take()
            if self.next.kind == "name":
                raise AdgraphError(
                    f"the power of '{head.text}' is not a number",
                    self.next.span,
                    f"write ({head.text}(…))^{self.next.text}",
                )
            exponent = self.expression(POWER)
        if self.builder.nodes[exponent].value != -1:
            return op, exponent
        if not op.inverse:
            raise AdgraphError(f"'{head.text}' has no inverse here", sign.span, f"write 1/{head.text}(…)")
        return FUNCTIONS[op.inverse], None

    def arguments(self) -> list[int]:
        opening = self.take()
        if self.next.kind == "close":
            raise AdgraphError("an argument is missing", Span(opening.span.start, self.next.span.end))
        bars, self.bars = self.bars, 0
        args = [self.expression(0)]
        while self.next.kind == "comma":
            self.take()
            args.append(self.expression(0))
        self.bars = bars
        if self.next.kind != "close":
            raise self.unexpected(self.next)
        self.take()
        return args

    def bare_argument(self, head: Token) -> int:
        """The argument of a function without brackets: `sin 2x`; another function ends it (`sin x cos x`), and so do
        bars (`ln |x| y`)."""
        bars = self.next.kind == "bar" or self.next.text == "abs"
        first = self.at
        left = self.expression(UNARY)
        while not bars and self.begins_operand(self.next) and self.next.kind != "bar":
            token = self.next
            if token.kind == "name" and token.text in FUNCTIONS and token.text not in ONLY_CALLED:
                break
            if token.kind == "open" and self.tokens[self.at - 1].kind != "number":
                if self.tokens[self.at - 1].kind == "name":
                    self.notes.append(f"the argument of {head.text} ends before the bracket; put brackets around it")
                break
            left = self.joined(self.side_by_side, left, self.expression(UNARY), first)
        if self.next.text in ("*", "/"):
            self.notes.append(f"the argument of {head.text} ends before '{self.next.text}'; put brackets around it")
        return left

    # ---- what is said to the reader

    def note_implied(self, left: int, token: Token) -> None:
        """Say so where a reading may not be the one that is meant: behind a quotient, and behind a word."""
        node, before = self.builder.nodes[left], self.tokens[self.at - 1]
        divided = node.op == "div" or (node.op == CONST and isinstance(node.value, Fraction))
        half = node.op == CONST and not token.close  # 1/2 x
        if divided and left not in self.bracketed and not half:
            text = f"{token.text}…" if token.kind in ("open", "group") else token.text
            self.notes.append(
                f"'{text}' behind a quotient multiplies it; for the denominator write brackets: a/(b {text})"
            )
        elif before.kind == "name" and _is_word(before.text) and token.kind in ("name", "number"):
            self.notes.append(f"'{before.text} {token.text}' is read as the product {before.text}*{token.text}")

    def unexpected(self, token: Token) -> AdgraphError:
        if token.kind == "end":
            return AdgraphError("the equation ends too early", token.span, "an operand is missing behind this")
        if token.kind == "comma":
            before, after = self.tokens[self.at - 1], self.ahead(1)
            if before.kind == after.kind == "number" and token.close and after.close:
                hint = "write a decimal point, 0.5, and no commas between thousands"
                return AdgraphError(f"a ',' between '{before.text}' and '{after.text}'", token.span, hint)
            return AdgraphError("unexpected ','", token.span, "write ; or a new line between equations")
        if token.text in _COMPARISONS:
            hint = "write [x > 0], which is 1 where it holds and else 0; or max, min, relu, abs"
            return AdgraphError(f"a comparison '{token.text}' outside square brackets", token.span, hint)
        if token.text == "=":
            return AdgraphError("unexpected '='", token.span, "write name = expression")
        if token.kind == "partial":
            hint = "give the equations alone; a derivative of your own is checked: adgraph check --claim"
            return AdgraphError("a derivative is not read", token.span, hint)
        if token.kind == "close" or token.kind == "bar":
            return AdgraphError(f"an operand is missing before '{token.text}'", token.span)
        return AdgraphError(f"unexpected '{token.text}'", token.span, "an operand is missing before it")


def _is_word(name: str) -> bool:
    """Whether a name is a word: several letters that spell no Greek one."""
    return len(Name(name).parts.base) > 1


def _check_digits(token: Token) -> None:
    if len(token.text) > MAX_DIGITS:
        raise AdgraphError(f"a number of more than {MAX_DIGITS} characters", token.span, "write it as m*10^n")


def _number(token: Token) -> Number:
    """The exact value of a number as written: an int, or a Decimal where it has a point or an exponent."""
    _check_digits(token)
    if token.text.isdecimal():
        return int(token.text)
    try:
        value = Decimal(token.text)
    except InvalidOperation:
        raise AdgraphError("this number is not one", token.span) from None
    if value and not -MAX_EXPONENT <= value.adjusted() <= MAX_EXPONENT:
        raise AdgraphError(f"a number beyond 10^±{MAX_EXPONENT}", token.span, "choose other units")
    return value
