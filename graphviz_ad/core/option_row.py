"""What a row of the table of options may say."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from graphviz_ad.core.diagram import Diagram, Sheet
from graphviz_ad.core.record import Record

if TYPE_CHECKING:
    from typing import Annotated as Annotated
else:

    class Annotated:
        """As in typing, whose own takes a millisecond for all these: the type and its rows."""

        def __class_getitem__(cls, facts: tuple[Any, ...]) -> tuple[Any, ...]:
            return facts


class Place(str):
    """Where in the package something is, module:name; it is imported when it is needed."""

    __slots__ = ()


class Use(Record):
    """Where an option does something: where one of the `views` is shown, where a format is written that obeys it (for
    one `of_formats`) or that is `other_than` some, or `when` the rest of the request has a use for it. `said` is what
    it is for, where it does nothing."""

    said: str
    when: Callable[[Any], bool] = lambda request: False  # of a Request
    views: str = ""
    of_formats: bool = False  # the row of a format says what it obeys
    other_than: str = ""
    commands: str = ""  # it is a rule of these; by default of all that have the option


class Row(Record):
    """The facts of an option. A field has several rows where it is another option in another command."""

    commands: str
    help: str
    metavar: str = ""
    spelled: str = ""  # on the command line: --spelled; by default as the field
    short: str = ""
    usual: str = ""  # what the help says of the default, where it is not the field's or a mere value; or its Place
    choices: str = ""  # the Place of a table of words; the words of a Literal need none
    also: str = ""  # a word more than those
    accepts: str = ""  # the Place of a function that says whether a word that is none of those is one too
    least: float | None = None
    above: float | None = None
    most: float | None = None
    reader: str = ""  # the Place of a function from text to value
    python: str = ""  # the functions of the library that have it as a keyword
    uses: tuple[Use, ...] = ()
    default: Any = None  # where it is not the field's
    also_spelled: str = ""  # another spelling on the command line
    before: str = ""  # the field that it is listed before, where its own place is another
    of_arrays: bool = False  # whether it does nothing where there are numbers alone
    on_diagrams: Callable[[Diagram, Any], Diagram] | Place | None = None  # what it makes of each
    on_sheets: Callable[[Sheet, Any], Sheet] | Place | None = None  # or of a sheet
