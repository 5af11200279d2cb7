"""What is read and is no operation yet, since shapes decide which one it is."""

STAR, DOT, MEAN, RAISED = "star", "dot", "mean", "raised"  # *, ·, mean(x), x .^ 2
ODOT, ODIV = "odot", "odiv"  # ⊙, ⊘
COLUMNS, VEC = "columns", "vec"  # [A, B], vec(X)
ELEMENT, SUMMED, OVER = "element", "summed", "over"  # x_i, sum_i …, and the left side y_i
