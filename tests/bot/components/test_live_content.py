"""What components take from the content: terms of the glossary, and questions that are no commands."""

from __future__ import annotations

from bot.components.live_content import make_content
from knowledge.loader import load_knowledge
from knowledge.text import find_terms


def test_questions_of_answers_and_false_premises_are_known_and_those_about_the_tutor_not() -> None:
    """What people ask about the tutor itself can be meant as a command."""
    knowledge = load_knowledge()
    content = make_content(knowledge)
    about = next(entry for topic, entry in knowledge.entries.items() if topic.startswith("about."))

    assert content.questions.find(knowledge.entries["system.value"].questions[0])
    assert content.questions.find(knowledge.corrections[0].questions[0])
    assert content.questions.find(about.questions[0]) is None
    assert find_terms(content.glossary("what does co-creation mean"))
