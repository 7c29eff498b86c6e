"""The page of trainings: what goes on, what came of it, putting a model into place, and back."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import now_utc
from learning import tables as learning
from review.audit import Audit
from review.desk import create_app
from review.question_tables import desk_training
from review.trainings import CUT_OFF, LOST_AFTER, Trainings
from review.users import Users
from settings import Settings, load_settings
from tests.review.conftest import KNOWLEDGE
from tests.review.test_models import marks, put_model
from tests.review.visitors import ADDRESS, Visitor

REPORT = {
    "figures": [{"group": "Practice questions", "before": 200, "after": 198, "of": 250}],
    "changed": [{"question": 1, "times": 2, "before": ["none", ["off"]], "after": ["answer", ["system.value"]]}],
    "lost": [
        {"group": "Practice questions", "text": "<b>why</b>", "before": ["answer", ["x"]], "after": ["none", [""]]}
    ],
    "past": 12,
}


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Give the settings of a tutor where no assistant runs."""
    put_model(tmp_path / "models", "first")
    put_model(tmp_path / "trainings" / "1" / "models", "one")
    return load_settings({"TUTOR_VAR": str(tmp_path), "DATABASE_URL": database_url, "RASA_PORT": "1"})


@pytest.fixture
async def visitor(settings: Settings, users: Users, engine: Engine) -> AsyncIterator[Visitor]:
    """Give a browser at a desk that starts no process."""
    app = create_app(settings, KNOWLEDGE, Trainings(engine, lambda: None))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        yield Visitor(client)


def add(engine: Engine, state: str, **values: object) -> None:
    """Write a training down."""
    row = {"state": state, "why": "2 <i>questions</i>", "asked_by": "kim", "asked_at": now_utc(), "doing": ""}
    with engine.begin() as connection:
        connection.execute(desk_training.insert().values({**row, "content": "c", "report": "{}", **values}))


def ask(engine: Engine, text: str) -> None:
    """Write a question down as asked."""
    row = {"learner_id": "ann", "text": text, "decision": "abstain", "topics": "[]", "score": 0.1, "message_id": "m"}
    with engine.begin() as connection:
        connection.execute(learning.question.insert().values(**row, asked_at=now_utc()))


async def test_finished_training_shows_both_models(visitor: Visitor, engine: Engine) -> None:
    """Shares before and after, what gets worse, and whose questions change; with personal data hidden."""
    ask(engine, "write to anna@example.org <script>x</script>")
    add(engine, "done", report=json.dumps(REPORT))
    await visitor.come_in("reader")
    page = (await visitor.page("/training/1")).text

    assert "200 (80%)" in page and "198 (79%)" in page and "<strong>2 fewer</strong>" in page
    assert "write to [mail] &lt;script&gt;" in page
    assert KNOWLEDGE.course.topics["system.value"].title in page
    assert "&lt;b&gt;why&lt;/b&gt;" in page
    assert "Let the new model answer" not in page


async def test_new_questions_kept_out_stand_in_the_report(visitor: Visitor, engine: Engine) -> None:
    """How many are understood without themselves, now and with the others, and which are not; old reports have none."""
    missed = {"text": "<b>where</b>", "before": ["none", ["off"]], "after": ["answer", ["system.value"]]}
    add(engine, "done", report=json.dumps(REPORT))
    add(engine, "done", report=json.dumps({**REPORT, "added": {"before": 1, "after": 3, "of": 4, "missed": [missed]}}))
    await visitor.come_in("reader")
    without, page = (await visitor.page("/training/1")).text, (await visitor.page("/training/2")).text

    assert "kept out" not in without
    assert "1 (25%)" in page and "3 (75%)" in page
    assert "&lt;b&gt;where&lt;/b&gt;" in page and "Understood word for word only" in page


async def test_question_of_somebody_forgotten_leaves_the_report(visitor: Visitor, engine: Engine) -> None:
    """The report names rows only: without the row there is nothing to show."""
    ask(engine, "a question of hers")
    add(engine, "done", report=json.dumps(REPORT))
    with engine.begin() as connection:
        connection.execute(sa.delete(learning.question))
    await visitor.come_in("reader")

    assert "a question of hers" not in (await visitor.page("/training/1")).text


async def test_model_goes_live_and_back_by_a_click(visitor: Visitor, engine: Engine, settings: Settings) -> None:
    """The files are in place, the one before is one click away, and the trail has both."""
    add(engine, "done", report=json.dumps(REPORT))
    await visitor.come_in("editor")
    live = await visitor.send("/training/live", on="/training/1", training="1")
    told = (await visitor.page(live.headers["Location"])).text
    now = marks(settings.var / "models")
    back = await visitor.send("/training/back", on="/training")

    assert "Back to the model before" in told and "answers now" in told
    assert now == {"one"}
    assert back.headers["Location"] == "/training?done=back"
    assert marks(settings.var / "models") == {"first"}
    deeds = [(deed.name, deed.action, deed.target) for deed in Audit(engine).latest()]
    assert ("editor", "put a model into place", "training 1") in deeds


@pytest.mark.parametrize("training", ["1", "2", "9", "x", ""])
async def test_model_that_is_not_ready_is_not_put_into_place(
    visitor: Visitor, engine: Engine, settings: Settings, training: str
) -> None:
    """Neither of a training that runs or failed, nor of none; and without a model before there is no way back."""
    add(engine, "running", begun_at=now_utc(), seen_at=now_utc())
    add(engine, "failed", report='{"trouble": "x"}')
    await visitor.come_in("owner")
    answer = await visitor.send("/training/live", training=training)
    back = await visitor.send("/training/back")

    assert answer.status_code in (404, 409)
    assert back.status_code == 409
    assert marks(settings.var / "models") == {"first"}


async def test_training_tells_how_far_it_is_and_what_went_wrong(
    visitor: Visitor, engine: Engine, settings: Settings
) -> None:
    """A running one says what it does, one that was lost says so, one that failed shows the end of its log."""
    add(engine, "running", begun_at=now_utc(), seen_at=now_utc(), doing="training the model ... 35 s")
    add(engine, "failed", report=json.dumps({"trouble": CUT_OFF}))
    add(engine, "running", begun_at=now_utc(), seen_at=now_utc() - 2 * LOST_AFTER)
    log = settings.var / "trainings" / "2" / "log" / "train.log"
    log.parent.mkdir(parents=True)
    log.write_text("the last words", encoding="utf-8")
    await visitor.come_in("reader")
    running, failed, lost, listed = [
        (await visitor.page(path)).text for path in ("/training/1", "/training/2", "/training/3", "/training")
    ]

    assert "training the model ... 35 s" in running and "again.js" in running
    assert CUT_OFF in failed and "the last words" in failed and "again.js" not in failed
    assert "It was cut off" in lost and "again.js" not in lost
    assert "cut off" in listed and "2 &lt;i&gt;questions" in listed


async def test_training_is_asked_for_by_a_click(visitor: Visitor, engine: Engine) -> None:
    """One waits then, and by whom is known."""
    await visitor.come_in("editor")
    await visitor.send("/training/begin", on="/training")

    assert [(one.state, one.asked_by) for one in Trainings(engine, lambda: None).latest()] == [("waiting", "editor")]
