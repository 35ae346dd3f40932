"""Valid things for tests, each with defaults that a test overrides by keyword.

All persons are invented. Workspaces are copied from one that is made once, with a key that is
quick to derive, because making tables and keys afresh for every test is the slow part.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import NormalDist
from typing import Any

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from dpdesk.desk import Desk
from dpdesk.registers.entries import Entry
from dpdesk.store.keys import Cost

PASSPHRASE = "correct horse battery staple"
QUICK = Cost(64, 1, 1)
"""A key derivation that costs nothing; the true cost is a quarter of a second."""
SCHOOL = {"name": "Elmfield School", "dpo_name": "Dana Pryce"}
TODAY = dt.date(2026, 11, 20)


@dataclass
class Clock:
    """The time that a desk sees, moved by the test."""

    moment: dt.datetime = field(default_factory=lambda: dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC))

    def __call__(self) -> dt.datetime:
        return self.moment

    def on(self, day: dt.date, hour: int = 9) -> None:
        """Nine in the morning of that day."""
        self.moment = dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Template:
    """A closed workspace to copy, and the keys that open the copies."""

    folder: Path
    recovery_key: str

    def copy(self, to: Path) -> Path:
        """A workspace of its own for one test."""
        shutil.copytree(self.folder, to)
        return to


def make_template(folder: Path) -> Template:
    """Makes the workspace that all others are copied from."""
    desk, recovery = Desk.create(folder, PASSPHRASE, SCHOOL, cost=QUICK)
    desk.close()
    return Template(folder, recovery)


def a_request(desk: Desk, **values: Any) -> Entry:
    """A saved request; ``values`` override or add answers."""
    answers = {
        "subject": "Robin Example",
        "subject_kind": "pupil",
        "received": dt.date(2026, 11, 2),
        "relationship": "self",
        "assigned_to": "Dana Pryce",
        **values,
    }
    return desk.requests.requests.save(answers).entry


def a_pdf(*pages: str, size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF with one page for each text; a line break starts a new line."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for text in pages:
        canvas.setFont("Helvetica", 12)
        for number, line in enumerate(text.split("\n")):
            canvas.drawString(72, size[1] - 82 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def faults(desk: Desk) -> list[str]:
    """What the check finds in a workspace that another process made.

    Registers that other tests make up are known to this process, and were not to that one.
    """
    invented = ("The table invented_", "The table test_")
    return [each for each in desk.check().problems if not each.startswith(invented)]


def statements(desk: Desk, work: Callable[[], object]) -> int:
    """How many SQL statements a piece of work sends."""
    return len(sent(desk, work))


def sent(desk: Desk, work: Callable[[], object]) -> list[tuple[str, Any]]:
    """The SQL statements that a piece of work sends, with what is put into them."""
    from sqlalchemy import event

    asked: list[tuple[str, Any]] = []
    engine = desk.workspace.database.engine

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        asked.append((statement, given))

    event.listen(engine, "after_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "after_cursor_execute", note)
    return asked


def faults_of(desk: Desk) -> tuple[str, ...]:
    """What the check finds, in a process of its own.

    A workspace is made with the tables that other tests invented in the process that made it; a
    process that does not know them rightly calls them strange.
    """
    strange = ("invented_", "test_")
    return tuple(
        each for each in desk.check().problems if not any(name in each for name in strange)
    )


def grain(size: tuple[int, int], strength: float, *, seed: int = 7) -> Image.Image:
    """Grain around a middle grey, each time the same: that of Pillow is another in each run."""
    normal = NormalDist(128, max(strength, 1e-6))
    levels = bytes(min(255, max(0, round(normal.inv_cdf((at + 0.5) / 256)))) for at in range(256))
    content = random.Random(seed).randbytes(size[0] * size[1])
    return Image.frombytes("L", size, content.translate(levels))
