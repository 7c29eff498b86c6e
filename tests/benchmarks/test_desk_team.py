"""What a team leaves on its desk: as much as asked, the same for a seed, and rows that both databases take."""

from __future__ import annotations

from datetime import datetime

from benchmarks.desk_people import People, Size
from benchmarks.desk_rows import write_rows
from benchmarks.desk_team import Question, Team, Work, read_questions
from database import open_engine
from review.audit import SHOWN, Audit
from review.meant import Corrections
from review.revisions import Revisions
from tests.benchmarks.test_desk_people import KNOWLEDGE

NOW, WORK = datetime(2026, 5, 1), Work(deeds=300, corrections=3, certificates=4, revisions=5, trainings=6, drafts=2)
QUESTIONS = [Question(number, f"{number:032x}", f"m{number}") for number in range(1, 9)]


def test_work_of_one_seed_is_the_same() -> None:
    """The same seed gives the same rows, another one others."""
    first, again, other = (list(Team(QUESTIONS, WORK, seed, NOW).rows()) for seed in (1, 1, 2))

    assert first == again
    assert first != other


def test_work_is_read_as_the_desk_reads_it(url: str) -> None:
    """Corrections are of messages that were written, and publications have their files."""
    engine = open_engine(url)
    write_rows(engine, People(KNOWLEDGE, Size(20, 200), 1, NOW).rows())

    written = write_rows(engine, Team(read_questions(engine), WORK, 1, NOW).rows())

    found = Revisions(engine).find(1)
    assert (written["certificate"], written["desk_training"], written["content_draft"]) == (4, 6, 2)
    assert found is not None
    assert found.files[0].before != found.files[0].after
    assert len(Corrections(engine).all()) == 3
    assert len(Audit(engine).latest()) == SHOWN
    engine.dispose()
