# ruff: noqa: RET504, SIM108  # as people write them
"""Functions as people write them, for the tests of tracing. Imported names are part of what is tested."""

import math
from math import exp, sin

import autograd.numpy as anp
import numpy as np


def figure(x):
    y = 2 * x**3 + 3
    z = y**2
    return z


def reassigned(x):
    for i in range(1, 3):
        x *= sin(x) + i
    return x


def versions(x):
    y = x + 1
    y = y * 2
    y += x
    return y


def skipping(x, x_2):
    for factor in (2, 3, 4):
        x = (x + x_2) * factor
    return x


def branch(x):
    if x > 0:
        y = exp(-x)
    else:
        y = x
    return y


def equal(x, y):
    return x if x == y else y


def helper(u):
    q = u * u
    return q + 1


def helpers(a, b):
    h = helper(a) * helper(b)
    return h


def closure(x):
    scale = 3
    power = math.pow

    def inner(u):
        return scale * power(u, 2)

    return inner(x)


def recursion(x, n=3):
    return x if n == 0 else x * recursion(x, n - 1)


def results(a, b):
    total = a + b
    return {"product": a * b, "sum": total, "list": [a - b, (b, 1.5)]}


def defaults(x, a=2, *, b=0.5, mode="sum"):
    return a * x + b if mode == "sum" else a


def multiline(x):
    y = (
        2 * x
        + 1
    )  # fmt: skip
    return y


def unpacked(x):
    p, q = x + 1, x - 1
    r = s = p * q
    return r / s


def mathematics(x, y):
    return (
        math.sin(x) + math.log(y) + math.log(y, 2) + math.log(y, 10) + math.log(y, x) + math.sqrt(x) + math.hypot(x, y)
        + math.atan2(y, x) + math.fsum([x, y]) + math.prod([x, y]) + math.fabs(x) + math.pi * x + math.e * y
        + math.degrees(x) + math.pow(x, 3) + math.dist((x, 0.5), (y, 1)) + math.erf(x) + math.expm1(y)
    )  # fmt: skip


def numpys(x, y):
    return (
        np.sin(x) + np.logaddexp(x, y) + np.maximum(x, y) + np.square(x) + np.reciprocal(y) + np.clip(x, 0.1, 5)
        + np.float64(2) * x + x * np.float64(3) + np.sum([x, y]) + np.dot(np.array([x, y]), np.array([1.0, 2.0]))
        + np.power(x, 2) + np.abs(-x) + np.exp2(y) + np.mean(np.array([x, y])) + np.hypot(x, y)
        + np.sum(np.exp(np.array([x, y])) * np.arange(2)) + np.arctan2(x, y) + np.where(True, x, y)
    )  # fmt: skip


def autograds(x, y):
    return anp.tanh(x) * anp.sum(anp.array([x, y])) + anp.maximum(x, 0.0) + anp.dot(x, y)


def operators(x, y):
    return +x - -y + 2**x + x**y + 3 / y + abs(-x) + (1 - x) * max(x, y, 0) + min([x, y]) + sum([x, y]) + True


def to_complex(x):
    return complex(x)


def attribute(x):
    return x.shape


def unknown(x):
    return np.floor(x)


def mutated(x):
    values = np.zeros(3)
    values[0] = x
    return values[0]


def indexed(x):
    return x[0]


def counted(n, x):
    for _ in range(n):
        x = x * 2
    return x


def remainder(x):
    return x % 2


def complex_number(x):
    return x + 1j


def infinite(x):
    return x * float("inf")


def nothing(x):
    x + 1


def fails(x):
    return x * [][0]


def imports(x):
    import a_module_that_nobody_has

    return a_module_that_nobody_has.f(x)


def endless(x):
    return endless(x) + 1


def there(x):
    y = x + 1
    return back(y)


def back(x):
    return there(x) * 2


cache = {}


def remembers(x, y):
    if "s" not in cache:
        cache["s"] = x + y
    return x * y * cache["s"]


def catches(x, y):
    try:
        factor = complex(x)
    except Exception:
        factor = 0.0
    return factor * y


def checks(x):
    return x**2 if isinstance(x, float) else x


def looks_up(x):
    return 1.0 if x in {0.5, 1.0} else x


def keyed(x, y):
    a = x + 1
    b = y * 2
    return {"a": b, "b": a, "again": b, "x": x}


def positions(a, b):
    p = a * b
    return [p, a + b, p, 2 * a]


def writes_out(x, y):
    made = np.zeros(())
    np.add(x, y, out=made)
    return made * 2


def copies(x, y):
    import copy

    both = copy.deepcopy([x, y])
    return both[0] * both[1]


def scalars(x, y):
    return (
        (np.float64(0.5) < x) * y
        + np.maximum(x, [0.1, 2.0]).sum()
        + math.fsum(t for t in (x, y))
        + f"{x:.2f}".count("z")
    )


def star(*values):
    return sum(values)


def words(x):
    return "x"


class Model:
    rate = 0.5

    def __call__(self, w):
        loss = w * self.rate
        return loss


model = Model()
lagged = lambda x: 2 * x  # noqa: E731  # a lambda is what is traced
