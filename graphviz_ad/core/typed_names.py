"""Names as keyboards have them: W for 𝐖, where nothing is called W."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import SPELLED, VARIANTS, Name, Parts, unstyled
from graphviz_ad.core.request import Request

Value = TypeVar("Value")


def plain_key(name: Name) -> Parts:
    """A name without the style of its letter, and without the arrow of a vector."""
    key = name.loose_key
    plain = unstyled(key.base)
    accents = tuple(accent for accent in key.accents if accent != "vec")
    return key.replace(base=plain[1] if plain else key.base, accents=accents)


def squeezed(name: str) -> str:
    """A name without its marks, so that W1, W_1, W^{(1)} and W^[1] are one, as xhat and x_hat are."""
    letters = "".join(SPELLED.get(letter, letter) for letter in map(_plain_letter, name))
    return re.sub(r"[\W_]", "", letters.replace("'", "prime"))


def _plain_letter(letter: str) -> str:
    plain = unstyled(letter)
    bare = plain[1] if plain else letter
    return "l" if bare == "ℓ" else VARIANTS.get(bare, bare)


class TypedNames:
    """What the names of a system are, as they may be typed."""

    def __init__(self, names: Iterable[str]) -> None:
        known = [Name(name) for name in dict.fromkeys(names)]
        self.exact = {name.loose_key for name in known}
        self.plain: dict[Parts, list[Name]] = {}
        self.squeezed: dict[str, list[Name]] = {}
        for name in known:
            self.plain.setdefault(plain_key(name), []).append(name)
            self.squeezed.setdefault(squeezed(name), []).append(name)

    def meant(self, typed: str) -> str:
        """The name that is meant: 𝐖 of W, and W^{(1)} of W1, where there is one such and nothing called so."""
        key = Name(typed).loose_key
        if key in self.exact:
            return typed
        found = self.plain.get(key) or self.squeezed.get(squeezed(typed), [])
        return found[0] if len(found) == 1 else typed

    def asked(self, request: Request) -> Request:
        """A request with the names that are meant."""
        return request.replace(
            at=self.by_meaning(request.at),
            shapes=self.by_meaning(request.shapes),
            wrt=tuple(map(self.meant, request.wrt)),
            of=tuple(map(self.meant, request.of)),
        )

    def by_meaning(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """What is given, by the names that are meant. Raises AdgraphError where two of them mean one."""
        found: dict[str, Value] = {}
        for typed, value in given.items():
            name = self.meant(typed)
            if name in found:
                raise AdgraphError(f"two of the names that are given are '{name}' here", hint="give one of them")
            found[name] = value
        return found
