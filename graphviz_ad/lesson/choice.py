"""The views that a system is drawn in if nobody says: the first of several that suit it and stand on their pages."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from math import inf

from graphviz_ad.core.diagram import Diagram, Fit, Sheet
from graphviz_ad.core.record import Record
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.views import DEFAULT_VIEWS, STYLES, sheet_of

Views = tuple[str, ...]

# All of it, as in the reference text, where a system has no more equations, inputs and values; one equation in its
# operations alone; larger ones in their variables; at last what is alike once, and the adjoints as a numbered list.
MAX_EQUATIONS, MAX_INPUTS, MAX_VALUES = 3, 4, 24
MAX_SINGLE = 12  # equations that are drawn one by one
MAX_ARROWS = 36  # with a label each: more have never stood on a few pages; of a graph without them, so many more
MORE = 2
OF_ONE_EQUATION = ("forward", "backward", "chain")
SIMPLIFIED = ("forward-simplified", "backward-simplified", "chain")
LISTED = ("forward-simplified", "backward-simplified", "adjoints")
APART = ("forward-simplified", "adjoints", "backward-simplified")  # the large graph has a page of its own
ALONE = ("forward-simplified", "adjoints")
OVERVIEW = ("overview", "adjoints")
UNLABELLED = ("forward-simplified", "chain")
LONG = ("chain", "adjoints")  # which take their time, and are tried where the graphs stand on pages
FEW_PAGES = 1, 2, 3  # on so many the two graphs and the chains may stand,
ON_PAGES = *FEW_PAGES, inf  # what there is at least on as many as it needs
NAMED = 3  # outputs


class Squeeze(Record):
    """How a sheet is brought onto pages: in full or in smaller letters, its graphs in one piece or in rows, from each
    of which so many arrows go on in the next one, with the usual or the least air, and its rows on pages of their
    own."""

    is_smaller: bool
    folds: bool
    returns: int = 4
    dense: bool = False
    parted: bool = False


UNFOLDED = Squeeze(False, False), Squeeze(True, False)
CLOSE = Squeeze(True, False, dense=True)  # rather in one row than with air
SQUEEZES = (*UNFOLDED, CLOSE, Squeeze(False, True), Squeeze(True, True))
TIGHT = Squeeze(True, True, dense=True), Squeeze(True, True, returns=6, dense=True)  # sooner than one graph alone,
IN_ROWS = Squeeze(True, True, returns=6, dense=True, parted=True)  # as is a page for each row


class PageFit(Record):
    """How a squeezed sheet stands on pages: on how many, and how many times as large as a page the largest is."""

    fit: Fit
    pages: int = 1
    excess: float = 1.0


Stand = Callable[[Sheet, Squeeze], PageFit]


class Usual(Record):
    """The sheet of a system, what is to be said of what it leaves out, and how it stands on pages."""

    sheet: Sheet
    note: str = ""
    standing: PageFit | None = None


class ViewChoice(Record):
    """The views that a system is shown in, and what is to be said of those that are left out."""

    views: Views
    note: str = ""


class _Try(Record):
    """Views that may be chosen, if they stand on so many pages, squeezed so."""

    views: Views
    squeeze: Squeeze = SQUEEZES[0]
    pages: float = 1


def usual_views(system: System, style: str = "textbook") -> ViewChoice:
    """The views of a style, as far as they suit the system, where there are no pages: of chains that hardly ever stand
    on one the adjoints, as in a figure."""
    if not _chooses(system, style):
        return ViewChoice(STYLES[style].views)
    views = next(_tries(system)).views
    if views == SIMPLIFIED and system.has_adjoints and _equations(system) > MAX_EQUATIONS:
        views = LISTED
    return ViewChoice(views, _note(system, views))


def usual_sheet(system: System, style: str, stand: Stand, in_parts: bool = True, is_picture: bool = True) -> Usual:
    """The sheet of a style, with the views that suit the system and `stand` on a page or, where it may be in parts, on
    several; what there is at least if none does. Of what is no picture nobody asks on how many pages it stands."""
    if not _chooses(system, style):
        return Usual(sheet_of(system, STYLES[style].views, chosen=True))

    @cache  # each is asked again with more pages
    def stands(views: Views, squeeze: Squeeze) -> PageFit:
        return stand(draft(views), squeeze)

    draft = cache(partial(sheet_of, system, chosen=True, is_draft=True))
    tries = [each for each in _tries(system) if each.pages == 1 or in_parts]
    found = ((each.views, _stood(each, stands, is_picture)) for each in tries)
    views, stood = next(((views, stood) for views, stood in found if stood), (tries[-1].views, None))
    if stood is None:  # graphs stand out, lists go on over pages: these are not set for each
        squeeze = min(SQUEEZES, key=lambda squeeze: stands(_graphs(views), squeeze).excess)
        stood = stands(views if is_picture else _graphs(views), squeeze)
    sheet = sheet_of(system, views, chosen=True).replace(fit=stood.fit)
    return Usual(sheet if in_parts else sheet.in_one_piece(), _note(system, views), stood)


def _chooses(system: System, style: str) -> bool:
    return STYLES[style].views == DEFAULT_VIEWS and "constants" not in system.request.given  # for the full graph


def _equations(system: System) -> int:
    return len(system.graph_views.simplified.names) - sum(1 for _ in system.graph.inputs())


def _tries(system: System) -> Iterator[_Try]:
    """The first of them suits best, the last is what there is at least."""
    graph_view = system.graph_views.simplified
    inputs, equations = sum(1 for _ in system.graph.inputs()), _equations(system)
    if system.size <= MAX_VALUES and equations <= 1:
        yield from (_Try(OF_ONE_EQUATION, squeeze) for squeeze in UNFOLDED)
    elif system.size <= MAX_VALUES and equations <= MAX_EQUATIONS and inputs <= MAX_INPUTS:
        yield from (_Try(DEFAULT_VIEWS, squeeze) for squeeze in UNFOLDED)
    arrows = sum(len(graph_view.reads(node)) for node in graph_view.names)
    paired = equations <= MAX_SINGLE and arrows <= MAX_ARROWS
    if not system.has_adjoints:
        views = SIMPLIFIED if equations <= MAX_SINGLE else UNLABELLED
        yield from (_Try(views, squeeze, pages) for pages in ON_PAGES for squeeze in SQUEEZES)
        return
    if paired:
        few = equations <= MAX_EQUATIONS  # whose chains are read in smaller letters too
        for squeeze in SQUEEZES:
            yield from (_Try(views, squeeze) for views in (SIMPLIFIED, LISTED)[squeeze.is_smaller and not few :])
        for pages in FEW_PAGES[1:]:
            yield from (_Try(views, squeeze, pages) for squeeze in SQUEEZES for views in (LISTED, APART))
    if equations <= MAX_SINGLE and arrows <= MORE * MAX_ARROWS:
        for squeeze in TIGHT:
            yield from (_Try(LISTED, squeeze), _Try(APART, squeeze, FEW_PAGES[1]))
        yield _Try(LISTED, IN_ROWS, FEW_PAGES[2])
    if (equations <= MAX_SINGLE and arrows <= MORE * MAX_ARROWS) or _says_nothing(system.overview()):
        yield from (_Try(ALONE, squeeze) for squeeze in SQUEEZES)
    yield from (_Try(OVERVIEW, squeeze, pages) for pages in ON_PAGES for squeeze in SQUEEZES)


def _says_nothing(overview: Diagram) -> bool:
    """Whether all that a system makes is one vertex of its overview, as of a chain of equal steps."""
    return sum(not vertex.is_input for vertex in overview.vertices) <= 1


def _stood(each: _Try, stands: Callable[[Views, Squeeze], PageFit], is_picture: bool) -> PageFit | None:
    """How a sheet of some views stands on its pages, if it does; that of the graphs is tried before others are made."""
    made = (stands(views, each.squeeze) for views in (_graphs(each.views), each.views))
    fits = (found if found.excess <= 1 and found.pages <= each.pages else None for found in made)
    of_graphs = next(fits)
    is_enough = each.pages == inf and not is_picture  # long lists go on over as many pages as they need
    return of_graphs if is_enough else of_graphs and next(fits)


# ---- what is said


def _graphs(views: Views) -> Views:
    return tuple(view for view in views if view not in LONG)


def _note(system: System, views: Views) -> str:
    if views in (DEFAULT_VIEWS, OF_ONE_EQUATION):
        return ""
    left = ",".join(view for view in DEFAULT_VIEWS if view not in views)
    names = [system.graph.name(output) for output in system.graph.outputs]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    named = f"{', '.join(names[:NAMED])}{more} {'is' if len(names) == 1 else 'are'}"
    whose = "its" if len(names) == 1 else "their"
    manner = "as an overview, what is alike once" if views == OVERVIEW else f"in {whose} main views"
    return f"{named} drawn {manner}; for the others: --view {left}"


def said_of_pages(usual: Usual, is_paged: bool, is_picture: bool) -> str:
    """What is to be said of a sheet that does not stand on one page, in a format with pages, in one of pictures, or in
    both."""
    stood, name = usual.standing, usual.sheet.name
    if stood is None or not (is_paged or is_picture) or (stood.pages == 1 and stood.excess <= 1):
        return ""
    if stood.excess > 1:
        larger = f"{stood.excess:.1f} times as large as" if stood.excess >= 1.05 else "a little larger than"
        return (f"a graph of {name} is {larger} a page has room for; draw a part of it "
                "(--of), what is alike once (--fold), or on a larger page (--max-width)")  # fmt: skip
    if is_paged:
        return f"{name} has {stood.pages} pages{' in the PDF, and other pictures are as high' if is_picture else ''}"
    return f"{name} is higher than a page; a PDF has {stood.pages}: -o {name}.pdf"
