"""The recovery sheet: the printed key that opens a workspace when the passphrase is lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dpdesk.law.words import long_date

from .kit import Column, Letterhead, Paper, Printed

_SPOKEN = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        (
            "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike "
            "November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee "
            "Zulu zero one two three four five six seven eight nine"
        ).split(),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What the sheet shows; ``groups`` are the key's groups of letters, in order."""

    letterhead: Letterhead
    workspace: str
    groups: tuple[str, ...] = field(repr=False)
    made_on: date
    typing_note: str = "Capitals, spaces and dashes make no difference."


def recovery_sheet(sheet: RecoverySheet) -> Printed:
    """Prints the recovery key with how to use it, where to keep it and who may see it.

    The key is in the bytes given back and nowhere else: print them, do not keep them.
    """
    paper = Paper(
        "Recovery key",
        letterhead=sheet.letterhead,
        marking="Secret – keep locked away",
        printed_on=sheet.made_on,
    )
    paper.text(
        "With this key and a copy of the workspace, anyone can open the school’s data "
        "protection records. Without the key or the passphrase, nobody can: not the "
        "school, and not the makers of dpdesk."
    )
    paper.groups(sheet.groups)
    paper.facts([("Opens", sheet.workspace), ("Created on", long_date(sheet.made_on))])
    paper.heading("When you need it", 2)
    paper.bullets(
        [
            (
                "Start dpdesk and choose “I have lost my passphrase”. To use a backup on another "
                "computer, choose “Restore a backup” first."
            ),
            f"Type the groups in the order of their numbers. {sheet.typing_note}",
            "Choose a new passphrase. This key keeps working until you make a new one.",
        ],
        numbered=True,
    )
    paper.heading("Where to keep it", 2)
    paper.bullets(
        [
            (
                "In a sealed envelope in the school’s safe, and a second copy somewhere else that "
                "is locked, such as with the school’s solicitor."
            ),
            "Never with the computer, never with the backup, never in an e-mail or a photograph.",
        ]
    )
    paper.heading("Who may see it", 2)
    paper.text(
        "The data protection officer and the person whom the proprietor has named to stand in. "
        "When either leaves, or if anyone else may have seen this sheet, make a new key in "
        "Settings and destroy this sheet."
    )
    spoken = [
        (str(number), ", ".join(_SPOKEN.get(c, c) for c in group.upper()))
        for number, group in enumerate(sheet.groups, 1)
    ]
    half = (len(spoken) + 1) // 2
    right = [*spoken[half:], ("", "")][:half]
    paper.table(
        [
            Column("", 0.05),
            Column("To read aloud", 0.45),
            Column("", 0.05),
            Column("To read aloud", 0.45),
        ],
        [first + second for first, second in zip(spoken[:half], right, strict=True)],
    )
    return paper.printed()
