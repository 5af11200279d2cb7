"""From a source to files, as one line: read, transform, draw, render."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from graphviz_ad.core.diagram import Sheet
from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.inert import inert
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.request import NO_VALUES, Request
from graphviz_ad.core.typed_names import TypedNames
from graphviz_ad.derive.graph_view import ancestors, find
from graphviz_ad.drawing.layered.asked import asked_order
from graphviz_ad.formats import Format
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.transforms import NO_SOURCE, HowRead
from graphviz_ad.point.evaluate import check_constants, values
from graphviz_ad.read import Source, frontend, recognised
from graphviz_ad.read.sources import SourceText

if TYPE_CHECKING:  # what draws is imported where something is drawn: most commands read and print
    from graphviz_ad.drawing.scene import Scene
    from graphviz_ad.drawing.typeset import Typesetter

Say = Callable[[str], None]


def read(source: SourceText, request: Request, stated: bool = True) -> tuple[System, tuple[str, ...]]:
    """The system of a source, and the notes on how it was read. Raises AdgraphError for what is not a system, and for
    a variable that is asked for and is not in it."""
    names = _names(tuple(request.at))
    _check_once(names)
    at = dict(zip(names, request.at.values(), strict=True))
    shapes = dict(zip(_names(tuple(request.shapes)), request.shapes.values(), strict=True))
    asked = request.replace(of=_names(request.of), wrt=_names(request.wrt), at=at, shapes=shapes)
    try:
        found = frontend(source.language)(source.text, asked)
        if _kind(found.graph) is System:
            check_constants(found.graph)
    except AdgraphError as error:
        error.source = error.source or source.text
        error.origin = error.origin or source.origin
        raise
    asked = TypedNames(found.graph.places).asked(asked)
    at = dict(asked.at)
    if not at and source.at:
        asked = asked.replace(at=_of_document(source, found.graph))
    if found.stated is not None and stated and not request.claims:  # x = -2 beside y = x^2: as if by --at
        found = found.replace(graph=found.stated)
    else:
        found = found.replace(given={})
    system = asked_of(found, asked, source, dict(zip(request.at, at, strict=True)))
    notes = (*source.notes, *found.notes)
    missing = system.missing() if source.language == "python" and asked.at else []
    if not missing:
        return system, notes
    without = type(system)(system.graph, system.request, system.reading, shows_numbers=False)
    return without, (*notes, f"no numbers are drawn: there is no value for {', '.join(missing)}")


def _of_document(source: SourceText, graph: Graph) -> dict[Name, float]:
    """The values that a document gives the inputs of a system, if it gives all."""
    known = {Name(name).key: text for name, text in source.at.items()}
    inputs = graph.input_names()
    if not all(name.key in known for name in inputs):
        return {}
    try:
        return {name: number(known[name.key], name, known[name.key], 0) for name in inputs}
    except AdgraphError:
        return {}


def asked_of(
    found: Source, asked: Request, source: SourceText = NO_SOURCE.source, given: Mapping[str, str] = NO_VALUES
) -> System:
    """What is asked of a graph that was read; `given` are the names that were given values, each with its spelling in
    the graph. Raises AdgraphError for a variable that is asked for and is not in it."""
    graph = found.graph
    _check_once(tuple(asked.at))
    for name in (*asked.wrt, *dict.fromkeys(name for names in asked_order(asked) for name in names)):
        find(graph, name)
    part = part_of(graph, asked.of, asked.wrt)
    _check_wrt(part, asked.wrt)
    here = {node.name for node in part.nodes}  # a derivative need not read all that its variable reads
    wrt = tuple(name for name in asked.wrt if graph.nodes[find(graph, name)].name in here)
    request = asked.replace(wrt=wrt, at={**found.at, **found.given, **asked.at})
    reading = HowRead(source, graph, found.notes, given, found.at, found.wholes)
    return _kind(part)(part, request, reading, shows_numbers=bool(asked.at or found.given))


def _check_wrt(part: Graph, wrt: tuple[str, ...]) -> None:
    """Raise AdgraphError for a result that is to be differentiated by itself."""
    read = {arg for node in part.nodes for arg in node.args}
    places = {name.loose_key: index for name, index in part.places.items()}
    for name in wrt:
        index = places.get(Name(name).loose_key)
        if index in part.outputs and index not in read and part.nodes[index].args:
            inputs = [part.name(place) for place in part.inputs()]
            hint = f"by its inputs: --wrt {','.join(inputs[:3])}" if inputs else "there are no inputs"
            raise AdgraphError(f"'{name}' is what is differentiated, and nothing else depends on it", hint=hint)


def _kind(graph: Graph) -> type[System]:
    """What a graph makes: a system of numbers, or of vectors and matrices."""
    if not any(node.type.shape for node in graph.nodes):
        return System
    from graphviz_ad.lesson.array_system import ArraySystem

    return ArraySystem


def _check_once(names: tuple[str, ...]) -> None:
    """Raise AdgraphError where one variable is given two values, in one spelling or in two: w1 and w_1."""
    known: dict[Parts, str] = {}
    for name in names:
        key = Name(name).key
        if key in known:
            spelled = dict.fromkeys((known[key], name))
            raise AdgraphError(f"{' or '.join(map(repr, spelled))} has two values", hint="give it one")
        known[key] = name


def part_of(graph: Graph, names: tuple[str, ...], wrt: tuple[str, ...] = ()) -> Graph:
    """The part of a graph that these variables need, by default all; or the graph of a derivative, dz/dx. With `wrt`,
    the other inputs are parameters."""
    if not names:
        return graph
    if not any("/" in name for name in names):
        return ancestors(graph, names)
    if _kind(graph) is not System:
        raise AdgraphError("a derivative as a graph is for systems of numbers", hint="adgraph derive writes it")
    from graphviz_ad.derive.differentiate import requested, with_derivative

    derivative = requested(names[0], graph)
    if derivative is None:
        return ancestors(graph, names)
    if len(names) > 1:
        raise AdgraphError("a derivative is drawn by itself", hint=f"leave out {', '.join(names[1:])}")
    made = with_derivative(graph, derivative.of, derivative.wrts, among=wrt)
    here = {node.name for node in made.nodes}
    left = [name for name in wrt if graph.nodes[find(graph, name)].name in here]
    return made if left or not wrt else with_derivative(graph, derivative.of, derivative.wrts)


def number(text: str, of: str, within: str, place: int) -> float:
    """The value of an expression without variables, such as pi/4, given for `of` at a place in an option's text. Raises
    AdgraphError, which shows that place, for another."""
    try:
        if {"=", ";"} & set(text):
            raise AdgraphError(f"'{text}' is not a number")
        graph = frontend(recognised(text))(text).graph
        if list(graph.inputs()):
            raise AdgraphError(f"'{text}' is not a number")
        bare = Graph(tuple(node.replace(name=None) for node in graph.nodes), graph.outputs)
        return values(bare, {})[bare.outputs[0]]
    except AdgraphError as error:
        start, end = error.span or (0, len(text))
        hint = error.hint or f"write a value, such as {of}=0.5 or {of}=pi/4"
        message = f"the value of {of}: {error.message}"
        raise AdgraphError(message, Span(place + start, place + end), hint, within, "--at") from None


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names as adgraph spells them: \\theta and \\hat{y} are LaTeX."""
    if not any("\\" in name for name in names):
        return names
    from graphviz_ad.read.latex.formulas import read_name

    return tuple(read_name(name) if "\\" in name else name for name in names)


