"""What several products have in common: digits, powers, factors and words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from graphviz_ad.algebra.powers import Powers


def common_fraction(digits: Sequence[Fraction], has_powers: bool) -> Fraction:
    """The digits of a number before all terms: a fraction that all have, or what stands above all fractions."""
    numbers = {abs(number) for number in digits}
    if len(numbers) == 1:
        return min(numbers) if min(numbers) < 1 or has_powers else Fraction(1)
    least = min(numbers)
    if least > 1 and all((number / least).denominator == 1 for number in numbers):
        return least  # 2 (5μ − Xᵀ𝟏)
    above = {number.numerator for number in numbers}
    return Fraction(above.pop()) if len(above) == 1 else Fraction(1)


def common_powers(several: Sequence[Powers]) -> Powers:
    """The powers that all have, above or below a fraction line."""
    found: Powers = {}
    for base in several[0]:
        exponents = [powers.get(base, Fraction(0)) for powers in several]
        if all(e < 0 for e in exponents) or all(e > 0 for e in exponents):
            found[base] = min(exponents, key=abs)
    return found


def less(powers: Powers, by: Powers) -> Powers:
    """Powers without some of them."""
    return {base: exponent - by.get(base, 0) for base, exponent in powers.items()}


def common_parts(lists: Sequence[Sequence[int]]) -> list[int]:
    """What all lists have, as often as all of them have it."""
    return [part for part in dict.fromkeys(lists[0]) if all(part in other for other in lists)]


def common_beginning(chains: Sequence[Sequence[int]], most: int) -> int:
    """With how many words all of them begin, at most so many."""
    return next((n for n in range(most) if len({chain[n] for chain in chains}) > 1), max(most, 0))


def left_of(parts: Sequence[int], taken: Sequence[int]) -> list[int]:
    """What is left when some are taken, each once."""
    left = list(parts)
    for part in taken:
        left.remove(part)
    return left
