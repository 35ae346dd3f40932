"""Footnotes, endnotes and comments of a Word file; used inside workers only."""

from __future__ import annotations

from html import escape

from dpdesk.documents.office_zip import attribute
from dpdesk.documents.word_file import WordFile
from dpdesk.documents.word_text import Story


def notes(file: WordFile) -> str:
    """All notes in the order in which the text refers to them; others come last."""
    places = file.note_places()
    found: dict[int, str] = {}
    for kind in ("footnote", "endnote"):
        for part in file.parts(f"{kind}s"):
            root = file.packed.xml(part)
            for each in root if root is not None else ():
                if attribute(each, "w:type") in {"separator", "continuationSeparator"}:
                    continue
                key = (kind, attribute(each, "w:id") or "")
                if key not in places and not "".join(each.itertext()).strip():
                    continue
                place = places.setdefault(key, len(places) + 1)
                words = Story(file, part).html(each)
                found[place] = f'<p class="close"><b>[{place}]</b></p>{words}'
    return "".join(words for _place, words in sorted(found.items()))


def comments(file: WordFile) -> None:
    """Puts the comments among what is hidden."""
    for place, (number, (part, each)) in enumerate(list(file.stored_comments.items()), 1):
        who = attribute(each, "w:author") or ""
        day = (attribute(each, "w:date") or "")[:16].replace("T", " ")
        about = file.about(number)
        told = ", ".join(one for one in (who, day) if one)
        head = f"<b>Comment {place}</b> {escape(told)}"
        head += f' <span class="note">about “{escape(about)}”</span>' if about else ""
        words = Story(file, part).html(each)
        file.hide_whole("comments", f'<div class="box"><p class="close">{head}</p>{words}</div>')
