"""What beginners write of vectors: it is not read, and the error says how it is written out."""

import pytest

from graphviz_ad import AdgraphError, parse
from graphviz_ad.read.latex.hints import in_latex
from graphviz_ad.read.text.vectors import OF_VECTORS

SUM = ("a sum with an index has bounds and a term", "write sum_{i=1}^3 x_i")
DECLARE = "declare shapes, w: 3 or W: 2x3"
PRODUCT = ("a product with an index has bounds and a term", "write prod_{i=1}^3 x_i")


@pytest.mark.parametrize(
    ("source", "message", "hint", "marked"),
    [
        ("y = sum_{i=1} x_i", *SUM, "sum_{i=1} x_i"),
        ("y = prod_{k=0} x_k", *PRODUCT, "prod_{k=0} x_k"),
        ("y = sum_i x_i", *SUM, "sum_i x_i"),
        ("y = sum_{i}^n x_i", *SUM, "sum_{i}^"),
        ("y = sum_i(x_i)", *SUM, "sum_i("),
        ("y = 2∑x", "'sum' is a function of vectors, and nothing here is declared as one",
         f"{DECLARE}; or write it out: x_1 + x_2 + x_3", "∑"),
        ("y = x_{i=1}", "an equation in the subscript of a name", "write x_1, x_2, …", "x_{i=1}"),
        ("y = softmax(x)", "'softmax' is a function of vectors, and nothing here is declared as one",
         f"{DECLARE}; or write it out: exp(x_1)/(exp(x_1) + exp(x_2))", "softmax"),
        (r"y = \operatorname{softmax}(x)", "'softmax' is a function of vectors, and nothing here is declared as one",
         in_latex(f"{DECLARE}; or write it out: exp(x_1)/(exp(x_1) + exp(x_2))"), r"\operatorname{softmax}"),
        (r"y = \operatorname{norm} x", "'norm' is a function of vectors, and nothing here is declared as one",
         in_latex(f"{DECLARE}; or write it out: sqrt(x_1^2 + x_2^2)"), r"\operatorname{norm}"),
    ],
)  # fmt: skip
def test_what_is_not_read(source, message, hint, marked):
    with pytest.raises(AdgraphError) as caught:
        parse(source)
    assert caught.value.message == message
    assert caught.value.hint == hint
    assert source[caught.value.span.start : caught.value.span.end] == marked


@pytest.mark.parametrize(("name", "instead"), OF_VECTORS.items())
def test_what_is_said_instead_is_read(name, instead):
    assert " is " in instead or parse(f"y = {instead.partition(', with')[0]}")
    assert " is " in instead or parse(f"$ y = {in_latex(instead.partition(', with')[0])} $")
    with pytest.raises(AdgraphError, match=f"'{name}' is a function of vectors"):
        parse(f"y = {name}(x)")


@pytest.mark.parametrize(
    "source",
    ["sum = a + b; y = sum^2", "sum_i = a + b; y = sum_i^2 + 2sum_i", "sum(x) = x^2; y = sum(3z) + 1", "y = x_{<i=1>}"],
)
def test_names_of_the_readers_own_stay_names(source):
    assert parse(source)
