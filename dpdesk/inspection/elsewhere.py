"""Words in a PDF that are no part of any page as shown, wherever they lie; for workers only.

Whatever can be reached in the file is gone through: not a list of known hiding places, but every
text, with those left out that programs write for themselves.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pikepdf
import pypdfium2 as pdfium

from dpdesk.inspection import lost_pages, remarks
from dpdesk.inspection.found import Kind
from dpdesk.inspection.telling import Told, says_nothing, words_in

_MOST: Final = 200_000  # parts of a file that are looked at
_NAMED_FREELY: Final = frozenset("/XObject /Pattern /ExtGState /Properties /Shading".split())
"""Tables of a page whose entries are called as a program likes: /U, elsewhere a secret key."""
_DRAWINGS: Final = 300  # drawings that are read by themselves
_LONGEST: Final = 200_000  # signs of one text
_TELL: Final = 60  # words that are told
_BEHIND: Final = 64  # bytes behind the end of the file that tell nothing
_TECHNICAL: Final = frozenset(
    "/Registry /Ordering /ID /DA /DS /Lang /CharSet /Producer /Creator /CreationDate /ModDate /M "
    "/LastModified /OutputConditionIdentifier /OutputCondition /RegistryName /CheckSum /NM "
    "/Cert /ByteRange /Version /Style /FontFamily /TB /O /U /OE /UE /Perms /IDS /Limits /DestName "
    "/Panose /D /Dest /URI /S /CI /Filter /XFA /JS".split()
)
"""Keys of what programs write for themselves, or what is looked at elsewhere."""
_OF_PROGRAMS: Final = ("/PTEX", "/GTS_", "/Adobe")
_KINDS: Final[dict[str, tuple[Kind, str]]] = {
    "/V": ("form", "A field holds an answer that is not shown."),
    "/DV": ("form", "A field holds the answer that it had at first."),
    "/RV": ("form", "A field holds an answer that is not shown."),
    "/Opt": ("form", "A field holds a list to choose from."),
    "/TU": ("form", "A field is described in words that are not shown."),
    "/Contents": ("note", "A note on this page can be opened."),
    "/RC": ("note", "A note on this page can be opened."),
    "/Subj": ("note", "A note on this page can be opened."),
    "/T": ("note", "A note says who wrote it."),
    "/Alt": ("description", "Words are spelt out unseen."),
    "/ActualText": ("description", "Words are spelt out unseen."),
    "/E": ("description", "Words are spelt out unseen."),
}
_ELSEWHERE: Final[tuple[Kind, str]] = ("elsewhere", "The file holds words that no page shows.")
_TAGS: Final = re.compile(r"<[^<>]*>")
_QUOTED: Final = re.compile(r"'((?:[^'\\\n]|\\.)*)'|\"((?:[^\"\\\n]|\\.)*)\"")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_NAME: Final = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}")
_DATASETS: Final = re.compile(r"<(?:\w+:)?data\b[^>]*>.*</(?:\w+:)?data\s*>", re.DOTALL)
_END: Final = re.compile(rb"%%EOF[\r\n \t\x00]*")
_OF_MACHINES: Final = (
    "adobe.com/xap/1.0/", "adobe.com/pdf/1.3/", "adobe.com/tiff/", "adobe.com/exif/", "exif.org/",
    "camera-raw", "aiim.org/", "www.w3.org/", "adobe:ns:meta", "adobe.com/illustrator/",
    "adobe.com/xmp", "npes.org/", "ns.google.com/", "adobe.com/indesign", "adobe.com/creatorAtom",
    "adobe.com/lightroom", "adobe.com/AcrobatAdhocWorkflow", "ns.apple.com/", "cipa.jp/",
    "esko-graphics", "adobe.com/pdfaextension", "ns.microsoft.com/", "adobe.com/DICOM",
)  # fmt: skip
"""Parts of a file's details in which programs write; in others people do."""
_OF_PEOPLE: Final = frozenset(
    "rights Owner WebStatement UsageTerms filePath documentName originalDocument Label Nickname "
    "Keywords manager ImageDescription Artist Copyright UserComment CameraOwnerName".split()
)
"""Words of those that people write all the same."""


