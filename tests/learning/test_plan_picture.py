"""The star map shows as many filled stars as there are answers, whatever the project is called."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from hypothesis import given
from hypothesis import strategies as st

from knowledge.loader import load_knowledge
from learning import plan
from learning.plan_picture import WIDTH, draw_plan
from tests.learning.plan_samples import STAGES

SVG = "{http://www.w3.org/2000/svg}"
IDS = [one for stage in STAGES.values() for one in plan.ids_of(stage)]


def _classes(picture: str) -> list[str]:
    return [path.attrib["class"] for path in ElementTree.fromstring(picture).iter(f"{SVG}path")]


@given(answered=st.sets(st.sampled_from(IDS)), name=st.text(max_size=80))
def test_stars_filled_are_the_questions_answered(answered: set[str], name: str) -> None:
    """One star a question, filled when it is answered; any name leaves a drawing that can be read, without a script."""
    status = plan.status_of(STAGES, dict.fromkeys(answered, "x"))

    picture = draw_plan(name, status, "a description")

    assert _classes(picture).count("full") == len(answered)
    assert _classes(picture).count("open") == len(IDS) - len(answered)
    assert "<script" not in picture and "href" not in picture.replace(name, "")


def test_same_plan_is_drawn_the_same() -> None:
    """Nothing in the drawing changes from one time to the next."""
    status = plan.status_of(STAGES, {IDS[0]: "x"})

    assert draw_plan("A", status, "b") == draw_plan("A", status, "b")


def test_real_roadmap_stays_inside_the_frame() -> None:
    """Every star of the course's Roadmap stands inside the picture, and no two at one place."""
    picture = draw_plan("My project", plan.status_of(load_knowledge().stages, {}), "b")

    root = ElementTree.fromstring(picture)
    height = int(root.attrib["viewBox"].split()[-1])
    moves = [path.attrib["transform"] for path in root.iter(f"{SVG}path") if "transform" in path.attrib]
    places = [tuple(int(one) for one in move[10:-1].split()) for move in moves]

    assert len(set(places)) == len(places)
    assert all(20 < left < WIDTH - 20 and 20 < top < height - 20 for left, top in places)
