"""Settings: defaults that work, and a sentence that names the setting where one cannot be used."""

from __future__ import annotations

import multiprocessing
import stat
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settings import Settings, SettingsError, load_settings

MANY_STARTERS = 4


def _load(folder: Path, **values: str) -> Settings:
    return load_settings({"TUTOR_VAR": str(folder / "var"), **values}, folder / ".env")


def test_settings_without_any_value_work_on_one_machine(tmp_path: Path) -> None:
    """Every setting has a default: one folder, one database file, loopback, four ports."""
    settings = _load(tmp_path)

    assert settings.database_url == f"sqlite:///{tmp_path / 'var' / 'tutor.db'}"
    assert (settings.host, settings.public_url) == ("127.0.0.1", "http://localhost:8000")
    assert (settings.port, settings.review_port, settings.rasa_port, settings.actions_port) == (8000, 8001, 5005, 5055)
    assert settings.rasa_url == "http://127.0.0.1:5005"


def test_env_file_is_read_and_environment_wins(tmp_path: Path) -> None:
    """What stands in .env counts, unless the environment says otherwise; a byte order mark does no harm."""
    (tmp_path / ".env").write_text("\ufeffPORT=8010\n# a remark\n\nREVIEW_PORT='8011'\nHOST=\n", encoding="utf-8")

    settings = _load(tmp_path, REVIEW_PORT="8012")

    assert (settings.port, settings.review_port, settings.host) == (8010, 8012, "127.0.0.1")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("PORT 8000\n", 1),
        ("PORT=8000\nHOST\n", 2),
        ("PORT=8000\n\n\nHOST 0.0.0.0\n", 4),
        ("# a remark\nTUTOR_SECRET='open\nPORT=8000\n", 2),
        ("PORT=8000\n=nothing\n", 2),
    ],
)
def test_env_line_that_cannot_be_read_is_named(tmp_path: Path, text: str, line: int) -> None:
    """A bad line is told with file and line, and what would be right."""
    (tmp_path / ".env").write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError, match=rf"^\.env:{line}: cannot be read; write one NAME=value a line$"):
        _load(tmp_path)


def test_env_file_in_other_encoding_is_refused(tmp_path: Path) -> None:
    """A file that is no UTF-8 is told, not guessed."""
    (tmp_path / ".env").write_bytes("HOST=bühne".encode("latin-1"))

    with pytest.raises(SettingsError, match=r"\.env cannot be read .* UTF-8"):
        _load(tmp_path)


@pytest.mark.parametrize("name", ["PORT", "REVIEW_PORT", "RASA_PORT", "ACTIONS_PORT"])
@pytest.mark.parametrize("value", ["0", "65536", "-1", "http", "80 80", "8000.0", "²", "9" * 5000])
def test_port_that_is_none_is_refused(tmp_path: Path, name: str, value: str) -> None:
    """A port is a number from 1 to 65535; the sentence names the setting."""
    with pytest.raises(SettingsError, match=rf"^{name} is .* port number from 1 to 65535"):
        _load(tmp_path, **{name: value})


