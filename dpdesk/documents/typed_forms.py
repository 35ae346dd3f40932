"""Reads forms that were filled in on a computer: the fields of a PDF, the fields of a Word file.

Runs in a worker only: whoever sends a form back may have changed the file.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from typing import Any, Final

from dpdesk.documents import office_zip
from dpdesk.walls.inside import Answer, Call

CODE: Final = "form_code"
_MOST: Final = 300
_DEEP: Final = 4
_LONGEST: Final = 20_000
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def pdf(call: Call) -> Answer:
    """The fields of the PDF in the first blob: texts by name, and the names of what is ticked.

    Empty where it has none, or cannot be opened without a password.
    """
    library: Any = importlib.import_module("pikepdf")
    texts: dict[str, str] = {}
    ticked: list[str] = []
    try:
        with library.open(io.BytesIO(call.blobs[0])) as opened:
            form = opened.Root.get("/AcroForm")
            fields = form.get("/Fields") if form is not None else None
            for name, kind, value in _fields(fields, "", 0) if fields is not None else ():
                if len(texts) + len(ticked) >= _MOST:
                    break
                if kind == "/Tx" and value is not None:
                    texts[name] = _plain(value)
                elif kind == "/Btn" and value is not None and str(value) not in {"/Off", ""}:
                    ticked.append(name)
    except (library.PdfError, TypeError, ValueError, AttributeError, KeyError):
        return {"texts": {}, "ticked": []}, []
    return {"texts": texts, "ticked": ticked}, []


def _fields(fields: Any, before: str, deep: int) -> Iterator[tuple[str, str, Any]]:
    if deep > _DEEP:
        return
    for number, each in enumerate(fields):
        if number >= _MOST:
            return
        name = ".".join(part for part in (before, str(each.get("/T", ""))) if part)[:200]
        kids = each.get("/Kids")
        if kids is not None and any("/T" in kid for kid in kids):
            yield from _fields(kids, name, deep + 1)
        else:
            yield name, str(each.get("/FT", "")), each.get("/V")


def _plain(value: Any) -> str:
    return str(value)[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n").strip()


def word(call: Call) -> Answer:
    """The same of a Word file whose answers stand in fields that have names (content controls)."""
    packed = office_zip.opened(call.blobs[0])
    tree = packed.xml("word/document.xml")
    texts: dict[str, str] = {}
    ticked: list[str] = []
    for field in tree.iter(f"{_W}sdt") if tree is not None else ():
        facts = field.find(f"{_W}sdtPr")
        tag = facts.find(f"{_W}tag") if facts is not None else None
        if tag is None or len(texts) + len(ticked) >= _MOST:
            continue
        name = str(tag.get(f"{_W}val", ""))[:200]
        box = facts.find(f"{_W14}checkbox")
        if box is not None:
            said = box.find(f"{_W14}checked")
            if said is not None and said.get(f"{_W14}val") in {"1", "true", "on"}:
                ticked.append(name)
        elif facts.find(f"{_W}showingPlcHdr") is None:
            texts[name] = _written(field)
    return {"texts": texts, "ticked": ticked}, []


def _written(field: Any) -> str:
    """The words of a field, with its line breaks."""
    found: list[str] = []
    content = field.find(f"{_W}sdtContent")
    for each in content.iter() if content is not None else ():
        if each.tag == f"{_W}t":
            found.append(each.text or "")
        elif each.tag in {f"{_W}br", f"{_W}cr"} or (each.tag == f"{_W}p" and found):
            found.append("\n")
        elif each.tag == f"{_W}tab":
            found.append(" ")
    return "".join(found)[:_LONGEST].strip()
