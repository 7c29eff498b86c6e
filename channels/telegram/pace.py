"""How often sending is tried again, and when it is given up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass
class Progress:
    """How far one person's next message has come.

    Attributes:
        failures: Tries in a row that failed.
        faults: Those of them in which the Bot API answered, but with a fault of its own.
        floods: Those in which it asked for a pause.
        refusals: Those in which it took the message in no form.
        resumes_at: When it is tried again, in seconds of the monotonic clock.
        sent: Number of parcels that are sent, by message and chat.
    """

    failures: int = 0
    faults: int = 0
    floods: int = 0
    refusals: int = 0
    resumes_at: float = 0.0
    sent: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    def begin_anew(self) -> None:
        """Forget the failures: the next message has its turn."""
        self.failures = self.faults = self.floods = self.refusals = 0
        self.resumes_at = 0.0
        self.sent.clear()


@dataclass(frozen=True)
class Pace:
    """How often sending is tried again.

    Attributes:
        first_seconds: Pause after the first failure; each further one is twice as long.
        longest_seconds: No pause is longer, but for one that the Bot API asks for.
        tries: After so many failures in a row a message is given up; with the pauses above that is about a day.
        fault_tries: The same for faults of the Bot API, which other messages may not meet; about half an hour.
        refusal_tries: The same for a message that is refused in its plainest form: mostly it is the Bot API's own
            trouble, but if it is the message's, those behind it must not wait long; about half a minute.
        upload_tries: After so many failures a picture is told in words, and a file becomes a link.
    """

    first_seconds: float = 1.0
    longest_seconds: float = 60.0
    tries: int = 1440
    fault_tries: int = 30
    refusal_tries: int = 6
    upload_tries: int = 3

    def pause_seconds(self, failures: int) -> float:
        """Return the pause after so many failures in a row.

        Example:
            >>> [Pace().pause_seconds(failures) for failures in (1, 2, 3, 500)]
            [1.0, 2.0, 4.0, 60.0]
        """
        return float(min(self.longest_seconds, self.first_seconds * 2 ** min(failures - 1, 20)))

    def is_over(self, progress: Progress) -> bool:
        """Tell whether a message is to be given up."""
        limits = (
            (progress.failures, self.tries),
            (progress.faults, self.fault_tries),
            (progress.refusals, self.refusal_tries),
        )
        return any(count >= limit for count, limit in limits)
