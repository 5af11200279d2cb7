"""The same value and gradient by other libraries: 10,000 operations each, on a chain and on a graph with fan-out."""

import math
from collections.abc import Callable
from typing import Any

STEPS = 3333
POINTS = {"chain": (0.3, 0.9, 0.1), "fan_out": (-1e-6, -2e-6)}


def chain(x: Any, a: Any, b: Any) -> Any:
    """Three operations a step; `math.sin` is exchanged for the library's."""
    for _ in range(STEPS):
        x = math.sin(x) * a + b
    return x


def fan_out(x: Any, p: Any) -> Any:
    """Two operations a step, every value read twice."""
    for _ in range(STEPS * 3 // 2):
        x, p = x * x + p, x
    return x


def _micrograd(function: Callable[..., Any]) -> object:
    """micrograd's own rules; its nodes are sorted in a loop, for its recursion does not go so deep."""
    from micrograd.engine import Value

    def sin(v: Any) -> Any:
        out = Value(math.sin(v.data), (v,), "sin")

        def backward() -> None:
            v.grad += math.cos(v.data) * out.grad

        out._backward = backward
        return out

    inputs = [Value(x) for x in POINTS[function.__name__]]
    last = _with_sine(function, sin)(*inputs)
    order: list[Any] = []
    seen: set[Any] = set()
    stack = [(last, False)]
    while stack:
        value, done = stack.pop()
        if done:
            order.append(value)
        elif value not in seen:
            seen.add(value)
            stack.append((value, True))
            stack.extend((child, False) for child in value._prev)
    last.grad = 1.0
    for value in reversed(order):
        value._backward()
    return [value.grad for value in inputs]


def _autograd(function: Callable[..., Any]) -> object:
    from autograd import numpy, value_and_grad

    count = function.__code__.co_argcount
    return value_and_grad(_with_sine(function, numpy.sin), tuple(range(count)))(*POINTS[function.__name__])


def _torch(function: Callable[..., Any]) -> object:
    import torch

    inputs = [torch.tensor(x, requires_grad=True) for x in POINTS[function.__name__]]
    _with_sine(function, torch.sin)(*inputs).backward()
    return [x.grad for x in inputs]


def _with_sine(function: Callable[..., Any], sine: Callable[[Any], Any]) -> Callable[..., Any]:
    """The function with a library's sine in the place of math's."""
    from types import FunctionType, SimpleNamespace

    assert isinstance(function, FunctionType)
    return FunctionType(function.__code__, {**function.__globals__, "math": SimpleNamespace(sin=sine)})


PEERS: dict[str, Callable[[Callable[..., Any]], object]] = {
    "micrograd": _micrograd,
    "autograd": _autograd,
    "torch": _torch,
}
