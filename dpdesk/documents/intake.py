"""Documents in: any file becomes a PDF to draw and pages with words to search and mark.

``Intaker`` is the door for the rest of the program; the reading itself happens in a worker.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from dpdesk.documents.inside import Inner, Said, inner_files, said_in
from dpdesk.documents.kinds import FileKind
from dpdesk.documents.pages import Page, Pages
from dpdesk.errors import StepDone, UnreadableFile
from dpdesk.walls.workers import Limits, Worker

_TASK: Final = "dpdesk.documents.reading:read"
_WARNING_LIMIT: Final = 50
_KINDS: Final[dict[object, FileKind]] = {kind: kind for kind in get_args(FileKind)}


@dataclass(frozen=True, slots=True)
class Intake:
    """A document that was read.

    ``sha256`` is that of the file as it came, in hexadecimal; ``pdf`` is what pages are drawn
    from: the file itself where it is a PDF that opens plainly (``pdf_is_original``), else a
    repaired, unlocked or freshly made one. ``warnings`` are sentences for the user; ``inside``
    are the files within it, and ``said`` is what it says of itself.
    """

    kind: FileKind
    sha256: str
    pdf: bytes
    pdf_is_original: bool
    pages: Pages
    warnings: tuple[str, ...]
    inside: tuple[Inner, ...] = ()
    said: Said = field(default_factory=Said)


class _Packed:
    """Collects pages by their number, as a worker gives them: one that comes again replaces."""

    def __init__(self) -> None:
        self._by_number: dict[int, bytes] = {}
        self._count = 0

    def give(self, page: bytes, number: int, count: int) -> None:
        """Takes a packed page, its number from 1, of so many."""
        self._by_number[number] = page
        self._count = count

    def pages(self) -> list[bytes]:
        """The pages in their order. Raises UnreadableFile where one did not come."""
        try:
            return [self._by_number[number] for number in range(1, self._count + 1)]
        except KeyError:
            raise UnreadableFile("This file is damaged.", "Ask for it again.") from None


class Intaker:
    """Reads files one after the other in a worker kept for the next; close it at the end."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._worker = Worker(self.limits)

    def __enter__(self) -> Intaker:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def start(self) -> None:
        """Starts the worker ahead of the first file."""
        self._worker.start()

    def close(self) -> None:
        """Ends the worker; the next ``read`` would start a new one."""
        self._worker.close()

    def read(
        self,
        name: str,
        content: bytes,
        password: str | None = None,
        progress: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Intake:
        """Reads one file. ``name`` serves only to notice that it claims another kind.

        Raises UnreadableFile with a sentence where nothing can be made of it, PasswordNeeded
        where it is locked (``wrong`` where the password was tried), Cancelled on request.
        """
        self.refuse_large(len(content))
        packed = _Packed()

        def say(report: dict[str, Any], blobs: list[bytes]) -> None:
            done, count = int(report["done"]), int(report["all"])
            for blob in blobs:
                packed.give(blob, done, count)
            if progress:
                progress(done, count)

        request = {
            "name": name,
            "password": password,
            "limits": dataclasses.asdict(self.limits),
        }
        answer, blobs = self._worker.call(_TASK, request, [content], say=say, cancelled=cancelled)
        made = blobs.pop(0) if answer.get("made") and blobs else None
        return Intake(
            kind=_KINDS.get(answer.get("kind"), "pdf"),
            sha256=hashlib.sha256(content).hexdigest(),
            pdf=content if made is None else made,
            pdf_is_original=made is None,
            pages=Pages() if answer.get("kind") == "packed" else _checked(packed.pages()),
            warnings=tuple(str(line) for line in answer.get("warnings", ()))[:_WARNING_LIMIT],
            inside=_inside(answer, blobs),
            said=said_in(answer.get("said")),
        )

    def refuse_large(self, size: int) -> None:
        """Raises UnreadableFile for a file of so many bytes, if that is more than is read."""
        if size > self.limits.size:
            raise UnreadableFile(
                f"This file is larger than {self.limits.size // 1_000_000:,} MB.",
                "Split it into parts, and add those.",
            )


def _inside(answer: dict[str, Any], contents: list[bytes]) -> tuple[Inner, ...]:
    try:
        return inner_files(answer.get("inside", []), contents)
    except (ValueError, TypeError, KeyError, StopIteration):
        raise UnreadableFile("This file is damaged.", "Ask for it again.") from None


def _checked(packed: list[bytes]) -> Pages:
    """The pages, each of them opened once: a worker may have been led astray."""
    if not packed:
        raise UnreadableFile("This document has no pages.", "Ask for it again.")
    for page in packed:
        Page.unpack(page)
    return Pages(packed)


def read(name: str, content: bytes, password: str | None, limits: Limits) -> Intake:
    """Reads one file right here, without a wall; for use inside a worker.

    Raises as ``Intaker.read`` does.
    """
    from dpdesk.documents import reading  # loads parsers, which belong in a worker

    packed = _Packed()
    kind, pdf_of = reading.read_content(name, content, password, limits, packed.give)
    made = pdf_of.made
    return Intake(
        kind=kind,
        sha256=hashlib.sha256(content).hexdigest(),
        pdf=content if made is None else made,
        pdf_is_original=made is None,
        pages=Pages() if kind == "packed" else _checked(packed.pages()),
        warnings=tuple(pdf_of.warnings),
        inside=tuple(pdf_of.inside),
        said=pdf_of.said,
    )
