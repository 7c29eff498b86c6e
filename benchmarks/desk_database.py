"""Fresh databases for a measurement: a file of SQLite, and a PostgreSQL of our own where one is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.processes import free_ports
from database import migrate


def postgresql_program(name: str) -> str | None:
    """Find a program of PostgreSQL; Debian keeps them out of the way."""
    found = shutil.which(name) or next(Path("/").glob(f"usr/lib/postgresql/*/bin/{name}"), None)
    return str(found) if found else None


@contextmanager
def fresh_sqlite() -> Iterator[str]:
    """Give the address of an empty file with the whole schema, gone afterwards."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/tutor.db"
        migrate(url)
        yield url


@contextmanager
def fresh_postgresql() -> Iterator[str]:
    """Start a PostgreSQL on a free port; give the address of a database with the whole schema. Stopped afterwards."""
    owner: dict[str, Any] = {"user": "postgres"} if os.geteuid() == 0 else {}  # it refuses to run as root
    with TemporaryDirectory() as folder:
        if owner:
            shutil.chown(folder, **owner)
        (port,) = free_ports(1)
        run: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **owner}
        data, initdb, control = f"{folder}/data", postgresql_program("initdb"), postgresql_program("pg_ctl")
        assert initdb
        assert control
        subprocess.run([initdb, "-D", data, "-U", "tutor", "-A", "trust", "-N"], **run)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder}"
        steer = [control, "-D", data, "-w"]
        subprocess.run([*steer, "-o", options, "-l", f"{folder}/log", "start"], **run)
        try:
            url = f"postgresql://tutor@127.0.0.1:{port}/postgres"
            migrate(url)
            yield url
        finally:
            subprocess.run([*steer, "-m", "immediate", "stop"], **run)
