"""What people say for something that the tutor does, as the training files have it: no such text becomes a question."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from knowledge.listed import form_of
from knowledge.markup import parse_yaml, read_text
from settings import ROOT

FOLDER = ROOT / "bot" / "data" / "nlu"
NO_COMMANDS = ("define_term", "out_of_scope")


@lru_cache(maxsize=1)
def command_examples(folder: Path = FOLDER) -> dict[str, str]:
    """Read the examples, by ``form_of``, each with the intent's name as words.

    Example:
        >>> command_examples()["tell me more"]
        'ask more'
    """
    found = {}
    for path in sorted(folder.glob("*.yml")):
        for row in parse_yaml(read_text(path, path.name), path.name).get("nlu") or []:
            intent = str(row.get("intent", ""))
            if intent not in NO_COMMANDS:
                lines = [line.strip().removeprefix("- ") for line in str(row.get("examples", "")).splitlines()]
                found.update({form_of(line): intent.replace("_", " ") for line in lines if form_of(line)})
    return found
