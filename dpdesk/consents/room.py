"""Consents as the desk opens them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from dpdesk.consents.codes import FormCodes
from dpdesk.consents.duties import ConsentAnswers, PhotoAnswers
from dpdesk.consents.form_pile import FormRead, FormReader
from dpdesk.consents.photo_files import VIDEOS, PhotoFiles
from dpdesk.consents.photo_service import PhotoService
from dpdesk.consents.prints import ConsentPrints
from dpdesk.consents.service import ConsentService
from dpdesk.consents.use_service import UseService
from dpdesk.consents.withdrawing import Withdrawals
from dpdesk.errors import UnreadableFile
from dpdesk.people.service import PeopleService
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.registers.rooms import Room
from dpdesk.school.ground import Ground
from dpdesk.store.database import Change

_CAMERAS: Final = re.compile(
    r"_?(?:IMG|VID|DSC[NF]?|PXL|MVI|GOPR|DJI|SAM|CIMG|MG|P)?[-_ ]?\d[\d_ -]{1,30}", re.IGNORECASE
)
"""Names that cameras give to files: IMG_0412, DSC04120, 20260912_101500."""


class ConsentsRoom(Room):
    """Uses of pictures, and every answer to them."""

    key = "consents"
    rests_on = ("people", "relationships")

    def __init__(self, ground: Ground, people: PeopleService) -> None:
        self.uses = UseService(ground.database)
        self.consents = ConsentService(ground.database, people, self.uses)
        self.codes = FormCodes(ground.database)
        self.photos = PhotoService(ground.database, people, self.uses, self.consents)
        self.photo_files = PhotoFiles(ground.database, ground.vault)
        self.photos.kept = self.photo_files.kept
        self.withdrawals = Withdrawals(self.consents, self.photos)
        self.prints = ConsentPrints(
            self.consents, people, ground.school, self.codes, self.withdrawals
        )
        self.forms = FormReader(self.codes)
        self._documents = ground.documents
        self.registers = (self.consents, self.photos, self.uses)
        self.answers = (
            ConsentAnswers(self.consents, self.uses),
            PhotoAnswers(self.photos, self.withdrawals),
        )

    def file_form(self, changes: Changes, form: FormRead) -> int:
        """Files the picture of a form with each answer that was recorded from it; says how many.

        Raises NoRoom, UnreadableFile.
        """
        numbers = sorted(number for _register, number in changes.made)
        name = f"Consent form {form.code or form.page}.jpg"
        self._documents.add_to_each(self.consents.register.key, numbers, name, form.picture)
        return len(numbers)

    def close(self) -> None:
        """Ends workers."""
        self.forms.close()
        self.photo_files.close()

    # --- pictures and their files --------------------------------------------------------

    def add_picture(self, path: Path) -> Changes:
        """A new entry for a file, to be described later; none where that very file is kept here.

        Entry and file come together or not at all. Raises UnreadableFile, NoRoom.
        """
        content = self.photo_files.content_of(path)
        if self.photo_files.holds(content):
            return Changes()
        name = "Picture" if path.suffix.lower() not in VIDEOS else "Video"
        # The number that a camera gave; a name that somebody typed may be a pupil's.
        stem = f" ({path.stem})" if _CAMERAS.fullmatch(path.stem) else ""
        ready = self.photo_files.ready(path.name, content)
        values: dict[str, object] = {
            "what": f"{name} to be described{stem}",
            "kind": "photo" if name == "Picture" else "video",
        }
        if ready.taken_on is not None and ready.taken_on <= self.photos.today():
            values["taken_on"] = ready.taken_on
        with self.photos.database.changing() as change:
            row = self.photos.save_within(change, values)
            self.photo_files.keep_within(change, row.id, ready)
            touched = {(self.photos.register.key, row.id)}
        return Changes(frozenset(touched | change.touched))

    def take_back(self, changes: Changes) -> Changes:
        """Takes pictures back that were added together: their files are deleted for good.

        Those that were described since stay as they are.
        """
        done = Changes()
        for register, number in sorted(changes.entries):
            entry = self.photos.load(number) if register == self.photos.register.key else None
            if (
                entry is None
                or entry.archived
                or entry.values.get("people")
                or entry.state != "unused"
            ):
                continue
            self.photo_files.delete(number, lambda _change: None)
            done |= self.photos.archive(number, entry.version, why="Undone").changes
        return done

    def add_file(self, photo: int, path: Path) -> Changes:
        """The file of a picture; its day is taken where the file knows it.

        Raises UnreadableFile, NoRoom.
        """
        if self.photos.load(photo).state == "deleted":
            raise UnreadableFile("This picture was deleted.", "Make a new entry for the file.")
        card = self.photo_files.add_path(photo, path)
        entry = self.photos.load(photo)
        day = card.taken_on
        if day is not None and day <= self.photos.today() and not entry.values.get("taken_on"):
            return self.photos.save({"taken_on": day}, photo, entry.version).changes
        return Changes(frozenset({(self.photos.register.key, photo)}))

    def delete_picture(self, entry: Entry) -> Saved:
        """Deletes the file for good and notes the day and by whom, or nothing of it.

        Raises InvalidEntry while it is in use anywhere, StaleEntry.
        """

        def note(change: Change) -> None:
            values = {"deleted_on": self.photos.today(), "deleted_by": change.who}
            self.photos.save_within(change, values, entry.id, entry.version)

        self.photo_files.delete(entry.id, note)
        changed = Changes(frozenset({(self.photos.register.key, entry.id)}))
        return Saved(self.photos.load(entry.id), changed)
