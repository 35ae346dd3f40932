"""The page of pictures: the picture itself, what to mind, taking down and deleting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from dpdesk.consents.photo_files import Small, pictures_in
from dpdesk.desk import Desk
from dpdesk.errors import Cancelled, DpdeskError
from dpdesk.law.words import count
from dpdesk.registers.entries import Changes, Entry
from ui.kit.pieces.buttons import button
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.dropped import TakesFiles
from ui.kit.register.rail import RailPanel
from ui.kit.register.register_room import RegisterRoom

_KINDS = (
    "Pictures and videos (*.jpg *.jpeg *.png *.heic *.heif *.tif *.tiff *.webp *.bmp *.gif "
    "*.mp4 *.mov *.m4v *.avi *.mkv *.webm *.wmv)"
)


_NAMED = 5
"""Files that are named where some could not be added."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding files: of ``total``, so many were tried, and some of these refused.

    ``again`` counts those that were here already, as after an import that was stopped.
    """

    changes: Changes
    refused: tuple[str, ...]
    again: int
    tried: int
    total: int


class PicturePanel(RailPanel):
    """The small picture, what is hidden in its file, and what can be done with it."""

    def __init__(self, desk: Desk, does: dict[str, Callable[[], object]]) -> None:
        super().__init__("The picture")
        self._desk, self._does = desk, does

    def draw(self, entry: Entry) -> None:
        """The picture, cautions and buttons."""
        self.setVisible(bool(entry.id))
        if not entry.id:
            return
        files = self._desk.consents.photo_files
        try:
            card, small = files.card(entry.id), files.small(entry.id)
        except DpdeskError as error:
            self.say(str(error))
            return
        if small is not None:
            self.inside.addWidget(_shown(small, entry.title))
        elif card is not None:
            self.say("A video is kept here.")
        for caution in self._desk.consents.photos.cautions(entry):
            self.say(caution)
        if card is not None and card.hidden:
            self.say(f"{card.hidden} It is left out of copies saved from here.")
        if entry.state == "deleted" and card is None:
            self.say("It was deleted. What it showed and where it was used stay on record.")
            return
        offered = ["Add the file"] if card is None else ["Save a copy"]
        if entry.state in {"used", "unsure", "take_down"}:
            offered.append("It was taken down everywhere")
        if entry.state != "deleted":
            offered.append("Delete the picture")
        for words in offered:
            role = "danger" if words.startswith("Delete") else "button"
            self.inside.addWidget(button(words, role=role, does=self._does[words]))


def _not_added(refused: Sequence[str]) -> str:
    """Which files were not added, and why the first was not."""
    said = f"{count(len(refused), 'file')} not added. {refused[0]}"
    if len(refused) == 1:
        return said
    names = [each.partition(":")[0] for each in refused[1:_NAMED]]
    more = len(refused) - len(names) - 1
    others = ", ".join(names) + (f" and {more:,} more" if more > 0 else "")
    return f"{said} Also {others}."


def _shown(small: Small, title: str) -> QLabel:
    image = QImage(
        small.pixels, small.width, small.height, small.width * 3, QImage.Format.Format_RGB888
    )
    made = QLabel()
    made.setPixmap(QPixmap.fromImage(image.copy()))
    made.setAccessibleName(f"Small picture of {title}")
    return made


class PhotosRoom(TakesFiles, RegisterRoom):
    """The page "Pictures" of the consents tab."""

    keeps_documents: ClassVar[bool] = False

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.consents.photos, around, door, parent)
        self.several = button(
            "Add several",
            "mdi6.image-plus-outline",
            does=self.choose_several,
            hint="Makes an entry for each file; then say who is in it",
        )
        self.list.header.add_button(self.several)
        self.setAcceptDrops(True)

    def panels(self) -> Sequence[QWidget]:
        """The picture and what can be done with it."""
        self.picture = PicturePanel(
            self.desk,
            {
                "Add the file": self.choose_file,
                "Save a copy": self.save_copy,
                "It was taken down everywhere": self.take_down,
                "Delete the picture": self.delete,
            },
        )
        return (self.picture,)

    def follow(self, entry: Entry) -> None:
        """A place, or a consent, changed what must be done."""
        self.picture.show_entry(entry)
        super().follow(entry)

    # --- files ---------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Lets the user choose the file of the picture shown."""
        found = self.around.prompter.choose_files("Add the file", _KINDS)
        if found:
            number = self.page.entry.id
            self._in_background(found, lambda path: self.desk.consents.add_file(number, path))

    def choose_several(self) -> None:
        """Lets the user choose files; each becomes an entry."""
        found = self.around.prompter.choose_files("Add pictures", _KINDS, several=True)
        if found:
            self._in_background(found, self.desk.consents.add_picture, undone=True)

    def take_dropped(self, paths: list[Path]) -> None:
        """Takes in files and whole folders that were dropped."""
        self.take_in(paths)

    def take_in(self, paths: Sequence[Path]) -> None:
        """Makes an entry for each picture; on a page that lacks its file, one file is that."""
        found = pictures_in(paths)
        if not found:
            self.say("There are no pictures or videos among these files.", tone="warn")
            return
        shown = self.page.entry if self.currentWidget() is not self.list else None
        number = shown.id if shown is not None and len(found) == 1 else 0
        if number and self.desk.consents.photo_files.card(number) is None:
            self._in_background(found, lambda path: self.desk.consents.add_file(number, path))
            return
        self._in_background(found, self.desk.consents.add_picture, undone=True)

    def _in_background(
        self, paths: Sequence[Path], add: Callable[[Path], Changes], *, undone: bool = False
    ) -> None:
        """Adds the files one by one; whoever stops it keeps what is there by then."""

        def work(progress: Progress) -> Added:
            changes = Changes()
            refused: list[str] = []
            again = 0
            for place, path in enumerate(paths):
                try:
                    said = f"Adding pictures: {place + 1:,} of {len(paths):,}"
                    progress.step(said, place, len(paths))
                except Cancelled:
                    return Added(changes, tuple(refused), again, place, len(paths))
                try:
                    made = add(path)
                except DpdeskError as error:
                    refused.append(f"{path.name}: {error}")
                    continue
                again += not made.entries
                changes |= made
            return Added(changes, tuple(refused), again, len(paths), len(paths))

        self.around.tasks.run(
            work, title="Adding pictures", on_success=partial(self._added, undone)
        )

    def _added(self, undone: bool, done: Added) -> None:
        self.around.bus.publish(done.changes)
        made = done.tried - len(done.refused) - done.again
        said = "Added. Say who is in it and where it is used."
        if done.total > 1:
            said = f"{count(made, 'picture')} added. Say of each who is in it."
        if done.tried < done.total:
            said = f"Stopped: {made:,} of {count(done.total, 'picture')} added."
        if done.again:
            said = f"{said} {count(done.again, 'file')} here already, and not added again."
        if done.refused:
            said = f"{said} {_not_added(done.refused)}"
        undo = partial(self._take_back, done.changes) if undone and made else None
        tone = "warn" if done.refused or done.tried < done.total else "ok"
        self.around.messages.say(said, tone=tone, undo=undo)

    def _take_back(self, changes: Changes) -> None:
        self.around.tasks.run(
            lambda _progress: self.desk.consents.take_back(changes),
            title="Undoing",
            cancellable=False,
            on_success=self.around.bus.publish,
        )

    def save_copy(self) -> None:
        """A copy without place, camera and date, where the user chooses."""
        entry = self.page.entry

        def save() -> None:
            content = self.desk.consents.photo_files.copy(entry.id)
            self.door.save(content, f"{entry.reference}.jpg", "JPEG (*.jpg)")

        self.attempt(save)

    # --- taking down ---------------------------------------------------------------------

    def take_down(self) -> None:
        """Notes that it came down today, everywhere."""
        number = self.page.entry.id

        def act() -> None:
            self.around.bus.publish(self.desk.consents.photos.take_down(number))
            self.say("Recorded for every place, with today’s date and your name.")

        self.attempt(act)

    def delete(self) -> None:
        """Deletes the file for good and notes when and by whom."""
        entry = self.page.entry
        asked = self.around.prompter.confirm(
            "Delete this picture for good?",
            "Delete the picture",
            details="The file kept here is deleted. What it showed, where it was used and when it "
            "was deleted stay on record. Delete the copies elsewhere too.",
            danger=True,
        )
        if asked:
            self.attempt(partial(self._delete, entry))

    def _delete(self, entry: Entry) -> None:
        saved = self.desk.consents.delete_picture(entry)
        self.around.bus.publish(saved.changes)
        self.say("Deleted, with today’s date and your name.")
