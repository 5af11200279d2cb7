# A Python function, named by its own variables; a variable that is assigned again has versions


def newton(a, steps=2):
    """Two steps of Newton's iteration for the square root of a."""
    x = (1 + a) / 2
    for _ in range(steps):
        x = (x + a / x) / 2
    return x
