"""Every rule about content: a good body of content is broken in one place, and the check says where and how."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.checks import check
from knowledge.loader import read_knowledge
from tests.knowledge.broken_data import CERTIFICATE_CASES, COVERAGE_CASES, DATA_CASES, PILOT_CASES, STAGE_CASES
from tests.knowledge.broken_lessons import CARD_CASES, ENTRY_CASES, ITEM_CASES, LESSON_CASES, REFLECTION, STORY
from tests.knowledge.content_tree import FILES, LESSON, SHARING, ContentTree

CASES = [
    *LESSON_CASES,
    *CARD_CASES,
    *ITEM_CASES,
    *ENTRY_CASES,
    *DATA_CASES,
    *CERTIFICATE_CASES,
    *COVERAGE_CASES,
    *PILOT_CASES,
    *STAGE_CASES,
]


def test_small_content_passes_all_checks(tree: ContentTree) -> None:
    """The content that all the cases break has nothing wrong in it."""
    assert tree.problems() == []


def test_real_content_passes_all_checks() -> None:
    """The course itself has nothing wrong in it."""
    knowledge, problems = read_knowledge()

    assert problems == []
    assert knowledge is not None and [str(one) for one in check(knowledge)] == []


@pytest.mark.parametrize(("name", "old", "new", "at", "gist"), CASES)
def test_rule_broken_names_file_and_line(tree: ContentTree, name: str, old: str, new: str, at: str, gist: str) -> None:
    """A break of one rule is found, with the file, the line, and what would be right."""
    tree.edit(name, old, new)

    problems = tree.problems()

    found = [one for one in problems if gist in one.text]
    assert [one.file for one in found] == [name], problems
    lines = (tree.folder / name).read_text(encoding="utf-8").splitlines()
    assert lines[found[0].line - 1].strip().startswith(at)


def test_lesson_with_too_much_is_reported(tree: ContentTree) -> None:
    """Eleven cards and stories are too many, and so are three reflections."""
    cards = "".join(STORY.replace("The first spade", f"Story {n}") for n in range(5))
    reflections = "".join(REFLECTION.replace("own yard", f"yard {n}").replace("empty", f"yard-{n}") for n in range(2))
    tree.edit(LESSON, "## summary", f"{cards}{reflections}## summary")

    assert [(one.file, one.line, one.text[:12]) for one in tree.problems()] == [
        (LESSON, 1, "11 cards and"),
        (LESSON, 1, "3 reflection"),
    ]


def test_items_of_one_kind_are_reported(tree: ContentTree) -> None:
    """A lesson mixes the kinds of its items."""
    text = FILES[LESSON].replace("(several right)", "(one right)").replace("(true or false, case)", "(one right)")
    text = text.replace("- [x] All have the key.", "- [ ] All have the key.")
    tree.write(LESSON, text[: text.index("## quiz: first-bed")] + text[text.index("## summary") :])

    assert "all quiz items are of one kind; mix them" in [one.text for one in tree.problems()]


def test_faults_seeded_are_many_and_all_different() -> None:
    """The table above breaks every room of rules, and no edit stands in it twice."""
    edits = {case.values[:3] for case in CASES}

    assert len(edits) == len(CASES) >= 150
    assert {case.values[0].partition("/")[0].partition(".")[0] for case in CASES} == {
        *("lessons", "answers", "pilots", "roadmap", "images", "course", "planned", "glossary", "sources"),
        *("comparison", "places", "corrections", "words"),
    }


def test_problems_come_in_order_and_once(tree: ContentTree) -> None:
    """Problems are told in the order of files and lines, none twice."""
    tree.edit(LESSON, "{sources: S1, S2; pilot", "{sources: S9, S9; pilot")
    tree.edit(SHARING, "lesson: system.garden", "lesson: system.x")
    tree.edit("glossary.yml", "topic: system.sharing", "topic: system.x")

    knowledge, _ = read_knowledge(tree.folder)

    assert knowledge is not None
    found = check(knowledge)
    assert found == sorted(set(found))
    assert [one.file for one in found] == [SHARING, "glossary.yml", LESSON]


@given(st.text(max_size=200))
def test_any_text_in_content_never_crashes_checks(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever an author writes into a card and an answer, the checks finish and name lines that exist."""
    tree = ContentTree(tmp_path_factory.getbasetemp() / "any-content")
    tree.edit(LESSON, "Behind the library was a yard that nobody used.", text)
    tree.edit(SHARING, "All plant. All decide.", text)

    problems = tree.problems()

    longest = max(len((tree.folder / name).read_bytes().splitlines()) for name in FILES) + len(text)
    assert all(1 <= one.line <= longest and one.text for one in problems)
