"""Reading lessons: cards, items, options and their feedback, and what is said when the form is broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import ContentError
from knowledge.lesson_file import read_lesson
from knowledge.model import Card, Item
from tests.knowledge.content_tree import FILES, LESSON, ContentTree


def test_lesson_read_has_steps_in_order(tree: ContentTree) -> None:
    """Cards, stories, reflections and items come in the order of the file."""
    lesson, problems = read_lesson(tree.folder / LESSON, LESSON)

    assert problems == []
    assert (lesson.id, lesson.minutes, lesson.next) == ("system.garden", 5, ("system.kitchen",))
    assert [step.key for step in lesson.steps] == [
        "the-empty-yard",
        "the-first-spade",
        "who-decides",
        "one-shed",
        "a-rainy-year",
        "what-we-think",
        "your-own-yard",
        "plants",
        "shed",
        "rain",
        "begin",
        "first-bed",
    ]
    assert len(lesson.cards) == 7 and len(lesson.items) == 5
    assert lesson.summary.startswith("A garden belongs to all")


def test_card_read_keeps_attributes_apart(tree: ContentTree) -> None:
    """Sources, pilot, note and the reflection's key leave the text."""
    lesson, _ = read_lesson(tree.folder / LESSON, LESSON)

    story, note, reflection = lesson.cards[1], lesson.cards[5], lesson.cards[6]

    assert (story.kind, story.body.sources, story.pilot) == ("story", ("S1", "S2"), "pilot.north")
    assert story.body.text == "In Northtown one neighbour brought a spade, and four came to help."
    assert (note.note, note.body.sources) == ("the tutor's own reading", ())
    assert (reflection.kind, reflection.keep_as) == ("reflect", "empty-place")
    assert story.body.place.line == tree.line(LESSON, "## story: The first spade")


def test_item_read_has_stem_options_and_hint(tree: ContentTree) -> None:
    """An item knows its kind, its right options, and the feedback of each."""
    lesson, _ = read_lesson(tree.folder / LESSON, LESSON)

    item = lesson.items[0]

    assert (item.id, item.kind, item.is_case) == ("system.garden.plants", "one right", False)
    assert item.stem.text == "Who chose the plants in Northtown?"
    assert [(one.text, one.is_right, one.misconception) for one in item.options] == [
        ("The mayor.", False, "those in office decide"),
        ("The neighbours.", True, None),
    ]
    assert item.options[1].feedback.text == "Yes, together."
    assert item.options[1].feedback.sources == ("S2",)
    assert item.right_keys == {item.options[1].key}
    assert item.hint == "Think of the people with the spades."
    assert lesson.items[2].is_case
    assert [item.key for item in lesson.items if item.asks_sure] == ["plants"]


def test_item_attributes_below_options_are_its_own(tree: ContentTree) -> None:
    """A line in braces below the hint belongs to the item and is not part of the hint."""
    tree.edit(LESSON, "hint: Weeks of it.", "hint: Weeks of it.\n{sources: S1}")

    lesson, problems = read_lesson(tree.folder / LESSON, LESSON)

    assert problems == []
    assert (lesson.items[2].hint, lesson.items[2].stem.sources) == ("Weeks of it.", ("S1",))


def test_feedback_in_paragraphs_is_kept_whole(tree: ContentTree) -> None:
    """Feedback of two paragraphs, also with an empty line between two blocks, loses nothing."""
    tree.edit(LESSON, "  > The mayor only came to look.\n", "  > The mayor came.\n  >\n  > Only to look.\n\n")

    lesson, problems = read_lesson(tree.folder / LESSON, LESSON)

    assert problems == []
    assert lesson.items[0].options[0].feedback.text == "The mayor came.\n\nOnly to look."
    assert lesson.items[0].options[0].misconception == "those in office decide"


def test_option_key_stays_when_order_changes(tree: ContentTree) -> None:
    """An option is known by its words: people's answers are stored under its key."""
    before, _ = read_lesson(tree.folder / LESSON, LESSON)
    tree.edit(LESSON, "- [ ] The mayor.", "- [ ] The mayor and her dog.")

    after, _ = read_lesson(tree.folder / LESSON, LESSON)

    assert after.items[0].options[0].key != before.items[0].options[0].key
    assert after.items[0].options[1].key == before.items[0].options[1].key
    assert after.version != before.version


