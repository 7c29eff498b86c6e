"""A small Roadmap and a few pilots to test with."""

from __future__ import annotations

from dataclasses import replace

from knowledge.model import Attribute, Knowledge, Pilot, PlanQuestion, Stage
from tests.learning.samples import NOWHERE, a_knowledge, a_passage


def a_question(key: str, theme: str = "system") -> PlanQuestion:
    """Make a question of the Roadmap."""
    return PlanQuestion(key, theme, f"What about {key}?", "Think.", "Like this.", (), None, NOWHERE)


def a_stage(name: str, *questions: PlanQuestion, lessons: tuple[str, ...] = ()) -> Stage:
    """Make a stage, of two questions on the system and one on people unless others are given."""
    questions = questions or (a_question("aim"), a_question("say", "ethics"), a_question("means", "catalysts"))
    return Stage(f"roadmap.{name}", name.title(), a_passage(), questions, (), (), (), lessons, (), NOWHERE)


def a_pilot(name: str, **compare: tuple[str, ...]) -> Pilot:
    """Make a pilot that is compared by some values."""
    return Pilot(f"pilot.{name}", name.title(), name, name, "2019", {}, a_passage(), NOWHERE, compare=compare)


PEOPLE = Attribute("people", "Whom for?", True, {"old": "Older people", "young": "Young people", "all": "All"}, NOWHERE)
CHOICE = Attribute("choice", "Do they choose?", False, {"yes": "Yes, they do", "no": "No, they must"}, NOWHERE)
SIZE = Attribute(
    "size", "How many?", False, {"small": "Fewer than 40", "mid": "40 to 200", "big": "More than 200"}, NOWHERE
)
ATTRIBUTES = (PEOPLE, CHOICE, SIZE)
STAGES = {stage.id: stage for stage in (a_stage("begin"), a_stage("middle"), a_stage("end"))}
PILOTS = {
    pilot.id: pilot
    for pilot in (
        a_pilot("north", people=("old",), choice=("yes",), size=("small",)),
        a_pilot("south", people=("young", "all"), choice=("yes",), size=("big",)),
        a_pilot("east", people=("old", "young"), choice=("no",)),
        a_pilot("west", people=("all",), choice=("yes",), size=("big",)),
        a_pilot("empty"),
    )
}


def a_planner() -> Knowledge:
    """Make a body of knowledge with a Roadmap, attributes and pilots."""
    return replace(a_knowledge(), stages=STAGES, comparison=ATTRIBUTES, pilots=PILOTS)
