"""Numbers of people that tell of no one person: rounded to fives, so that no difference of two tells more."""

from __future__ import annotations

FIVE = 5


def to_fives(people: int) -> int:
    """Round a number of people to the nearest five; one or two become none.

    Every number of a page goes through this, totals too: what is left out of a total then cannot be worked out.

    Source:
        HESA rounding methodology, as statistical offices use it for counts of students.

    Example:
        >>> [to_fives(people) for people in (0, 2, 3, 7, 8, 100)]
        [0, 0, 5, 5, 10, 100]
    """
    return (people + FIVE // 2) // FIVE * FIVE
