"""Kinds of file that cannot be shown as pages, each with its name and what to do instead."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import IO, Final

from dpdesk.documents import mail_sealed
from dpdesk.errors import UnreadableFile

SAVE_AS_PDF: Final = "Open it, save or print it as PDF, and add that."
_HEAD: Final = 4096

_RECORDING: Final = "Keep it with the school’s own files, and write in the notes where it is."
_UNPACK: Final = "Unpack it, and add the files in it."
_ARCHIVE: Final = ("This is an archive of files (ZIP).", _UNPACK)
_AS_REPORT: Final = "Print what is wanted out of it as PDF in Access, and add that."
_AS_JPEG: Final = "Save it as JPEG in a picture program, and add that."
_SEALED: Final = b"\x06\x09*\x86H\x86\xf7\x0d\x01\x07"
"""How messages that are signed or encrypted (S/MIME) begin."""
ZIP_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
)
"""What Python says of a damaged archive (ZIP), or of one in a form it does not know."""
ENCRYPTED: Final = b"-----BEGIN PGP MESSAGE-----"
"""How words begin that somebody encrypted with PGP."""
_PGP: Final = (b"\x85\x01\x0c\x03", b"\x85\x02\x0c\x03", b"\x84\x5e\x03", b"\x8c\x0d\x04")
_STARTS: Final = (
    (b"{\\rtf", "a Rich Text document", SAVE_AS_PDF),
    (b"MZ", "a program", "Do not open it. Ask whoever sent it what it is."),
    (b"\x7fELF", "a program", "Do not open it. Ask whoever sent it what it is."),
    (b"L\0\0\0\x01\x14\x02\0", "a shortcut to another file", "Add the file that it leads to."),
    (b"7z\xbc\xaf\x27\x1c", "an archive of files", _UNPACK),
    (b"Rar!", "an archive of files", _UNPACK),
    (b"\x1f\x8b", "an archive of files", _UNPACK),
    (b"BZh", "an archive of files", _UNPACK),
    (b"\xfd7zXZ", "an archive of files", _UNPACK),
    (b"MSCF\0\0\0\0", "an archive of files (or a OneNote notebook packed up)", _UNPACK),
    (b"ID3", "a sound recording", _RECORDING),
    *(
        (b"\xff" + bytes([kind]), "a sound recording", _RECORDING)
        for kind in b"\xfb\xfa\xf3\xf2\xf1\xf9"
    ),
    (b"#!AMR", "a sound recording", _RECORDING),
    (b"OggS", "a sound recording", _RECORDING),
    (b"fLaC", "a sound recording", _RECORDING),
    (b"caff", "a sound recording", _RECORDING),
    (b"RIFF", "a sound or film recording", _RECORDING),
    (b"0&\xb2u\x8ef\xcf\x11", "a sound or film recording", _RECORDING),
    (b"\x1aE\xdf\xa3", "a film recording", _RECORDING),
    (b"\0\0\x01\xba", "a film recording", _RECORDING),
    (b"\0\0\x01\xb3", "a film recording", _RECORDING),
    (b"FLV\x01", "a film recording", _RECORDING),
    (b"SQLite format 3\x00", "a database", SAVE_AS_PDF),
    (b"\0\x01\0\0Standard ACE DB", "an Access database", _AS_REPORT),
    (b"\0\x01\0\0Standard Jet DB", "an Access database", _AS_REPORT),
    (b"\xe4R\\{\x8c\xd8\xa7M", "a OneNote notebook", "Print it as PDF in OneNote, and add that."),
    (b"\xffWPC", "a WordPerfect document", SAVE_AS_PDF),
    (b"\x06\x06\xed\xf5\xd8\x1dF\xe5", "an InDesign document", SAVE_AS_PDF),
    (b"8BPS\0", "a Photoshop picture", _AS_JPEG),
    (b"\xff\x0a", "a picture (JPEG XL)", _AS_JPEG),
    (b"\0\0\0\x0cJXL ", "a picture (JPEG XL)", _AS_JPEG),
    (b"\0\0\0\x0cjP  ", "a picture (JPEG 2000)", _AS_JPEG),
    (b"gimp xcf ", "a picture of GIMP", _AS_JPEG),
    (b"\0\0\1\0\1\0", "a picture for a button (ICO)", _AS_JPEG),
    (b"AT&TFORM", "a scanned document (DjVu)", SAVE_AS_PDF),
    (b"\xc5\xd0\xd3\xc6", "a PostScript drawing (EPS)", SAVE_AS_PDF),
    (b"bplist00", "a file of settings or a link of a Mac", "Add what it leads to, if anything."),
    (b"\xd7\xcd\xc6\x9a", "a drawing (WMF)", SAVE_AS_PDF),
    (b"%!PS", "a PostScript document", SAVE_AS_PDF),
)
_SIGNS_WITHIN: Final = (
    (4, (b"moov", b"mdat", b"wide", b"free", b"skip"), "a film recording", _RECORDING),
    (40, (b" EMF",), "a drawing (EMF)", SAVE_AS_PDF),
    (128, (b"DICM",), "a medical picture (DICOM)", _AS_JPEG),
    (257, (b"ustar",), "an archive of files", _UNPACK),
    (32769, (b"CD001",), "a copy of a disc", "Open it, and add the files in it."),
)
"""Kinds of file that say further behind what they are: where, how, what they are, what to do."""
_RAW: Final = (
    "This is a raw photograph, as cameras keep it.",
    "Save it as JPEG in a picture program, and add that.",
)
_RAW_STARTS: Final = (b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FUJIFILMCCD-RAW")
_DNG, _SUBFILE, _INSIDE = 0xC612, 254, 330
"""Tags of a TIFF: that it is a raw photograph, what kind of picture it is, others inside it."""

_MENDED: Final = "Open it in the program that it comes from, save it anew, and add that."
_OLD_OFFICE: Final = (
    (
        "EncryptedPackage",
        "This Word, Excel or PowerPoint document is locked with a password.",
        SAVE_AS_PDF,
    ),
    ("WordDocument", "This is an older Word document, and it is damaged.", _MENDED),
    ("Workbook", "This is an older Excel workbook, and it is damaged.", _MENDED),
    ("Quill", "This is a Publisher document.", SAVE_AS_PDF),
    ("VisioDocument", "This is an older Visio drawing.", SAVE_AS_PDF),
    ("PowerPoint Document", "This is an older PowerPoint presentation.", SAVE_AS_PDF),
    ("__substg1.0_", "This is an Outlook message, and it is damaged.", _MENDED),
)
_OFFICE: Final = {
    "word": ("This is a Word document, and it is damaged.", _MENDED),
    "xl": ("This is an Excel workbook, and it is damaged.", _MENDED),
    "ppt": ("This is a PowerPoint presentation, and it is damaged.", _MENDED),
    "visio": ("This is a Visio drawing.", "Save it as PDF in Visio first, and add that."),
}
_OFFICE_AS_XML: Final = (
    (
        (b'progid="Excel.Sheet"', b"urn:schemas-microsoft-com:office:spreadsheet"),
        "This is an Excel workbook in an old form (XML).",
        "Open it in Excel, save it as an Excel workbook (.xlsx), and add that.",
    ),
    (
        (b'progid="Word.Document"', b"/office/word/2003/wordml", b"/2006/xmlPackage"),
        "This is a Word document in an old form (XML).",
        "Open it in Word, save it as a Word document (.docx), and add that.",
    ),
    (
        (b"<office:document ", b"<office:document\n"),
        "This is an OpenDocument file in one piece (XML).",
        "Open it in LibreOffice, save it as .odt, .ods or .odp, and add that.",
    ),
)
"""Office documents as plain XML: signs at their beginning, what they are, what to do."""
_IN_OFFICE: Final = frozenset({"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"})

_BEFORE_TAGS: Final = re.compile(rb"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_TAG: Final = re.compile(
    rb"<(?:!doctype\s+)?(?:[\w.-]{1,20}:)?([a-z][\w.-]{0,40})[\s/>]", re.IGNORECASE
)
_HTML: Final = frozenset({b"html", b"head", b"body", b"meta"})
_PARTS_OF_HTML: Final = frozenset(
    {b"title", b"style", b"script", b"link", b"table", b"div", b"font", b"center", b"base"}
)
"""What a web page may begin with; a chat may name a person so, but never closes them."""
_ENDED_TAG: Final = re.compile(
    r"</(?:p|div|span|table|b|i|em|strong|a|h[1-6]|ul|ol|li|body)\s*>|<br\s*/?>", re.IGNORECASE
)


def refuse_packed(content: bytes) -> None:
    """Raises UnreadableFile for a file whose bytes are no text and are known to be something."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise UnreadableFile(*_packed(content))
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        for inside, sentence, instead in _OLD_OFFICE:
            if inside.encode("utf-16-le") in content:
                raise UnreadableFile(sentence, instead)
        raise UnreadableFile(
            "This is an older Word, Excel or PowerPoint document, or an Outlook message.",
            SAVE_AS_PDF,
        )
    _refuse_sealed(content)
    if content[4:12] == b"ftypcrx ":
        raise UnreadableFile(*_RAW)
    if content[4:8] == b"ftyp":
        raise UnreadableFile("This is a film or sound recording.", _RECORDING)
    for at, signs, named, instead in _SIGNS_WITHIN:
        if b"\0" in content[:_HEAD] and content.startswith(signs, at):
            raise UnreadableFile(f"This is {named}, which dpdesk cannot show as pages.", instead)
    for start, named, instead in _STARTS:
        if content.startswith(start) and (start != b"MZ" or b"\0" in content[:_HEAD]):
            raise UnreadableFile(f"This is {named}, which dpdesk cannot show as pages.", instead)