@given(port=st.integers(10_000, 65535))
def test_port_that_is_one_is_taken(port: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every port number is taken as it is, and the public address follows it."""
    settings = _load(tmp_path_factory.getbasetemp(), PORT=str(port))

    assert (settings.port, settings.public_url) == (port, f"http://localhost:{port}")


def test_two_doors_on_one_port_are_refused(tmp_path: Path) -> None:
    """Two programs cannot share a port; the sentence names both settings, also where one is a default."""
    with pytest.raises(SettingsError, match=r"^PORT and REVIEW_PORT are both 8001; give each a port of its own$"):
        _load(tmp_path, PORT="8001")


@pytest.mark.parametrize("url", ["https://tutor.example.org", "http://localhost:8000/", "https://[::1]:8443"])
def test_public_url_that_is_an_address_is_taken(tmp_path: Path, url: str) -> None:
    """An address of scheme and host is taken; a slash at its end is dropped."""
    assert _load(tmp_path, PUBLIC_URL=url).public_url == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "tutor.example.org",
        "ftp://tutor.example.org",
        "https://",
        "https://:8000",
        "https://tutor.example.org/course",
        "https://tutor.example.org?course=1",
        "https://tutor.example.org#top",
        "https://anna:word@tutor.example.org",
        "https://tutor.example.org:http",
        "https://[::1",
        "https://tutor example.org",
    ],
)
def test_public_url_with_less_or_more_is_refused(tmp_path: Path, url: str) -> None:
    """Anything but scheme and host is refused, with an example of what would be right."""
    with pytest.raises(SettingsError, match=r"^PUBLIC_URL is .* https://tutor\.example\.org$"):
        _load(tmp_path, PUBLIC_URL=url)


@pytest.mark.parametrize("url", ["sqlite:////srv/tutor.db", "postgresql://db/tutor", "postgresql+psycopg2://db/tutor"])
def test_database_url_of_a_server_or_file_is_taken(tmp_path: Path, url: str) -> None:
    """SQLite files and PostgreSQL are what the tutor knows."""
    assert _load(tmp_path, DATABASE_URL=url).database_url == url


@pytest.mark.parametrize(
    "url", ["mysql://db", "sqlite:///", "sqlite:///:memory:", "postgresqlx", "postgresql://", "tutor.db"]
)
def test_database_url_of_other_kind_is_refused(tmp_path: Path, url: str) -> None:
    """Another database, or one in memory that each process would have for itself, is refused; no password is shown."""
    with pytest.raises(
        SettingsError, match=r"^DATABASE_URL must be sqlite:/// and a file, or begin with postgresql://$"
    ):
        _load(tmp_path, DATABASE_URL=url)


def test_encoder_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    """A folder that is not there is named."""
    with pytest.raises(SettingsError, match=r"^TUTOR_ENCODER is '/no/such'; there is no such folder$"):
        _load(tmp_path, TUTOR_ENCODER="/no/such")


def test_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    """The first start makes a secret that only its owner can read; later starts find the same."""
    first, second = _load(tmp_path).secret, _load(tmp_path).secret

    file = tmp_path / "var" / "secret"
    assert first == second == file.read_text(encoding="ascii")
    assert len(first) >= 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_secret_of_the_environment_makes_no_file(tmp_path: Path) -> None:
    """A secret that is given is used, and none is made."""
    settings = _load(tmp_path, TUTOR_SECRET="given")

    assert settings.secret == "given"
    assert not (tmp_path / "var").exists()


def _start(folder: Path, together: Any, secrets: Any) -> None:
    together.wait()
    secrets.put(_load(folder).secret)


def test_secret_is_one_for_processes_that_start_at_once(tmp_path: Path) -> None:
    """Programs that start together on a new folder all get the same secret, and none an empty one."""
    context = multiprocessing.get_context("spawn")
    together, secrets = context.Barrier(MANY_STARTERS), context.Queue()
    processes = [context.Process(target=_start, args=(tmp_path, together, secrets)) for _ in range(MANY_STARTERS)]

    for process in processes:
        process.start()
    found = {secrets.get(timeout=60) for _ in processes}
    for process in processes:
        process.join()

    assert len(found) == 1
    assert len(found.pop()) >= 32


def test_secret_file_that_is_empty_is_refused(tmp_path: Path) -> None:
    """An empty secret, as a full disk leaves one, is not used; the sentence says what to do."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret").touch()

    with pytest.raises(SettingsError, match="secret is empty; delete it"):
        _load(tmp_path)


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Where the folder should be there is a file: the sentence names the setting and the path."""
    (tmp_path / "var").touch()

    with pytest.raises(SettingsError, match=f"^TUTOR_VAR: {tmp_path / 'var'} cannot be used"):
        _load(tmp_path)


def test_time_zone_is_taken_by_its_name(tmp_path: Path) -> None:
    """Without a value it is UTC; a name that the database of zones does not know is refused."""
    assert _load(tmp_path).time_zone == "UTC"
    assert _load(tmp_path, TIME_ZONE="Europe/Tallinn").time_zone == "Europe/Tallinn"
    for name in ("Tallinn", "../etc/passwd", "Europe"):
        with pytest.raises(SettingsError, match="TIME_ZONE is"):
            _load(tmp_path, TIME_ZONE=name)


@pytest.mark.parametrize("value", ["21-8", "21:00", "25:00-08:00", "21:00-08:60", "night"])
def test_quiet_hours_that_are_none_are_refused(tmp_path: Path, value: str) -> None:
    """Two hours of a day with a dash between; the sentence names the setting."""
    with pytest.raises(SettingsError, match=r"^QUIET_HOURS is .* must look like 21:00-08:00"):
        _load(tmp_path, QUIET_HOURS=value)


def test_quiet_hours_are_read_as_hours(tmp_path: Path) -> None:
    """Nine in the evening to eight in the morning, unless the setting says otherwise."""
    assert _load(tmp_path).quiet_hours == (time(21), time(8))
    assert _load(tmp_path, QUIET_HOURS="22:30-07:15").quiet_hours == (time(22, 30), time(7, 15))


def test_embed_origins_are_read_as_browsers_write_them(tmp_path: Path) -> None:
    """Commas or blanks between them, small letters, no last slash; nobody unless they are named."""
    settings = _load(tmp_path, EMBED_ORIGINS="https://Moodle.Example.org/, http://localhost:8080\n")

    assert settings.embed_origins == ("https://moodle.example.org", "http://localhost:8080")
    assert _load(tmp_path).embed_origins == ()


@pytest.mark.parametrize(
    "value", ["moodle.example.org", "https://a.org/course", "https://*.org", "https://a.org;x", "*"]
)
def test_embed_origin_that_is_none_is_refused(tmp_path: Path, value: str) -> None:
    """Anything else than an origin could open the page to more sites than were meant."""
    with pytest.raises(SettingsError, match=r"^EMBED_ORIGINS holds .* https://moodle\.example\.org$"):
        _load(tmp_path, EMBED_ORIGINS=value)


@pytest.mark.parametrize("value", ["EN", "../en", "english", "en_GB"])
def test_page_language_that_is_none_is_refused(tmp_path: Path, value: str) -> None:
    """The language is the name of a file, and no path."""
    with pytest.raises(SettingsError, match=r"^PAGE_LANGUAGE is "):
        _load(tmp_path, PAGE_LANGUAGE=value)


@pytest.mark.parametrize(("text", "days"), [("", 730), ("0", 0), ("365", 365)])
def test_retention_is_a_number_of_days(tmp_path: Path, text: str, days: int) -> None:
    """Two years unless it is said otherwise; 0 is no limit."""
    assert _load(tmp_path, RETENTION_DAYS=text).retention_days == days


@pytest.mark.parametrize("text", ["-1", "two years", "1.5", "1000000"])
def test_retention_that_is_no_number_of_days_is_refused(tmp_path: Path, text: str) -> None:
    """A slip of the keyboard must not forget everybody."""
    with pytest.raises(SettingsError, match="must be a number of days"):
        _load(tmp_path, RETENTION_DAYS=text)


@pytest.mark.parametrize(("text", "name"), [("", ""), ("@a_tutor_bot", "a_tutor_bot"), ("a_tutor_bot", "a_tutor_bot")])
def test_name_of_bot_is_read_with_or_without_its_sign(tmp_path: Path, text: str, name: str) -> None:
    """People write it with the sign, links want it without."""
    assert _load(tmp_path, TELEGRAM_BOT=text).telegram_bot == name


def test_name_of_bot_that_no_link_can_hold_is_refused(tmp_path: Path) -> None:
    """An address in place of the name is told with what would be right."""
    with pytest.raises(SettingsError, match="must be the bot's user name"):
        _load(tmp_path, TELEGRAM_BOT="https://t.me/x")


@pytest.mark.parametrize("value", ["", "team@example.org", "https://example.org/course"])
def test_contact_of_the_team_is_a_mail_address_or_a_page(tmp_path: Path, value: str) -> None:
    """It is told to people as it stands."""
    assert _load(tmp_path, TEAM_CONTACT=value).team_contact == value


@pytest.mark.parametrize("value", ["the team", "javascript:alert(1)", "a@b <c>", "https://"])
def test_contact_that_is_none_is_refused(tmp_path: Path, value: str) -> None:
    """A sentence names the setting."""
    with pytest.raises(SettingsError, match=r"^TEAM_CONTACT is"):
        _load(tmp_path, TEAM_CONTACT=value)
