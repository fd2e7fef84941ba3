"""What the face of the registry is measured by: its pages, the rules of accessibility, bytes, shifts and frames."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

WIDTHS = (360, 768, 1440)
SCHEMES = ("light", "dark")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
#: In the dark only colours are others.
RULES_OF_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
#: What a proxy compresses; pictures and fonts travel as they are.
_COMPRESSED = ("text/", "application/json", "image/svg+xml", "application/javascript")
_axe = Axe()

#: Notes every shift of the layout that nobody asked for, from the first paint on.
WATCH_SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""
#: Turns and drags the map for so many frames; the time between each two in milliseconds, longest first.
MOVE_THE_MAP = """
    async (frames) => {
      const map = document.querySelector(".atlas__canvas"), box = map.getBoundingClientRect();
      const at = (type, x, more) => map.dispatchEvent(new (type === "wheel" ? WheelEvent : PointerEvent)(type, {
        bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse",
        clientX: box.left + x, clientY: box.top + box.height / 2, ...more }));
      map.setPointerCapture = () => {};
      const times = [];
      let last = performance.now();
      const next = () => new Promise((done) => requestAnimationFrame((now) => {
        times.push(now - last);
        last = now;
        done();
      }));
      await next();
      times.length = 0;
      map.focus();
      for (let frame = 0; frame < frames / 2; frame++) {
        at("wheel", box.width / 3, { deltaY: frame % 40 < 20 ? -40 : 40 });
        await next();
      }
      at("pointerdown", box.width / 2);
      for (let frame = 0; frame < frames / 2; frame++) {
        at("pointermove", box.width / 2 + 160 * Math.sin(frame / 12));
        await next();
      }
      at("pointerup", box.width / 2);
      return times.sort((a, b) => b - a);
    }
"""


@dataclass
class Weight:
    """Bytes of everything that a first visit fetches, compressed as the proxy in front does it."""

    parts: dict[str, int] = field(default_factory=dict)

    def listen(self, page: Page) -> None:
        page.on("response", self._answered)

    def _answered(self, response: Response) -> None:
        if response.status != 200:
            return
        body = response.body()
        kind = response.headers.get("content-type", "")
        self.parts[response.url] = len(gzip.compress(body, 6)) if kind.startswith(_COMPRESSED) else len(body)

    @property
    def total(self) -> int:
        return sum(self.parts.values())


def violations(page: Page, where: str, rules: dict[str, Any]) -> list[str]:
    """What axe-core finds on the page as it is now, a line each."""
    found: dict[str, Any] = _axe.run(page, options=rules).response
    return [
        f"{where}: {rule['id']} at {', '.join(str(node['target']) for node in rule['nodes'][:3])}"
        for rule in found["violations"]
    ]


def everywhere(page: Page, address: str) -> list[str]:
    """The page at every width, in light and dark: what axe-core finds, and whether it is wider than the window."""
    found = []
    page.goto(address)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            rules = RULES if scheme == "light" else RULES_OF_COLOUR
            found += violations(page, f"{address} {width} {scheme}", rules)
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{address} {width}: {wide} wide")
    return found