def _refuse_sealed(content: bytes) -> None:
    packet = mail_sealed.bare(content)
    if packet[:1] == b"0" and _SEALED in packet[:24]:
        raise UnreadableFile(
            "This is a message that is encrypted or signed (S/MIME).",
            "Open it in the mail program, save or print it as PDF, and add that.",
        )
    if content.lstrip()[: len(ENCRYPTED)] == ENCRYPTED or content.startswith(_PGP):
        raise UnreadableFile(
            "This is encrypted (PGP), and only somebody who has its key can read it.",
            "Let the person who received it open it and save it, and add what was saved.",
        )


def refuse_raw(content: bytes) -> None:
    """Raises UnreadableFile for a raw photograph: of most, only a tiny preview could be shown."""
    if content.startswith(_RAW_STARTS) or (content[:4] == b"II*\0" and content[8:10] == b"CR"):
        raise UnreadableFile(*_RAW)
    if content[:4] in {b"II*\0", b"MM\0*"}:
        tags = _first_tags(content)
        if _DNG in tags or (_INSIDE in tags and tags.get(_SUBFILE) == 1):
            raise UnreadableFile(*_RAW)


def _first_tags(content: bytes) -> dict[int, int]:
    """What a TIFF says of its first picture: short values by the number of their tag."""
    order = "little" if content[:2] == b"II" else "big"
    at = int.from_bytes(content[4:8], order)  # type: ignore[arg-type] # one of two words
    number = int.from_bytes(content[at : at + 2], order)  # type: ignore[arg-type] # the same
    found = {}
    for start in range(at + 2, min(at + 2 + 12 * number, len(content) - 11), 12):
        tag = int.from_bytes(content[start : start + 2], order)  # type: ignore[arg-type] # the same
        value = content[start + 8 : start + 12]
        found[tag] = int.from_bytes(value, order)  # type: ignore[arg-type] # the same
    return found


