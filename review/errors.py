"""What can be wrong with a wish to change the content; each text is told to the person as it stands."""

from __future__ import annotations


class PublishingError(Exception):
    """Root: the content was not changed, and the text says why and what to do."""


class PathRefused(PublishingError):
    """A file that the desk does not write."""


class TextRefused(PublishingError):
    """A text that no content file may hold."""


class ContentChanged(PublishingError):
    """A file is no longer what the change was made from; somebody else was quicker."""


class NothingChanged(PublishingError):
    """The files already hold what was to be published."""


class DraftChanged(PublishingError):
    """A draft is no longer what somebody began to write from; somebody else saved it."""
