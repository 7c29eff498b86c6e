"""An answer about one's own project is told from a question to the tutor, and from a command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loader import load_knowledge
from learning.typed_reply import Reply, read_reply

EXAMPLES = [question.example for stage in load_knowledge().stages.values() for question in stage.questions]


@pytest.mark.parametrize("text", EXAMPLES)
def test_example_of_the_course_is_an_answer(text: str) -> None:
    """What the course itself gives as an answer is one, whatever command it may sound like."""
    assert read_reply(text, is_command=True, confidence=0.5) == "answer"
    assert read_reply(text, is_command=False, confidence=0.5) == "answer"


@pytest.mark.parametrize(
    ("text", "is_command", "confidence", "reply"),
    [
        ("show my plan", True, 0.98, "command"),
        ("skip this question please", True, 0.6, "command"),
        ("can you show me what i have in my plan so far", True, 0.7, "command"),
        ("We want to redesign our home care together with the clients", True, 0.76, "answer"),
        ("what is a living lab", False, 0.6, "question"),
        ("Is there proof that it works?", False, 0.6, "question"),
        ("When the ward round ends, we meet in the kitchen. Then we cook.", False, 0.5, "answer"),
        ("older people", False, 0.3, "answer"),
        ("nobody", False, 0.9, "answer"),
        ("2026", False, 0.2, "answer"),
        ("…", False, 0.2, "unsure"),
        ("👍", True, 0.9, "unsure"),
    ],
)
def test_reply_is_told_apart(text: str, is_command: bool, confidence: float, reply: Reply) -> None:
    """Short commands, questions, and all the rest as an answer."""
    assert read_reply(text, is_command=is_command, confidence=confidence) == reply


@given(text=st.text(max_size=4000), is_command=st.booleans(), confidence=st.floats(0, 1))
def test_any_text_is_one_of_four(text: str, is_command: bool, confidence: float) -> None:
    """Reading is total, and a text that was understood as no command never is one."""
    reply = read_reply(text, is_command=is_command, confidence=confidence)

    assert reply in ("answer", "question", "command", "unsure")
    assert is_command or reply != "command"
