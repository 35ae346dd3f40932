"""The example school: a workspace to look around in, in which everybody is invented.

Everything in it is made by the same doors that a school uses, so that it shows what the program
does and nothing else. Days are counted from today; apart from them it is always the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dpdesk.errors import NamedStepDone

OPENS_WITH: Final = "paper lamp orchard seven"
"""The passphrase of every example school. It guards nothing: nobody in there exists."""


def make_example(folder: Path, step: NamedStepDone | None = None) -> str:
    """Makes the example school in a new or empty folder and returns its passphrase.

    Takes some seconds, because documents are read and a bundle is released on the way. Raises
    DpdeskError for a folder in use, NoRoom, and whatever ``step`` raises; a folder that was made
    half is cleared again.
    """
    from dpdesk.example.making import make

    make(folder, OPENS_WITH, step)
    return OPENS_WITH
