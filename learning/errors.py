"""Errors of this package."""


class LearningError(Exception):
    """Root of the errors of this package."""
