"""Messages for tests, all people invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import format_datetime

ANN = "Ann Sample <ann@school.example>"
BOB = "Bob Test <bob@school.example>"


def a_mail(
    subject: str,
    text: str,
    *,
    sender: str = ANN,
    to: str = BOB,
    number: str = "",
    answers: tuple[str, ...] = (),
    day: dt.date = dt.date(2026, 11, 2),
    hour: int = 9,
    attached: Mapping[str, bytes] | None = None,
) -> bytes:
    """A message as a file; ``number`` and ``answers`` are message numbers without brackets."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Date"] = format_datetime(dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC))
    if number:
        made["Message-ID"] = f"<{number}>"
    if answers:
        made["In-Reply-To"] = f"<{answers[-1]}>"
        made["References"] = " ".join(f"<{each}>" for each in answers)
    made.set_content(text)
    for name, content in (attached or {}).items():
        made.add_attachment(content, maintype="text", subtype="plain", filename=name)
    return bytes(made)
