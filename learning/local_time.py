"""Which day it is where a person is. Pure functions."""

from __future__ import annotations

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

UTC = "UTC"


def local_date(moment: datetime, zone_name: str) -> date:
    """Return the date of a moment in a time zone.

    Args:
        moment: In UTC, without a zone.
        zone_name: As the IANA database names it, such as ``Europe/Tallinn``; one that is not known counts as UTC.
    """
    return moment.replace(tzinfo=timezone.utc).astimezone(_zone(zone_name)).date()


def is_zone(name: str) -> bool:
    """Tell whether the IANA database knows a time zone of this name."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not there, not a name, or a folder of names
        return False
    return True


def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name if is_zone(name) else UTC)
