"""Queries that a workbook keeps (Power Query): the files and words in them; for workers only.

Source: Microsoft's [MS-QDEFF]: a packet in letters, in which an archive lies.
"""

from __future__ import annotations

import binascii
import io
import re
import zipfile
import zlib
from typing import Final

from dpdesk.documents.besides import Besides
from dpdesk.documents.office_zip import Packed
from dpdesk.documents.sheet_words import quoted

SIGN: Final = "DataMashup"
"""What the part is called that holds them."""
_PART: Final = "Formulas/Section1.m"
_REMARK: Final = re.compile(r"//([^\r\n]{2,500})|/\*(.{2,2000}?)\*/", re.DOTALL)
_LONGEST: Final = 5_000_000


def gather(packed: Packed, found: Besides) -> None:
    """Adds the words, names and remarks of all queries."""
    for name in packed.under("customXml"):
        root = packed.xml(name) if name.lower().endswith(".xml") else None
        if root is not None and SIGN in str(root.tag):
            text = _queries(root.text or "")
            for words in quoted(text):
                found.add("Query", words, sentences=False)
            for one, other in _REMARK.findall(text):
                if "://" not in one:
                    found.add("Remark in a query", one or other)


def _queries(coded: str) -> str:
    try:
        content = binascii.a2b_base64(coded)
        length = int.from_bytes(content[4:8], "little")
        packet = io.BytesIO(content[8 : 8 + length])
        with zipfile.ZipFile(packet) as inner, inner.open(_PART) as part:
            return part.read(_LONGEST).decode("utf-8-sig", "replace")
    except (binascii.Error, zipfile.BadZipFile, zlib.error, ValueError, KeyError, OSError, EOFError,
            NotImplementedError, RuntimeError):  # fmt: skip
        return ""
