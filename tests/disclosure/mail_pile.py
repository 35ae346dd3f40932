"""Two hundred messages as a search brings them, about a pupil of the example school.

Threads that quote themselves, the same message from two mailboxes, attachments that come with
several, other pupils' matters, old years, a scan, and a workbook with hidden rows. All invented.
"""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from tests.disclosure.mails import a_mail
from tests.documents.makers import lato
from tests.documents.office_makers import row, xlsx

SUBJECT: Final = "Harry Sample"
SINCE: Final = dt.date(2025, 9, 1)
_MORGAN: Final = "Morgan Dummy <m.dummy@school.example>"
_ALEX: Final = "Alex Specimen <head@school.example>"
_OFFICE: Final = "School office <office@school.example>"
_DANA: Final = "Dana Sample <dana.sample@home.example>"
_MAI: Final = "Mai Nguyễn <mai@home.example>"
_RUTH: Final = "Ruth Template <ruth.template@home.example>"
_WHO: Final = {"harry": _DANA, "linh": _MAI, "noah": _RUTH, "none": _OFFICE}
_MATTERS: Final = (
    ("harry", "Reading", "Harry has found the new reading scheme hard and asks to go back a book"),
    ("harry", "Playground", "Harry was pushed by Noah Template near the climbing frame at noon"),
    ("linh", "Swimming", "Linh forgot her kit again and borrowed what the pool keeps for guests"),
    ("harry", "Dinner money", "the account of Harry Sample is short by two dinners this half-term"),
    ("none", "Boiler", "the boiler in the hall makes a noise that nobody has been able to explain"),
    ("noah", "Music", "Noah would like to change from the violin to the trumpet after Christmas"),
    ("harry", "Spelling", "Harry did well in the spelling test and was proud to show his mark"),
    ("none", "Menus", "the kitchen changes the menu on Wednesdays and asks for numbers by Monday"),
)
_SAID: Final = (
    "I have spoken to the class about it and we will see how the week goes before we decide.",
    "Thank you for letting me know so soon, I will come by at the end of the day to talk it over.",
    "Please put a note on the file so that whoever covers the lesson on Thursday knows about it.",
    "We tried the same last year with good results and I would be glad to help with that again.",
    "Could we look at it together after the staff meeting, when there is a little more quiet?",
    "Ring 01632 960555 after four if anything changes, otherwise I take it that all is well.",
)


@dataclass
class MailPile:
    """The files of the pile, and what somebody should find in it."""

    files: dict[str, bytes] = field(default_factory=dict)
    copies: int = 0
    """Messages that came from a second mailbox too."""
    old: int = 0
    """Messages from before what was asked for."""
    others: int = 0
    """Messages that nowhere name the pupil."""

    def write(self, folder: Path) -> None:
        """Writes the files into a folder."""
        folder.mkdir(parents=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)


def mail_pile(messages: int = 200, seed: int = 5) -> MailPile:
    """The pile, always the same for the same numbers."""
    dice = random.Random(seed)
    pile = MailPile()
    extra = {"Letter.txt": b"To all parents of class 5B: the trip to the sea is on 3 June.\n" * 4}
    sheet, scan = _workbook(), _scan()
    copies = messages // 10
    old = messages // 20
    thread = 0
    while len(pile.files) < messages - copies - old:
        whom, subject, matter = _MATTERS[thread % len(_MATTERS)]
        day = dt.date(2025, 9, 3) + dt.timedelta(days=3 * thread)
        room = messages - copies - old - len(pile.files)
        _thread(pile, dice, (thread, whom, subject, matter), day, min(room, dice.randint(3, 6)),
                extra if thread % 4 == 0 else {})  # fmt: skip
        thread += 1
    for number in range(old):
        day = dt.date(2021, 3, 1) + dt.timedelta(days=9 * number)
        text = f"Harry starts in reception next year, and this is note {number} about his visit."
        pile.files[f"old-{number:02}.eml"] = a_mail(
            "Starting school", text, sender=_DANA, to=_OFFICE, number=f"old{number}@x", day=day
        )
        pile.old += 1
    firsts = [name for name in pile.files if name.endswith("-0.eml")][:copies]
    for name in firsts:
        # Another mailbox has another way of its own, and the same words.
        pile.files[f"second-{name}"] = b"Received: from a.example by b.example\n" + pile.files[name]
        pile.copies += 1
    while len(pile.files) < messages:
        number = len(pile.files)
        text = (
            f"A glove was found on day {number} and waits in the office for whoever has lost it "
            "since the beginning of the term."
        )
        name, day = f"late{number}@x", dt.date(2026, 5, 1)
        pile.files[f"late-{number}.eml"] = a_mail(
            "Lost property", text, sender=_OFFICE, number=name, day=day
        )
        pile.others += 1
    pile.files["Behaviour.xlsx"] = sheet
    pile.files["Letter home.png"] = scan
    return pile


def _thread(
    pile: MailPile,
    dice: random.Random,
    what: tuple[int, str, str, str],
    day: dt.date,
    length: int,
    attached: Mapping[str, bytes],
) -> None:
    """A question and the answers to it, each with all before it quoted."""
    thread, whom, subject, matter = what
    quoted = ""
    numbers: list[str] = []
    for at in range(length):
        sender, to = (_MORGAN, _WHO[whom]) if at % 2 else (_WHO[whom], _MORGAN)
        said = f"About {subject.lower()} {thread}: {matter}." if not at else dice.choice(_SAID)
        name = sender.partition(" <")[0]
        text = f"{said} This is message {at + 1} of matter {thread}.\n\n{name}\n{quoted}"
        number = f"m{thread}.{at}@x"
        head = "" if not at else "Re: "
        pile.files[f"{thread:02}-{at}.eml"] = a_mail(
            f"{head}{subject} {thread}", text, sender=sender, to=to, number=number,
            answers=tuple(numbers), day=day + dt.timedelta(days=at), hour=8 + at,
            attached=attached if at in {0, length - 1} else {},
        )  # fmt: skip
        numbers.append(number)
        lines = "\n".join(f"> {line}" for line in text.splitlines())
        quoted = f"\nOn {day + dt.timedelta(days=at)} {name} wrote:\n{lines}\n"
        pile.others += whom in {"none", "linh", "noah"}


def _workbook() -> bytes:
    rows = [row(1, "Pupil", "Day", "What")]
    for number in range(2, 12):
        who = SUBJECT if number % 2 else "Linh Nguyễn"
        about = 'hidden="1"' if number in {4, 7} else ""
        rows.append(row(number, who, f"{number} March", "late to register", about=about))
    return xlsx({"Behaviour": f"<sheetData>{''.join(rows)}</sheetData>"})


def _scan() -> bytes:
    picture = Image.new("L", (1240, 1754), 250)
    pen = ImageDraw.Draw(picture)
    lines = (
        "Dear Mrs Sample,",
        "Harry Sample lost a tooth today and was very brave.",
        "Morgan Dummy",
    )
    for number, line in enumerate(lines):
        pen.text((140, 200 + 90 * number), line, fill=20, font=lato(40))
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(150, 150))
    return out.getvalue()
