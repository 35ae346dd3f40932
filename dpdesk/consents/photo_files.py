"""The files of pictures: kept encrypted in the vault with a small picture, and deleted for good."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

from sqlalchemy import ForeignKey, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from dpdesk.consents.thumbnail_shape import HEAD
from dpdesk.documents.service import discard_forgotten, forget, keep, let_go
from dpdesk.errors import NotFound, UnreadableFile
from dpdesk.store.arriving import foreign_content
from dpdesk.store.database import Change, Database
from dpdesk.store.tables import IN_VAULT, Base, utc_text
from dpdesk.store.vault import Stored, Vault
from dpdesk.walls.workers import Limits, Sentences, Worker

VIDEOS: Final = frozenset({".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".wmv", ".3gp"})
PICTURES: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".heic", ".heif", ".tif", ".tiff", ".webp", ".bmp", ".gif"}
)
_AT_ONCE: Final = 500
"""Numbers that one statement names; of more, all are read."""
_SENTENCES: Final = Sentences(
    damaged=(
        "This picture is damaged and cannot be read.",
        "Take it from the camera again, or open it in another program and save it as JPEG.",
    ),
    endless=("Reading this picture took too long, so dpdesk stopped.", "Save it as JPEG first."),
    large=("This picture needs more memory than is allowed.", "Save it at a lower resolution."),
)
_MAKE: Final = "dpdesk.consents.thumbnail:make"
_COPY: Final = "dpdesk.consents.thumbnail:copy"


class PhotoFile(Base):
    """The file of a picture; one that was deleted leaves a row without a name."""

    __tablename__ = "photo_files"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    photo: Mapped[int] = mapped_column(ForeignKey("photos.id"), unique=True)
    original: Mapped[str] = mapped_column(String, info=IN_VAULT)
    """Name in the vault."""
    sha256: Mapped[str] = mapped_column(String)
    small: Mapped[str | None] = mapped_column(String, info=IN_VAULT)
    """Name in the vault of the small picture; None for a video."""
    small_sha256: Mapped[str | None] = mapped_column(String)
    taken: Mapped[str] = mapped_column(String)
    camera: Mapped[str] = mapped_column(String)
    place: Mapped[int] = mapped_column(Integer)
    """1 where the file says where it was taken."""
    added_at: Mapped[str] = mapped_column(String)


@dataclass(frozen=True, slots=True)
class FileCard:
    """What is known of the file of a picture. ``hidden`` is a sentence, empty for nothing."""

    video: bool
    taken_on: dt.date | None
    camera: str
    place: bool

    @property
    def hidden(self) -> str:
        """What the file tells beside the picture."""
        told = [t for t in (self.camera, "the place where it was taken" if self.place else "") if t]
        return f"The file also holds: {', '.join(told)}." if told else ""


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file that was looked through: what is to be kept of it."""

    content: bytes
    pixels: bytes
    """The small picture; empty for a video."""
    taken: str
    camera: str
    place: bool

    @property
    def taken_on(self) -> dt.date | None:
        """The day on which it was taken, where the file knows it."""
        return _day(self.taken)


@dataclass(frozen=True, slots=True)
class Small:
    """A small picture: three bytes for each pixel, row by row."""

    width: int
    height: int
    pixels: bytes


