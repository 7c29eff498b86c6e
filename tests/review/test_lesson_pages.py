"""The pages of lessons, filled by made-up learners: figures, charts beside tables, small groups hidden."""

from __future__ import annotations

import re

import pytest
from sqlalchemy.engine import Engine

from benchmarks.desk_people import People, Size
from benchmarks.desk_rows import write_rows
from database import now_utc
from knowledge.loader import load_knowledge
from learning import tables as learning
from review.figures import Figure
from tests.review.visitors import Visitor

KNOWLEDGE = load_knowledge()
LESSON_ID = next(iter(KNOWLEDGE.lessons))


@pytest.fixture
def people(engine: Engine) -> None:
    """Let many learn."""
    write_rows(engine, People(KNOWLEDGE, Size(200, 3_000), 1, now_utc()).rows())


@pytest.mark.usefixtures("people")
async def test_lessons_show_items_and_what_comes_back(visitor: Visitor) -> None:
    """The quizzes' questions stand there by their words, and people by fives."""
    await visitor.come_in("reader")
    page = await visitor.page("/lessons")

    load = re.search(r'<table id="load">(.*?)</table>', page.text, re.S)
    assert page.status_code == 200
    assert "Tells apart who knows" in page.text
    assert load
    assert {int(found) % 5 for found in re.findall(r"<td>(\d+)(?:–2)?</td>", load[1])} == {0}


@pytest.mark.usefixtures("people")
async def test_lesson_has_a_chart_and_the_same_as_a_table(visitor: Visitor) -> None:
    """The chart is drawn from a table that is there without a script; every number of people is one of fives."""
    await visitor.come_in("reader")
    page = (await visitor.page(f"/lessons/{LESSON_ID}")).text

    cards = re.search(r'<table id="cards">(.*?)</table>', page, re.S)
    assert 'data-table="cards"' in page
    assert cards
    reached = [int(found) for found in re.findall(r"<td>(\d+)(?:–2)?</td>", cards[1])]
    assert len(reached) == len(KNOWLEDGE.lessons[LESSON_ID].steps)
    assert reached[0] > 0
    assert {count % 5 for count in reached} == {0}


async def test_lesson_that_is_not_there_is_not_found(visitor: Visitor) -> None:
    """An address that somebody made up leads nowhere."""
    await visitor.come_in("reader")

    assert (await visitor.page("/lessons/no.such")).status_code == 404


async def test_chart_files_come_from_the_desk_itself(visitor: Visitor) -> None:
    """The library and its licence are shipped."""
    for name in ("vendor/chart-4.6.1.umd.min.js", "vendor/chart-LICENSE.md", "charts.js"):
        assert (await visitor.page(f"/static/{name}")).status_code == 200


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (0, 2, ("0–2", "about as many as the week before")),
        (1, 9, ("0–2", "about 10 fewer than the week before")),
        (13, 2, ("15", "about 15 more than the week before")),
    ],
)
def test_week_is_told_in_fives(now: int, before: int, told: tuple[str, str]) -> None:
    """Neither a number nor a difference tells of one person more or less."""
    figure = Figure("People", now, before)

    assert (figure.shown, figure.change) == told


@pytest.mark.usefixtures("people")
async def test_figures_follow_new_and_erased_answers(visitor: Visitor, engine: Engine) -> None:
    """What was counted once is counted anew when there are other answers."""
    await visitor.come_in("reader")
    before = (await visitor.page("/lessons")).text
    with engine.begin() as connection:
        connection.execute(learning.attempt.delete())

    after = (await visitor.page("/lessons")).text

    assert "Tells apart who knows" in before
    assert "No question has enough answers yet." in after
