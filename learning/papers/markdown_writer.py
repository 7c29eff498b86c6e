"""A paper as Markdown: to be edited, and read back by ``learning.plan_import``."""

from __future__ import annotations

from collections.abc import Iterator

from learning.papers.document import Block, Document, Figure, Heading, Paragraph, Points, Quote, Reference, References
from learning.papers.escaping import escape, write_quote

KIND_MARK = "<!-- co-creation {kind} 1 -->"
ANSWER_MARK = "<!-- answer {mark} -->"


def write_markdown(document: Document) -> bytes:
    """Write a paper in UTF-8; comments that no reader sees say which answer is which."""
    head = [
        KIND_MARK.format(kind=document.kind),
        "",
        f"# {escape(document.title)}",
        "",
        f"*{escape(document.subtitle)}*",
    ]
    body = [line for block in document.blocks for line in ("", *_lines(block))]
    return "\n".join([*head, *body, "", f"*{escape(document.footer)}*", ""]).encode()


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {escape(block.text)}"
    elif isinstance(block, Paragraph):
        yield f"*{escape(block.text)}*" if block.small else escape(block.text)
    elif isinstance(block, Points):
        yield from (f"- {escape(text)}" for text in block.texts)
    elif isinstance(block, Quote):
        if block.mark:
            yield ANSWER_MARK.format(mark=block.mark)
        yield from write_quote(block.text)
    elif isinstance(block, Figure):
        yield from (f"- {escape(line)}" for line in block.lines)
    elif isinstance(block, References):
        yield from (_reference(one) for one in block.sources)


def _reference(one: Reference) -> str:
    return f"{one.number}. {escape(one.text)}" + (f" <{one.url}>" if one.url else "")
