"""Office files of the old kind (OLE): what they say of themselves, and what lies in them.

Used inside workers only.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import itertools
from collections.abc import Iterator
from typing import Any, Final

import olefile

from dpdesk.documents import compound, office_embedded, office_properties
from dpdesk.documents.inside import Inner, Said
from dpdesk.documents.office_properties import Properties
from dpdesk.documents.office_zip import MACROS

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KEPT: Final = {
    "author": "creator",
    "last_saved_by": "lastModifiedBy",
    "create_time": "created",
    "last_saved_time": "modified",
    "last_printed": "lastPrinted",
    "title": "title",
    "subject": "subject",
    "comments": "description",
    "keywords": "keywords",
    "category": "category",
    "company": "Company",
    "manager": "Manager",
    "revision_number": "revision",
}
_MOST: Final = 500
_LONGEST: Final = 2_000
_UTF_8: Final = 65001


@contextlib.contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """The file, open; None where it is not of this kind or damaged."""
    try:
        found = olefile.OleFileIO(io.BytesIO(content))
    except compound.FAULTS:
        yield None
        return
    try:
        yield found
    finally:
        found.close()


def streams(file: Any) -> dict[str, bytes]:
    """The streams at the top of the file, by their names; what is damaged is left out."""
    found = {}
    for path in file.listdir(streams=True, storages=False)[:_MOST]:
        if len(path) == 1:
            with contextlib.suppress(*compound.FAULTS):
                found[str(path[0])] = file.openstream(path).read()
    return found


def under(file: Any, folder: str) -> Iterator[bytes]:
    """The streams in a folder at the top of the file; what is damaged is left out."""
    for path in file.listdir(streams=True, storages=False)[: 20 * _MOST]:
        if len(path) == 2 and path[0] == folder:
            with contextlib.suppress(*compound.FAULTS):
                yield file.openstream(path).read()


def properties(content: bytes) -> Properties:
    """Author, dates and the like, by the names that the newer kind has for them."""
    with opened(content) as file:
        if file is None:
            return {}
        try:
            told = file.get_metadata()
        except compound.FAULTS:
            return {}
    page = told.codepage if isinstance(told.codepage, int) else 1252
    alphabet = "utf-8" if page in {_UTF_8, _UTF_8 - 65536} else f"cp{page % 65536}"
    found = {}
    for name, called in _KEPT.items():
        words = _plain(getattr(told, name, None), alphabet)
        if words:
            found[called] = words
    return found


def _plain(told: object, alphabet: str) -> str:
    if isinstance(told, dt.datetime):
        return told.isoformat(timespec="seconds") if told.year > 1900 else ""
    if isinstance(told, bytes):
        try:
            words = told.decode(alphabet, "replace")
        except LookupError:
            words = told.decode("cp1252", "replace")
    else:
        words = told if isinstance(told, str) else ""
    return " ".join(words.replace("\0", "").split())[:_LONGEST]


def shown(usual: Properties) -> str:
    """The properties as a few small lines."""
    return office_properties.shown(usual)


def said(usual: Properties) -> Said:
    """The same in the terms of every document."""
    return office_properties.said(usual)


def embedded(content: bytes) -> list[Inner]:
    """Files that were put in as a whole; in a file that is damaged, as many as can be reached."""
    found: list[Inner] = []
    with opened(content) as file, contextlib.suppress(*compound.FAULTS):
        if file is not None:
            found += itertools.islice(office_embedded.in_old_file(file), _MOST)
    return found


def about(content: bytes) -> list[str]:
    """A sentence about macros."""
    with opened(content) as file:
        if file is None:
            return []
        names = {part.lower() for path in file.listdir() for part in path}
    return [MACROS] if "_vba_project" in names or "_vba_project_cur" in names else []
