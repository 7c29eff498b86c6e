"""The map of the course shows each lesson as done, begun or ahead."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from hypothesis import given
from hypothesis import strategies as st

from learning.course_picture import course_size, draw_course
from learning.progress import Themed, ThemedLesson

SVG = "{http://www.w3.org/2000/svg}"
LESSONS = st.builds(ThemedLesson, st.text(max_size=60), st.sampled_from(["done", "begun", "open"]))
THEMES = st.lists(
    st.builds(Themed, st.text(max_size=60), st.lists(LESSONS, min_size=1, max_size=9).map(tuple)), max_size=4
)


@given(themes=THEMES, title=st.text(max_size=60))
def test_map_shows_each_lesson_in_its_state(themes: list[Themed], title: str) -> None:
    """A tick for each lesson done, half a circle for each begun, and all inside the frame."""
    picture = draw_course(title, themes, "described")

    root = ElementTree.fromstring(picture)
    classes = [one.attrib.get("class") for one in root.iter()]
    states = [lesson.state for theme in themes for lesson in theme.lessons]
    assert classes.count("tick") == states.count("done")
    assert classes.count("half") == states.count("begun")
    tops = [int(one.attrib["transform"][10:-1].split()[1]) for one in root.iter(f"{SVG}g")]
    assert len(tops) == len(states) == len(set(tops))
    assert all(80 < top < course_size(themes)[1] - 30 for top in tops)
