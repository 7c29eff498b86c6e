"""What was right in real conversations stays right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from settings import Settings
from tests.cases.holding import Row, broken, read_cases


@dataclass
class FakeTutor:
    """Answers with one topic, or none; takes everything for one intent."""

    topics: tuple[str, ...] = ()
    meant: str = "greet"

    def answer(self, row_id: object, turns: list[str]) -> Row:
        """Answer."""
        return {"decision": "answer" if self.topics else "abstain", "topics": list(self.topics)}

    def intent(self, text: str) -> str:
        """Take it for the one."""
        return self.meant


@pytest.mark.parametrize(
    ("case", "tutor", "holds"),
    [
        ({"topics": ["a", "b"]}, FakeTutor(("b",)), True),
        ({"topics": ["a"]}, FakeTutor(("b", "a")), False),
        ({"topics": ["a"]}, FakeTutor(), False),
        ({"topics": []}, FakeTutor(), True),
        ({"topics": []}, FakeTutor(("b",)), False),
        ({"intent": "greet"}, FakeTutor(), True),
        ({"intent": "thank"}, FakeTutor(), False),
    ],
)
def test_case_holds_when_the_tutor_does_so(case: Row, tutor: FakeTutor, holds: bool) -> None:
    """A line is broken exactly if something else happens, and it says what."""
    told = broken(tutor, [{"id": "x", "text": "words", **case}])

    assert (told == []) is holds
    assert holds or "words" in told[0]


def test_every_file_of_the_folder_is_read(tmp_path: Path) -> None:
    """A file that is dropped in is taken, whatever it is called."""
    (tmp_path / "desk_20260101_120000.jsonl").write_text('{"id": "a"}\n\n', encoding="utf-8")
    (tmp_path / "other.jsonl").write_text('{"id": "b"}', encoding="utf-8")

    assert [row["id"] for row in read_cases(tmp_path)] == ["a", "b"]
    assert read_cases()


def test_cases_from_the_desk_hold(trained_settings: Settings) -> None:
    """The trained tutor does what every line in this folder says."""
    from commands.ask import Questions  # loads the model

    class Trained(Questions):
        """The trained tutor."""

        def intent(self, text: str) -> str:
            """Say what the model takes a text for."""
            return self.ask([text])[1].intent

    assert broken(Trained(trained_settings), read_cases()) == []
