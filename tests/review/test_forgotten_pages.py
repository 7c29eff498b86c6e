"""Who is forgotten leaves the desk: drafts in other words, groups, hand-overs, tests, exports; the rest is named."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import open_engine
from learning import tables as learning
from learning.belongings import Belongings
from learning.erasure import erase
from review import question_tables as tables
from review.audit import Audit
from review.desk import create_app
from review.exporting import Veil
from review.trainings import Trainings
from review.users import Users
from settings import Settings, load_settings
from tests.review.conftest import KNOWLEDGE
from tests.review.content import copy_content
from tests.review.talking import Said, talk
from tests.review.visitors import ADDRESS, Visitor

ANN, BEN = "a" * 32, "b" * 32
SHED = Said("who mends the bicycle shed at the north quay", "ask_system", "action_answer_question", decision="abstain")
DRAFTED = {"of": "1", "days": "30", "deed": "entry", "texts": "who mends the bicycle shed at the quay"}
REWORDED = "is anybody there to repair sheds for bikes"


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Give the settings of a tutor with content of its own."""
    values = {"TUTOR_VAR": str(tmp_path), "DATABASE_URL": database_url}
    return load_settings({**values, "TUTOR_CONTENT": str(copy_content(tmp_path))})


@pytest.fixture
async def visitor(settings: Settings, users: Users, engine: Engine) -> AsyncIterator[Visitor]:
    """Give an editor's browser at a desk that starts no process; Ann has asked something."""
    talk(engine, ANN, [SHED])
    transport = httpx.ASGITransport(create_app(settings, KNOWLEDGE, Trainings(engine, lambda: None)))
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        visitor = Visitor(client)
        await visitor.come_in("editor")
        yield visitor


def forget(settings: Settings, learner_id: str) -> None:
    """Forget somebody, as the chat does."""
    engine = open_engine(settings.database_url)
    with engine.begin() as connection:
        erase(Belongings(engine), connection, learner_id)
    engine.dispose()


