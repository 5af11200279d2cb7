"""Names in LaTeX: \\hat{y}_1, \\mathbf{w}, h^{(t-1)}, \\mathrm{loss}, in the spelling that the rest of adgraph has."""

from __future__ import annotations

import re
from typing import ClassVar

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import ACCENTS, LATEX_LETTERS, styled
from graphviz_ad.core.ops import COMMANDS
from graphviz_ad.read.latex.commands import ACCENT_COMMANDS, STYLE_COMMANDS, UPRIGHT
from graphviz_ad.read.latex.lexemes import Lexeme, lexemes
from graphviz_ad.read.length import MAX_NAME
from graphviz_ad.read.text.tokens import LABEL

MAX_STYLES = 10  # accents and styles around one letter
_UPRIGHT_WORD = r"\\(?:text|textrm|textit|mathrm|mathit|mathsf|operatorname|mbox)\s*\{\s*([A-Za-z]{2,20})\s*\}"
_WORD_ABOVE = re.compile(rf"\^\s*(?:\{{\s*{_UPRIGHT_WORD}\s*\}}|{_UPRIGHT_WORD})")
_WORD = re.compile(r"[^\W_]+")


def _followers(parts: list[Lexeme]) -> dict[int, str]:
    """What follows each group, by the place of its opening brace."""
    found: dict[int, str] = {}
    opened: list[int] = []
    for at, lexeme in enumerate(parts):
        if lexeme.text == "{":
            opened.append(lexeme.span.start)
        elif lexeme.text == "}" and opened:
            found[opened.pop()] = parts[at + 1].text if at + 1 < len(parts) else ""
    return found