def pictures_in(paths: Iterable[Path]) -> list[Path]:
    """The pictures and videos among files and folders, those in folders of folders included.

    Each folder in the order of its names. A folder that cannot be opened holds nothing.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (Path(top, name) for top, _, names in os.walk(path) for name in names)
            found += sorted(each for each in inside if not each.name.startswith("."))
        else:
            found.append(path)
    return [each for each in found if each.suffix.lower() in PICTURES | VIDEOS]


class PhotoFiles:
    """Keeps the files of pictures. Close it: it may hold a worker process."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault
        self.limits = Limits()
        self._worker = Worker(self.limits, _SENTENCES)

    def close(self) -> None:
        """Ends the worker process."""
        self._worker.close()

    def refuse_large(self, size: int) -> None:
        """Raises UnreadableFile for a file of so many bytes, if that is more than is read."""
        if size > self.limits.size:
            raise UnreadableFile(f"This file is larger than {self.limits.size // 1_000_000:,} MB.")

    def add(self, photo: int, name: str, content: bytes) -> FileCard:
        """Keeps the file of a picture. Raises UnreadableFile, also where there is one; NoRoom."""
        ready = self.ready(name, content)
        with self._database.changing() as change:
            return self.keep_within(change, photo, ready)

    def ready(self, name: str, content: bytes) -> ReadyFile:
        """Looks through a file behind a wall, before anything is kept. Raises UnreadableFile."""
        self.refuse_large(len(content))
        described: dict[str, Any] = {}
        pixels = b""
        if PurePath(name).suffix.lower() not in VIDEOS:
            request = {"pixels": self.limits.pixels}
            described, blobs = self._worker.call(_MAKE, request, [content])
            pixels = _whole(blobs[0] if blobs else b"")
        return ReadyFile(
            content,
            pixels,
            str(described.get("taken") or "")[:19],
            str(described.get("camera") or "")[:80],
            bool(described.get("place")),
        )

    def keep_within(self, change: Change, photo: int, ready: ReadyFile) -> FileCard:
        """Keeps the file of a picture in a transaction. Raises UnreadableFile, NoRoom."""
        session = change.session
        if self._row(session, photo) is not None:
            raise UnreadableFile("This picture already has its file.", "Delete that first.")
        original = self._put(change, ready.content)
        small = self._put(change, ready.pixels) if ready.pixels else None
        for stored in (original, small):
            if stored is not None:
                keep(session, stored)
        row = PhotoFile(
            photo=photo,
            original=original.name,
            sha256=original.sha256,
            small=small.name if small else None,
            small_sha256=small.sha256 if small else None,
            taken=ready.taken,
            camera=ready.camera,
            place=int(ready.place),
            added_at=utc_text(change.at),
        )
        session.add(row)
        change.note("photos", photo, "picture", None, "added")
        return _card(row)

    def _put(self, change: Change, content: bytes) -> Stored:
        """Seals a file, and lets it go again where the transaction does not come about."""
        stored = self._vault.put(content)
        change.undoing.append(lambda: let_go(self._database, self._vault, [stored.name]))
        return stored

    def add_path(self, photo: int, path: Path) -> FileCard:
        """The same for a file on the disk. Raises UnreadableFile where it cannot be read."""
        return self.add(photo, path.name, self.content_of(path))

    def content_of(self, path: Path) -> bytes:
        """What is in a file on the disk. Raises UnreadableFile."""
        return foreign_content(path, self.refuse_large)

    def holds(self, content: bytes) -> bool:
        """Is this very file kept already, as the file of any picture?"""
        digest = hashlib.sha256(content).hexdigest()
        with self._database.reading() as session:
            asked = select(PhotoFile.photo).where(PhotoFile.sha256 == digest).limit(1)
            return session.scalar(asked) is not None

    def card(self, photo: int) -> FileCard | None:
        """What is known of the file of a picture; None where there is none."""
        with self._database.reading() as session:
            row = self._row(session, photo)
            return _card(row) if row is not None else None

    def small(self, photo: int) -> Small | None:
        """The small picture; None for a video and where there is no file."""
        with self._database.reading() as session:
            row = self._row(session, photo)
        if row is None or row.small is None or row.small_sha256 is None:
            return None
        content = self._vault.read(row.small, row.small_sha256)
        width, height = HEAD.unpack_from(content)
        return Small(width, height, content[HEAD.size :])

    def copy(self, photo: int) -> bytes:
        """The picture as JPEG with nothing but pixels: no place, no camera, no date.

        Raises NotFound; UnreadableFile for a video, which would keep what is hidden in it.
        """
        with self._database.reading() as session:
            row = self._row(session, photo)
        if row is None:
            raise NotFound("This picture has no file.")
        if row.small is None:
            raise UnreadableFile("Hidden details cannot be taken out of a video here.")
        content = self._vault.read(row.original, row.sha256)
        _, blobs = self._worker.call(_COPY, {"pixels": self.limits.pixels}, [content])
        return blobs[0]

    def delete(self, photo: int, then: Callable[[Change], object]) -> None:
        """Deletes the file for good, if there is one.

        ``then`` is done after, in the same transaction; what it raises leaves all as it was.
        """
        with self._database.changing() as change:
            session = change.session
            row = self._row(session, photo)
            if row is not None:
                names = {name for name in (row.original, row.small) if name}
                session.delete(row)
                session.flush()
                forget(session, names)
                change.note("photos", photo, "picture", "kept", "deleted")
            then(change)
        discard_forgotten(self._database, self._vault)

    def kept(self, session: Session, photos: Collection[int]) -> frozenset[int]:
        """Numbers of the pictures, of these, whose files are kept."""
        asked = select(PhotoFile.photo)
        if len(photos) <= _AT_ONCE:
            asked = asked.where(PhotoFile.photo.in_(photos))
        return frozenset(session.scalars(asked))

    def _row(self, session: Session, photo: int) -> PhotoFile | None:
        found: PhotoFile | None = session.scalar(select(PhotoFile).where(PhotoFile.photo == photo))
        return found


def _whole(content: bytes) -> bytes:
    """The small picture, its measures checked. Raises UnreadableFile."""
    if len(content) >= HEAD.size:
        width, height = HEAD.unpack_from(content)
        if width and height and len(content) == HEAD.size + width * height * 3:
            return content
    raise UnreadableFile("This picture cannot be shown; its file is probably damaged.")


def _card(row: PhotoFile) -> FileCard:
    return FileCard(row.small is None, _day(row.taken), row.camera, bool(row.place))


def _day(taken: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(taken[:10], "%Y:%m:%d").date()  # noqa: DTZ007 -- a day
    except ValueError:
        return None
