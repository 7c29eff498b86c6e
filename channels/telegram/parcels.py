"""What a message of the tutor becomes in Telegram: a picture, texts and files, with the buttons under the last."""

from __future__ import annotations

import html
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urljoin

from channels.telegram.keyboard import Button, long_titles
from channels.telegram.splitting import CAPTION_LIMIT_UNITS, count_units, split_html
from channels.words import say
from telling.telegram import is_web_address, link_opening, to_telegram

Kind = Literal["text", "photo", "file"]


@dataclass(frozen=True)
class Parcel:
    """One call that sends something.

    Args:
        kind: What is sent.
        html: Its text or caption.
        instead: What is told in its place, as HTML, where it cannot be sent; empty for texts.
        name: Of the drawing of the course, or of the file.
        url: Where the file can be fetched; or a picture that is the person's own.
        owner: Whose it is.
        buttons: Hang under it.
    """

    kind: Kind
    html: str
    instead: str = ""
    name: str = ""
    url: str = ""
    owner: str = ""
    buttons: tuple[Button, ...] = ()


def pack(message: dict[str, Any], public_url: str) -> list[Parcel]:
    """Make the calls for one message of the outbox, in order.

    A picture comes first: with the whole text as its caption if that fits, else with its own title and description.
    """
    written = _write(message)
    image = message.get("image") or {}
    if image.get("name") or image.get("url"):
        parcels = _pack_picture(image, written)
    else:
        parcels = [Parcel("text", piece) for piece in split_html(written)]
    parcels += [_pack_file(file, public_url) for file in message.get("files") or []]
    if not parcels:
        parcels = [Parcel("text", html.escape(say("telegram_choose")))]
    return [*parcels[:-1], replace(parcels[-1], buttons=tuple(message.get("buttons") or ()))]


def _write(message: dict[str, Any]) -> str:
    """Write text, answers to choose from, sources and place in the lesson, with a blank line between them."""
    parts = [
        to_telegram(message.get("text") or ""),
        "\n".join(html.escape(title, quote=False) for title in long_titles(message.get("buttons") or [])),
        write_sources(message.get("sources") or []),
        _write_progress(message.get("progress")),
    ]
    return "\n\n".join(part for part in parts if part)


def write_sources(sources: list[dict[str, Any]]) -> str:
    """Write sources as one quote, which Telegram shows collapsed; each with a link if it has an address."""
    if not sources:
        return ""
    named = " · ".join(_name_source(source) for source in sources)
    heading = html.escape(say("telegram_sources"))
    return f"<blockquote expandable>{heading} {named}</blockquote>"


def _name_source(source: dict[str, Any]) -> str:
    title, url = html.escape(str(source.get("title") or ""), quote=False), str(source.get("url") or "")
    origin = ", ".join(str(source[key]) for key in ("author", "year") if source.get(key))
    linked = f"{link_opening(url)}{title}</a>" if is_web_address(url) else title
    return linked + (f" ({html.escape(origin, quote=False)})" if origin else "")


def _write_progress(progress: dict[str, Any] | None) -> str:
    if not progress:
        return ""
    place = say("telegram_progress", **progress)
    return f"<i>{html.escape(place, quote=False)}</i>"


def _pack_picture(image: dict[str, Any], written: str) -> list[Parcel]:
    name = str(image.get("name") or "")  # of a drawing of the course; a picture of the person's own has an address
    url = "" if name else str(image["url"])
    title, alt = (html.escape(str(image.get(key) or ""), quote=False) for key in ("title", "alt"))
    shows = html.escape(say("telegram_picture"))
    described = f"<blockquote expandable>{shows} {alt}</blockquote>" if alt else ""
    whole = "\n\n".join(part for part in (written, described) if part)
    if count_units(whole) <= CAPTION_LIMIT_UNITS:
        return [Parcel("photo", whole, instead=whole, name=name, url=url)]
    own = "\n\n".join(part for part in (title and f"<b>{title}</b>", described) if part)
    first, *rest = split_html(own, CAPTION_LIMIT_UNITS) or [""]
    pieces = [*rest, *split_html(written)]
    picture = Parcel("photo", first, instead=first or say("telegram_picture"), name=name, url=url)
    return [picture, *(Parcel("text", piece) for piece in pieces)]


def _pack_file(file: dict[str, Any], public_url: str) -> Parcel:
    url = urljoin(f"{public_url}/", str(file.get("url") or ""))
    title = str(file.get("title") or file.get("name") or "")
    link = html.escape(say("telegram_file_link", title=title, url=url), quote=False)  # bare: it survives without marks
    path, name = str(file.get("url") or ""), str(file.get("name") or "")
    return Parcel("file", html.escape(title, quote=False), instead=link, name=name, url=path)


def strip_marks(text: str) -> str:
    """Return the words of what ``pack`` wrote, for a Bot API that does not understand the marks.

    Example:
        >>> strip_marks('<b>A</b> &amp; <a href="https://b.example">c</a>')
        'A & c'
    """
    pieces: list[str] = []
    for part in text.split("<"):
        pieces.append(part.partition(">")[2] if pieces else part)
    return html.unescape("".join(pieces))
