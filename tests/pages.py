"""Pages for tests in a browser, and what a reader does on one."""

import shutil

from graphviz_ad.core.request import Request
from graphviz_ad.formats import find
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.pipeline import render
from tests.conftest import system

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SINE = "y = sin(a*x+b); z = y^2"
SQUARE = "y = 2x^3 + 3; z = y^2"
TWO_PATHS = "y = x^2; z = y*x"


AS_USUAL = Request()


def html(source: str | System, options: Request = AS_USUAL, **asked: object) -> str:
    """The page of a system."""
    made = find("html")
    assert made is not None
    whole = system(source, **asked) if isinstance(source, str) else source
    return str(render(sheet_of(whole, ()), made, options))


def step(page) -> int:
    """The step that is shown."""
    return int(page.input_value("#step"))


def open_inputs(page) -> None:
    """Open the drawer of the inputs, if there is one."""
    if page.locator("#drawer").is_hidden():
        page.click("#opener")


def open_menu(page) -> None:
    """Open the menu with the rare switches."""
    page.click("[popovertarget=menu]")


def fill(page, at: dict[str, float]) -> None:
    """Set the inputs."""
    open_inputs(page)
    for name, value in at.items():
        page.get_by_label(f"Value of {name}", exact=True).fill(repr(value))
