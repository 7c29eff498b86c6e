"""Which day and hour it is where a person is. Pure functions."""

from __future__ import annotations

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

UTC = "UTC"


def local_date(moment: datetime, zone_name: str) -> date:
    """Return the date of a moment in a time zone; see ``to_local``."""
    return to_local(moment, zone_name).date()


def to_local(moment: datetime, zone_name: str) -> datetime:
    """Return what clocks in a time zone show at a moment.

    Args:
        moment: In UTC, without a zone.
        zone_name: As the IANA database names it, such as ``Europe/Tallinn``; one that is not known counts as UTC.
    """
    return moment.replace(tzinfo=timezone.utc).astimezone(_zone(zone_name)).replace(tzinfo=None, fold=0)


def to_utc(local: datetime, zone_name: str) -> datetime:
    """Return the moment, in UTC without a zone, at which clocks in a time zone show a date and hour.

    An hour that clocks show twice, in autumn, means the first time. One that they leave out, in spring, means as much
    later as they leave out.

    Example:
        >>> to_local(to_utc(datetime(2026, 3, 29, 3, 30), "Europe/Tallinn"), "Europe/Tallinn")
        datetime.datetime(2026, 3, 29, 4, 30)
    """
    return local.replace(tzinfo=_zone(zone_name), fold=0).astimezone(timezone.utc).replace(tzinfo=None)


def is_zone(name: str) -> bool:
    """Tell whether the IANA database knows a time zone of this name."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not there, not a name, or a folder of names
        return False
    return True


def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name if is_zone(name) else UTC)
