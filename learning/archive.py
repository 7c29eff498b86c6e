"""All that is stored about a person, in files that programs can read: JSON for each table, and a page that explains."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import now_utc, reading
from learning.belongings import Belongings, Holding, told

KEYS = frozenset({"token_hash", "code_hash", "said_hash", "token", "chat_id"})  # they open doors, and tell nothing
NUMBERS = frozenset({"vector", "text_hash"})  # what a machine makes of a text that stands in the copy itself
README = "README.txt"
TEXT = "text"  # as it was written, whatever it looks like
_HEAD = """Your data in the course tutor, as of {now} UTC.

One file a store, each a list of rows. Times are UTC. "learner_id" and "sender_id" are the random number under which
all of it is kept; your name is not known. Left out are only keys that open doors, such as the hash of your browser's
cookie, and the numbers by which your questions are compared with others.

"""


class Archive:
    """Makes archives.

    Args:
        engine: The database.
        clock: Gives the present moment in UTC, without a zone.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now_utc) -> None:
        self._engine = engine
        self._clock = clock
        self._belongings = Belongings(engine)

    def read(self, learner_id: str) -> dict[str, list[dict[str, Any]]]:
        """Return every row of a person, by table; tables without any are there, empty."""
        with reading(self._engine) as connection:
            return {
                one.name: [
                    _to_json(dict(row))
                    for row in connection.execute(sa.select(one.table).where(one.owner == learner_id)).mappings()
                ]
                for one in self._belongings.holdings
            }

    def pack(self, learner_id: str) -> bytes:
        """Return a ZIP file with ``README.txt`` and a JSON file for each table."""
        found, packed = self.read(learner_id), io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(README, self._explain(found))
            for name, rows in found.items():
                archive.writestr(f"{name}.json", json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return packed.getvalue()

    def _explain(self, found: dict[str, list[dict[str, Any]]]) -> str:
        head = _HEAD.format(now=self._clock().strftime("%Y-%m-%d %H:%M"))
        return head + "\n".join(_tell(one, len(found[one.name])) for one in self._belongings.holdings)


def _tell(holding: Holding, count: int) -> str:
    known = told().get(holding.name)
    lines = [f"{holding.name}.json: {known.name if known else holding.name} ({count})"]
    if known:
        lines += [f"    what: {known.what}", f"    why:  {known.why}"]
    return "\n".join(lines) + "\n"


def _to_json(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value if name == TEXT else _value(value) for name, value in row.items() if name not in KEYS | NUMBERS}


def _value(value: Any) -> Any:
    """Write times as text; a text that is JSON itself is opened, so that nobody has to read it twice."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
