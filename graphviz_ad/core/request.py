"""All that can be asked of adgraph, as one plain object; its fields are the one table of options.

A field says the option's type, its facts in a Row, and its default. The command line's options and their help, the
keywords of the Python functions, what a text with `key: value` may ask, and the refusal of options that would do
nothing are all made from it (in `options/`), so that a new option is one field here, with what it makes of diagrams
or sheets if that is all it does; else there is a place that obeys it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from graphviz_ad.core.diagram import Direction
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.option_row import Annotated, Place, Row, Use
from graphviz_ad.core.patterns import pattern
from graphviz_ad.core.record import Record

Symbol = Literal["auto", "d", "partial"]  # which derivatives have d, and which ∂
Write = Literal["auto", "names", "inputs"]  # whether derivatives are written with the names of variables
Layout = Literal["gradient", "numerator", "denominator"]  # of derivatives of vectors
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
EdgeForm = Literal["auto", "jacobian", "vjp", "both", "index"]  # of derivatives of vectors on arrows
Adjoint = Literal["auto", "delta", "partial", "bar", "d", "nabla"]  # how derivatives of the output are written
Hadamard = Literal["odot", "circ"]
Transpose = Literal["top", "T", "prime"]
Bold = Literal["as-typed", "auto", "off"]  # names of vectors and matrices
ShownShapes = Literal["below", "none", "set"]
Step = Literal[1, 2, 3]  # of the making of a backward graph
Constants = Literal["node", "folded"]
Which = Literal["derivatives", "all"] | int  # what an exercise leaves out; a number is of derivatives
NO_VALUES: Mapping[str, Any] = {}
MAX_SECONDS = 86_400  # that a Python function may be given: a day
SYSTEM = "draw show derive eval check"
FIGURE = "draw forward backward chain"
_BACKWARD = "backward backward-simplified"
_CHAINS = "chain chain-full"
_LISTS = f"{_CHAINS} adjoints"
_WITH_D = f"{_BACKWARD} {_LISTS} steps steps-full colah"
_FOLDED = "forward forward-simplified backward backward-simplified"
_GRAPHS = f"forward forward-simplified overview {_BACKWARD} steps steps-full circuit colah"
_PAGE_THEMES = ("light", "dark", "print", "auto")

# What a page shows is fixed: every view but the steps.
_FOR_PICTURES = Use("is for SVG, PDF and PNG: -o a.svg", of_formats=True)
_FOR_SOME_FORMATS = Use("is for pictures: -o a.svg", of_formats=True)
_FOR_TIKZ = Use("is for a .tex, as in -o figure.tex", of_formats=True)
_FOR_PNG = Use("is for PNG: -o figure.png (--size is for every picture)", of_formats=True)
_FOR_ORDERS = Use("is for pictures, pages, TikZ, DOT and Mermaid: -o a.svg", of_formats=True)
_FOR_LAYOUTS = Use("is for pictures and TikZ: -o a.svg", of_formats=True)
_FOR_PYTHON = Use("is for a Python function: lesson.py:loss", lambda r: r.runs_python)
_FOR_PARTS = Use("has no part in a page, which shows all", other_than="html", commands="draw")
_FOR_CHARACTERS = Use("is for figures of characters, --image is another", lambda r: not r.image, commands="show")
_FOR_TEXT = Use("is for text", lambda r: r.chain_format == "text", commands="derive")
_FOR_DERIVATIVES = Use(
    "is for derivatives: --view backward,chain", views=_WITH_D, of_formats=True, commands="draw show"
)
_FOR_VALUES = "is for the numbers of --at"
_BESIDE = Use("is for figures beside the document, and -o has them in it", lambda r: not (r.outputs or r.answers))
_WITHOUT_CLAIMS = Use("has no part in judging a claim", lambda r: not r.claims, commands="check")


# fmt: off
class Request(Record):
    """What is asked. Names are those of variables: `of` the outputs, by default all, `wrt` the inputs to differentiate
    by, by default all; `at` are the values of inputs. `given` are the fields that were asked for; others are as usual.
    The fields are in the order in which commands list their options."""

    given: frozenset[str] = frozenset()
    command: str = ""  # the words of the command line, for those who ask how a file was made

    # ---- of the reader
    sources: tuple[str, ...] = ()
    language: Annotated[str, Row(SYSTEM, "The language of SOURCE.", spelled="from", choices=Place("read:LANGUAGES"),
        accepts=Place("read:is_language"),
        python="parse")] = "auto"
    functions: Annotated[tuple[str, ...], Row(SYSTEM, "Abstract functions: y=f(g(x)) with f,g gives f′(g(x)) · g′(x).",
        "NAME,…", "function", python="parse")] = ()
    keep_functions: Annotated[bool, Row(SYSTEM,
        "Functions that SOURCE defines, f(u) = …, stay operations with the derivative f′.", python="parse")] = False
    macros: Annotated[tuple[str, ...], Row(f"{SYSTEM} find notes", "Macros of LaTeX, \\newcommand and their like, "
        "from FILE. May be repeated.", "FILE", reader=Place("options.readers:files"), python="parse")] = ()
    shapes: Annotated[Mapping[str, Shape], Row(SYSTEM, "Shapes of vectors and matrices, W=2x3,x=3.", "NAME=SHAPE,…",
        "shape", reader=Place("options.readers:shapes"), python="parse")] = NO_VALUES
    unroll: Annotated[int | None, Row(SYSTEM, "Steps of a recurrence, h_t = …, t = 1..T.", "N", least=1, most=50,
        python="parse", uses=(Use("is for equations; a function has its loops", lambda r: not r.runs_python),))] = None
    variables: Annotated[tuple[str, ...], Row("", "Variables even where the language has a constant of that name, e.",
        python="parse")] = ()

    # ---- of the mathematics
    of: Annotated[tuple[str, ...], Row(SYSTEM, "Only these outputs.", "NAME,…",
        python="draw backward chain evaluate show check")] = ()
    wrt: Annotated[tuple[str, ...], Row(SYSTEM,
        "Differentiate with respect to these; the other inputs are parameters.", "NAME,…",
        python="draw backward chain evaluate show trace check")] = ()
    symbol: Annotated[Symbol, Row(SYSTEM, "d or ∂; auto: d where a variable depends on one variable only.",
        python="draw backward chain", uses=(
            _FOR_DERIVATIVES,
            Use("is for a table", lambda r: r.table_format != "json" and not r.trace, commands="eval"),
            _WITHOUT_CLAIMS,
        ))] = "auto"
    write: Annotated[Write, Row("draw show derive eval", "Derivatives with the names of variables, a(1 − a), or over "
        "what is read, σ(z)(1 − σ(z)), and chains over the inputs; auto: names where they are shorter.",
        python="draw backward chain", uses=(
            _FOR_DERIVATIVES,
            Use("is for a trace: --trace reverse", lambda r: bool(r.trace), commands="eval"),
        ))] = "auto"
    assume: Annotated[tuple[str, ...], Row("draw show derive check", "What holds of the inputs and is used in "
        "simplifying, t_1+t_2=1. May be repeated.", "RELATION", reader=Place("options.readers:whole"),
        python="draw backward chain check", uses=(
            _FOR_DERIVATIVES,
            Use("is for claims: --claim", lambda r: bool(r.claims), commands="check"),
        ))] = ()
    layout: Annotated[Layout, Row("draw show derive check", "How derivatives of vectors stand: gradients with the "
        "shape of their variable and a row of a Jacobian for each left entry; all in the numerator's or in the "
        "denominator's layout.", python="draw backward chain", of_arrays=True)] = "gradient"
    edges: Annotated[EdgeForm, Row("draw show", "Derivatives of vectors on arrows: as a matrix where there is one, "
        "what they do with an adjoint (vjp), both, or over indices.", python="draw backward", of_arrays=True, uses=(
            Use("is for derivatives: --view backward", views=_WITH_D, of_formats=True, commands="draw show"),
        ))] = "auto"
    adjoint: Annotated[Adjoint, Row("draw show derive", "How derivatives of the output are written: as all are, "
        "δ with the variable below, ∂L/∂y, ȳ, dy, or ∇ with the variable below.", python="draw backward chain",
        uses=(_FOR_DERIVATIVES,))] = "auto"
    hadamard: Annotated[Hadamard, Row("draw show derive", "Products entry by entry: ⊙ or ∘.",
        python="draw forward backward chain show", of_arrays=True)] = "odot"
    transpose: Annotated[Transpose, Row("draw show derive", "Transposes: xᵀ with the sign ⊤ or the letter T, or x′.",
        python="draw forward backward chain show", of_arrays=True)] = "top"
    bold: Annotated[Bold, Row("draw show derive", "Vectors and matrices in bold: as they are typed, all, or none.",
        python="draw forward backward chain show")] = "as-typed"
    shown_shapes: Annotated[ShownShapes, Row("draw show", "Where the shapes of vectors and matrices stand.",
        spelled="shapes", python="draw forward backward", of_arrays=True,
        on_diagrams=Place("lesson.shown_shapes:with_shapes"))] = "below"
    max_paths: Annotated[int, Row(SYSTEM, "With more paths than this a chain is factored.", least=1, most=1000,
        python="draw chain", uses=(
            Use("is for chains: --view chain", views=_CHAINS, of_formats=True, commands="draw show"),
            Use("is for chains: adgraph derive", commands="eval"),
            _WITHOUT_CLAIMS,
        ))] = 16
    max_operations: Annotated[int, Row(SYSTEM, "How many operations a Python function may take.", "N", least=1,
        python="trace", uses=(_FOR_PYTHON,))] = 1_000_000
    max_seconds: Annotated[float, Row(SYSTEM, "How long a Python file, and then its function, may run.", "SECONDS",
        above=0, most=MAX_SECONDS, python="trace", uses=(_FOR_PYTHON,))] = 30.0
    at: Annotated[Mapping[str, float], Row("draw show derive check",
        "Values of the inputs, as expressions: x=0.5,a=pi/4; or a file, point.json.", "NAME=VALUE,…",
        reader=Place("options.readers:point"), python=f"{FIGURE} trace check")] = NO_VALUES
    ranges: Annotated[Mapping[str, tuple[float, ...]], Row("eval", "Values of the inputs, as expressions: x=0.5,a=pi/4;"
        " a range, x=-2:2:0.5, gives a row for each value; or a file, point.json.", "NAME=VALUE,…", "at",
        reader=Place("options.readers:ranges"))] = NO_VALUES
    digits: Annotated[int,
        Row("draw show derive", "Significant digits of the numbers.", least=1, most=17, python=FIGURE, uses=(
            Use(_FOR_VALUES, lambda r: bool(r.at), of_formats=True),
        )),
        Row("eval check", "Significant digits of numbers.", least=1, most=17, default=6, uses=(
            Use("has no part in csv and json: all are there",
                lambda r: bool(r.trace) or r.table_format not in ("csv", "json"), commands="eval"),
        ))] = 5

    # ---- of a figure: where it goes, what it shows
    outputs: Annotated[tuple[str, ...],
        Row("draw", "Write here; the extension chooses the format. DIR/ writes a file a panel, - to standard output. "
            "May be repeated.", "FILE", "output", "o", "NAME-OF-OUTPUT.svg", reader=Place("options.readers:whole")),
        Row("rules", "Draw it into FILE, in the format of its extension, as adgraph draw does.", "FILE", "output", "o",
            reader=Place("options.readers:whole")),
        Row("notes", "Write the DOCUMENT with its figures here, by Pandoc, and leave it as it is: .html, .pdf, .docx, "
            ".odt, .pptx or .epub. May be repeated.", "FILE", "output", "o", reader=Place("options.readers:whole"),
            before="check_only")] = ()
    format_name: Annotated[str | None, Row("draw", "Format for - and DIR/: {choices}.", "FORMAT", "format",
        choices=Place("formats:formats"), reader=Place("options.readers:word"))] = None
    views: Annotated[tuple[str, ...], Row("draw show", "Panels, in this order: {choices}.", "VIEW,…", "view",
        usual=Place("lesson.views:DEFAULT_VIEWS"), choices=Place("lesson.views:VIEWS"), python="draw show", uses=(
            _FOR_PARTS,
            Use("and --style both choose the views; give one of them", lambda r: r.style == "textbook",
                commands="show"),
        ))] = ()
    style: Annotated[str, Row("draw show", "Manner of drawing: circuit has values and gradients on its wires, colah "
        "derivatives on its edges.", choices=Place("lesson.views:STYLES"), python="draw", uses=(_FOR_PARTS,))
        ] = "textbook"
    step: Annotated[Step, Row("draw show", "Step of its making at which a backward graph is shown.",
        python="draw backward", uses=(Use("is for a backward graph: --view backward", views=_BACKWARD),))] = 3
    constants: Annotated[Constants, Row("draw show", "Constants as nodes, or part of their operation.",
        python="draw forward", uses=(
            Use("is for the full forward graph: --view forward", views="forward", of_formats=True),
        ))] = "node"

    # ---- of what belongs together
    roles: Annotated[Mapping[str, str], Row("draw show", "What inputs are: parameter, data or target, as in \"w,b: "
        "parameter\". May be repeated.", "NAME,…: ROLE", "role", reader=Place("options.readers:roles"), python=FIGURE,
        uses=(Use("is for graphs: --view forward", views=_GRAPHS, of_formats=True),))] = NO_VALUES
    highlight: Annotated[tuple[str, ...], Row("draw", "Every path from these to the output is strong, and so are their "
        "chains.", "NAME,…", python=FIGURE,
        uses=(_FOR_SOME_FORMATS,))] = ()
    groups: Annotated[Mapping[str, tuple[str, ...]], Row("draw", "Variables that stand in a box with a name, as in "
        "\"cell: f,i,g,o,c\". May be repeated; none for a figure without boxes, which steps and layers have by "
        "themselves.", "NAME: VARIABLE,…", "group", usual="steps and layers", reader=Place("options.readers:groups"),
        python=FIGURE, uses=(_FOR_SOME_FORMATS,))] = NO_VALUES
    fold: Annotated[bool, Row("draw show", "What is alike, and the steps of a recurrence, as one node of the "
        "simplified forward graph; of steps and layers that repeat, in every graph, one in a box that says × 3.",
        python=FIGURE, uses=(Use("is for graphs: --view forward-simplified", views=_FOLDED),))] = False

    # ---- of its words
    title: Annotated[str, Row("draw", "A title above the figure.", "TEXT", python=FIGURE,
        uses=(_FOR_SOME_FORMATS,),
        on_sheets=lambda sheet, r: sheet.replace(title=r.title))] = ""
    captions: Annotated[tuple[str, ...], Row("draw", "A caption of your own, of the panels in their order or of one as "
        "VIEW=TEXT; none for a figure without captions. May be repeated.", "TEXT", "caption", also_spelled="captions",
        reader=Place("options.readers:whole"), python=FIGURE, uses=(_FOR_PARTS,),
        on_sheets=Place("lesson.captions:captioned"))] = ()

    # ---- of its look
    direction: Annotated[Direction, Row("draw", "Way of reading: left to right, …", usual="lr; colah: bt",
        python=FIGURE, uses=(Use("is for graphs: -o a.svg", of_formats=True),))] = "lr"
    claims: Annotated[tuple[str, ...], Row("check", "An answer of your own, dL/dw = (a-y)*x, or a file of them: is it "
        "right? May be repeated.", "CLAIM", "claim", reader=Place("options.readers:whole"))] = ()
    libraries: Annotated[tuple[str, ...], Row("check", "Run the same function through these: {choices}.", "LIBRARY,…",
        "with", choices=Place("point.libraries:CHECKERS"), uses=(_WITHOUT_CLAIMS,))] = ()
    plot: Annotated[str | None, Row("check",
        "Draw the error of the differences over their step into FILE, such as err.svg.", "FILE",
        uses=(_WITHOUT_CLAIMS,))] = None
    theme: Annotated[str, Row("draw check rules",
        "Colours: {choices} (follows the reader's browser), or a file my.toml.", "THEME",
        choices=Place("drawing.theme:THEMES"), accepts=Place("drawing.theme:is_theme"),
        reader=Place("options.readers:theme"), python=FIGURE, uses=(
            Use("is for pictures: -o a.svg", of_formats=True, commands="draw"),
            Use(f"has no part in a page but as {', '.join(_PAGE_THEMES)}", lambda r: r.theme in _PAGE_THEMES,
                other_than="html", commands="draw"),
            Use("is for the picture of --plot", lambda r: r.plot is not None, commands="check"),
            Use("is for a picture: -o rules.svg", lambda r: bool(r.outputs), commands="rules"),
        ))] = "light"
    size: Annotated[str, Row("draw",
        "Size of the figure: formulas of 12.75, 10, 20 or 36 points, and all else with them.",
        choices=Place("drawing.size:SIZES"), python=FIGURE, uses=(_FOR_PICTURES,))] = "screen"
    stacked: Annotated[tuple[str, ...], Row("draw", "These from top to bottom, where they share a column.", "NAME,…",
        "order", python=FIGURE, uses=(_FOR_ORDERS,))] = ()
    pins: Annotated[Mapping[str, str], Row("draw", "One variable beside another in their column, h=below:x or "
        "h=above:x. May be repeated.", "NAME=PLACE,…", "pin", reader=Place("options.readers:pins"), python=FIGURE,
        uses=(_FOR_ORDERS,))] = NO_VALUES
    max_width: Annotated[str, Row("draw", "No wider than this, such as 12cm, 345pt, 4in, 90mm or 600px, or one of "
        "{choices}: things stand closer, then in rows.", "WIDTH", usual="what suits its size",
        choices=Place("drawing.size:WIDTHS"), accepts=Place("drawing.size:is_width"),
        reader=Place("options.readers:width"), python=FIGURE, uses=(_FOR_LAYOUTS,))] = ""
    id_prefix: Annotated[str, Row("draw",
        "What the ids in an SVG begin with, such as fig1-, for a page that has several.", "PREFIX",
        usual="five signs of its own", accepts=Place("options.readers:is_id_prefix"),
        reader=Place("options.readers:id_prefix"), python=FIGURE, uses=(
            Use("is for SVG: -o a.svg", of_formats=True),))] = ""
    background: Annotated[Literal["theme", "none"], Row("draw",
        "The theme's background, or none: what is behind the figure shows through.", python=FIGURE,
        uses=(_FOR_PICTURES,))] = "theme"
    scale: Annotated[float, Row("draw", "Pixels of a PNG for each of the SVG.", "N", usual="2", above=0, python=FIGURE,
        uses=(_FOR_PNG,))] = 2.0
    dpi: Annotated[float | None, Row("draw", "Pixels of a PNG for each inch, instead of --scale.", "N", above=0,
        python=FIGURE, uses=(_FOR_PNG,))] = None
    standalone: Annotated[bool, Row("draw", "A .tex is a whole document, not a picture for one.", python=FIGURE,
        uses=(_FOR_TIKZ,))] = False
    beamer: Annotated[bool, Row("draw", "A .tex has the steps of --frames as overlays of a slide.", python=FIGURE,
        uses=(_FOR_TIKZ,))] = False
    template: Annotated[str, Row("draw", "A Jinja2 template of your own for .html.", "FILE", python=FIGURE,
        reader=Place("options.readers:template"), uses=(Use("is for pages: -o page.html", of_formats=True),))] = ""

    # ---- of an exercise, and of a figure's making
    blank: Annotated[Which | None, Row("draw", "An exercise: boxes in the place of the derivatives, of all numbers "
        "too, or of K derivatives.", "derivatives|all|K", reader=Place("options.readers:blank"))] = None
    answers: Annotated[str | None,
        Row("draw", "Write the exercise with its answers here.", "FILE"),
        Row("notes", "Write the document with its solutions here, blocks ::: solution, which those of -o then do not "
            "have.", "FILE", before="check_only")] = None
    seed: Annotated[int, Row("draw", "Chooses the K derivatives.", uses=(
        Use("chooses K derivatives: --blank K", lambda r: isinstance(r.blank, int)),))] = 0
    frames: Annotated[str | None, Row("draw", "The making of the figure for slides: a numbered file a step, all of one "
        "size and layout.", "DIR/")] = None
    animate: Annotated[bool, Row("draw", "An SVG that a browser plays through these steps.")] = False
    seconds: Annotated[float, Row("draw",
        "How long a step of the animation stays; the last stays three times as long.", usual="2", least=0.1, most=60,
        python=FIGURE, uses=(Use("is the pace of an animation: --animate", lambda r: r.animate),))] = 0
    alt: Annotated[bool, Row("draw", "Print the figure's alternative text; draw it only where -o says so.")] = False

    # ---- of what is printed
    graph: Annotated[Literal["simplified", "full"], Row("derive",
        "The graph whose edges are multiplied; full has a factor for each operation.", uses=(
            Use("is full where operations are explained (--explain)", lambda r: r.graph == "full" or not r.explain),
        ))] = "simplified"
    chain_format: Annotated[Literal["text", "latex", "markdown", "typst", "maxima", "mathematica", "maple", "sympy",
        "julia", "matlab"], Row("derive", "", spelled="format")] = "text"
    order: Annotated[int, Row("derive", "Derivatives up to this order, each made from the one before.", least=1, most=4)
        ] = 1
    width: Annotated[int | None,
        Row("show", "Columns to fit into, 0 for any number.", "COLUMNS", usual="the terminal's; 80 elsewhere", least=0,
            uses=(_FOR_CHARACTERS,)),
        Row("derive", "Columns to fit into, 0 for any number.", "COLUMNS", least=0, uses=(_FOR_TEXT,),
            usual="the terminal's; any number elsewhere, so that each equation is one line")] = None
    plain: Annotated[bool, Row("show derive", "Only characters that every terminal has.", spelled="ascii",
        uses=(_FOR_CHARACTERS, _FOR_TEXT))] = False
    image: Annotated[bool, Row("show", "The figure itself, in a terminal that shows pictures.")] = False
    explain: Annotated[bool, Row("derive", "Before it, the rule behind the derivative of each operation.")] = False
    trace: Annotated[Literal["forward", "reverse", "both"] | None, Row("eval",
        "The evaluation trace, with tangents (forward), adjoints (reverse) or both.")] = None
    direction_of: Annotated[str | None, Row("eval", "The input whose tangent is 1.", "NAME", usual="the first", uses=(
        Use("is for --trace forward", lambda r: r.trace in ("forward", "both")),))] = None
    table_format: Annotated[str,
        Row("check", "json is for claims, and for documents.", spelled="format",
            choices=Place("formats.tables:TABLE_FORMATS"), also="json", uses=(
                Use("json is for claims: --claim",
                    lambda r: bool(r.claims) or r.table_format != "json" or any(map(is_document, r.sources))),)),
        Row("find", "", spelled="format", choices=Place("formats.tables:TABLE_FORMATS"), also="json"),
        Row("eval", "json and csv have every digit.", spelled="format", choices=Place("formats.tables:TABLE_FORMATS"),
            also="json"),
        Row("rules", "", spelled="format", choices=Place("formats.tables:TABLE_FORMATS"), before="outputs", uses=(
            Use("is for what is printed; an extension chooses a file's", lambda r: not r.outputs),))] = "text"

    # ---- of documents
    check_only: Annotated[bool, Row("notes", "List the figures that are missing or have changed, and change nothing; "
        "the status is 1 where there are any.", spelled="check", uses=(_BESIDE,))] = False
    folder: Annotated[str, Row("notes", "Folder of the figures, beside each document.", "FOLDER", uses=(_BESIDE,))
        ] = "figures"
    picture_format: Annotated[Literal["svg", "png"], Row("notes", "Format of the figures in Markdown; LaTeX has PDF.",
        spelled="format", uses=(_BESIDE,))] = "svg"
    prune: Annotated[bool, Row("notes", "Delete the figures of these documents that they do not show any more.", uses=(
        Use("deletes files, and --check changes nothing", lambda r: not r.check_only), _BESIDE))] = False
    allow_python: Annotated[bool, Row("notes", "Run the Python functions that the documents name, lesson.py:loss.")
        ] = False

    pandoc: Annotated[tuple[str, ...], Row("notes", "More words for Pandoc, \"--toc --number-sections\". May be "
        "repeated.", "WORDS", reader=Place("options.readers:shell_words"), uses=(
            Use("is for pages made by Pandoc: -o lecture.html", lambda r: bool(r.outputs or r.answers)),))] = ()

    # ---- of the machine
    no_cache: Annotated[bool, Row("draw show",
        "Neither use nor keep what is remembered on disk of formulas and layouts.")] = False


    @property
    def runs_python(self) -> bool:
        return any(is_python(source, self.language) for source in self.sources)


# fmt: on
NOTHING_ASKED = Request()
_DOCUMENT = pattern(r"\.(?:md|markdown|mdx|qmd|rmd|tex|ltx|latex|rst|ipynb)(?::\d+|#[^#]+)?$", re.I)


def rows() -> Iterator[tuple[str, Any, Row]]:
    """Each row of the table with its field and the type of that."""
    for name, field in Request.__annotations__.items():
        kind, *rows_of_it = field if isinstance(field, tuple) else (field,)
        for row in rows_of_it:
            yield name, kind, row


def is_python(source: str, language: str = "auto") -> bool:
    """Whether a source is the place of a Python function."""
    return language == "python" or (
        language == "auto" and ".py" in source and re.fullmatch(r".+\.py(:.*)?", source) is not None
    )


def is_document(source: str) -> bool:
    """Whether a source is a document of words with formulas among them, or a part of one: notes.md, notes.md#7."""
    is_named_so = _DOCUMENT.search(source) is not None
    return is_named_so and not (set(source.rpartition("#")[0] or source) & {"\n", ";", "$"})
