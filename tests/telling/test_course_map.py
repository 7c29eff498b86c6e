"""The words on buttons: themes with their number of lessons, lessons with minutes, pilots with their place."""

from __future__ import annotations

from knowledge.loader import load_knowledge
from telling.course_map import lesson_titles, theme_title, topic_title

KNOWLEDGE = load_knowledge()


def test_theme_says_how_many_lessons_it_has() -> None:
    """People see what they let themselves in for."""
    theme = KNOWLEDGE.course.themes[0]

    assert theme_title(theme) == f"{theme.title} ({len(theme.lessons)} lessons)"


def test_lessons_of_a_theme_stand_in_their_order_with_minutes() -> None:
    """Of every theme, those that are written."""
    for theme in KNOWLEDGE.course.themes:
        titles = dict(lesson_titles(KNOWLEDGE, theme.id))

        assert list(titles) == [plan.id for plan in theme.lessons if plan.id in KNOWLEDGE.lessons]
        assert all(titles[one].endswith(f"({KNOWLEDGE.lessons[one].minutes} min)") for one in titles)


def test_pilot_is_named_with_its_place() -> None:
    """People know a pilot by where it was; other topics by their title."""
    pilot, topic = KNOWLEDGE.course.topics["pilot.estonia"], KNOWLEDGE.course.topics["system.value"]

    assert topic_title(pilot) == f"{pilot.about.split(',')[0]}: {pilot.title}"
    assert topic_title(topic) == topic.title
