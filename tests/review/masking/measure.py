"""How much masking finds, and how much it hides that is nobody's: ``python -m tests.review.masking.measure [seen]``."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from review.masking import find
from tests.review.masking.sets import Made, Marked, read_half

# What may stand before a name and tells nobody who it is.
TITLES = set(
    "mr mrs ms dr frau herr prof madame mme monsieur m pani pan señora señor sr don doña mevrouw mevr dhr "
    "rouva herra proua härra "
    "kyria kyrios κα η ο κυρία κύριος nonna sig ra dott bácsi".split()
)


@dataclass
class Figures:
    """Counts by kind. ``wrong`` are pieces that were hidden and stand for nothing that was marked."""

    marked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    right: int = 0

    def recall(self, *kinds: str) -> float:
        """Share of what was marked that was hidden whole."""
        return sum(self.found[kind] for kind in kinds) / sum(self.marked[kind] for kind in kinds)

    @property
    def precision(self) -> float:
        """Share of what was hidden that was marked."""
        return self.right / (self.right + len(self.wrong))


def measure(messages: Iterable[Made]) -> Figures:
    """Hold what is found against what is marked; a name counts only if every word of it is hidden."""
    figures = Figures()
    for message in messages:
        spans = find(message.text)
        hidden = {at for span in spans for at in range(span.start, span.end)}
        for one in message.marked:
            figures.marked[one.kind] += 1
            if _told(message.text, one) <= hidden:
                figures.found[one.kind] += 1
            else:
                figures.missed.append(f"{one.kind}: {message.text[one.start : one.end]} | {message.text}")
        for span in spans:
            if any(span.start < one.end and one.start < span.end for one in message.marked):
                figures.right += 1
            else:
                figures.wrong.append(f"{message.text[span.start : span.end]} | {message.text}")
    return figures


def _told(text: str, one: Marked) -> set[int]:
    """Return where the letters and digits stand that tell something."""
    words = re.finditer(r"\w+", text[one.start : one.end])
    kept = [word for word in words if one.kind != "names" or word[0].lower() not in TITLES]
    return {one.start + at for word in kept for at in range(*word.span())}


def main() -> None:
    """Print the figures of the named half, with each miss of the half to build with."""
    name = "seen" if "seen" in sys.argv[1:] else "unseen"
    figures = measure(read_half(name))
    for kind, count in figures.marked.items():
        print(f"{kind:18} {figures.found[kind]:4} of {count:4}  {figures.recall(kind):.3f}")
    print(f"precision {figures.precision:.3f}")
    if name == "seen":
        print(*figures.missed, "--- wrong", *figures.wrong, sep="\n")


if __name__ == "__main__":
    main()
