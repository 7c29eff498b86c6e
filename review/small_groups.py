"""Figures that tell of no one person, by one rule for all pages and exports.

Numbers of people, and of what people did, are rounded to fives; shares to five per cent, and both shares and middles
stand only where ``LEAST_PEOPLE`` are behind them. ``templates/small_groups.html`` tells it to whoever reads figures.
Lists of questions and conversations are no figures: who sees them may read what is in them.
"""

from __future__ import annotations

FIVE = 5
LEAST_PEOPLE = 5
FEWEST = "0–2"
_STEPS_OF_SHARE = 20


def to_fives(count: int) -> int:
    """Round a number of people, or of what they did, to the nearest five; one or two become none.

    Every number of a page goes through this, totals too: what is left out of a total then cannot be worked out.

    Source:
        HESA rounding methodology, as statistical offices use it for counts of students.

    Example:
        >>> [to_fives(count) for count in (0, 2, 3, 7, 8, 100)]
        [0, 0, 5, 5, 10, 100]
    """
    return (count + FIVE // 2) // FIVE * FIVE


def tell_fives(count: int) -> str:
    """Write such a number for people, so that nobody takes one or two for none.

    Example:
        >>> [tell_fives(count) for count in (0, 2, 3, 12)]
        ['0–2', '0–2', '5', '10']
    """
    return str(to_fives(count)) if to_fives(count) else FEWEST


def tell_some(count: int) -> str:
    """Write the number of something that is there, within a sentence.

    Example:
        >>> tell_some(1), tell_some(12)
        ('one or two', 'about 10')
    """
    return f"about {to_fives(count)}" if to_fives(count) else "one or two"


def to_share(share: float) -> float:
    """Round a share, 0 to 1, to five per cent.

    Example:
        >>> to_share(0.38)
        0.4
    """
    return round(share * _STEPS_OF_SHARE) / _STEPS_OF_SHARE
