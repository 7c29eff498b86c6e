"""On the page of a group what a decision would change is seen first; then it is done, once, and by whom it may."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import now_utc, open_engine
from knowledge.loader import load_knowledge
from learning import tables as learning
from learning.belongings import Belongings
from learning.erasure import erase
from review.audit import Audit
from review.desk import create_app
from review.drafts import Drafts
from review.publishing import Publisher
from review.question_tables import desk_decided
from review.trainings import Trainings
from review.users import Users
from settings import Settings, load_settings
from tests.review.conftest import KNOWLEDGE
from tests.review.content import copy_content
from tests.review.visitors import ADDRESS, Visitor

GROUP = "/questions/group?of=1&days=30"
FORM = {"of": "1", "days": "30"}
VARIANT = {**FORM, "deed": "variant", "topic": "system.value", "texts": "who mends the bicycle shed"}
HOSTILE = "</textarea><script>alert(1)</script>"


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Give the settings of a tutor with content of its own."""
    values = {"TUTOR_VAR": str(tmp_path), "DATABASE_URL": database_url}
    return load_settings({**values, "TUTOR_CONTENT": str(copy_content(tmp_path))})


@pytest.fixture
async def visitor(settings: Settings, users: Users, engine: Engine) -> AsyncIterator[Visitor]:
    """Give a browser at a desk that starts no process."""
    app = create_app(settings, KNOWLEDGE, Trainings(engine, lambda: None))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        yield Visitor(client)


@pytest.fixture(autouse=True)
def shed(engine: Engine) -> None:
    """Let three people ask for the shed, in two wordings."""
    with engine.begin() as connection:
        for number, text in enumerate(["who mends the bicycle shed", "who mends the bicycle shed?", HOSTILE]):
            row = {"learner_id": f"{number:032x}", "text": text, "decision": "abstain", "topics": '["system.value"]'}
            told = {"score": 0.1 if text == HOSTILE else 0.4, "message_id": f"m{number}", "asked_at": now_utc()}
            connection.execute(learning.question.insert().values(**row, **told))


