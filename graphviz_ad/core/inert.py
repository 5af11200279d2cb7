"""Text that does nothing but stand there: what a terminal would obey, and what hides or turns other text around, is
shown as an escape, \\x1b or \\u202e.

Names come from files and from the web; what is printed and written of them goes through here.
"""

import unicodedata

_ACTIVE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))  # control, format, halves of pairs, ends of lines and paragraphs
_UNSEEN = frozenset(  # variation selectors, fillers and joiners, which Unicode calls marks and letters
    (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0,
     *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)  # fmt: skip


class _Shown(dict[int, str]):
    """How each character is shown, as it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        active = code in _UNSEEN or (not character.isprintable() and unicodedata.category(character) in _ACTIVE)
        self[code] = self.escape(code) if active else character
        return self[code]

    @staticmethod
    def escape(code: int) -> str:
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class _InJson(_Shown):
    @staticmethod
    def escape(code: int) -> str:
        pair = chr(code).encode("utf-16-be", "surrogatepass").hex()
        return "".join(f"\\u{pair[place : place + 4]}" for place in range(0, len(pair), 4))


_LINES, _NAMES, _JSON = _Shown({9: "\t", 10: "\n"}), _Shown({9: "\\t", 10: "\\n"}), _InJson({9: "\t", 10: "\n"})


def inert(text: str) -> str:
    """Lines of text as they are printed and written."""
    return _exchanged(text, _LINES)


def in_line(text: str) -> str:
    """A name or a message, which is part of a line and ends none."""
    return _exchanged(text, _NAMES)


def one_line(words: str) -> str:
    """Words of a comment or a label on one line, with a blank for what is not printed."""
    return " ".join("".join(character if character.isprintable() else " " for character in words).split())


def inert_json(text: str) -> str:
    """JSON, whose own escapes keep its strings as they are."""
    return _exchanged(text, _JSON)


def _exchanged(text: str, shown: _Shown) -> str:
    """Most texts are as they should be; to see that takes a fraction of the time that a copy takes."""
    return text if all(shown[ord(character)] == character for character in set(text)) else text.translate(shown)
