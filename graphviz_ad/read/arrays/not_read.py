"""Functions of vectors and matrices that are not read, and what to write instead."""

_NO_SLOPE = "which entry is the largest has no derivative; max(x) is the largest itself"
_ENTRIES = "its entries are no sums and products of those of its argument"

NOT_READ = {
    "argmax": _NO_SLOPE, "argmin": _NO_SLOPE.replace("largest", "smallest").replace("max(x)", "min(x)"),
    "sort": "write the entries in their order: [x_2; x_1; x_3]", "rank": "the rank of a matrix has no derivative",
    **dict.fromkeys(("eig", "eigvals", "eigh"), f"{_ENTRIES}; an eigenvalue of a vector v is v^T A v / (v^T v)"),
    "svd": f"{_ENTRIES}; write U S V^T of matrices that are given",
    **dict.fromkeys(("cholesky", "chol"), "declare the factor L and write L L^T; log det S needs no factor"),
    "pinv": "write (X^T X)^-1 X^T", "expm": f"{_ENTRIES}; exp(A) is of each entry",
    "cov": "write 1/n X^T X of a matrix that is centred", "reshape": "write vec(X), or x[1:3] for a part",
    "cumsum": "write sum_i, or a matrix of ones below its diagonal times x",
}  # fmt: skip
