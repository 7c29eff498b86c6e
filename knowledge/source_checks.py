"""Rules about sources: what is cited exists, what exists is cited, and links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from knowledge.errors import Problem
from knowledge.model import Knowledge
from knowledge.rules import problem
from knowledge.wording import all_citations

_KEY = re.compile(r"S\d+")


def check_all_sources(knowledge: Knowledge) -> Iterator[Problem]:
    """Check the sources, and every key that is cited anywhere."""
    cited: set[str] = set()
    for keys, place in all_citations(knowledge):
        cited |= set(keys)
        for key in keys:
            if key not in knowledge.sources:
                yield problem(place, f"source {key} is not in sources.yml; add it there or mend the key")
    for key, source in knowledge.sources.items():
        place = knowledge.source_places[key]
        if not _KEY.fullmatch(key):
            yield problem(place, f"key '{key}'; a key is an S and a number")
        if source.url and (fault := link_fault(source.url)):
            yield problem(place, f"{key} has the link '{source.url}'; {fault}")
        if key not in cited:
            yield problem(place, f"nobody cites {key}; cite it or take it out")


def link_fault(link: str) -> str | None:
    """Say what is wrong with the form of a link; None when nothing is.

    Example:
        >>> link_fault("https://cosie.example.org/a?b=c#d")
        >>> link_fault("https://localhost/a")
        'a link names a site with a dot in it, such as example.org'
    """
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "that is no address; copy it again from the browser"
    if re.search(r"\s", link):
        return "a link has no spaces; write %20, or take them out"
    if parts.scheme not in ("https", "http"):
        return "a link begins with https:// (or http://)"
    if not re.fullmatch(r"[^.]+(\.[^.]+)+", host):
        return "a link names a site with a dot in it, such as example.org"
    return None