async def begin_draft(visitor: Visitor) -> str:
    """Begin a draft from the group; return the address of its page."""
    answer = await visitor.send("/questions/decide", on="/questions/group?of=1&days=30", **DRAFTED)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def field(page: str, name: str) -> str:
    """Return a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def text_in(page: str) -> str:
    """Return the text that stands in the field to write in."""
    return html.unescape(page.split("required>\n", 1)[1].split("</textarea>", 1)[0])


async def save(visitor: Visitor, address: str, page: str, text: str) -> httpx.Response:
    """Save a text from a page as it was loaded."""
    fields = {"seen": field(page, "seen"), "base": field(page, "base"), "text": text}
    return await visitor.send(address.replace("/file/", "/save/"), on=address, **fields)


async def test_reworded_question_leaves_the_draft(visitor: Visitor, settings: Settings, engine: Engine) -> None:
    """Put in other words twice, it is still hers: it goes when she does, and the editor is told kindly, once."""
    address = await begin_draft(visitor)
    page = (await visitor.page(address)).text
    text = text_in(page).replace("who mends the bicycle shed at the quay", REWORDED)
    await save(visitor, address, page, text)
    assert REWORDED in (await visitor.page(address)).text

    forget(settings, ANN)
    after = (await visitor.page(address)).text
    today = (await visitor.page("/")).text
    await visitor.send("/forgotten/done", on=address, what="draft", number=field(after, "number"))

    assert REWORDED not in after
    assert "one example was taken out" in after and "You have done nothing wrong" in after
    assert 'href="/forgotten"' in today
    assert "taken out" not in (await visitor.page(address)).text
    assert "looked after an erasure" in [deed.action for deed in Audit(engine).latest()]


async def test_page_opened_before_the_erasure_brings_nothing_back(visitor: Visitor, settings: Settings) -> None:
    """Who saves afterwards is told what happened; saved again, the question is left out, the rest is kept."""
    address = await begin_draft(visitor)
    page = (await visitor.page(address)).text
    mine = text_in(page).replace("## answer\n", "## answer\n\nWe do.\n")
    forget(settings, ANN)

    told = await save(visitor, address, page, mine)
    again = await save(visitor, address, told.text, mine)
    kept = text_in((await visitor.page(address)).text)

    assert told.status_code == 409
    assert "has been forgotten" in html.unescape(told.text)
    assert again.status_code == 303
    assert "We do." in kept and "bicycle shed" not in kept


@pytest.mark.parametrize("way", ["discard", "publish"])
async def test_draft_that_is_over_remembers_nobody(visitor: Visitor, engine: Engine, way: str) -> None:
    """Thrown away or published, what was kept about whose questions stood in it is gone."""
    address = await begin_draft(visitor)
    page = (await visitor.page(address)).text
    if way == "discard":
        await visitor.send(address.replace("/file/", "/discard/"), on=address)
    else:
        entry = (KNOWLEDGE.entries["system.value"].place.file).removeprefix("knowledge/content/")
        await publish_as(visitor, engine, address, page, entry)

    with engine.connect() as connection:
        assert connection.execute(sa.select(tables.desk_draft_question)).all() == []


async def publish_as(visitor: Visitor, engine: Engine, address: str, page: str, entry: str) -> None:
    """Have the draft belong to a file that passes the check, and publish it with one example more."""
    path = f"/content/file/{entry}"
    shown = (await visitor.page(path)).text
    text = text_in(shown).replace("questions:\n", f"questions:\n  - {REWORDED}\n")
    with engine.begin() as connection:
        source = tables.desk_draft_question
        connection.execute(source.update().values(draft_path=entry))
    fields = {"seen": "0", "base": field(shown, "base"), "text": text, "why": "a new example"}
    answer = await visitor.send(path.replace("/file/", "/publish/"), on=path, **fields)
    assert answer.status_code == 303


async def test_message_put_right_goes_into_a_draft_and_leaves_it(visitor: Visitor, settings: Settings) -> None:
    """What meant a topic stands in a draft of its answer, once, until its person is forgotten."""
    here, turn = f"/conversations/{ANN}", f"{ANN[:6]}-1"
    await visitor.send(f"{here}/correct", on=here, turn=turn, meant="topic:system.value")
    for _ in range(2):
        answer = await visitor.send("/corrections/draft", on="/corrections", learner=ANN, message=turn)
    page = (await visitor.page(answer.headers["Location"])).text

    forget(settings, ANN)
    left = (await visitor.page(answer.headers["Location"])).text

    assert answer.headers["Location"] == "/content/file/answers/system/value.md"
    assert text_in(page).count(f"  - {SHED.text}\n") == 1
    assert SHED.text not in left and "one example was taken out" in left


async def test_message_that_means_no_topic_goes_into_no_draft(visitor: Visitor) -> None:
    """A command is no question about the course, and what is not there is told; nothing is begun."""
    here, turn = f"/conversations/{ANN}", f"{ANN[:6]}-1"
    await visitor.send(f"{here}/correct", on=here, turn=turn, meant="continue_lesson")
    command = await visitor.send("/corrections/draft", on="/corrections", learner=ANN, message=turn)
    nothing = await visitor.send("/corrections/draft", on="/corrections", learner=BEN, message="x")

    assert (command.status_code, nothing.status_code) == (404, 404)
    assert "You see a" not in (await visitor.page("/content/file/answers/system/value.md")).text


async def test_published_question_stays_the_teams(visitor: Visitor, settings: Settings) -> None:
    """What was published before is a text of the course; an erasure does not change the content."""
    path = settings.content_dir / "answers/system/value.md"
    variant = {"of": "1", "days": "30", "deed": "variant", "topic": "system.value", "texts": "who mends sheds"}
    await visitor.send("/questions/decide", on="/questions/group?of=1&days=30", **variant)

    forget(settings, ANN)

    assert "  - who mends sheds\n" in path.read_text(encoding="utf-8")


async def test_group_handover_and_exports_are_empty_afterwards(
    visitor: Visitor, settings: Settings, engine: Engine
) -> None:
    """A group that was looked at has one less, nobody has the conversation in hand, and no file has a word of it."""
    talk(engine, BEN, [SHED])
    here = f"/conversations/{ANN}"
    await visitor.send(f"{here}/mark", on=here, note="ring her", tags="call", handed_to="editor", flagged="yes")
    assert "2 × who mends" in (await visitor.page("/questions")).text

    forget(settings, ANN)
    files = [
        (await visitor.send("/exports/file", on="/exports", what=what, days="", format=kind)).text
        for what in ("conversations", "questions", "progress", "attempts")
        for kind in ("csv", "json", "xapi")
    ]

    assert "1 × who mends" in (await visitor.page("/questions")).text
    assert ANN not in (await visitor.page("/conversations?state=mine")).text
    assert (await visitor.page(here)).status_code == 404
    assert not any(Veil(settings.secret).person(ANN) in one for one in files)
    assert sum(Veil(settings.secret).person(BEN) in one for one in files) >= 6
    with engine.connect() as connection:
        assert connection.execute(sa.select(learning.question.c.learner_id)).scalars().all() == [BEN]


async def test_taken_test_is_named_when_its_person_is_forgotten(visitor: Visitor, settings: Settings) -> None:
    """The file, its lines and who has it stand there until somebody says that it is done; before, nothing does."""
    here, turn = f"/conversations/{ANN}", f"{ANN[:6]}-1"
    lines = await visitor.send(f"{here}/cases", on=here, kind="lines", turn=turn)
    await visitor.send(f"{here}/cases", on=here, kind="story", turn=turn)
    assert "desk_" not in (await visitor.page("/forgotten")).text

    forget(settings, ANN)
    page = (await visitor.page("/forgotten")).text
    numbers = re.findall(r'name="number" value="(\d+)"', page)
    for number in numbers:
        await visitor.send("/forgotten/done", on="/content/new", what="file", number=number)
    repeated = await visitor.send("/forgotten/done", on="/content/new", what="file", number=numbers[0])

    assert f"the lines {lines.json()['id']}" in page and ": all of it" in page
    assert len(numbers) == 2
    assert (await visitor.page("/forgotten")).text.count("None.") == 2
    assert repeated.status_code == 404


@pytest.mark.parametrize("form", [{"what": "all", "number": "1"}, {"what": "file", "number": "²"}, {"what": "draft"}])
async def test_nonsense_is_refused(visitor: Visitor, form: dict[str, str]) -> None:
    """What names nothing changes nothing, and is told so."""
    assert (await visitor.send("/forgotten/done", on="/content/new", **form)).status_code == 400