def render(
    sheet: Sheet, made: Format, request: Request, setter: "Typesetter | None" = None, say: Say | None = None
) -> str | bytes:
    """The sheet in a format; what is text is inert, whatever the names in it. What is to be said of it is said."""
    content = _rendered(sheet, made, request, setter, say)
    return inert(content) if isinstance(content, str) else content


def _rendered(
    sheet: Sheet, made: Format, request: Request, setter: "Typesetter | None", say: Say | None
) -> str | bytes:
    maker = made.maker
    if request.seconds and maker.animated is not None:
        return maker.animated([scene for _, scene in _frames(sheet, request)], request)
    if request.beamer and maker.overlays is not None:
        return maker.overlays(_frames(sheet, request), request)
    if say is not None and made.has("stacked") and (request.stacked or request.pins):
        from graphviz_ad.drawing.orders import remark_on_order

        if said := remark_on_order(sheet, request):
            say(said)
    if maker.from_scene is not None:
        from graphviz_ad.drawing.widths import in_width

        scene = in_width(sheet, request, setter, maker.has_pages)
        if say is not None:
            from graphviz_ad.drawing.remarks import remark

            if said := remark(sheet, scene, request, setter, maker.has_pages):
                say(said)
        return maker.from_scene(scene, request)
    if maker.from_page_model is not None:
        if sheet.page_model is None:
            raise AdgraphError(f"{made.name} is made of a system, and there is none here", hint="choose another format")
        maker.check_size(sheet.size)
        return maker.from_page_model(sheet, sheet.page_model(), request)
    assert maker.from_sheet is not None
    return maker.from_sheet(sheet, request)


def _frames(sheet: Sheet, request: Request) -> list[tuple[str, "Scene"]]:
    """The scenes of the sheet's making, each with its words."""
    from graphviz_ad.drawing.typeset import Typesetter
    from graphviz_ad.drawing.widths import in_width
    from graphviz_ad.lesson.frames import frames

    setter = Typesetter()
    return [(frame.words, in_width(frame.sheet, request, setter)) for frame in frames(sheet)]


def render_frames(sheet: Sheet, made: Format, request: Request) -> list[str | bytes]:
    """The frames of the sheet's making in a format, all of one size."""
    from graphviz_ad.drawing.typeset import Typesetter
    from graphviz_ad.lesson.frames import frames

    setter, still = Typesetter(), request.replace(seconds=0, beamer=False)
    return [render(frame.sheet.in_one_piece(), made, still, setter) for frame in frames(sheet)]
