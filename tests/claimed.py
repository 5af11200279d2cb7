"""Right claims on derivatives of many systems, and wrong ones made of them by one change, as readers make it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import NamedTuple

from graphviz_ad.core.formula import Expression
from graphviz_ad.core.graph import CONST, INPUT, Graph, Node
from graphviz_ad.core.names import Name
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from tests.conftest import graph
from tests.exact import exact

NEURON = "L=-(y*log(a)+(1-y)*log(1-a)); a=sigmoid(z); z=w*x+b"
REFERENCE = "y=2x^3+3; z=y^2"
SINE = "y=sin(a*x+b); z=y^2"
SOFTMAX = "e_1=exp(z_1); e_2=exp(z_2); S=e_1+e_2; p_1=e_1/S; p_2=e_2/S; L=-(t_1*log(p_1)+t_2*log(p_2))"
LSTM = (
    "i=sigmoid(w_i*x+u_i*h_0); f=sigmoid(w_f*x+u_f*h_0); o=sigmoid(w_o*x+u_o*h_0); g=tanh(w_g*x+u_g*h_0); "
    "c=f*c_0+i*g; k=tanh(c); h=o*k"
)
ATTENTION = "s_1=q*k_1; s_2=q*k_2; e_1=exp(s_1); e_2=exp(s_2); a_1=e_1/(e_1+e_2); a_2=e_2/(e_1+e_2); o=a_1*v_1+a_2*v_2"
OLAH = "c=a+b; d=b+1; e=c*d"
TWO_PATHS = "y=x^2; z=y*x"
SQUARES = "y=w*x+b; E=(y-t)^2/2"
QUOTIENT = "f=(x^2-1)/(x^2+1)"
GAUSS = "u=(x-m)/s; p=exp(-u^2/2)/(s*sqrt(2*pi))"
POWERS = "y=x^n; z=log(y)*a^x"

DERIVATIVE = re.compile(r"d\w+/d\w+")
RIGHT = {
    NEURON: [
        "dL/dw = (a-y)*x",
        "∂L/∂b = a-y",
        "dL/da = (a-y)/(a*(1-a))",
        "da/dz = a*(1-a)",
        "dL/da = -y/a+(1-y)/(1-a)",
        "∂L/∂x = (a-y)*w",
        "dL/dz = dL/da*a*(1-a)",
        "d^2L/dw^2 = a*(1-a)*x^2",
        "d^2L/dw db = a*(1-a)*x",
        "dL/dw = x*sigmoid(w*x+b) - x*y",
    ],
    REFERENCE: [
        "dz/dx = 2*y*6*x^2",
        "dz/dx = 12*x^2*(2*x^3+3)",
        "dz/dx = 24*x^5+36*x^2",
        "d^2z/dx^2 = 24*x*(5*x^3+3)",
        "d^2z/dx^2 = 120*x^4 + 72*x",
        "dz/dx = dz/dy*dy/dx",
    ],
    SINE: [
        "dz/dx = 2*y*cos(a*x+b)*a",
        "∂z/∂a = 2*x*sin(a*x+b)*cos(a*x+b)",
        "dz/db = sin(2*(a*x+b))",
        "d^2z/dx^2 = 2*a^2*cos(2*a*x+2*b)",
    ],
    SOFTMAX: [
        "dL/dz_1 = p_1*(t_1+t_2) - t_1",
        "dp_1/dz_1 = p_1*(1-p_1)",
        "dp_1/dz_2 = -p_1*p_2",
        "dL/dp_1 = -t_1/p_1",
        "∂p_1/∂S = -e_1/S^2",
        "dL/dS = (t_1+t_2)/S",
    ],
    LSTM: [
        "dh/dc = o*(1-k^2)",
        "dh/dw_f = o*(1-k^2)*c_0*f*(1-f)*x",
        "dc/df = c_0",
        "dh/du_g = o*(1-k^2)*i*(1-g^2)*h_0",
        "dh/dw_o = k*o*(1-o)*x",
        "dh/dc_0 = o*(1-k^2)*f",
    ],
    ATTENTION: ["do/dq = a_1*a_2*(k_1-k_2)*(v_1-v_2)", "do/dv_1 = a_1", "da_1/ds_1 = a_1*a_2"],
    OLAH: ["de/db = a+2*b+1", "de/db = c+d", "de/da = b+1"],
    TWO_PATHS: ["dz/dx = 3*x^2", "∂z/∂x = y", "dz/dx = y+2*x^2", "d^2z/dx^2 = 6*x"],
    SQUARES: ["dE/dw = (y-t)*x", "dE/dt = -(y-t)", "dE/dx = (y-t)*w", "d^2E/dw^2 = x^2"],
    QUOTIENT: ["df/dx = 4*x/(x^2+1)^2", "df/dx = (2*x*(x^2+1) - 2*x*(x^2-1))/(x^2+1)^2"],
    GAUSS: ["dp/dx = -u*p/s", "dp/dm = (x-m)/s^2*p", "dp/du = -u*p", "du/ds = -(x-m)/s^2"],
    POWERS: ["dz/dy = a^x/y", "dy/dx = n*x^(n-1)", "dz/dx = n*a^x/x + log(y)*a^x*log(a)", "∂y/∂n = x^n*log(x)"],
}


class Wrong(NamedTuple):
    """A wrong claim, and the mistake in it."""

    system: str
    claim: str
    mistake: str


def wrong_ones() -> Iterator[Wrong]:
    """Every claim with one mistake in its right side, if it is wrong then: by its values, not by algebra."""
    for system, claims in RIGHT.items():
        for claim in claims:
            left, _, right = claim.partition(" = ")
            names = dict(zip(("D_1", "D_2"), DERIVATIVE.findall(right), strict=False))
            for name, derivative in names.items():
                right = right.replace(derivative, name)
            side = graph(right)
            for mistake, made in mistakes(side):
                if are_different(side, made):
                    text = write(Expression(made), Plain())
                    for name, derivative in names.items():
                        text = text.replace(name, derivative)
                    yield Wrong(system, f"{left} = {text}", mistake)


def mistakes(side: Graph) -> Iterator[tuple[str, Graph]]:
    """An expression with one mistake."""
    nodes, root = list(side.nodes), side.outputs[0]
    yield "sign", _with(side, root, "neg")
    yield "factor", _times(side, root, Node(CONST, (), 2))
    for index, node in enumerate(nodes):
        if node.op in ("add", "sub"):
            yield "sign", _replaced(side, index, node.replace(op="sub" if node.op == "add" else "add"))
            yield "missing term", _replaced(side, index, nodes[node.args[0]], node.args[0])
            if node.op == "add":
                yield "missing term", _replaced(side, index, nodes[node.args[1]], node.args[1])
        elif node.op == "neg":
            yield "sign", _replaced(side, index, nodes[node.args[0]], node.args[0])
        elif node.op == "mul":
            for arg in node.args:
                yield "missing factor", _replaced(side, index, nodes[arg], arg)
        elif node.op == "div":
            yield "transposed fraction", _replaced(side, index, node.replace(args=node.args[::-1]))
            yield "missing factor", _replaced(side, index, nodes[node.args[0]], node.args[0])
        elif node.op == "pow":
            yield "missing factor", _replaced(side, index, nodes[node.args[0]], node.args[0])
        elif node.op == CONST and node.value not in (0, 1):
            yield "factor", _replaced(side, index, node.replace(value=node.value + 1))


def _with(side: Graph, index: int, op: str) -> Graph:
    return Graph((*_unnamed(side), Node(op, (index,))), (len(side.nodes),))


def _times(side: Graph, index: int, factor: Node) -> Graph:
    last = len(side.nodes)
    return Graph((*_unnamed(side), factor, Node("mul", (last, index))), (last + 1,))


def _replaced(side: Graph, index: int, node: Node, same: int | None = None) -> Graph:
    """The expression with another node in the place of one, or with an earlier one."""
    nodes = list(_unnamed(side))
    if same is None:
        nodes[index] = node.replace(name=None)
        return Graph(tuple(nodes), side.outputs)
    nodes = [one.replace(args=tuple(same if arg == index else arg for arg in one.args)) for one in nodes]
    return Graph(tuple(nodes), (same if side.outputs[0] == index else side.outputs[0],))


def _unnamed(side: Graph) -> tuple[Node, ...]:
    return tuple(node if node.op == INPUT else node.replace(name=None) for node in side.nodes)


def are_different(a: Graph, b: Graph) -> bool:
    """Whether two expressions have different values somewhere, to 50 digits; in variables that are unrelated, so that
    what is equal in a system alone may count as different."""
    random = Random(1)
    names = {node.name for side in (a, b) for node in side.nodes if node.op == INPUT}
    for _ in range(5):
        at: dict[Name, Fraction] = {name: Fraction(random.randrange(20, 180), 100) for name in sorted(names)}
        left, right = exact(a, at), exact(b, at)
        if left is not None and right is not None and abs(left - right) > 1e-30:
            return True
    return False
