"""Functions of numpy's that are not traced: why, and what to write instead."""

from __future__ import annotations

_SPECTRAL = "eigenvalues and singular values have no operation here"
_POWERS = "a few steps of power iteration, v = A @ v / np.linalg.norm(A @ v), are traced"
_ORDER = "the order of entries depends on their values"
_EXTREMES = "np.max and np.min are traced"
_INDEX = "an index has no derivative"
_GIVEN = "np.max is traced; for the entry at a place, write the place as a number"
_ANSWER = "it answers by values, which are not known while the function is traced"
_REASONS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("eig", "eigh", "eigvals", "eigvalsh", "svd", "svdvals", "cond", "matrix_rank"),
                    (_SPECTRAL, _POWERS)),
    "qr": ("its factors have no operation here", "np.linalg.cholesky of A.T @ A, np.linalg.solve and inv are traced"),
    **dict.fromkeys(("sort", "argsort", "partition", "argpartition", "median", "percentile", "quantile", "unique",
                     "searchsorted", "digitize", "lexsort", "nanmedian"), (_ORDER, _EXTREMES)),
    **dict.fromkeys(("argmax", "argmin", "nanargmax", "nonzero", "flatnonzero", "argwhere", "count_nonzero"),
                    (_INDEX, _GIVEN)),
    **dict.fromkeys(("any", "all", "allclose", "isclose", "array_equal"),
                    (_ANSWER, "leave the check out; np.where, np.maximum and np.abs are traced")),
    **dict.fromkeys(("floor", "ceil", "round", "around", "rint", "trunc", "fix"),
                    ("rounding has no derivative", "leave it out")),
}  # fmt: skip


def said_of(name: str) -> str:
    """Why a function is not traced, behind the words that say so."""
    return f": {_REASONS[name][0]}" if name in _REASONS else ""


def hint_of(name: str) -> str:
    """What to write instead."""
    return _REASONS[name][1] if name in _REASONS else "write it with functions of numpy that are: @, sums, norms, parts"
