"""Journeys: a real browser at a real server, and people who do what people do."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

DESK = {"width": 1280, "height": 860}
PHONE = {"width": 360, "height": 740}
TOUR = Path(__file__).parents[2] / "docs" / "tour"
#: Enough for pages of few colours, and a third of the bytes.
COLOURS = 200

#: How long to look for what a page promises: what is there shows at once, and a busy machine is given time.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)

#: Nothing but pages, and no call of the browser's own.
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Window(Protocol):
    """Opens a browser of one person: nobody shares cookies. ``bypass``: scripts of a tool may run there."""

    def __call__(
        self, *, javascript: bool = True, size: dict[str, int] = DESK, dark: bool = False, bypass: bool = False
    ) -> Page: ...


class Picture(Protocol):
    """Keeps what a page shows as docs/tour/<name>.png; with TOUR=1 only. ``whole``: from top to bottom."""

    def __call__(self, page: Page, name: str, *, whole: bool = False) -> None: ...


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One for the tests of a file, so that a file may also start its own."""
    # The driver runs an event loop in this thread; the database is asked between its steps, never inside.
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as driver:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = driver.chromium.launch(executable_path=chromium_path, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture
def window(browser: Browser, live_server: Any, settings: Any) -> Iterator[Window]:
    """Whatever a page does that it must not (see ``_listen``) fails the test when it ends."""
    settings.SITE_URL = live_server.url
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(
        *, javascript: bool = True, size: dict[str, int] = DESK, dark: bool = False, bypass: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport={"width": size["width"], "height": size["height"]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            bypass_csp=bypass,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        _listen(page, urlsplit(live_server.url).netloc, complaints)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _listen(page: Page, host: str, complaints: list[str]) -> None:
    """Scripts that fail, content that the policy refuses, calls to other hosts, parts of a page that are missing."""

    def said(line: ConsoleMessage) -> None:
        # What was refused shows in its answer, below.
        if line.type == "error" and not line.text.startswith("Failed to load resource"):
            complaints.append(f"{page.url}: {line.text}")

    def asked(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != host:
            complaints.append(f"{page.url} asks another host: {request.url}")

    def answered(response: Response) -> None:
        """A page may be refused, journeys go there on purpose; what pages are made of may not be missing."""
        if response.status >= (500 if response.request.resource_type == "document" else 400):
            complaints.append(f"{page.url}: {response.url} answered {response.status}")

    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("console", said)
    page.on("request", asked)
    page.on("response", answered)


@pytest.fixture
def page(window: Window) -> Page:
    return window()


@pytest.fixture
def picture() -> Picture:
    def kept(page: Page, name: str, *, whole: bool = False) -> None:
        if os.environ.get("TOUR") != "1":
            return
        page.wait_for_load_state("networkidle")
        page.evaluate("document.activeElement.blur(), window.scrollTo(0, 0)")
        shot = Image.open(io.BytesIO(page.screenshot(full_page=whole, animations="disabled"))).convert("RGB")
        TOUR.mkdir(parents=True, exist_ok=True)
        few = shot.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)
        few.save(TOUR / f"{name}.png", optimize=True)

    return kept
