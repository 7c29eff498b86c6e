"""Rules about the whole: what the map of the course promises is there or planned, and nothing lies about unused."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.data_files import PLANNED_LESSONS
from knowledge.errors import Problem
from knowledge.model import Knowledge
from knowledge.rules import problem
from knowledge.wording import all_wordings


def check_coverage(knowledge: Knowledge) -> Iterator[Problem]:
    """Check that all topics, lessons and stages are there, and that pictures are shown."""
    yield from _check_topics(knowledge)
    yield from _check_lessons(knowledge)
    yield from _check_stages(knowledge)
    yield from _check_pictures(knowledge)


def _check_topics(knowledge: Knowledge) -> Iterator[Problem]:
    places = knowledge.planned_places
    for topic in knowledge.course.topics:
        is_written, is_planned = topic in knowledge.entries, topic in knowledge.planned
        if is_written and is_planned:
            yield problem(places[topic], f"{topic} has an answer now; move its questions there and delete it here")
        if not is_written and not is_planned:
            yield problem(knowledge.planned_place, f"{topic} has no answer and no questions here; add either")
    for topic in sorted(set(knowledge.planned) - set(knowledge.course.topics)):
        yield problem(places[topic], f"'{topic}' is not a topic of course.yml; mend the id, or delete it here")


def _check_lessons(knowledge: Knowledge) -> Iterator[Problem]:
    plans = {plan.id: plan for plan in knowledge.course.lessons}
    planned, place = knowledge.planned_lessons, knowledge.planned_places.get(PLANNED_LESSONS, knowledge.planned_place)
    for lesson in plans:
        if lesson not in knowledge.lessons and lesson not in planned:
            told = f"lesson {lesson} has no file; write it, or name it under {PLANNED_LESSONS}: in planned.yml"
            yield problem(plans[lesson].place, told)
    for lesson in planned:
        if lesson in knowledge.lessons:
            yield problem(place, f"lesson {lesson} is written now; delete it here")
        if lesson not in plans:
            yield problem(place, f"'{lesson}' is not a lesson of course.yml; mend the id, or delete it here")


def _check_stages(knowledge: Knowledge) -> Iterator[Problem]:
    for stage in knowledge.course.stages:
        if stage not in knowledge.stages:
            told = f"stage {stage} has no file; write it in roadmap/, with its questions, tips and pitfalls"
            yield problem(knowledge.course.topics[stage].place, told)


def _check_pictures(knowledge: Knowledge) -> Iterator[Problem]:
    shown = set()
    for wording in all_wordings(knowledge):
        if wording.image is None:
            continue
        shown.add(wording.image)
        if wording.image not in knowledge.pictures:
            told = f"picture '{wording.image}' is not in images.yml; add it there, or mend the name"
            yield problem(wording.place, told)
    for name, picture in knowledge.pictures.items():
        if name not in shown:
            told = f"nothing shows {name}; place {{image: {name}}} where it teaches, or take it out"
            yield problem(picture.place, told)
