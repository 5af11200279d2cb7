"""The page in Chromium: `SITE=FOLDER python -m pytest web/tests`, with a folder that web/build.py has made."""

import functools
import http.server
import os
import shutil
import threading
from typing import ClassVar
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import expect, sync_playwright

SITE = os.environ.get("SITE", "")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LONG = 120_000  # milliseconds that a slow machine may take to load Python
pytestmark = pytest.mark.skipif(not (SITE and CHROMIUM), reason="needs SITE and Chromium")


class Files(http.server.SimpleHTTPRequestHandler):
    """A static host, which says nothing."""

    extensions_map: ClassVar[dict[str, str]] = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
    }
    asked: ClassVar[list[str]] = []

    def log_message(self, *what):
        self.asked.append(self.path)


@pytest.fixture(scope="module")
def address():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def page(browser, address):
    """A page that has drawn its first figure; all tests use it, for Python loads once."""
    page = opened(browser, address)
    yield page
    assert page.errors == []
    page.context.close()


def opened(browser, address, **how):
    page = browser.new_context(**how).new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
    page.goto(address)
    page.locator("#panel > svg").wait_for(timeout=LONG)
    return page


def go_to(page, tab):
    page.click(f"#tab-{tab}")


def test_equations_are_drawn_as_they_are_typed(page):
    go_to(page, "figure")
    page.fill("#source", "y = tanh(w*x)\nL = (y - t)^2")
    expect(page.locator("#panel > svg > title")).to_contain_text("L = (y - t)^2", timeout=LONG)
    expect(page.locator("#error")).to_be_hidden()
    assert "tanh(w*x)" in unquote_plus(page.url)


@pytest.mark.parametrize(
    ("source", "marked", "said"),
    [
        ("y = sine(x)", "sine", "unknown function 'sine'\n  y = sine(x)\n      ^^^^\nhint: write sin(x)"),
        ("𝒳 = 2\ny = 3 + * x", "*", "line 2, column 9"),
        ("", "", "there are no equations yet"),
    ],
)
def test_an_error_stands_under_its_place(page, source, marked, said):
    go_to(page, "figure")
    page.fill("#source", source)
    expect(page.locator("#error")).to_contain_text(said.partition("\n")[0], timeout=LONG)
    assert said in page.inner_text("#error")
    assert "".join(page.locator("#marked mark").all_inner_texts()) == marked


def test_an_example_and_its_link(page, browser, address):
    title = "A circuit in the manner"
    label = next(one for one in page.locator("#example option").all_inner_texts() if one.startswith(title))
    page.select_option("#example", label=label)
    page.fill("#at", "w0=2,x0=-1,w1=-3,x1=-2,w2=-3")
    go_to(page, "values")
    expect(page.locator("#panel pre")).to_contain_text("variable", timeout=LONG)
    again = browser.new_context().new_page()
    again.goto(page.url)
    expect(again.locator("#source")).to_have_value(page.input_value("#source"))
    assert again.input_value("#at") == page.input_value("#at")
    expect(again.locator("#panel pre")).to_have_text(page.locator("#panel pre").inner_text(), timeout=LONG)
    again.context.close()


def test_my_own_answer(page):
    page.fill("#at", "")
    page.fill("#more", "")
    page.select_option("#view", "")
    page.fill("#source", "y = 2x^3 + 3; z = y^2")
    go_to(page, "answer")
    page.fill("#tools textarea", "dz/dx = 2y")
    expect(page.locator("#panel pre")).to_contain_text("wrong: the inner derivative", timeout=LONG)


def test_the_page_to_play_with_runs_by_itself(page):
    go_to(page, "page")
    frame = page.frame_locator("#panel iframe")
    expect(frame.locator("#step")).to_be_attached(timeout=LONG)
    before = frame.locator("#step").input_value()
    frame.get_by_role("button", name="One step on").click()
    assert frame.locator("#step").input_value() != before


@pytest.mark.parametrize(("kind", "begins"), [("draw:pdf", b"%PDF"), ("draw:png", b"\x89PNG"), ("draw:tikz", b"%")])
def test_a_download(page, kind, begins):
    go_to(page, "figure")
    page.select_option("#tools select", kind)
    with page.expect_download(timeout=LONG) as download:
        page.get_by_role("button", name="download", exact=True).click()
    assert download.value.path().read_bytes().startswith(begins)
    assert download.value.suggested_filename.startswith("z.")


def test_what_is_typed_goes_nowhere(page):
    page.fill("#source", "secret = 2x")
    expect(page.locator("#panel > svg > title")).to_contain_text("secret", timeout=LONG)
    assert not any("secret" in path for path in Files.asked)


def test_a_phone_in_the_dark(browser, address):
    page = opened(browser, address, viewport={"width": 390, "height": 844}, color_scheme="dark", is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('#panel > svg').getBoundingClientRect().width") <= 390
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, paper.removeprefix("rgb(").rstrip(")").split(","))) < 60
    expect(page.locator("#panel > svg > rect").first).to_have_attribute("fill", "#0f141a")
    page.context.close()
