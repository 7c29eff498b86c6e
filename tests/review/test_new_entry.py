"""The form of a new answer, whatever people asked; and its row in the map."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loader import CONTENT, load_knowledge
from knowledge.markup import parse_yaml
from review.content_paths import resolve, tidy_text
from review.errors import PublishingError
from review.new_entry import add_topic, homes_of, plan_entry

COURSE = load_knowledge().course
MAP = (CONTENT / "course.yml").read_text(encoding="utf-8")
HOSTILE = st.text(alphabet=st.sampled_from("abc \"'\\:#-[]{}\n\t<>&{{%}}é🙂"), max_size=60)


@given(title=HOSTILE, questions=st.lists(HOSTILE, max_size=5), home=st.sampled_from(homes_of(COURSE)))
def test_form_is_always_sound_yaml_in_a_file_of_ours(title: str, questions: list[str], home: tuple[str, str]) -> None:
    """Whatever stands in the title and the questions, they come back as they are, in a path that may be written."""
    entry = plan_entry(questions, COURSE, (), title=title, home=home[0])
    front = parse_yaml(tidy_text(entry.path, entry.text).split("---\n")[1], entry.path)

    assert resolve(CONTENT, entry.path).name.endswith(".md")
    assert front["title"] == entry.title
    assert len(front["questions"]) <= len(questions)
    topics = parse_yaml(add_topic(MAP, entry), "course.yml")
    assert entry.id in str(topics)


@pytest.mark.parametrize("home", [name for name, _ in homes_of(COURSE)])
def test_topic_stands_last_in_its_home_and_nothing_else_changes(home: str) -> None:
    """All other lines of the map stay as they were, comments too."""
    entry = plan_entry([], COURSE, (), title="Something new", home=home)

    changed = add_topic(MAP, entry).split("\n")

    at = changed.index(next(line for line in changed if line.endswith(f"- id: {entry.id}")))
    assert changed[:at] + changed[at + 3 :] == MAP.split("\n")


def test_broken_map_is_told() -> None:
    """A draft of the map that cannot be read takes no topic."""
    entry = plan_entry([], COURSE, (), home="about")

    for text in ("themes: [", "title: x\n", "themes: []\nroadmap: {topics: []}\nabout: []\n"):
        with pytest.raises(PublishingError, match="mend its draft first"):
            add_topic(text, entry)