def _packed(content: bytes | IO[bytes]) -> tuple[str, str]:
    """What to say about a ZIP file, which most office documents are inside."""
    try:
        with zipfile.ZipFile(
            io.BytesIO(content) if isinstance(content, bytes) else content
        ) as packed:
            names = packed.namelist()[:500]
            said = _mimetype(packed) if "mimetype" in names else b""
    except ZIP_FAULTS:
        return (
            "This is a damaged archive of files, or a damaged document of an office program.",
            "Ask for it again.",
        )
    starts = {name.split("/", 1)[0] for name in names}
    if "[Content_Types].xml" in starts or not _IN_OFFICE.isdisjoint(names):
        for folder, told in _OFFICE.items():
            if folder in starts:
                return told
        if any(name.lower().endswith(".fdseq") for name in names):
            return (
                "This is an XPS document.",
                "Open it in an XPS viewer, print it as PDF, and add that.",
            )
    if b"epub" in said:
        return "This is an electronic book (EPUB).", SAVE_AS_PDF
    if "mimetype" in starts:
        return "This is an OpenDocument file.", "Save it as PDF first, and add that."
    if any(name.lower().endswith((".iwa", ".apxl")) or name == "Index.zip" for name in names):
        return (
            "This is a Pages, Numbers or Keynote document.",
            "Export it as PDF on a Mac or at iCloud first, and add that.",
        )
    return _ARCHIVE


def is_archive(content: bytes | IO[bytes]) -> bool:
    """Whether a ZIP file is just files packed together, and no document of an office program."""
    return _packed(content) == _ARCHIVE


def _mimetype(packed: zipfile.ZipFile) -> bytes:
    with packed.open("mimetype") as stream:
        return stream.read(100)


def is_web_page(text: str) -> bool:
    """Whether text is the source of a web page."""
    head, root = _begins(text)
    return root in _HTML or (root in _PARTS_OF_HTML and b"</" in head)


def has_tags(text: str) -> bool:
    """Whether a text has tags of a web page somewhere at its beginning."""
    return _ENDED_TAG.search(text[:_HEAD]) is not None


def _begins(text: str) -> tuple[bytes, bytes]:
    """The beginning of a text, and its first tag where it begins with one."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n").encode("utf-8", "replace")
    before = _BEFORE_TAGS.match(head)
    tag = _TAG.match(head, before.end() if before else 0)
    return head, tag[1].lower() if tag else b""


def refuse_source(text: str) -> None:
    """Raises UnreadableFile for text that nobody reads as it stands: web pages, data, links."""
    head, root = _begins(text)
    if root == b"svg":
        raise UnreadableFile(
            "This is a drawing (SVG).", "Open it in a browser, print it as PDF, and add that."
        )
    for signs, sentence, instead in _OFFICE_AS_XML:
        if any(sign in head for sign in signs):
            raise UnreadableFile(sentence, instead)
    if head.startswith(b"<?xml"):
        raise UnreadableFile(
            "This is a file of data (XML), which only a program can read.",
            "Open it in the program that it comes from, print it as PDF, and add that.",
        )
    if head.lower().startswith((b"[internetshortcut]", b"[desktop entry]")) or _is_a_link(head):
        raise UnreadableFile(
            "This is only a link to a page or document; there is nothing else in it.",
            "Open what it leads to, save or print that as PDF, and add it.",
        )


def _is_a_link(head: bytes) -> bool:
    """Whether it stands for a document that is kept at Google."""
    return head.startswith(b"{") and (
        b"DO NOT EDIT THIS FILE" in head
        or (b'"doc_id"' in head and (b'"resource_key"' in head or b"docs.google.com/" in head))
    )