class NameReader:
    """Lexemes, and the names among them."""

    letters = LATEX_LETTERS
    between: ClassVar[tuple[str, ...]] = ()  # what may stand between numbers below a name, x_{1:3}

    def __init__(self, text: str) -> None:
        self.text = text
        self.lexemes = lexemes(text)
        self.followers = _followers(self.lexemes)
        self.at = 0
        self.notes: list[str] = []
        last = self.lexemes[-1].span if self.lexemes else Span(0, 0)
        self.end = Lexeme("end", "", last)  # what is missing there is missed by the last part

    @property
    def next(self) -> Lexeme:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else self.end

    def ahead(self, count: int) -> Lexeme:
        """The part that stands so many behind the next one."""
        return self.lexemes[self.at + count] if self.at + count < len(self.lexemes) else self.end

    def take(self) -> Lexeme:
        lexeme = self.next
        self.at += 1
        return lexeme

    def split_digit(self) -> Lexeme:
        """Take the first digit of a number and leave the others."""
        number, (start, end) = self.next, self.next.span
        self.lexemes[self.at] = Lexeme(number.kind, number.text[1:], Span(start + 1, end))
        first = number.replace(text=number.text[0], span=Span(start, start + 1))
        self.lexemes.insert(self.at, first)
        return self.take()

    def raw_group(self) -> str:
        """The source in a pair of braces, as it stands."""
        opening = self.next
        if opening.text != "{":
            raise AdgraphError("a '{' is missing here", opening.span, "write {…} behind the command")
        self.at = self.behind_group(self.at)
        return self.text[opening.span.end : self.lexemes[self.at - 1].span.start]

    def behind_group(self, at: int) -> int:
        """The place behind the brace that closes the one at a place. Raises AdgraphError where none does."""
        end = self.after_argument(at)
        depth = sum((lexeme.text == "{") - (lexeme.text == "}") for lexeme in self.lexemes[at:end])
        if depth:
            raise AdgraphError("'{' is never closed", self.lexemes[at].span, "add a '}'")
        return end

    def single_text(self) -> str:
        """The one lexeme that stands as an argument without braces."""
        lexeme = self.next
        return self.split_digit().text if lexeme.kind == "number" and len(lexeme.text) > 1 else self.take().text

    # ---- names

    def is_name_command(self, command: str) -> bool:
        """Whether a command is a name or makes one."""
        return command in LATEX_LETTERS or command in ACCENT_COMMANDS or command in STYLE_COMMANDS or command in UPRIGHT

    def name(self, scripts: bool = True) -> tuple[str, Span]:
        """A name with its accents and, if `scripts`, with what stands below and above it."""
        start = self.next.span.start
        base, accents = self.base()
        below, above, primes = self.scripts(base) if scripts else ("", "", 0)
        if below and not _WORD.fullmatch(below):
            base += "".join(ACCENTS[accent] for accent in accents) + f"_{{{below}}}"
        else:
            base += "".join(f"_{accent}" for accent in accents) + (f"_{below}" if below else "")
        name = base + (f"^{{{above}}}" if above else "") + "'" * primes
        span = Span(start, self.lexemes[self.at - 1].span.end)
        if len(name) > MAX_NAME:
            raise AdgraphError(f"a name of more than {MAX_NAME} characters", span, "choose a shorter one")
        return name, span

    def base(self, depth: int = 0) -> tuple[str, tuple[str, ...]]:
        """A letter or word, and its accents from the inside out."""
        lexeme = self.take()
        if depth > MAX_STYLES:
            raise AdgraphError(f"more than {MAX_STYLES} accents on one name", lexeme.span, "leave some out")
        if lexeme.kind == "letter":
            return lexeme.text, ()
        command = lexeme.text[1:]
        if lexeme.kind != "command" or not self.is_name_command(command):
            shown = f"'{lexeme.text}'" if lexeme.kind != "end" else "the end"
            raise AdgraphError(f"a name is missing before {shown}", lexeme.span, "an accent or a style takes one name")
        if command == "Delta" and (self.is_letter_next() or self.is_braced_letter_next()):  # a difference, \\Delta x
            braced = self.next.text == "{"
            self.at += braced
            letter, accents = self.base(depth + 1)
            self.at += braced
            return f"Δ{letter}", accents
        if command in LATEX_LETTERS:
            return LATEX_LETTERS[command], ()
        if command in UPRIGHT:
            return self.upright(lexeme), ()
        grouped = self.next.text == "{"
        if grouped:
            self.take()
        base, accents = self.base(depth + 1)
        while grouped and self.next.kind == "letter":
            base += self.take().text
        if grouped and self.take().text != "}":
            wrong = self.lexemes[self.at - 1] if self.at <= len(self.lexemes) else self.end
            raise AdgraphError(f"{lexeme.text}{{…}} is more than a name", wrong.span, "set the scripts behind it")
        if command in ACCENT_COMMANDS:
            return base, (*accents, ACCENT_COMMANDS[command])
        letters = [styled(letter, STYLE_COMMANDS[command]) for letter in base]
        if None in letters:
            raise AdgraphError(
                f"there is no '{base}' in the style of {lexeme.text}", lexeme.span, "leave the style out"
            )
        return "".join(letter or "" for letter in letters), accents

    def is_letter_next(self) -> bool:
        """Whether a letter comes next, by itself or as a command, with its accent or style."""
        command = self.next.text[1:] if self.next.kind == "command" else ""
        made = command in LATEX_LETTERS or command in ACCENT_COMMANDS or command in STYLE_COMMANDS
        return self.next.kind == "letter" or made

    def is_braced_letter_next(self) -> bool:
        """Whether a letter in braces comes next, {x}."""
        opening, letter, closing = (self.lexemes[self.at : self.at + 3] + [self.end] * 3)[:3]
        return (opening.text, letter.kind, closing.text) == ("{", "letter", "}")

    def upright(self, command: Lexeme) -> str:
        if self.next.text == "*" and command.text == "\\operatorname":
            self.take()
        if self.next.kind == "end":
            raise AdgraphError(f"a name is missing behind {command.text}", command.span, f"write {command.text}{{…}}")
        if self.next.text != "{":
            return self.single_text()
        span = self.next.span
        word = self.raw_group().strip()
        word = LATEX_LETTERS.get(word.lstrip("\\"), word) if word.startswith("\\") else word
        if not _WORD.fullmatch(word) or not word[0].isalpha():
            raise AdgraphError(f"'{word}' is not a name", span, "a name is one word of letters and digits")
        return word

    def scripts(self, base: str) -> tuple[str, str, int]:
        """What stands below and above a name, and its primes. A power is left where it stands."""
        below, above, primes = "", "", 0
        while True:
            if self.next.text in ("'", "′"):
                self.take()
                primes += 1
            elif self.next.text == "_":
                sign = self.take()
                if below:
                    raise AdgraphError("a second subscript", sign.span, "write both in one pair of braces: x_{i,j}")
                below = self.script_group(sign)
            elif self.next.text == "^" and not below and self.swap_scripts():
                continue
            elif self.next.text == "^" and (word := self.word_above(base)):
                below = f"{word},{below}" if below else word
            elif self.next.text == "^" and not above and (label := self.label(base)):
                if label.strip("'"):
                    above = label
                else:
                    primes += len(label)
            else:
                return below, above, primes

    def word_above(self, base: str) -> str:
        """The word that stands above a name, w^{\\text{new}}, which is taken; "" where there is none."""
        found = _WORD_ABOVE.match(self.text, self.next.span.start)
        word = found and (found[1] or found[2])
        if not found or not word:
            return ""
        while self.next.kind != "end" and self.next.span.start < found.end():
            self.take()
        self.notes.append(f"{base}^{{\\text{{{word}}}}} is read as the variable {base}_{{{word}}}")
        return word

    def swap_scripts(self) -> bool:
        """Whether a subscript stands behind a power, x^2_1; it is brought before it."""
        power = self.ahead(1)
        if power.text == "{" and self.followers.get(power.span.start) != "_":
            return False
        end = self.after_argument(self.at + 1)
        if end >= len(self.lexemes) or self.lexemes[end].text != "_":
            return False
        stop = self.after_argument(end + 1)
        self.lexemes[self.at : stop] = self.lexemes[end:stop] + self.lexemes[self.at : end]
        return True

    def after_argument(self, at: int) -> int:
        """The place behind a group, or behind one lexeme."""
        if at >= len(self.lexemes) or self.lexemes[at].text != "{":
            return at + 1
        depth = 0
        while at < len(self.lexemes):
            depth += (self.lexemes[at].text == "{") - (self.lexemes[at].text == "}")
            at += 1
            if depth == 0:
                break
        return at

    def script_group(self, sign: Lexeme) -> str:
        """The text of a sub- or superscript; letters that stand side by side stay apart: `i j`."""
        if self.next.text != "{":
            lexeme = self.next
            text = self.single_text()
            if self.is_name_command(text[1:]) and lexeme.kind == "command":
                self.at -= 1
                return self.script_text(1)
            if not _WORD.fullmatch(text) and text not in ("*", "+", "-"):
                raise AdgraphError("a script is missing", sign.span, "write it in braces: x_{1}")
            return text
        while self.ahead(1).text == "{" and self.after_argument(self.at + 1) == self.after_argument(self.at) - 1:
            del self.lexemes[self.after_argument(self.at) - 1], self.lexemes[self.at]  # {{1}}
        end, opening = self.behind_group(self.at), self.take()
        text = self.script_text(end - 1 - self.at)
        self.take()
        if not text:
            raise AdgraphError("an empty script", opening.span, "leave it out")
        return text

    def script_text(self, count: int) -> str:
        """The text of so many lexemes."""
        out = ""
        stop = self.at + count
        while self.at < stop:
            lexeme = self.next
            if lexeme.text in (",", "+", "-", "(", ")", "[", "]", "*", *self.between) or lexeme.kind == "number":
                out += self.take().text
                continue
            if lexeme.text in ("\\,", "\\!", "\\ ", "\\;"):
                self.take()
                continue
            if lexeme.text in ("_", "^", "{"):
                raise AdgraphError("a script within a script is not read", lexeme.span, "write x_{t0} or x_{i,j}")
            if lexeme.kind == "command" and lexeme.text[1:] in COMMANDS:  # x_{\\max}
                part = self.take().text[1:]
                accents: tuple[str, ...] = ()
            else:
                part, accents = self.base()
            part += "".join(ACCENTS[accent] for accent in accents)
            out += (" " if out and out[-1].isalpha() else "") + part
        return out

    def is_short_group(self) -> bool:
        """Whether what comes next is a pair of braces with no more in it than a name may have."""
        depth = 0
        for count in range(MAX_NAME):
            text = self.ahead(count).text
            depth += (text == "{") - (text == "}")
            if depth == 0:
                return text == "}"
        return False

    def label(self, base: str) -> str:
        """A superscript that belongs to the name, (t), a star or primes; "" for a power, which is not taken."""
        start = self.at
        self.take()
        if self.next.text in ("\\prime", "\\ast", "\\star", "*"):
            return "'" if self.take().text == "\\prime" else "*"
        if not self.is_short_group():
            self.at = start
            return ""
        opening = self.at
        inside = self.raw_group()
        primes = inside.replace("\\prime", "'").replace(" ", "")
        if primes and not primes.strip("'"):
            return primes
        if inside.strip() in ("*", "+", "-", "\\ast", "\\star"):
            return "*" if "s" in inside else inside.strip()
        self.at = opening
        try:
            text = self.script_group(self.next).replace(" ", "")
        except AdgraphError:
            text = ""
        if base in ("e", "π") or not re.fullmatch(LABEL, text):
            self.at = start
            return ""
        if re.search(r"\w[-+][^\W\d]", text):
            self.notes.append(f"{base}^{{{text}}} is read as one name; without the brackets it is a power")
        return text
