"""The notebook: listed by lesson, changed and deleted by its owner alone, brought back where it matters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Course, LessonPlan, Theme
from learning.notebook import NOTES_ON_A_PAGE, Note, Notebook, excerpt, page_of
from learning.store import LearningStore

PLANS = tuple(LessonPlan(f"{theme}.{n}", f"Lesson {n}", "", theme) for theme in ("system", "ethics") for n in (1, 2, 3))
COURSE = Course(
    "A course",
    "",
    "",
    tuple(Theme(t, t, "", tuple(p for p in PLANS if p.theme == t)) for t in ("system", "ethics")),
    {},
)


@pytest.fixture
def notebook(store: LearningStore) -> Notebook:
    """Give the notebooks, with three notes of Ann's and one of Ben's."""
    for number, (who, lesson, name) in enumerate(
        [
            ("ann", "ethics.1", "late"),
            ("ann", "system.2", "second"),
            ("ann", "system.1", "first"),
            ("ben", "system.1", "own"),
        ]
    ):
        text = f"{who} wrote {name}"
        store.once(who, f"m{number}", lambda records, values=(lesson, name, text): records.add_note(*values) or {})
    return Notebook(COURSE, store)


def test_notes_stand_in_the_order_of_the_course(notebook: Notebook) -> None:
    """They are listed by lesson; the latest is the one written last."""
    assert [note.keep_as for note in notebook.notes("ann")] == ["first", "second", "late"]
    assert notebook.latest("ann").keep_as == "first"  # type: ignore[union-attr]
    assert notebook.latest("nobody") is None


def test_note_changed_keeps_its_place(notebook: Notebook) -> None:
    """The new words stand in the place of the old; the same message again changes nothing more."""
    note = notebook.notes("ann")[1]
    told = [notebook.change("ann", "c1", note.id, text) for text in ("Better.", "Worse.")]

    assert told == [{"kind": "note_changed", "note_id": note.id}] * 2
    assert [one.text for one in notebook.notes("ann")] == ["ann wrote first", "Better.", "ann wrote late"]


def test_note_deleted_is_gone(notebook: Notebook) -> None:
    """It is deleted for good; a second time there is nothing to delete."""
    note = notebook.notes("ann")[0]

    assert notebook.delete("ann", "d1", note.id)["kind"] == "note_deleted"
    assert notebook.delete("ann", "d2", note.id)["kind"] == "no_note"
    assert notebook.delete("ann", "d1", note.id)["kind"] == "note_deleted"  # the first message again
    assert notebook.find("ann", note.id) is None
    assert len(notebook.notes("ann")) == 2


def test_notes_of_others_are_out_of_reach(notebook: Notebook) -> None:
    """Nobody reads, changes or deletes what somebody else wrote."""
    own = notebook.notes("ben")[0]

    assert notebook.find("ann", own.id) is None
    assert notebook.change("ann", "c1", own.id, "Mine now.")["kind"] == "no_note"
    assert notebook.delete("ann", "d1", own.id)["kind"] == "no_note"
    assert notebook.notes("ben") == [own]


def test_earlier_note_is_of_the_same_theme(notebook: Notebook) -> None:
    """A later lesson of a theme brings back the latest note of an earlier one; another theme does not."""
    found = {
        lesson: notebook.earlier("ann", lesson, same_lesson=False) for lesson in ("system.1", "system.3", "ethics.1")
    }

    assert found["system.1"] is None
    assert found["system.3"].keep_as == "first"  # type: ignore[union-attr]
    assert found["ethics.1"] is None
    assert notebook.earlier("ann", "system.2", same_lesson=True).keep_as == "second"  # type: ignore[union-attr]


@given(st.integers(0, 30), st.integers(-5, 40))
def test_pages_show_every_note_once(count: int, page: int) -> None:
    """Any page that is asked for is one there is, and all pages together show every note with its number."""
    notes = [Note(n, "system.1", "own", "text") for n in range(count)]
    nearest, shown = page_of(notes, page)
    pages = [page_of(notes, n)[1] for n in range((count + NOTES_ON_A_PAGE - 1) // NOTES_ON_A_PAGE)]

    assert nearest >= 0 and len(shown) <= NOTES_ON_A_PAGE and bool(shown) == bool(notes)
    assert [number for one in pages for number, _ in one] == list(range(1, count + 1))


@given(st.text(), st.integers(2, 200))
def test_excerpt_is_one_short_line(text: str, limit_chars: int) -> None:
    """A text of any kind becomes one line within the limit, and a short one is told whole."""
    line = excerpt(text, limit_chars)

    assert len(line) <= limit_chars and len(line.splitlines()) <= 1
    assert line == " ".join(text.split()) or line.endswith("…")
