"""Tells office files from their content: by the part that they are about, not by their name."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Final

from dpdesk.documents import foreign
from dpdesk.errors import UnreadableFile

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OPEN: Final = (
    ("opendocument.text", "ODT"),
    ("opendocument.spreadsheet", "ODS"),
    ("opendocument.presentation", "ODP"),
    ("opendocument.graphics", "ODP"),
)
_FOLDERS: Final = {"word": "DOCX", "xl": "XLSX", "ppt": "PPTX"}
_TYPES: Final = (
    (b"wordprocessingml.", "DOCX"),
    (b"spreadsheetml.", "XLSX"),
    (b"presentationml.", "PPTX"),
)
_STREAMS: Final = (
    ("encryptedpackage", "LOCKED"),
    ("worddocument", "DOC"),
    ("workbook", "XLS"),
    ("book", "XLS"),
    ("powerpoint document", "PPT"),
)
_BARE_SHEETS: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
"""How workbooks begin that are older than the wrapper of the old kind."""
_MAIN: Final = re.compile(
    rb"""<[^<>]*officeDocument/(?:2006/)?relationships/officeDocument["'][^<>]*>"""
)
_TARGET: Final = re.compile(rb"""Target=["']/?([^"']+)["']""")
_XLSB: Final = (
    "This is a binary Excel workbook (.xlsb), which dpdesk cannot read.",
    "Open it in Excel, save it as an Excel workbook (.xlsx), and add that.",
)
_LOCKED_OPEN: Final = (
    "This OpenDocument file is locked with a password, which dpdesk cannot open.",
    "Open it in LibreOffice, save it without a password, and add that.",
)
READERS: Final = {
    "DOCX": "word_pages:docx",
    "XLSX": "sheet_pages:xlsx",
    "PPTX": "slide_pages:pptx",
    "XLS": "sheet_xls:xls",
    "DOC": "doc_pages:doc",
    "RTF": "rtf_pages:rtf",
    "ODT": "open_pages:text",
    "ODS": "open_sheets:ods",
    "ODP": "open_pages:slides",
    "CSV": "sheet_lines:lines",
    "HTML": "web_pages:html",
    "MHT": "web_pages:archive",
    "LOCKED": "office_locked:locked",
}
"""What reads a format, as "module:function" of this room: (content, password, limits) → Normal."""
_HTML: Final = frozenset({".htm", ".html", ".xhtml", ".xht"})
_LINES: Final = frozenset({".csv", ".tsv", ".tab"})
SUFFIXES: Final[dict[str, frozenset[str]]] = {
    "DOCX": frozenset({".docx", ".docm", ".dotx", ".dotm"}),
    "XLSX": frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam"}),
    "PPTX": frozenset({".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"}),
    "DOC": frozenset({".doc", ".dot"}),
    "XLS": frozenset({".xls", ".xlt", ".xla"}),
    "PPT": frozenset({".ppt", ".pps", ".pot"}),
    "ODT": frozenset({".odt", ".ott", ".odm"}),
    "ODS": frozenset({".ods", ".ots"}),
    "ODP": frozenset({".odp", ".otp", ".odg", ".otg"}),
    "RTF": frozenset({".rtf", ".doc"}),
    "HTML": _HTML,
    "MHT": frozenset({".mht", ".mhtml"}),
    "CSV": _LINES,
}
"""How names of files of a format end."""
NAMES: Final = {
    "DOCX": "Word document",
    "XLSX": "Excel workbook",
    "PPTX": "PowerPoint presentation",
    "DOC": "Word document of the old kind",
    "XLS": "Excel workbook of the old kind",
    "PPT": "PowerPoint presentation of the old kind",
    "ODT": "OpenDocument text",
    "ODS": "OpenDocument spreadsheet",
    "ODP": "OpenDocument presentation",
    "RTF": "Rich Text document",
    "HTML": "web page",
    "MHT": "web page saved with its pictures",
    "CSV": "file of lines",
    "LOCKED": "locked Office document",
}


def recognised(content: bytes) -> str:
    """The format of an office file, "LOCKED" behind a password; nothing where it is none.

    Raises UnreadableFile for breeds that cannot be read.
    """
    if content.startswith(_ZIP):
        found = _packed(content)
    elif content.startswith(_OLE):
        found = _old(content)
    elif content.startswith(_BARE_SHEETS):
        found = "XLS"
    else:
        found = "RTF" if content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rt") else ""
    return found if found in READERS else ""


def of_text(name: str, text: str) -> str:
    """What plain text is: a web page by itself, lines of cells by its name; else nothing."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if foreign.is_web_page(text) or (suffix in _HTML and foreign.has_tags(text)):
        return "HTML"
    return "CSV" if suffix in _LINES else ""


def _packed(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = {name.lstrip("/"): name for name in packed.namelist()}
            if "mimetype" in names:
                return _of_mime(_start(packed, names["mimetype"]), packed, names)
            told = _MAIN.search(_start(packed, names.get("_rels/.rels", "")))
            target = _TARGET.search(told[0]) if told else None
            main = target[1].decode("utf-8", "replace") if target else ""
            types = _start(packed, names.get("[Content_Types].xml", ""))
    except foreign.ZIP_FAULTS:
        return ""
    if main.lower().endswith(".bin") and main.startswith("xl/"):
        raise UnreadableFile(*_XLSB)
    found = _FOLDERS.get(main.partition("/")[0], "")
    if not found and main:
        found = next((kind for sign, kind in _TYPES if sign in types), "")
    if not found:
        usual = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml")
        found = next((_FOLDERS[each.partition("/")[0]] for each in usual if each in names), "")
    return found


def _of_mime(told: bytes, packed: zipfile.ZipFile, names: dict[str, str]) -> str:
    words = told.decode("ascii", "replace")
    found = next((kind for sign, kind in _OPEN if sign in words), "")
    manifest = _start(packed, names.get("META-INF/manifest.xml", ""))
    if found and b"encryption-data" in manifest:
        raise UnreadableFile(*_LOCKED_OPEN)
    return found


def _start(packed: zipfile.ZipFile, name: str) -> bytes:
    """How a part begins; nothing where it is damaged, as the others may be whole."""
    try:
        with packed.open(name) as stream:
            return stream.read(200_000)
    except (*foreign.ZIP_FAULTS, KeyError):
        return b""


def _old(content: bytes) -> str:
    from dpdesk.documents import office_locks, office_old

    with office_old.opened(content) as file:
        if file is None:
            return ""
        there = {entry.name.lower() for entry in file.root.kids}
    found = next((kind for stream, kind in _STREAMS if stream in there), "")
    if found in {"DOC", "XLS", "PPT"} and office_locks.is_locked(content):
        return "LOCKED"
    return found