def decided(engine: Engine) -> list[tuple[int, str, str]]:
    """Return what was decided about which question, and by whom."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(desk_decided).order_by(desk_decided.c.question_id))
        return [(row.question_id, row.decision, row.decided_by) for row in rows]


async def test_group_is_shown_and_a_reader_decides_nothing(visitor: Visitor) -> None:
    """A reader reads; an editor finds the form, with the nearest answer chosen and hostile texts as texts."""
    await visitor.come_in("reader")
    read = (await visitor.page(GROUP)).text
    hostile = (await visitor.page("/questions/group?of=3&days=30")).text
    await visitor.come_in("editor")
    shown = (await visitor.page(GROUP)).text

    assert "2 × who mends the bicycle shed" in read
    assert "<form" not in read.split("<main", 1)[1]
    assert 'value="system.value" selected' in shown
    assert 'value="system.value" selected' not in (await visitor.page("/questions/group?of=3&days=30")).text
    assert "<script>alert" not in hostile
    assert "&lt;script&gt;alert(1)" in hostile


@pytest.mark.parametrize("of", ["99", "x", "", "1&days=31", "9" * 30])
async def test_group_that_is_not_there_is_told(visitor: Visitor, of: str) -> None:
    """Whatever the address says, the answer is a kind page."""
    await visitor.come_in("reader")
    answer = await visitor.page(f"/questions/group?days=30&of={of}")

    assert answer.status_code == 410
    assert "not here any more" in answer.text


async def test_effects_change_nothing_and_hold_the_confirmation(visitor: Visitor, engine: Engine) -> None:
    """What would change is shown with the button that does it; nothing is done yet."""
    await visitor.come_in("editor")
    whole = await visitor.send("/questions/effects", on=GROUP, **VARIANT)
    part = await visitor.send("/questions/effects", on=GROUP, **VARIANT, part="yes")

    assert "Publish 1 question under" in part.text
    assert "<html" in whole.text and "<html" not in part.text
    assert decided(engine) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"texts": ""}, "Write at least one question"),
        ({"texts": "tell me more"}, "ask more"),
        ({"texts": "write to anna@example.org"}, "may tell who somebody is"),
        ({"topic": "system.nothing"}, "Choose the answer"),
        ({"texts": "what is co-creation"}, "keep it in one"),
        ({"deed": "refusal", "kind": "distress"}, "Choose what kind"),
    ],
)
async def test_what_cannot_be_published_is_told_and_refused(
    visitor: Visitor, engine: Engine, change: dict[str, str], told: str
) -> None:
    """It is said before, there is no button, and a form that comes all the same changes nothing."""
    await visitor.come_in("editor")
    seen = await visitor.send("/questions/effects", on=GROUP, **{**VARIANT, **change})
    forced = await visitor.send("/questions/decide", on=GROUP, **{**VARIANT, **change})

    assert told in seen.text
    assert "/questions/decide" not in seen.text
    assert "anna@example.org" not in seen.text
    assert forced.status_code == 400
    assert decided(engine) == []


async def test_variant_is_published_judged_by_and_trained(visitor: Visitor, settings: Settings, engine: Engine) -> None:
    """The entry has the question, the other one judges, a training waits, the group is gone, and the trail has it."""
    await visitor.come_in("editor")
    fields = {**VARIANT, "judges": "is the shed mended by anybody"}
    answer = await visitor.send("/questions/decide", on=GROUP, **fields)
    knowledge = load_knowledge(settings.content_dir)
    page = (await visitor.page(answer.headers["Location"])).text

    assert answer.status_code == 303
    assert knowledge.entries["system.value"].questions[-1] == "who mends the bicycle shed"
    assert knowledge.evaluation == (("is the shed mended by anybody", ("system.value",)),)
    assert decided(engine) == [(1, "variant", "editor"), (2, "variant", "editor")]
    assert "Who asks so gets that answer from now on" in page
    assert "bicycle shed" not in page
    assert [one.state for one in Trainings(engine, lambda: None).latest()] == ["waiting"]
    assert ("editor", "questions: variant", "system.value") in [deed[1:4] for deed in Audit(engine).latest()]
    assert Publisher(engine, settings.content_dir).revisions.latest()[0].made_by == "editor"


async def test_refusal_is_published(visitor: Visitor, settings: Settings) -> None:
    """What the course does not cover is in the file that training and judging read; odd texts stay texts."""
    await visitor.come_in("editor")
    fields = {
        **FORM,
        "deed": "refusal",
        "kind": "off",
        "texts": f"- who: mends # it\n{HOSTILE}",
        "judges": "rent a shed",
    }
    answer = await visitor.send("/questions/decide", on=GROUP, **fields)
    knowledge = load_knowledge(settings.content_dir)

    assert answer.status_code == 303
    assert knowledge.refusals["off"][-2:] == ("- who: mends # it", HOSTILE)
    assert knowledge.evaluation == (("rent a shed", ()),)


async def test_group_put_aside_is_read_no_more(visitor: Visitor, engine: Engine, settings: Settings) -> None:
    """Nothing is published, and who asks later stands in the list again."""
    await visitor.come_in("editor")
    before = load_knowledge(settings.content_dir).version
    await visitor.send("/questions/decide", on=GROUP, **FORM, deed="ignore")
    gone = (await visitor.page("/questions")).text
    with engine.begin() as connection:
        told = {"learner_id": "f" * 32, "text": "who mends the bicycle shed", "decision": "abstain", "topics": "[]"}
        connection.execute(learning.question.insert().values(**told, score=0.1, message_id="n", asked_at=now_utc()))
    again = (await visitor.page("/questions")).text

    assert "bicycle shed" not in gone
    assert "1 × who mends the bicycle shed" in again
    assert load_knowledge(settings.content_dir).version == before


async def test_new_answer_begins_as_a_draft_and_erasure_reaches_it(
    visitor: Visitor, engine: Engine, settings: Settings
) -> None:
    """The draft holds the questions; when the one who asked is forgotten, the question leaves the draft."""
    await visitor.come_in("editor")
    fields = {**FORM, "deed": "entry", "texts": "who mends the bicycle shed\nwhat does mending cost"}
    answer = await visitor.send("/questions/decide", on=GROUP, **fields)
    drafts = Drafts(engine, Publisher(engine, settings.content_dir))
    path = answer.headers["Location"].removeprefix("/content/file/")
    begun = drafts.find(path)
    with engine.begin() as connection:
        erase(Belongings(engine), connection, f"{0:032x}")
        erase(Belongings(engine), connection, f"{1:032x}")
    left = drafts.find(path)

    assert begun and left
    assert '"who mends the bicycle shed"' in begun.text
    assert "bicycle shed" not in left.text
    assert "what does mending cost" in left.text
    assert left.saves == begun.saves + 1
    assert decided(engine) == []
    assert (await visitor.page(f"/content/file/{path}")).status_code == 200


async def test_file_that_changed_meanwhile_is_not_written_over(visitor: Visitor, settings: Settings) -> None:
    """Where the entry cannot take the question, it is said, and nothing is half done."""
    path = settings.content_dir / "answers" / "system" / "value.md"
    path.write_text(path.read_text(encoding="utf-8").replace("questions:", "questions: &all"), encoding="utf-8")
    await visitor.come_in("editor")
    answer = await visitor.send("/questions/decide", on=GROUP, **VARIANT)

    assert answer.status_code == 400
    assert "no list under" in answer.text


def test_settings_of_these_tests_have_content_of_their_own(settings: Settings, database_url: str) -> None:
    """No test writes into the course's own content."""
    assert settings.content_dir != load_settings({"TUTOR_VAR": str(settings.var)}).content_dir
    assert replace(settings, database_url=database_url) == settings
    open_engine(database_url).dispose()
