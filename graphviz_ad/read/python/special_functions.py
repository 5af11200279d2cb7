"""Functions of scipy.special's and jax.nn's on traced arrays and numbers, by their definitions."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy

from graphviz_ad.read.python.array_methods import FUNCTIONS, METHODS, elementwise
from graphviz_ad.read.python.tape import Tracer, apply


def logsumexp(a: Any, axis: Any = None, b: Any = None, keepdims: bool = False) -> Any:
    """The logarithm of the sum of exponentials, each `b` times, along an axis or of all."""
    power = numpy.exp(a)
    return numpy.log(numpy.sum(power if b is None else b * power, axis=axis, keepdims=keepdims))


def softmax(x: Any, axis: Any = None) -> Any:
    """softmax along an axis, or over all entries."""
    if x.ndim == 1 or (x.ndim == 2 and axis in (1, -1)):
        return FUNCTIONS["softmax"](x, axis)
    if x.ndim == 2 and axis in (0, -2):
        return FUNCTIONS["softmax"](x.T, 1).T
    power = numpy.exp(x)
    return power / numpy.sum(power, axis=axis, keepdims=True)


def log_softmax(x: Any, axis: Any = None) -> Any:
    """The logarithm of softmax."""
    return x - logsumexp(x, axis, keepdims=True)


def one_hot(x: Any, num_classes: int, **options: Any) -> Any:
    """The rows of a unit matrix at whole numbers."""
    return numpy.eye(num_classes)[METHODS["index"](x)]


def leaky_relu(x: Any, negative_slope: float = 1e-2) -> Any:
    """x where it is positive, else a small multiple of it."""
    return numpy.where(x > 0, x, negative_slope * x)


def gelu(x: Any, approximate: bool = True) -> Any:
    """gelu, as libraries have it: by tanh, if not exactly."""
    if not approximate:
        return _of_table("gelu")(x)
    return 0.5 * x * (1 + numpy.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def _of_table(op: str) -> Callable[..., Any]:
    def function(*args: Any) -> Any:
        alone = all(type(arg) is Tracer or not hasattr(arg, "shape") for arg in args)
        return apply(op, *args) if alone else elementwise(op, *args)

    return function


def _by_entries(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of jax.nn's, which takes the last axis where scipy's takes all."""
    return lambda x, axis=-1, **options: function(x, axis, **options)


SCIPY: dict[str, Callable[..., Any]] = {"logsumexp": logsumexp, "softmax": softmax, "log_softmax": log_softmax}
JAX: dict[str, Callable[..., Any]] = {
    **{name: _of_table(op) for name, op in (
        ("relu", "relu"), ("sigmoid", "sigmoid"), ("softplus", "softplus"), ("silu", "silu"), ("swish", "silu"),
        ("elu", "elu"), ("tanh", "tanh"),
    )},
    "logsumexp": logsumexp, "softmax": _by_entries(softmax), "log_softmax": _by_entries(log_softmax),
    "one_hot": one_hot, "leaky_relu": leaky_relu, "gelu": gelu,
}  # fmt: skip
