"""The tutor's Markdown as the HTML that Telegram knows: few tags, no lists, and nothing that can break it."""

from __future__ import annotations

import html
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = ("b", "i", "a", "code", "pre", "blockquote")  # all that this module writes
INDENT = "   "
_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_INLINE = {"strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>"}
_BREAKS = ("softbreak", "hardbreak")


@lru_cache(maxsize=1024)
def to_telegram(text: str) -> str:
    r"""Render a text of the tutor; lists become lines with a bullet or their number.

    Example:
        >>> to_telegram("Two **things** & more:\n\n- *one*\n- <b>")
        'Two <b>things</b> &amp; more:\n\n• <i>one</i>\n• &lt;b&gt;'
    """
    page = _Page()
    for token in _MARKDOWN.parse(text):
        page.take(token)
    return page.html


class _Page:
    """Takes block after block; knows how deep it is in lists and quotes."""

    def __init__(self) -> None:
        self.html = ""
        self._mark = ""
        self._lists = 0
        self._quotes = 0
        self._opening = ""
        self._is_heading = False
        self._is_after_item = False

    def take(self, token: Token) -> None:
        """Take one token of a block."""
        if token.type.endswith(("_list_open", "_list_close")):
            self._lists += token.nesting
            self._is_after_item &= self._lists > 1 or token.nesting < 0
        elif token.type == "list_item_open":
            self._mark = f"{token.info}. " if token.info else "• "
        elif token.type.startswith("blockquote_"):
            self._quote(token.nesting)
        elif token.type.startswith("heading_"):
            self._is_heading = token.nesting == 1
        elif token.type == "inline":
            words = _words(token.children or [])
            self._add(f"<b>{words}</b>" if self._is_heading else words)
        elif token.type in ("fence", "code_block"):
            self._add(f"<pre>{_escape(token.content.rstrip())}</pre>")

    def _quote(self, nesting: int) -> None:
        """Open or close a quote; Telegram knows none within another."""
        self._quotes += nesting
        if nesting == 1 and self._quotes == 1:
            self._opening = "<blockquote>"
        elif nesting == -1 and self._quotes == 0:
            self.html += "" if self._opening else "</blockquote>"
            self._opening = ""

    def _add(self, block: str) -> None:
        is_next_item = bool(self._mark) and self._is_after_item
        gap = "" if not self.html else "\n" if is_next_item else "\n\n"
        indent = INDENT * max(self._lists - 1, 0)
        self.html += f"{gap}{self._opening}{indent}{self._mark}{block}"
        self._is_after_item = self._lists > 0
        self._mark = self._opening = ""


def _words(parts: list[Token]) -> str:
    written = ""
    links: list[bool] = []
    for part in parts:
        if part.type == "link_open":
            links.append(is_web_address(str(part.attrGet("href") or "")))
            written += link_opening(str(part.attrGet("href"))) if links[-1] else ""
        elif part.type == "link_close":
            written += "</a>" if links.pop() else ""
        elif part.type == "code_inline":
            written += f"<code>{_escape(part.content)}</code>"
        elif part.type in _BREAKS:
            written += "\n"
        else:
            written += _INLINE.get(part.type) or _escape(part.content)
    return written


def is_web_address(url: str) -> bool:
    """Tell whether an address may be linked to."""
    return url.lower().startswith(("https://", "http://"))


def link_opening(url: str) -> str:
    """Write the tag that opens a link."""
    return f'<a href="{html.escape(url)}">'


def _escape(text: str) -> str:
    return html.escape(text, quote=False)
