"""The preview shows what the tutor would say, as each door shows it, and nothing that could run."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.model import Knowledge
from knowledge.proposed import ProposedContent
from review.preview import Piece, preview
from telling.telegram import to_telegram
from telling.web import to_html
from tests.review.content import ENTRY, LESSON, TOLD, copy_content, text_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the content."""
    return copy_content(tmp_path)


def look(folder: Path, path: str, text: str) -> list[Piece]:
    """Show a file with another text."""
    knowledge, _ = ProposedContent(folder).read({path: text})
    assert isinstance(knowledge, Knowledge)
    return preview(knowledge, path)


def test_answer_is_shown_as_each_door_shows_it(folder: Path) -> None:
    """The same functions that send it make the preview; the example names its place."""
    text = text_of(folder).replace(TOLD, "**Bold** & plain.")

    pieces = look(folder, ENTRY, text)

    assert [one.where for one in pieces] == ["answer", "more", "more", "simpler", "example"]
    knowledge, _ = ProposedContent(folder).read({ENTRY: text})
    assert knowledge is not None
    told = knowledge.entries["system.value"].answer.text
    assert (pieces[0].web, pieces[0].telegram) == (to_html(told), to_telegram(told))
    assert "<strong>Bold</strong> &amp; plain." in pieces[0].web and "<b>Bold</b> &amp; plain." in pieces[0].telegram
    assert "An example, from Valencia" in pieces[-1].web
    assert pieces[0].sources == ("S9", "S252", "S253")


def test_lesson_is_shown_step_by_step(folder: Path) -> None:
    """Cards with their headings, items with lettered options and the feedback of each, and the summary."""
    pieces = look(folder, LESSON, text_of(folder, LESSON))

    assert pieces[0].where.startswith("story: ") and "<strong>A story: " in pieces[0].web
    asked = [one for one in pieces if one.buttons]
    assert asked and all(one.buttons[0].startswith("A. ") for one in asked)
    assert any(one.where == "when somebody takes A" for one in pieces)
    assert pieces[-1].where == "summary"


@pytest.mark.parametrize("path", ["glossary.yml", "corrections.yml"])
def test_list_is_shown_piece_by_piece(folder: Path, path: str) -> None:
    """Each word or correction is a bubble, with the line where it stands."""
    pieces = look(folder, path, text_of(folder, path))

    assert len(pieces) > 20
    assert [one.line for one in pieces] == sorted(one.line for one in pieces)


def test_file_that_is_not_told_shows_nothing(folder: Path) -> None:
    """What is refused is recognised and never told."""
    assert look(folder, "refusals.yml", text_of(folder, "refusals.yml")) == []


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[press](javascript:alert(1))",
        '"><svg onload=alert(1)>',
        "{passage} {place.__class__} {0}",
        "{% raw %}{{ session.csrf }}",
    ],
)
def test_hostile_text_is_shown_and_does_nothing(folder: Path, hostile: str) -> None:
    """Marks of HTML, templates and formats stay text at both doors."""
    pieces = look(folder, ENTRY, text_of(folder).replace(TOLD, hostile))
    shown = f"{pieces[0].web} {pieces[0].telegram}".lower()

    assert "<script" not in shown and "<img" not in shown and "<svg" not in shown
    assert 'href="javascript' not in shown
    assert "csrf" in shown or "csrf" not in hostile
