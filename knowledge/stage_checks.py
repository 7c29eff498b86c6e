"""Rules about the stages of the Roadmap: enough to plan with, and little enough for a phone."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.errors import Problem
from knowledge.model import Knowledge, Passage, PlanQuestion, Stage
from knowledge.rules import (
    check_count,
    check_lessons,
    check_passage,
    check_pilot,
    check_sources_named,
    check_topics,
    problem,
)

PURPOSE_LIMIT_WORDS = 60
QUESTIONS_AT_LEAST, QUESTIONS_AT_MOST = 4, 6
ASK_LIMIT_WORDS = 30
HELP_LIMIT_WORDS = 60
EXAMPLE_LIMIT_WORDS = 50
ADVICE_LIMIT_WORDS = 40
TIPS_AT_LEAST, TIPS_AT_MOST = 2, 4
PITFALLS_AT_LEAST, PITFALLS_AT_MOST = 2, 3
THEMES = ("system", "ethics", "catalysts")
THEME_OF_PEOPLE = "ethics"
CATALYSTS = "catalysts"


def check_all_stages(knowledge: Knowledge) -> Iterator[Problem]:
    """Check every stage."""
    for stage in knowledge.stages.values():
        if stage.id not in knowledge.course.stages:
            yield problem(stage.place, f"'{stage.id}' is not a stage of course.yml; mend the id")
        yield from _check_text(stage)
        yield from _check_questions(stage)
        yield from _check_names(stage, knowledge)


def _check_text(stage: Stage) -> Iterator[Problem]:
    limits = [(stage.purpose, PURPOSE_LIMIT_WORDS)]
    limits += [(advice, ADVICE_LIMIT_WORDS) for advice in (*stage.tips, *stage.pitfalls)]
    for passage, limit in limits:
        yield from check_passage(passage, limit)
        yield from check_sources_named(passage.sources, passage.note, passage.place)
    tips, pitfalls = len(stage.tips), len(stage.pitfalls)
    yield from check_count(tips, TIPS_AT_LEAST, TIPS_AT_MOST, "tips", stage.place, "a stage")
    yield from check_count(pitfalls, PITFALLS_AT_LEAST, PITFALLS_AT_MOST, "pitfalls", stage.place, "a stage")


def _check_questions(stage: Stage) -> Iterator[Problem]:
    count = len(stage.questions)
    yield from check_count(count, QUESTIONS_AT_LEAST, QUESTIONS_AT_MOST, "questions", stage.place, "a stage")
    if THEME_OF_PEOPLE not in {question.theme for question in stage.questions}:
        told = f"no question of the theme {THEME_OF_PEOPLE}; ask about people who use the service and their say"
        yield problem(stage.place, told)
    keys = [question.key for question in stage.questions]
    for number, question in enumerate(stage.questions):
        if question.key in keys[:number]:
            yield problem(question.place, f"a second question '{question.key}'; give each its own key")
        yield from _check_question(question)


def _check_question(question: PlanQuestion) -> Iterator[Problem]:
    if question.theme not in THEMES:
        yield problem(question.place, f"theme '{question.theme}'; use {', '.join(THEMES)}")
    limits = (
        ("ask", question.ask, ASK_LIMIT_WORDS),
        ("help", question.help, HELP_LIMIT_WORDS),
        ("example", question.example, EXAMPLE_LIMIT_WORDS),
    )
    for name, text, limit in limits:
        for found in check_passage(Passage(text, (), question.place), limit):
            yield problem(question.place, f"{name}: {found.text}")
    yield from check_sources_named(question.sources, question.note, question.place)


def _check_names(stage: Stage, knowledge: Knowledge) -> Iterator[Problem]:
    yield from check_topics(stage.catalysts, stage.place, knowledge)
    for name in stage.catalysts:
        topic = knowledge.course.topics.get(name)
        if topic and topic.group != CATALYSTS:
            yield problem(stage.place, f"'{name}' is no catalyst; name a topic of the theme {CATALYSTS}")
    yield from check_lessons(stage.lessons, stage.place, knowledge)
    for name in stage.pilots:
        yield from check_pilot(name, stage.place, knowledge)
