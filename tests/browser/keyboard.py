"""Somebody who uses a page with the keyboard alone, and always has to see where they are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

STEPS_AT_MOST = 80
SEEN = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "nothing has the focus";
  const style = getComputedStyle(one), box = one.getBoundingClientRect(), told = one.outerHTML.slice(0, 90);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return `no outline: ${told}`;
  const isThere = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  return isThere ? "" : `out of sight: ${told}`;
}
"""
NAMED = "one => (one.ariaLabel || one.labels?.[0]?.textContent || one.textContent).trim()"


class Keyboard:
    """Presses keys on a page, and nothing else; fails where the focus cannot be seen."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @property
    def focused(self) -> str:
        """The name of what has the focus."""
        name: str = self._page.locator(":focus").evaluate(NAMED)
        return name

    def check_focus(self) -> None:
        """Fail unless something has the focus, with an outline, within the window."""
        assert self._page.evaluate(SEEN) == "", self._page.url

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Press Tab, or Shift and Tab, until something whose name begins so has the focus."""
        for _ in range(STEPS_AT_MOST):
            self._page.keyboard.press(key)
            self.check_focus()
            if self.focused.startswith(name):
                return
        pytest.fail(f"Tab does not lead to {name}")

    def press(self, key: str) -> None:
        """Press a key where the focus is."""
        self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self._page.keyboard.type(text)

    def go(self, key: str, url: str) -> None:
        """Press a key that leads to another page, and wait for it; ``url`` is a pattern."""
        with self._page.expect_navigation(url=url):
            self._page.keyboard.press(key)
