"""The tutor's Markdown as safe HTML for the page: CommonMark without raw HTML, then an allow list."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

ALLOWED_TAGS = {"p", "em", "strong", "ul", "ol", "li", "a", "br", "blockquote", "code"}
_ITEM = re.compile(r"- |\d+\. ")
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True})


@lru_cache(maxsize=2048)
def to_html(text: str) -> str:
    """Render a text of the tutor.

    Example:
        >>> to_html("**Hello** <script>")
        '<p><strong>Hello</strong> &lt;script&gt;</p>'
    """
    return nh3.clean(
        _MARKDOWN.render(text).strip(),
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"https", "http"},
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def to_plain(text: str) -> str:
    r"""Take the marks of Markdown out of a text, for readers that show none; list items keep a dash or their number.

    Example:
        >>> to_plain("Two **things**:\n\n- *one*\n- two")
        'Two things:\n\n- one\n- two'
    """
    plain, mark = "", ""
    for block in _MARKDOWN.parse(text):
        if block.type == "list_item_open":
            mark = f"{block.info}. " if block.info else "- "
        if block.type in ("inline", "fence", "code_block"):
            is_next_item = bool(mark) and bool(_ITEM.match(plain.rpartition("\n")[2]))
            plain += ("\n" if is_next_item else "\n\n" if plain else "") + mark + _words(block)
            mark = ""
    return plain


def _words(block: Token) -> str:
    if block.type != "inline":
        return block.content.rstrip()
    return "".join("\n" if part.type in ("softbreak", "hardbreak") else part.content for part in block.children or [])
