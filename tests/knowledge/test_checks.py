"""Every rule about content: a good body of content is broken in one place, and the check says where and how."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.checks import check, count_words
from knowledge.loader import read_knowledge
from tests.knowledge.content_tree import FILES, LESSON, PILOT, SHARING, TOOLS, ContentTree

LONG = "word " * 141
STORY = FILES[LESSON][FILES[LESSON].index("## story:") : FILES[LESSON].index("## card: Who decides")]
REFLECTION = FILES[LESSON][FILES[LESSON].index("## reflect:") : FILES[LESSON].index("## quiz: plants")]
BEGIN = FILES[LESSON][FILES[LESSON].index("## quiz: begin") : FILES[LESSON].index("## summary")]


def broken(name: str, old: str, new: str, at: str, gist: str) -> pytest.ParameterSet:
    """Make a case: the edit, how the line begins that is blamed, and what is said of it."""
    return pytest.param(name, old, new, at, gist, id=f"{name.partition('/')[0]}: {gist}")


LESSON_CASES = [
    broken(LESSON, "id: system.garden", "id: system.yard", "---", "lesson 'system.yard' is not in course.yml"),
    broken(LESSON, "system.tools]", "system.tools, system.x]", "---", "'system.x' is not a topic of course.yml"),
    broken(
        LESSON, "topics: [system.sharing, system.tools]", "topics: [system.tools]", "---", "system.sharing is missing"
    ),
    broken(LESSON, "next: [system.kitchen]", "next: [system.tools]", "---", "'system.tools' is not a lesson"),
    broken(
        LESSON, "## card: One shed", "## card: Who decides!", "## card: Who decides!", "a second step 'who-decides'"
    ),
    broken(LESSON, "quiz: shed (", "quiz: plants (", "## quiz: plants (several", "a second step 'plants'"),
    broken(LESSON, "A garden belongs to all when", LONG, "---", "words; at most 90"),
    broken(LESSON, "all decide. A", "all decide {soruces: S1}. A", "---", "{soruces: S1} is not understood"),
    broken(LESSON, "## card: One shed\nAll tools", "All tools", "---", "5 cards and stories; a lesson has 6 to 10"),
    broken(LESSON, "## story:", "## card:", "---", "no story; tell at least one"),
    broken(LESSON, REFLECTION, "", "---", "0 reflections; a lesson has one or two"),
    broken(LESSON, BEGIN, "", "---", "3 quiz items; a lesson has at least 4"),
]
CARD_CASES = [
    broken(LESSON, "that nobody used.", LONG, "## card: The empty", "147 words; at most 90"),
    broken(LESSON, "All tools stand in one shed, and all have the key.\n", "", "## card: One shed", "no text"),
    broken(LESSON, "{sources: S1, S2; pilot", "{sources: S1, S9; pilot", "## story", "source S9 is not in sources.yml"),
    broken(LESSON, "{sources: S1, S2; pilot", "{sources: S1; pilto", "## story", "is not understood; use sources"),
    broken(
        LESSON,
        "one neighbour brought a spade",
        "a spade came from the elderly",
        "## story",
        "'the elderly' names people by a problem",
    ),
    broken(LESSON, "{note: the tutor's own reading}", "", "## card: What", "no sources; add {sources: ...}"),
    broken(LESSON, "{keep-as: empty-place}", "", "## reflect", "no {keep-as: ...}"),
    broken(LESSON, "card: One shed", f"card: {'o' * 61}", "## card: ooo", "title of 61 letters; at most 60"),
    broken(LESSON, "pilot: pilot.north", "pilot: pilot.south", "## story", "'pilot.south' is not a pilot"),
    broken(LESSON, "pilot: pilot.north", "pilot: system.tools", "## story", "'system.tools' is not a pilot"),
]
ITEM_CASES = [
    broken(LESSON, "- [x] The neighbours.", "- [ ] The neighbours.", "## quiz: plants", "item has no right option"),
    broken(LESSON, "- [ ] The mayor.", "- [x] The mayor.", "## quiz: plants", "item has 2 right options; mark one"),
    broken(
        LESSON, "- [x] It holds all", "- [ ] It holds all", "## quiz: shed", "one right option; call it (one right)"
    ),
    broken(LESSON, "- [ ] True", "- [ ] Yes", "## quiz: rain", "has the options True and False"),
    broken(
        LESSON, "- [x] Ask the neighbours.\n  > Yes, they decide too.\n", "", "## quiz: begin", "1 options; an item"
    ),
    broken(
        LESSON, "- [ ] Buy", "- [ ] A\n- [ ] B\n- [ ] C\n- [ ] D\n- [ ] E\n- [ ] Buy", "## quiz: begin", "7 options"
    ),
    broken(LESSON, "- [ ] The mayor.", "- [ ] The  neighbours.", "## quiz: plants", "two options say the same"),
    broken(LESSON, "Who chose the plants in Northtown?\n", "", "## quiz: plants", "no text"),
    broken(LESSON, "Think of the people with", "{hint}", "## quiz: plants", "{hint} is not understood"),
    broken(LESSON, "  > The mayor only came to look.\n", "", "- [ ] The mayor", "no text"),
    broken(LESSON, "  > {misconception: those in office decide}\n", "", "- [ ] The mayor", "no {misconception: ...}"),
    broken(LESSON, "- [ ] The mayor.", f"- [ ] {'m' * 181}", "- [ ] mmm", "option of 181 letters; at most 180"),
]
ENTRY_CASES = [
    broken(SHARING, "id: system.sharing", "id: system.share", "---", "id 'system.share' is not a topic"),
    broken(SHARING, "## more\nIn", "In", "---", "no section 'more'; add ## more"),
    broken(SHARING, "and each has a say.", LONG, "## answer", "words; at most 70"),
    broken(SHARING, "Whoever came", LONG, "## more", "words; at most 140"),
    broken(SHARING, "All plant.", LONG, "## simpler", "words; at most 70"),
    broken(SHARING, "began with one spade.", LONG, "## example", "words; at most 70"),
    broken(SHARING, "## example: pilot.north", "## example", "## example", "'' is not a pilot"),
    broken(SHARING, "sources: [S1, S2]", "sources: []", "---", "no sources; an answer without a source"),
    broken(SHARING, "  - who waters the plants in summer\n", "", "---", "9 questions; at least 10"),
    broken(SHARING, "[system.tools, system.cooking]", "[system.tools]", "---", "1 topics under next; name two"),
    broken(SHARING, "[system.tools, system.cooking]", "[system.tools, system.x]", "---", "'system.x' is not a topic"),
    broken(
        SHARING, "[system.tools, system.cooking]", "[system.tools, system.garden]", "---", "'system.garden' is not a to"
    ),
    broken(SHARING, "lesson: system.garden", "lesson: system.tools", "---", "'system.tools' is not a lesson"),
    broken(
        SHARING, "who waters the plants in summer", "How do we SHARE a garden?", "---", "stands under system.sharing"
    ),
    broken(TOOLS, "must i bring my own spade", "how do we share a garden", "---", "stands under system.sharing too"),
]
DATA_CASES = [
    broken(PILOT, "It began with a spade.", LONG, "story:", "words; at most 140"),
    broken(PILOT, "Four neighbours took", LONG, '- {text: "word', "words; at most 90"),
    broken(PILOT, 'first.", sources: [S1]', 'first.", sources: []', '- {text: "Four', "every fact of a pilot carries"),
    broken(PILOT, "id: pilot.north", "id: system.tools", "id:", "'system.tools' is not a pilot of course.yml"),
    broken("glossary.yml", "A small house for tools.", LONG, "- term: shed", "141 words; at most 70"),
    broken("glossary.yml", "sources: [S2]", "sources: [S7]", "- term: shed", "source S7 is not in sources.yml"),
    broken("glossary.yml", "topic: system.sharing", "topic: system.x", "- term: bed", "topic 'system.x' is not in"),
    broken("glossary.yml", "[tool shed]", "[Flower Bed]", "- term: shed", "'Flower Bed' stands under 'bed' too"),
    broken(
        "sources.yml", "year: 2020", "year: 2020\nbook:\n  title: a\n  author: b", "book:", "a key is an S and a number"
    ),
    broken("sources.yml", "https://example.org", "www.example.org", "S1:", "a link begins with https://"),
    broken(
        "planned.yml", "roadmap.begin:", "system.tools:\n  - a tool\n\nroadmap.begin:", "system.tools", "answer now"
    ),
    broken("planned.yml", "roadmap.begin:", "roadmap.end:", "system.cooking", "roadmap.begin has no answer and no"),
    broken(
        "planned.yml", "roadmap.begin:", "x.y:\n  - a\n\nroadmap.begin:", "x.y", "'x.y' is not a topic of course.yml"
    ),
    broken(
        "planned.yml",
        "who cooks the soup",
        "who waters the plants in summer?",
        "system.cooking",
        "under system.sharing",
    ),
]


def test_small_content_passes_all_checks(tree: ContentTree) -> None:
    """The content that all the cases break has nothing wrong in it."""
    assert tree.problems() == []


def test_real_content_passes_all_checks() -> None:
    """The course itself has nothing wrong in it."""
    knowledge, problems = read_knowledge()

    assert problems == []
    assert knowledge is not None and [str(one) for one in check(knowledge)] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "gist"), [*LESSON_CASES, *CARD_CASES, *ITEM_CASES, *ENTRY_CASES, *DATA_CASES]
)
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
    reflections = "".join(REFLECTION.replace("Your own yard", f"Yard {n}") for n in range(2))
    tree.edit(LESSON, "## summary", f"{cards}{reflections}## summary")

    assert [(one.file, one.line, one.text[:12]) for one in tree.problems()] == [
        (LESSON, 1, "11 cards and"),
        (LESSON, 1, "3 reflection"),
    ]


def test_items_of_one_kind_are_reported(tree: ContentTree) -> None:
    """A lesson mixes the kinds of its items."""
    text = FILES[LESSON].replace("(several right)", "(one right)").replace("(true or false, case)", "(one right)")
    tree.write(LESSON, text.replace("- [x] All have the key.", "- [ ] All have the key."))

    assert "all quiz items are of one kind; mix them" in [one.text for one in tree.problems()]


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


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("He met an offender.", "offender"),
        ("It is for the homeless.", "the homeless"),
        ("Many DRUG USERS came.", "DRUG USERS"),
        ("People who use drugs came.", None),
        ("The homeless people of the town came.", None),
        ("The offenders' own words.", "offenders"),
        ("The poor garden soil.", None),
    ],
)
def test_people_are_named_first(tree: ContentTree, text: str, label: str | None) -> None:
    """A label in place of people is reported; a word that only describes is not."""
    tree.edit(LESSON, "Behind the library was a yard that nobody used.", text)

    found = [one.text for one in tree.problems()]

    assert [re.findall("'(.*)' names", one) for one in found] == ([[label]] if label else [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        ("- *one* **two**", 2),
        ("don't, they’ve", 2),
        ("step-by-step", 1),
        ("日本 one", 2),
        ("👍 !", 0),
    ],
)
def test_words_are_counted_as_read(text: str, words: int) -> None:
    """Marks of Markdown are no words, and a word with a hyphen is one."""
    assert count_words(text) == words


@given(st.lists(st.from_regex(r"[a-zé]{1,8}", fullmatch=True)), st.sampled_from([" ", "\n", ", ", " *", "; "]))
def test_words_joined_are_counted_again(words: list[str], between: str) -> None:
    """Whatever stands between words, as many are counted as there are."""
    assert count_words(between.join(words)) == len(words)


@given(st.text(max_size=200))
def test_any_text_in_content_never_crashes_checks(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever an author writes into a card and an answer, the checks finish and name lines that exist."""
    tree = ContentTree(tmp_path_factory.getbasetemp() / "any-content")
    tree.edit(LESSON, "Behind the library was a yard that nobody used.", text)
    tree.edit(SHARING, "All plant. All decide.", text)

    problems = tree.problems()

    longest = max(len((tree.folder / name).read_bytes().splitlines()) for name in FILES) + len(text)
    assert all(1 <= one.line <= longest and one.text for one in problems)