def look(content: bytes, opened: pikepdf.Pdf, told: Told) -> None:
    """Looks through everything that can be reached; ``told`` knows what pages show."""
    drawings: list[tuple[Any, Any]] = []
    for each, key, owner in _reached(opened):
        if isinstance(each, pikepdf.String):
            _text(each, key, owner, told)
        elif isinstance(each, pikepdf.Stream):
            if str(each.get("/Subtype", "")) == "/Form" or "/PatternType" in each:
                drawings.append((each, owner))
            elif str(each.get("/Type", "")) == "/Metadata" and key == "/Metadata":
                _details(each, told)
            elif key == "/JS":
                _script(_decoded(each), told)
            elif key in {"/RC", "/RV"}:
                _tell(key, _plain(_decoded(each)), told)
            if "/Alternates" in each:
                told.tell("picture-data", 0, "A picture holds another version of itself.")
        elif isinstance(each, pikepdf.Dictionary):
            _part(each, told)
    told.gathered()
    remarks.look(content, opened, [each for each, _owner in drawings], told)
    lost_pages.look(opened, told)
    _answers(opened, told)
    _drawings(opened, drawings, told)
    _behind(content, told)


def _part(each: Any, told: Told) -> None:
    if "/EF" in each:
        name = str(each.get("/UF", each.get("/F", "")))
        if not told.is_told(name, "attachment"):
            told.tell("attachment", 0, "A file is inside this one.", name)
    elif str(each.get("/Type", "")) == "/OCMD" and (
        str(each.get("/P", "")) in {"/AllOff", "/AnyOff"} or "/VE" in each
    ):
        told.tell("hidden-layer", 0, "Parts are shown or not, as layers are switched.")


def _reached(opened: pikepdf.Pdf) -> Iterator[tuple[Any, str, Any]]:
    """Every part of the file once, with the key under which it lies and what holds that."""
    stack: list[tuple[Any, str, Any]] = [(opened.trailer, "", None)]
    seen: set[tuple[int, int]] = set()
    count = 0
    while stack and count < _MOST:
        each, key, owner = stack.pop()
        if not isinstance(each, pikepdf.Object):
            continue
        if each.is_indirect:
            if each.objgen in seen:
                continue
            seen.add(each.objgen)
        count += 1
        yield each, key, owner
        if isinstance(each, pikepdf.Array):
            # Colours and the like begin with a name, and hold bytes that are no text.
            if len(each) and not isinstance(each[0], pikepdf.Name):
                stack.extend((inner, key, owner) for inner in each.as_list())
        elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream) and "/ByteRange" not in each:
            # They come as a set: in another order each time the program is started.
            for name in sorted(each.keys(), reverse=True):
                if name.startswith(_OF_PROGRAMS):
                    continue
                inner = each[name]
                named = key in _NAMED_FREELY and isinstance(
                    inner, pikepdf.Dictionary | pikepdf.Stream
                )
                if named or name not in _TECHNICAL or name in {"/JS", "/D", "/S", "/O"}:
                    if name in _TECHNICAL and isinstance(inner, pikepdf.String) and name != "/JS":
                        continue
                    stack.append((inner, name, each))


def _text(written: Any, key: str, owner: Any, told: Told) -> None:
    if key in _TECHNICAL and key != "/JS":
        return
    text = str(written)[:_LONGEST]
    if not text.isprintable() and not text.replace("\n", "").replace("\r", "").isprintable():
        return
    if key == "/JS":
        _script(text, told)
        return
    field = owner is not None and any(name in owner for name in ("/FT", "/Kids", "/Parent"))
    if key == "/T" and "/S" in owner and "/FT" not in owner:
        key = "/Alt"  # the title of a part of the tree for screen readers
    if key == "/T" and (field or "/Subtype" not in owner):
        return  # what a field is called by its program
    if key in {"/Names", "/P", "/Name"} and not _is_like_name(text):
        return  # places and styles that programs name for themselves
    _tell(key, _plain(text) if key in {"/RC", "/RV"} else text, told)


def _is_like_name(text: str) -> bool:
    return len(_NAME.findall(text)) > 1 and " " in text and not any(sign.isdigit() for sign in text)


def _tell(key: str, text: str, told: Told) -> None:
    kind, what = _KINDS.get(key, _ELSEWHERE)
    if kind == "elsewhere" and not _WORD.search(text):
        return  # the letter on a button
    if key == "/Title" and says_nothing(text, told):
        return  # a bookmark called "Cover"
    if not told.is_told(text):
        told.gather(kind, what, text)


def _plain(rich: str) -> str:
    return html.unescape(_TAGS.sub(" ", rich))


def _decoded(stream: Any) -> str:
    try:
        content = bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return ""
    if content[:2] in {b"\xfe\xff", b"\xff\xfe"}:
        return content.decode("utf-16", "replace")[:_LONGEST]
    return content.decode("utf-8", "replace")[:_LONGEST]


def _script(text: str, told: Told) -> None:
    """Names among what a script writes: formats and commands are no words of anybody."""
    said = [one or two for one, two in _QUOTED.findall(text)]
    names = " ".join(name for each in said if " " in each for name in _NAME.findall(each))
    if names and not told.is_told(names):
        told.tell_unless_seen("elsewhere", 0, "A script in the file holds words.", names)


