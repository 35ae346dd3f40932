"""What a PDF or a photograph says and does not show, as marked pages after its own.

Notes that can be opened, answers of a form that its page does not show, and where and when a
photograph was taken. Used inside workers only.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

import pikepdf
from PIL import Image

from dpdesk.documents import hidden, laid_out, notes, pdf, words
from dpdesk.documents.hidden import Hidden, passage
from dpdesk.documents.picture_details import details, inner_details
from dpdesk.law.words import long_date
from dpdesk.walls.workers import Limits

_DRAWN: Final = frozenset({"/FreeText", "/Link", "/Widget", "/Popup", "/Stamp"})
"""Notes whose words are drawn on the page, or are no words of anybody."""
_MOST: Final = 5_000
_DAY: Final = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_PLACE: Final = 0x8825
_EXIF: Final = 0x8769
_TAKEN: Final = (0x9003, 0x9004, 0x0132)
_CAMERA: Final = (0x010F, 0x0110)


def of_pdf(
    opened: pikepdf.Pdf, drawn: bytes, typed: Mapping[int, Sequence[str]], *, layers: bool
) -> list[Hidden]:
    """The notes and answers of a PDF that its pages do not show; ``typed`` by page, from 0."""
    found = []
    comments = list(_comments(opened))
    if comments:
        found.append(Hidden("comments", len(comments), "".join(comments)))
    marks = list(_marks(opened))
    if marks:
        found.append(Hidden("marks", len(marks), "".join(marks)))
    answers = list(_answers(drawn, typed, layers=layers))
    for number, page in enumerate(opened.pages, 1):
        answers += [box(f"Page {number}", said) for said in notes.unseen_ticks(page)[:_MOST]]
    answers += [box("On no page", said) for said in notes.on_no_page(opened)[:_MOST]]
    if answers:
        found.append(Hidden("answers", len(answers), "".join(answers)))
    return found


def _comments(opened: pikepdf.Pdf) -> Iterator[str]:
    count = 0
    for number, page in enumerate(opened.pages, 1):
        for note in notes.on_page(page):
            said = notes.comment(note).strip()
            if str(note.get("/Subtype", "")) in _DRAWN or not said or count >= _MOST:
                continue
            count += 1
            who = str(note.get("/T", "")) if isinstance(note.get("/T"), pikepdf.String) else ""
            told = ", ".join(filter(None, (f"Page {number}", who, _day(note.get("/M")))))
            yield box(told, said)


def _marks(opened: pikepdf.Pdf) -> Iterator[str]:
    """Places marked for redaction, each with what was to be written over it."""
    for number, page in enumerate(opened.pages, 1):
        for note in notes.on_page(page)[:_MOST]:
            if note.get("/Subtype") == "/Redact":
                over = note.get("/OverlayText")
                said = str(over).strip() if isinstance(over, pikepdf.String) else ""
                yield box(f"Page {number}", f"To be written over it: {said}" if said else "")


def box(head: str, text: str) -> str:
    """A piece of it, with where it stands, as HTML."""
    lines = "<br>".join(map(escape, text.splitlines()))
    return f'<div class="box"><p class="close"><b>{escape(head)}</b></p><p>{lines}</p></div>'


def _day(told: Any) -> str:
    """The day of a note, in words; empty where it tells none."""
    match = _DAY.match(str(told)) if isinstance(told, pikepdf.String) else None
    if match is None or not match[3]:
        return ""
    try:
        return long_date(dt.date(int(match[1]), int(match[2]), int(match[3])))
    except ValueError:
        return ""


def _answers(drawn: bytes, typed: Mapping[int, Sequence[str]], *, layers: bool) -> Iterator[str]:
    if not typed:
        return
    document = pdf.open_pdf(drawn)
    try:
        for index, texts in list(typed.items())[:_MOST]:
            page = words.read_page(document, index, layers=layers)
            for text in texts:
                if notes.not_shown(page, [text]):
                    yield box(f"Page {index + 1}", text)
    finally:
        document.close()


def of_photograph(content: bytes) -> list[Hidden]:
    """Where and when a photograph was taken, and with what; nothing where it tells no place."""
    try:
        with Image.open(io.BytesIO(content)) as opened:
            place = inner_details(opened, _PLACE)
            told = {**details(opened), **inner_details(opened, _EXIF)}
    except Exception:  # noqa: BLE001 -- Pillow's readers throw whatever a damaged file makes them
        return []
    north, east = _angle(place, 1), _angle(place, 3)
    if not north or not east:
        return []
    lines = [f"Taken at {north}, {east}"]
    taken = next((str(told[tag]) for tag in _TAKEN if tag in told), "")
    if taken.strip():
        lines.append(f"Time: {_moment(taken.strip())}")
    camera = " ".join(str(told[tag]).strip() for tag in _CAMERA if tag in told)
    if camera:
        lines.append(f"Camera: {camera}")
    return [Hidden("place", 1, passage("<br>".join(map(escape, lines))))]


def _moment(told: str) -> str:
    """When a photograph was taken, in words where it is told as cameras tell it."""
    try:
        moment = dt.datetime.strptime(told, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 -- none is told
    except ValueError:
        return told
    return f"{long_date(moment.date())}, {moment:%H:%M}"


def _angle(place: Mapping[int, Any], tag: int) -> str:
    """Degrees with the side of the world, as maps take them; empty where none is told."""
    try:
        degrees, minutes, seconds = (float(each) for each in place[tag + 1])
        side = str(place[tag])[:1].upper()
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return ""
    whole = degrees + minutes / 60 + seconds / 3600
    if side not in {"N", "S", "E", "W"} or not 0 <= whole <= 180:
        return ""
    return f"{whole:.5f}° {side}"


def after(drawn: bytes, found: Sequence[Hidden], limits: Limits) -> tuple[bytes, list[str]]:
    """The PDF with the marked pages after its own, and what is to be told of those."""
    made, told = laid_out.to_pdf(hidden.pages(found, first=True), {}, limits)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn)) as opened, pikepdf.open(io.BytesIO(made)) as more:
        opened.pages.extend(more.pages)
        opened.save(out, deterministic_id=not opened.is_encrypted)
    return out.getvalue(), told
