"""The command line: one clear sentence where something is wrong, the right exit code, and never a traceback."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.ask import InputError, read_rows
from commands.check import check_content
from commands.run import PortTaken, check_ports
from knowledge.loader import CONTENT
from settings import LOOPBACK, PORTS, ROOT, Settings, load_settings

RUN_LIMIT_SECONDS = 120


@pytest.fixture
def taken_port() -> Iterator[int]:
    """Give a port on which another program listens."""
    with socket.create_server((LOOPBACK, 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Give settings of a folder of their own, with ports that are free."""
    return load_settings({"TUTOR_VAR": str(tmp_path), "TUTOR_SECRET": "secret", **_free_ports()})


def _free_ports() -> dict[str, str]:
    probes = [socket.create_server((LOOPBACK, 0)) for _ in PORTS]
    ports = {name: str(probe.getsockname()[1]) for name, probe in zip(PORTS, probes, strict=True)}
    for probe in probes:
        probe.close()
    return ports


def _tutor(*words: str, said: bytes = b"", **environ: str) -> subprocess.CompletedProcess[str]:
    """Run ``tutor.py`` as a person does."""
    run = subprocess.run(
        [sys.executable, "tutor.py", *words],
        cwd=ROOT,
        env={**os.environ, **environ},
        input=said,
        capture_output=True,
        timeout=RUN_LIMIT_SECONDS,
    )
    return subprocess.CompletedProcess(run.args, run.returncode, run.stdout.decode(), run.stderr.decode())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            [],
            "tutor: say what to do: run, train, check, ask, parse, chat, tidy, import-plan, desk-user; "
            "tutor --help says more",
        ),
        (["fly"], "tutor: argument command: invalid choice: 'fly'"),
        (["ask"], 'tutor: ask what? For example: tutor ask "what is co-creation"'),
        (["ask", " "], 'tutor: ask what? For example: tutor ask "what is co-creation"'),
        (["ask", "why", "now"], "tutor: unrecognized arguments: now"),
        (["parse"], "tutor: the following arguments are required: --jsonl"),
    ],
)
def test_words_not_understood_get_one_sentence(tmp_path: Path, words: list[str], sentence: str) -> None:
    """What cannot begin ends with 2 and says in one line what would be right."""
    run = _tutor(*words, TUTOR_VAR=str(tmp_path))

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(sentence)
    assert run.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("environ", "sentence", "code"),
    [
        ({"PORT": "eighty"}, "tutor: PORT is 'eighty'; it must be a port number from 1 to 65535\n", 2),
        ({"PUBLIC_URL": "tutor"}, "tutor: PUBLIC_URL is 'tutor'; it must look like https://tutor.example.org\n", 2),
        ({"DATABASE_URL": "sqlite:////dev/null/x.db"}, "tutor: the database cannot be used (", 1),
    ],
)
def test_run_with_unusable_setting_names_it(tmp_path: Path, environ: dict[str, str], sentence: str, code: int) -> None:
    """A setting that cannot be used ends the start with a sentence that names it."""
    run = _tutor("run", **{"TUTOR_VAR": str(tmp_path), **_free_ports(), **environ})

    assert run.returncode == code
    assert run.stderr.startswith(sentence)
    assert run.stderr.count("\n") == 1


def test_run_on_taken_port_names_setting(tmp_path: Path, taken_port: int) -> None:
    """A port that another program has ends the start before anything else is done."""
    run = _tutor("run", **{"TUTOR_VAR": str(tmp_path), **_free_ports(), "REVIEW_PORT": str(taken_port)})

    expected = f"tutor: port {taken_port} is taken by another program; stop that program, or set REVIEW_PORT to another"
    assert run.returncode == 2
    assert run.stderr.startswith(expected)
    assert run.stderr.count("\n") == 1
    assert not (tmp_path / "tutor.db").exists()


@pytest.mark.parametrize("name", PORTS)
def test_each_taken_port_names_its_setting(settings: Settings, taken_port: int, name: str) -> None:
    """Whichever port is taken, the sentence names the setting that moves ours."""
    environ = {**_free_ports(), name: str(taken_port), "TUTOR_SECRET": "secret", "TUTOR_VAR": str(settings.var)}

    with pytest.raises(PortTaken, match=rf"port {taken_port} is taken .* set {name} to another port"):
        check_ports(load_settings(environ))


def test_free_ports_are_left_free(settings: Settings) -> None:
    """Looking whether ports are free takes none."""
    check_ports(settings)
    check_ports(settings)


