"""Claims of a reader, dL/dw = (a - y)*x, in text or LaTeX: what they say, over the variables of a system."""