@pytest.mark.parametrize(
    ("old", "new", "at", "gist"),
    [
        pytest.param("id: system.garden", "name: x", "name: x", "no id", id="no id"),
        pytest.param("title: A garden that belongs to all", "title:", "title:", "no title", id="empty title"),
        pytest.param("minutes: 5", "minutes: five", "minutes:", "whole number", id="minutes in words"),
        pytest.param("minutes: 5", "minutes: 0", "minutes:", "whole number", id="no minutes"),
        pytest.param("minutes: 5", "minutes: yes", "minutes:", "whole number", id="minutes are yes"),
        pytest.param("minutes: 5", "minutes: true", "minutes:", "whole number", id="minutes are true"),
        pytest.param(
            "[system.sharing, system.tools]", "system.sharing", "topics:", "list of texts", id="topics no list"
        ),
        pytest.param(
            "[system.sharing, system.tools]", "[system.sharing, '']", "topics:", "empty text", id="empty topic"
        ),
        pytest.param("[system.kitchen]", "{a: b}", "next:", "list of texts", id="next no list"),
        pytest.param("## card: One shed", "## crad: One shed", "## crad", "'crad' is unknown", id="unknown kind"),
        pytest.param("## card: One shed", "##", "##", "'' is unknown", id="empty heading"),
        pytest.param("## card: One shed", "## card:", "## card:", "no title", id="card without title"),
        pytest.param("## card: One shed", "## card: ?!", "## card: ?!", "no title", id="title without letters"),
        pytest.param(
            "plants (one right, sure)", "plants", "## quiz: plants", "write the heading as", id="no kind of item"
        ),
        pytest.param(
            "plants (one right, sure)", "plants (one wright)", "## quiz: plants", "write the heading", id="wrong kind"
        ),
        pytest.param(
            "(true or false, case)", "(true or false, cse)", "## quiz: rain", "the heading as", id="wrong word"
        ),
        pytest.param(
            "plants (one right, sure)", "(one right)", "## quiz: (one", "write the heading as", id="item without key"
        ),
        pytest.param(
            "- [ ] The mayor.", "- The mayor.", "- The mayor.", "write an option as", id="option without mark"
        ),
        pytest.param("- [ ] The mayor.", "- [] The mayor.", "- [] The", "write an option as", id="mark without space"),
        pytest.param("- [ ] The mayor.", "- [ ]", "- [ ]", "write an option as", id="option without words"),
        pytest.param("- [ ] The mayor.", "-", "-", "write an option as", id="empty option"),
        pytest.param("  > The mayor only came to look.", "  > - The mayor.", "- [ ] The mayor.", "no more", id="list"),
        pytest.param(
            "  > The mayor only came to look.", "  Oh no.\n\n  More.", "- [ ] The mayor.", "no more", id="text"
        ),
        pytest.param("hint: Weeks of it.", "", "## quiz: rain", "no hint", id="no hint"),
        pytest.param("hint: Weeks of it.", "hint:", "## quiz: rain", "no hint", id="empty hint"),
        pytest.param("hint: Weeks of it.", "hint: Weeks.\n\nMore.", "More.", "below the options", id="text below"),
        pytest.param("hint: Weeks of it.", "hint: Weeks.\n\n* [ ] C\n", "* [ ] C", "below the options", id="two lists"),
        pytest.param(
            "## summary", "## summary\nOne.\n\n## summary", "## summary", "a second summary", id="two summaries"
        ),
        pytest.param(
            "a beginning.\n", "a beginning.\n{sources: S1}\n", "## summary", "no attributes", id="cited summary"
        ),
    ],
)
def test_lesson_broken_form_names_line(tree: ContentTree, old: str, new: str, at: str, gist: str) -> None:
    """A lesson with one fault of form is read, and the fault is named with its line."""
    tree.edit(LESSON, old, new)

    lesson, problems = read_lesson(tree.folder / LESSON, LESSON)

    assert len(lesson.steps) >= 10
    assert {problem.file for problem in problems} == {LESSON}
    (problem,) = [problem for problem in problems if gist in problem.text]
    lines = (tree.folder / LESSON).read_text(encoding="utf-8").splitlines()
    assert lines[problem.line - 1].startswith(at)


def test_lesson_without_summary_is_reported(tree: ContentTree) -> None:
    """A lesson that ends without a summary says so at its first line."""
    text = FILES[LESSON]
    tree.write(LESSON, text[: text.index("## summary")])

    _, problems = read_lesson(tree.folder / LESSON, LESSON)

    assert [(problem.line, problem.text[:10]) for problem in problems] == [(1, "no summary")]


def test_item_without_options_cannot_be_read(tree: ContentTree) -> None:
    """A numbered list is no list of options: the lesson is refused with the item's line."""
    tree.edit(LESSON, "- [ ] The mayor.", "1. The mayor.")
    tree.edit(LESSON, "- [x] The neighbours.", "2. The neighbours.")

    with pytest.raises(ContentError, match="item 'plants' has no options") as caught:
        read_lesson(tree.folder / LESSON, LESSON)

    assert caught.value.problems[0].line == tree.line(LESSON, "## quiz: plants")


@given(
    st.lists(
        st.sampled_from(["## card: A b", "## quiz: k (one right)", "##", "- [x] Yes", "- [ ] No", "  > Why", "hint: h"])
        | st.text(alphabet="a-[]x>#{}:(). \n", max_size=30),
        max_size=25,
    )
)
def test_lesson_of_any_lines_never_crashes(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    """Whatever lines stand below a good front matter, the reader returns steps or says what is wrong."""
    path = tmp_path_factory.getbasetemp() / "any-lesson.md"
    front = "---\nid: a\ntitle: b\nobjective: c\nminutes: 1\ntopics: [d]\n---\n"
    path.write_text(front + "\n".join(lines), encoding="utf-8")

    try:
        lesson, problems = read_lesson(path, LESSON)
    except ContentError as error:
        problems = error.problems
    else:
        assert all(isinstance(step, Card | Item) for step in lesson.steps)

    assert all(problem.file == LESSON and 1 <= problem.line <= 500 for problem in problems)
