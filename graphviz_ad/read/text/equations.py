"""Text: equations as people type them, `y = sin(a*x + b); z = y^2`. Nothing is evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from graphviz_ad.core.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.arrays import matrix
from graphviz_ad.core.ops.row import Shape, shown
from graphviz_ad.core.request import NOTHING_ASKED, Request
from graphviz_ad.core.whole_array import WholeArray
from graphviz_ad.read import Source
from graphviz_ad.read.arrays.declarations import declared, value_shape
from graphviz_ad.read.foreign import foreign
from graphviz_ad.read.length import check_size
from graphviz_ad.read.table import expression
from graphviz_ad.read.text.asides import without_conditions
from graphviz_ad.read.text.callables import Callables
from graphviz_ad.read.text.cutting import statements
from graphviz_ad.read.text.definitions import resolve
from graphviz_ad.read.text.dots import filled
from graphviz_ad.read.text.equation import Statement
from graphviz_ad.read.text.for_each_index import with_one_each
from graphviz_ad.read.text.given_bars import without_bars
from graphviz_ad.read.text.layers import with_layers
from graphviz_ad.read.text.linking import link
from graphviz_ad.read.text.named_powers import with_named_powers
from graphviz_ad.read.text.parser import Parser
from graphviz_ad.read.text.products import multiplied
from graphviz_ad.read.text.ranges import Steps, ranges_in
from graphviz_ad.read.text.recurrences import WrittenOut, written_out
from graphviz_ad.read.text.sides import Further, parted
from graphviz_ad.read.text.stated import Stated, stated, without_counts
from graphviz_ad.read.text.tokens import Token


def read(text: str, request: Request = NOTHING_ASKED) -> Source:
    """Read a system of equations. Raises AdgraphError, with the place, for what is not one."""
    notes: list[str] = []
    try:
        check_size(text)
        if (error := foreign(text)) is not None:
            raise error
        found = declared(text)
        shapes = all_shapes(found.shapes, request)
        ranges, rest = ranges_in(found.rest, request.unroll)
        tokens = list(statements(rest, bool(shapes), bool(ranges), notes))
        tokens = without_conditions(tokens, notes) if shapes else tokens
        tokens = with_layers(tokens, shapes, [steps.index for steps in ranges])
        shapes, tokens, sums = _sized(found.shapes, shapes, tokens, request, notes) if shapes else (shapes, tokens, [])
        given = written_out(tokens, ranges, shapes, sums)
        source = system(given.statements, request, 'try "y = sin(a*x + b); z = y^2"', given)
    except AdgraphError as error:
        error.source = error.source or text
        raise
    return source.replace(notes=(*notes, *source.notes)) if notes else source


def asked_shapes(request: Request) -> dict[Name, Shape]:
    """The shapes of the command line, and those of the arrays that are given."""
    values: Mapping[str, Any] = request.at
    given = {name: value_shape(value) for name, value in values.items() if isinstance(value, tuple)}
    return {Name(name): shape for name, shape in {**given, **request.shapes}.items()}


def all_shapes(declared: Mapping[Name, Shape], request: Request) -> dict[Name, Shape]:
    """The shapes of a source with those that are asked for. Raises AdgraphError where they contradict each other."""
    known = {name.key: name for name in declared}
    found = dict(declared)
    for name, shape in asked_shapes(request).items():
        other = known.get(name.key)
        if other is not None:
            fits = len(declared[other]) == len(shape) and all(
                isinstance(one, str) or one == two for one, two in zip(declared[other], shape, strict=True)
            )
            if not fits:
                raise _contradiction(name, declared[other], shape, request)
        found[other or name] = shape
    return found


def _contradiction(name: Name, declared: Shape, given: Shape, request: Request) -> AdgraphError:
    """The error of a shape that is given and is not as declared, at what is given."""
    text = f"'{name}' is declared as {shown(declared)} and given as {shown(given)}"
    hint = "its transpose would fit" if matrix(declared) == matrix(given)[::-1] else "mend one of the two"
    if name in request.shapes:
        spelled, origin = f"{name}={'x'.join(map(str, given))}", "--shape"
    else:
        texts = getattr(request.ranges or request.at, "texts", {})
        spelled, origin = texts.get(name, str(name)), "--at"
    return AdgraphError(text, Span(0, len(spelled)), hint, spelled, origin)


def _sized(
    declared: dict[Name, Shape],
    shapes: dict[Name, Shape],
    tokens: list[list[Token]],
    request: Request,
    notes: list[str],
) -> tuple[dict[Name, Shape], list[list[Token]], list[Steps]]:
    """Shapes and statements with the sizes that are given, and sums over samples."""
    from graphviz_ad.read.arrays.given_sizes import with_given_letters, with_limits, with_sizes
    from graphviz_ad.read.arrays.long_sums import with_long_sums
    from graphviz_ad.read.arrays.own_primes import with_rows_apart
    from graphviz_ad.read.arrays.pairs import with_chains
    from graphviz_ad.read.text.samples import sums_over_samples

    tokens = with_given_letters(declared, shapes, tokens, request)
    shapes, tokens = with_sizes(shapes, tokens)
    tokens = with_long_sums(with_rows_apart(with_limits(tokens), shapes), shapes, notes)
    tokens = with_chains(tokens, shapes)
    return shapes, tokens, sums_over_samples(tokens, shapes)


def system(tokens: Sequence[list[Token]], request: Request, example: str, given: WrittenOut | None = None) -> Source:
    """The graph of statements that are cut into tokens; of vectors and matrices where shapes are given."""
    shapes = given.shapes if given is not None else {}
    if not tokens and shapes:
        raise AdgraphError(
            "there are declarations here and no equation", hint="write = between a name and its expression"
        )
    if not tokens:
        raise AdgraphError("there is no equation here", hint=example)
    tokens = with_named_powers([*map(without_bars, tokens)])
    notes: list[str] = list(given.notes) if given is not None else []
    if shapes or any(token.kind in ("array", "row") for statement in tokens for token in statement):
        return _of_arrays(tokens, request, notes, shapes, given)
    asked = (*request.of, *request.wrt, *request.at, *request.variables)
    divided = parted(tokens, asked, notes)
    statements = with_one_each(divided.statements, partial(_read_by, request=request), asked, notes)
    callables = Callables(statements, request, notes)
    parsed = _parsed(statements, callables, notes)
    equations = without_counts(parsed, callables.used)
    graph = _linked(equations, callables, request, notes)
    values = stated(equations)
    valued = _linked(values.others, callables, request, [], values.at) if values.at else None
    if divided.further:
        _check_sides(divided.further, values, callables, request, notes)
    counted = {name: float(value) for name, value in callables.used.items()}
    if not request.at and any(node.op == "where" for node in graph.nodes):
        from graphviz_ad.read.text.case_notes import case_notes

        notes += case_notes(graph)
    return Source(graph, tuple(dict.fromkeys(notes)), counted, values.at, valued)


def _parsed(statements: Sequence[list[Token]], callables: Callables, notes: list[str]) -> list[Statement]:
    callables.rule = expression
    lines = [multiplied(filled(line, callables.count), callables.variables) for line in statements]
    return [Parser(line, callables, notes).equation() for line in lines]


def _read_by(statements: Sequence[list[Token]], request: Request) -> set[Name]:
    """The names that statements read."""
    parsed = _parsed(statements, Callables(statements, request, []), [])
    return {node.name for equation in parsed for node in equation.nodes if node.name is not None}


def _of_arrays(
    tokens: Sequence[list[Token]],
    request: Request,
    notes: list[str],
    shapes: dict[Name, Shape],
    given: WrittenOut | None,
) -> Source:
    """The graph of statements of vectors and matrices."""
    from graphviz_ad.read.arrays.entries_in_brackets import with_entries
    from graphviz_ad.read.arrays.given_sizes import with_sizes
    from graphviz_ad.read.arrays.index_form import ManyIndicesError
    from graphviz_ad.read.arrays.one_name import with_one_name
    from graphviz_ad.read.arrays.pairs import with_pairs
    from graphviz_ad.read.arrays.rows import with_products
    from graphviz_ad.read.arrays.spelled_heads import with_plain_heads
    from graphviz_ad.read.arrays.tensors import with_matrices
    from graphviz_ad.read.arrays.vocabulary import Vocabulary
    from graphviz_ad.read.arrays.writing_out import MAX_INDICES, without_empty, without_index

    tokens = with_one_name(tokens, (*request.variables, *request.wrt, *request.at), notes)
    shapes, tokens, wholes = with_matrices(shapes, tokens)
    notes += [
        f"'{whole.name}' has 3 axes and is read as its matrices {whole.parts[0]} … {whole.parts[-1]}"
        for whole in wholes
    ]
    shapes, tokens = with_sizes(shapes, tokens)
    tokens = with_entries(with_plain_heads(tokens, notes), shapes, notes)
    known = Vocabulary(shapes, tokens)
    tokens = [without_empty(statement, known) for statement in with_pairs(tokens, known)]
    tokens = with_products(tokens, Vocabulary(shapes, tokens))
    limits = given.limits if given is not None else {}
    for _ in range(MAX_INDICES):
        said = list(notes)
        try:
            return _with_wholes(_of_shapes(tokens, request, said, shapes, given), wholes)
        except ManyIndicesError as error:
            tokens = without_index(tokens, error, Vocabulary(shapes, tokens, limits))
            notes.append(f"what has the index {', '.join(error.letters[:1])} is written out")
    return _with_wholes(_of_shapes(tokens, request, notes, shapes, given), wholes)


def _with_wholes(source: Source, wholes: Iterable[WholeArray]) -> Source:
    """The source with the arrays of three axes, and with its rows, which are numbers of 1 × n."""
    rows = (
        WholeArray(name, (1, size), (name,))
        for node in source.graph.nodes
        if (name := node.name) is not None
        and node.type.shape[:1] == (1,)
        and isinstance(size := node.type.shape[-1], int)
    )
    return source.replace(wholes=(*wholes, *rows))


def _of_shapes(
    tokens: Sequence[list[Token]],
    request: Request,
    notes: list[str],
    shapes: dict[Name, Shape],
    given: WrittenOut | None,
) -> Source:
    from graphviz_ad.read.arrays.parser import ArrayParser
    from graphviz_ad.read.arrays.shapes import Shaper
    from graphviz_ad.read.arrays.vocabulary import Vocabulary

    callables = Callables(tokens, request, notes, opens=False)
    shaper = Shaper(shapes, notes, *((given.states, given.plain) if given is not None else ()))
    known = Vocabulary(shapes, tokens, given.limits if given is not None else {})
    equations = [ArrayParser(statement, callables, notes, known).equation() for statement in tokens]
    found = resolve(equations, callables)
    variables = frozenset((*request.variables, *request.wrt, *request.at, *shapes)) | found.params
    graph = link(found.equations, found.functions, variables, notes, shaper.shaped)
    _check_shaped(request.shapes, graph)
    used = {name.key for name in graph.places} | {Name(part.text).key for part in chain(*tokens) if part.kind == "name"}
    for_all_steps = [name for name in shapes if name.parts.subscript or name.parts.superscript]  # x_t: 3
    unused = [name for name in shapes if shapes[name] and name.key not in used and name not in for_all_steps]
    notes += [f"'{name}' is declared and not used" for name in unused]
    return Source(graph, tuple(dict.fromkeys(notes)))


def _check_shaped(shapes: Iterable[str], graph: Graph) -> None:
    """Raise AdgraphError for a shape of the command line that is of no variable."""
    names = {name.key: str(name) for name in graph.places}
    for name in shapes:
        if Name(name).key not in names:
            hint = did_you_mean(name, list(names.values())) or f"there are {', '.join(names.values())}"
            raise AdgraphError(f"there is no variable '{name}' to be given a shape", hint=hint)


def _linked(
    equations: list[Statement], callables: Callables, request: Request, notes: list[str], more: Iterable[str] = ()
) -> Graph:
    """The graph of equations; the names that are asked for are variables, and so are `more`."""
    found = resolve(equations, callables)
    variables = frozenset((*request.variables, *request.wrt, *request.at, *more)) | found.params
    return link(found.equations, found.functions, variables, notes)


def _check_sides(
    further: Sequence[Further],
    values: Stated,
    callables: Callables,
    request: Request,
    notes: list[str],
) -> None:
    """Raise AdgraphError for a further side of an equation that is not equal to the first."""
    from graphviz_ad.read.text.sides import check_equal

    named: list[tuple[Further, Name]] = []
    sides: list[Statement] = []
    for number, side in enumerate(further):
        name = Name(f"side {number + 1}")
        parsed = Parser(list(side.tokens), callables, []).equation()
        sides.append(parsed.replace(name=name))
        named.append((side, name))
    graph = _linked([*values.others, *sides], callables, request, [], values.at)
    check_equal(graph, named, {**values.at, **request.at}, notes)
