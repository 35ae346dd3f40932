"""Where a finished paper goes: to the printer, or as a PDF to a place the user chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from dpdesk.errors import DpdeskError
from ui.kit.pieces.printing import Printing
from ui.kit.pieces.prompts import saved_as
from ui.kit.pieces.surroundings import Surroundings

Write = Callable[[Path, bytes], None]
"""Writes a file whole or not at all; raises DpdeskError."""

PRINT, SAVE = "Print", "Save as PDF"


class PaperDoor:
    """Offers a paper for printing or saving and says what became of it."""

    def __init__(self, around: Surroundings, printing: Printing, write: Write) -> None:
        self._around = around
        self._printing = printing
        self._write = write

    def offer(self, make: Callable[[], bytes], name: str, notes: Sequence[str] = ()) -> bool:
        """Makes a paper and asks where it should go. ``notes``: what to know before it goes out.

        ``name`` is the file name offered, without its ending. False where the user stepped back
        or it did not work; then the message bar says why.
        """
        try:
            content = make()
            verb = self._around.prompter.choose(
                f"{name}: print it, or save it as a PDF?", (PRINT, SAVE), details="\n".join(notes)
            )
            if verb == PRINT:
                return self._print(content, name)
            if verb == SAVE:
                return self.save(content, f"{name}.pdf", "PDF (*.pdf)")
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
        return False

    def _print(self, content: bytes, name: str) -> bool:
        done = self._printing.print_pdf(content, name)
        if done:
            self._around.messages.say(f"{name}: sent to the printer.")
        return done

    def save(self, content: bytes, name: str, kinds: str) -> bool:
        """Saves a file where the user chooses; False where they stepped back."""
        target = self._around.prompter.save_file(f"Save {name}", name, kinds)
        if target is None:
            return False
        try:
            self._write(target, content)
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
            return False
        self._around.messages.say(saved_as(target))
        return True