def _details(stream: Any, told: Told) -> None:
    """What people wrote into the details of the file or of one of its pictures."""
    try:
        content = bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return
    for text in details_in(content):
        if not told.is_told(text):
            told.tell_unless_seen("metadata", 0, "The details of the file tell more.", text)


def details_in(packet: bytes) -> list[str]:
    """The texts that people wrote into a packet of details (XMP), each once."""
    from lxml import etree

    careful = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        tree = etree.fromstring(packet, careful)
    except (etree.XMLSyntaxError, ValueError):
        return []
    found: dict[str, None] = {}
    for each in tree.iter(etree.Element) if tree is not None else ():
        pairs = [(str(each.tag), _inner(each)), *((str(k), str(v)) for k, v in each.attrib.items())]
        for name, value in pairs:
            own = name.rpartition("}")[2]
            people = own in _OF_PEOPLE or (
                "}" in name
                and not any(space in name for space in _OF_MACHINES)
                and own not in {"format", "language"}
            )
            if people and not _is_of_programs(value):
                found[value] = None
    return list(found)


def _inner(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _is_of_programs(text: str) -> bool:
    """Whether a detail has no word of letters: a date, a number, a version."""
    return not re.search(r"[^\W\d_]{3,}", text) or text.startswith(("uuid:", "D:", "xmp."))


def _answers(opened: pikepdf.Pdf, told: Told) -> None:
    """The answers of a form of the older Adobe kind, which lie beside its pages."""
    form = opened.Root.get("/AcroForm")
    parts = form.get("/XFA") if isinstance(form, pikepdf.Dictionary) else None
    some = parts.as_list() if isinstance(parts, pikepdf.Array) else [parts]
    whole = "".join(_decoded(each) for each in some if isinstance(each, pikepdf.Stream))
    for match in _DATASETS.finditer(whole):
        told.tell_unless_seen(
            "form", 0, "The form holds answers that no page shows.", _plain(match[0])
        )


def _drawings(opened: pikepdf.Pdf, found: Iterable[tuple[Any, Any]], told: Told) -> None:
    """The words of drawings and patterns that are in no page, or are painted over."""
    with pikepdf.new() as made:
        for drawing, _ in list(found)[:_DRAWINGS]:
            content = bytes(drawing.read_bytes())
            if b"BT" not in content:
                continue
            page = made.add_blank_page(page_size=(14_000, 14_000))
            page.contents_add(content)
            own = drawing.get("/Resources")
            if isinstance(own, pikepdf.Dictionary):
                holder = opened.make_indirect(pikepdf.Dictionary(R=own))
                page.obj["/Resources"] = made.copy_foreign(holder)["/R"]
        if not len(made.pages):
            return
        out = io.BytesIO()
        made.save(out)
    shown = told.letters()
    words: dict[str, None] = {}
    document = pdfium.PdfDocument(out.getvalue())
    try:
        for index in range(len(document)):
            page = document[index]
            text = page.get_textpage()
            for word in text.get_text_range().split():
                if any(len(w) > 2 and w not in shown for w in words_in(word)):
                    words[word] = None
            text.close()
            page.close()
    finally:
        document.close()
    left = " ".join(list(words)[:_TELL])
    if left and not told.is_told(left):
        told.tell("elsewhere", 0, "A drawing in the file writes words that no page shows.", left)


def unused(opened: pikepdf.Pdf, used: set[tuple[int, int]], told: Told) -> None:
    """The texts of parts that nothing leads to any more: notes and answers that were deleted."""
    for each in opened.objects:
        if isinstance(each, pikepdf.Stream) or not isinstance(each, pikepdf.Dictionary):
            continue
        if each.objgen in used:
            continue
        for key in ("/Contents", "/RC", "/V", "/T", "/Title", "/Alt", "/ActualText", "/Author"):
            value = each.get(key)
            if isinstance(value, pikepdf.String) and not (key == "/T" and "/FT" in each):
                text = _plain(str(value)) if key == "/RC" else str(value)
                quiet = not text.isprintable() or says_nothing(text, told) or told.is_told(text)
                if not quiet:
                    what = "Something that was taken out is still in the file."
                    told.tell_unless_seen("leftover", 0, what, text)


def _behind(content: bytes, told: Told) -> None:
    """What somebody, or a program, put behind the end of the file."""
    ends = list(_END.finditer(content))
    rest = content[ends[-1].end() :] if ends else b""
    if len(rest) > _BEHIND and rest.strip(b"\x00\r\n \t"):
        told.tell("elsewhere", 0, f"{len(rest):,} bytes lie behind the end of the file.")
