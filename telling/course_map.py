"""The words on the buttons by which people find their way in the course."""

from __future__ import annotations

from knowledge.model import Knowledge, Theme, Topic


def theme_title(theme: Theme) -> str:
    """Name a theme on a button, with the number of its lessons."""
    return f"{theme.title} ({len(theme.lessons)} lessons)"


def lesson_titles(knowledge: Knowledge, theme_id: str) -> list[tuple[str, str]]:
    """Name the lessons of a theme that are written, on buttons, in their order: an id, and the words."""
    lessons = knowledge.lessons
    plans = [plan for plan in knowledge.course.lessons if plan.id in lessons and plan.theme == theme_id]
    return [(plan.id, f"{plan.title} ({lessons[plan.id].minutes} min)") for plan in plans]


def topic_title(topic: Topic) -> str:
    """Name a topic on a button; a pilot with its place, which is how people know it."""
    is_one_pilot = topic.group == "pilot" and "," in topic.about
    return f"{topic.about.split(',')[0]}: {topic.title}" if is_one_pilot else topic.title
