"""The command line: ``python tutor.py --help`` names every command."""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import sys
from pathlib import Path
from typing import NoReturn

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def main(words: list[str] | None = None) -> int:
    """Run a command; what goes wrong is told in one sentence.

    Returns:
        The exit code: 0 well, 1 problems found or the work failed, 2 it could not begin.
    """
    _write_utf8()
    arguments = _make_parser().parse_args(words)
    if arguments.command is None:
        print(f"tutor: say what to do: {', '.join(COMMANDS)}; tutor --help says more", file=sys.stderr)
        return 2
    from settings import SettingsError, load_settings

    try:
        settings = load_settings()
        return int(COMMANDS[arguments.command](arguments, settings) or 0)
    except SettingsError as error:
        print(f"tutor: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not _is_expected(error):
            raise
        print(f"tutor: {error}", file=sys.stderr)
        return 1


def _is_expected(error: Exception) -> bool:
    """Tell trouble that we foresaw, whose text says it all, from a fault of ours."""
    return type(error).__module__.split(".")[0] in ("knowledge", "commands", "learning", "review", "database")


def _write_utf8() -> None:
    """Write UTF-8 whatever the terminal's language; what cannot be written is spelled out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class _Parser(argparse.ArgumentParser):
    """Reads the words of a command; a mistake is told in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong, and end with 2."""
        self.exit(2, f"tutor: {message}; {self.prog} --help says more\n")


def _make_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="tutor", description="The tutor for the course Co-creation in public services.")
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("run", help="start everything and print the addresses")
    train = commands.add_parser("train", help="train what is out of date")
    train.add_argument("--force", action="store_true", help="train even if nothing changed")
    check = commands.add_parser("check", help="check the content; says file and line of each problem")
    check.add_argument("--readability", action="store_true", help="also print how hard each file is to read")
    ask = commands.add_parser("ask", help="ask a question from the command line")
    ask.add_argument("question", nargs="?", help="the question, in quotes")
    ask.add_argument("--json", action="store_true", help="print the answer as one JSON object")
    ask.add_argument(
        "--jsonl", action="store_true", help="read objects with id and text (or turns) from standard input"
    )
    ask.add_argument("--explain", action="store_true", help="say which topics were near, and why")
    parse = commands.add_parser("parse", help="name the intent of each text")
    parse.add_argument(
        "--jsonl", action="store_true", required=True, help="read objects with id and text from standard input"
    )
    commands.add_parser("tidy", help="forget who has been away for long, and remove codes that are over")
    commands.add_parser("chat", help="talk to the running tutor in this terminal")
    demo = commands.add_parser(
        "demo-data", help="fill an empty database with a month of made-up people, to look around"
    )
    demo.add_argument("--learners", type=int, default=200, help="how many people (200: some three minutes)")
    desk = commands.add_parser("desk-user", help="logins of the course team's desk")
    desk.add_argument("deed", choices=("add", "disable", "list"))
    desk.add_argument("name", nargs="?", default="", help="whose login")
    desk.add_argument("--role", choices=("reader", "editor", "owner"), default="reader", help="what they may do")
    bring = commands.add_parser("import-plan", help="make a project of an exported plan (the Markdown file)")
    bring.add_argument("file", type=Path, help="the exported plan")
    bring.add_argument("--learner", required=True, metavar="ID", help="whose project it becomes")
    certificates = commands.add_parser("certificates", help="list the certificates given out; revoke or restore one")
    certificates.add_argument("work", nargs="?", default="list", choices=["list", "revoke", "restore"])
    certificates.add_argument("code", nargs="?", help="the whole code, or its first four to eight letters")
    certificates.add_argument("--reason", help="why it is revoked; the course team alone reads it")
    return parser


def _run(arguments: argparse.Namespace, settings: object) -> int:
    from commands.run import run

    return run(settings)  # type: ignore[arg-type]


def _train(arguments: argparse.Namespace, settings: object) -> None:
    from commands.run import say
    from commands.train import train

    if not train(settings, say, force=arguments.force):  # type: ignore[arg-type]
        say("the model is up to date")


def _check(arguments: argparse.Namespace, settings: object) -> int:
    from commands.check import check_content

    return check_content(is_graded=arguments.readability)


def _ask(arguments: argparse.Namespace, settings: object) -> int:
    if not arguments.jsonl and not (arguments.question or "").strip():
        print('tutor: ask what? For example: tutor ask "what is co-creation"', file=sys.stderr)
        return 2
    from commands.ask import Questions, print_row, read_rows, standard_input
    from commands.explain import explain_in_words

    questions = Questions(settings)  # type: ignore[arg-type]
    if arguments.jsonl:
        for row_id, turns in read_rows(standard_input()):
            print_row(questions.answer(row_id, turns, is_explained=arguments.explain))
        return 0
    row = questions.answer(None, [arguments.question], is_explained=arguments.explain)
    print(json.dumps(row, ensure_ascii=False) if arguments.json else _in_words(row))
    if "why" in row and not arguments.json:
        print(explain_in_words(row["why"]))
    return 0


def _in_words(row: dict[str, object]) -> str:
    sources = "".join(f"\n- {one['title']} {one['url']}" for one in row["sources"])  # type: ignore[attr-defined]
    return f"{row['text']}" + (f"\n\nSources:{sources}" if sources else "")


def _parse(arguments: argparse.Namespace, settings: object) -> None:
    from commands.ask import Understanding, print_row, read_rows, standard_input

    understanding = Understanding(settings)  # type: ignore[arg-type]
    for row_id, turns in read_rows(standard_input()):
        parsed = understanding.parse(turns[-1])
        print_row({"id": row_id, "intent": parsed.intent, "confidence": round(parsed.confidence, 4)})


def _chat(arguments: argparse.Namespace, settings: object) -> None:
    from commands.chat import chat

    chat(settings)  # type: ignore[arg-type]


def _tidy(arguments: argparse.Namespace, settings: object) -> None:
    from commands.tidy import tidy_up

    tidy_up(settings)  # type: ignore[arg-type]


def _demo_data(arguments: argparse.Namespace, settings: object) -> int:
    if not 1 <= arguments.learners <= 1000:
        print(f"tutor: --learners is {arguments.learners}; it must be from 1 to 1000", file=sys.stderr)
        return 2
    from commands.demo_data import make_demo_data
    from commands.run import say

    said = make_demo_data(settings, say, arguments.learners)  # type: ignore[arg-type]
    say(f"{said:,} messages were said; look around with make run, at the desk's address (a login: tutor.py desk-user)")
    return 0


def _desk_user(arguments: argparse.Namespace, settings: object) -> int:
    from commands import desk_user

    if arguments.deed == "list":
        return desk_user.list_users(settings)  # type: ignore[arg-type]
    if arguments.deed == "disable":
        return desk_user.disable_user(settings, arguments.name)  # type: ignore[arg-type]
    return desk_user.add_user(settings, arguments.name, arguments.role)  # type: ignore[arg-type]


def _import_plan(arguments: argparse.Namespace, settings: object) -> None:
    from commands.import_plan import import_plan

    print(import_plan(settings, arguments.file, arguments.learner))  # type: ignore[arg-type]


def _certificates(arguments: argparse.Namespace, settings: object) -> None:
    from commands.certificates import run_certificates

    run_certificates(settings, arguments.work, arguments.code, arguments.reason)  # type: ignore[arg-type]


COMMANDS = {
    "run": _run,
    "train": _train,
    "check": _check,
    "ask": _ask,
    "parse": _parse,
    "chat": _chat,
    "tidy": _tidy,
    "demo-data": _demo_data,
    "desk-user": _desk_user,
    "import-plan": _import_plan,
    "certificates": _certificates,
}

if __name__ == "__main__":
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").propagate = False  # of old libraries; nobody who reads them here can mend them
    sys.exit(main())
