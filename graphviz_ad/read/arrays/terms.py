"""What is read and is no operation yet, since shapes decide which one it is."""

STAR, DOT, MEAN, RAISED = "star", "dot", "mean", "raised"  # *, ·, mean(x), x .^ 2
ODOT, ODIV, OUTER = "odot", "odiv", "outer"  # ⊙, ⊘, ⊗
CROSS = "cross"  # ×
COLUMNS, VEC = "columns", "vec"  # [A, B], vec(X)
INNER = "inner"  # ⟨a, b⟩
KRON, ENTRIES = "kron", "entries"  # A ⊗ B of matrices; the product of all entries
BARS, CLIP = "bars", "clip"  # |x|; between two limits
ELEMENT, SUMMED, EXTREME, OVER = "element", "summed", "extreme", "over"  # x_i, sum_i …, max_i …, the left side y_i
CONCAT, BESIDE = "concat", "concat_features"  # u ⊕ v; Concat(H_1, H_2)
MULTIPLIED = "multiplied"  # prod_i …
PART = "part"  # x[1:3], W[2, :]
ALONG = "along"  # sum(X, axis=0)

SIZED = r"(I|𝐈|𝑰|𝟏|𝟎)_(\d+|[^\W\d_])"  # I_3, 𝟏_n
UNITS = r"𝐞_(\d{1,9})"  # a column with 1 in this place and 0 elsewhere

# What functions and signs of vectors are called; names of the reader's come before them.
VECTORS = frozenset({
    "sum", "mean", "average", "tr", "Tr", "trace", "det", "logdet", "inv", "softmax", "log_softmax",
    "logsoftmax", "diag", "vec", "transpose", "dot", "inner", "outer", "norm", "concat", "logsumexp", "ones",
    "zeros", "eye", "inverse", "avg", "concatenate", "vcat", "hcat", "solve", "var",
    "std", "kron", "prod", "Concat", "cat", "LSE", "lse", "Softmax", "SoftMax", "Diag", "Var", "Std", "Mean", "Norm",
    "Trace", "Inv", "Sum", "rowsum", "at_largest", "𝟏", "𝟎", "𝐈", "𝑰", "𝖳",
})  # fmt: skip