def test_ask_without_model_says_what_to_do(tmp_path: Path) -> None:
    """Before anything was trained, asking says how to train."""
    run = _tutor("ask", "what is co-creation", TUTOR_VAR=str(tmp_path))

    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("tutor: tutor.tar.gz is missing in ")
    assert run.stderr.endswith("; run tutor train\n")


def test_ask_answers_each_line_until_a_broken_one(trained_settings: Settings) -> None:
    """Lines are answered in order; odd texts are no trouble; a broken line is named, with what would be right."""
    lines = [
        '\ufeff{"id": 1, "text": "what is co-creation"}',
        "",
        '{"id": 2, "text": ""}',
        '{"id": "x\\ud800", "text": "/ \\ud800 \u200b"}',
        '{"id": 4, "turns": ["what is co-creation", "can you give an example"]}',
        '{"id": 5, "text": "what is',
        '{"id": 6, "text": "never reached"}',
    ]

    run = _tutor("ask", "--jsonl", said="\n".join(lines).encode(), TUTOR_VAR=str(trained_settings.var))

    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert [row["id"] for row in rows] == [1, 2, "x\ud800", 4]
    assert [row["decision"] for row in rows] == ["answer", "abstain", "abstain", "answer"]
    assert {frozenset(row) for row in rows} == {frozenset(("id", "decision", "topics", "score", "text", "sources"))}
    assert rows[0]["topics"][0] == "system.co-creation" and rows[0]["sources"]
    assert all(0 <= row["score"] <= 1 and len(row["topics"]) <= 3 for row in rows)
    assert run.returncode == 1
    assert run.stderr == "tutor: line 6: expected an object with id and text (or turns)\n"


def test_parse_names_intents_of_lines(trained_settings: Settings) -> None:
    """Each line gets its likeliest intent; a text without words gets none."""
    said = b'{"id": 1, "text": "/next"}\n{"id": 2, "text": "hello"}\n{"id": 3, "text": " "}'

    run = _tutor("parse", "--jsonl", said=said, TUTOR_VAR=str(trained_settings.var))

    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert (run.returncode, run.stderr) == (0, "")
    assert [row["intent"] for row in rows] == ["continue_lesson", "greet", ""]
    assert all(0 <= row["confidence"] <= 1 for row in rows)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("not json", "line 2: expected an object with id and text (or turns)"),
        ("[]", "line 2: expected an object"),
        ("7", "line 2: expected an object"),
        ('"text"', "line 2: expected an object"),
        ("null", "line 2: expected an object"),
        ('{"text": "no id"}', "line 2: expected an object"),
        ('{"id": 1}', "line 2: expected an object"),
        ('{"id": 1, "text": null}', "line 2: text must be a text"),
        ('{"id": 1, "text": 7}', "line 2: text must be a text"),
        ('{"id": 1, "turns": []}', "line 2: text must be a text, turns a list of texts"),
        ('{"id": 1, "turns": "one"}', "line 2: text must be a text"),
        ('{"id": 1, "turns": ["one", 2]}', "line 2: text must be a text"),
    ],
)
def test_broken_line_is_named_with_its_number(line: str, message: str) -> None:
    """Whatever is wrong with a line, its number is told, counted with empty lines."""
    with pytest.raises(InputError, match="^" + message.replace("(", r"\(").replace(")", r"\)")):
        list(read_rows(["\n", line]))


def test_good_lines_give_id_and_turns() -> None:
    """A text is one turn; several turns stay together; empty lines are passed over."""
    lines = ['{"id": "a", "text": "one"}\n', " \n", '{"id": 2, "turns": ["one", "two"], "more": 1}']

    assert list(read_rows(lines)) == [("a", ["one"]), (2, ["one", "two"])]


def test_check_of_the_course_finds_nothing(tmp_path: Path) -> None:
    """The course's own content is well, and the counts are told."""
    run = _tutor("check", TUTOR_VAR=str(tmp_path))

    assert run.returncode == 0, run.stdout
    assert run.stdout.startswith("all well: ")


def test_check_of_broken_content_names_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each problem is told with file and line; the exit code says that there is some."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    lesson = sorted(folder.glob("lessons/**/*.md"))[0]
    lines = lesson.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("{sources:"))
    lines[number - 1] = "{sources: S999999}"
    lesson.write_text("\n".join(lines), encoding="utf-8")

    code = check_content(folder)

    said = capsys.readouterr().out.splitlines()
    problem = next(line for line in said if "S999999" in line)
    file, line, _ = problem.split(":", 2)
    assert code == 1
    assert (folder / file) == lesson
    assert 0 < int(line) <= number
    assert said[-1].endswith("to mend")
