"""The objects of a finished bundle: only those that a bundle needs, each of them in use.

Walks the whole file with pikepdf from its trailer and refuses every key that is not known.
"""

from __future__ import annotations

import re
import struct
from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Stream

from dpdesk.disclosure.check_file import Flaw
from dpdesk.disclosure.pdf_writer import BRANCH

_FONT_KEYS = {"/Type", "/Subtype", "/BaseFont", "/Encoding", "/DescendantFonts", "/ToUnicode"}
_LETTER_KEYS = {
    "/Type", "/Subtype", "/BaseFont", "/DW", "/CIDToGIDMap", "/CIDSystemInfo", "/FontDescriptor",
}  # fmt: skip
_DESCRIPTOR_KEYS = {
    "/Type", "/FontName", "/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent",
    "/CapHeight", "/StemV", "/FontFile2",
}  # fmt: skip
_BOOKMARK_KEYS = {"/Title", "/Parent", "/Dest", "/Prev", "/Next"}
_LINK_KEYS = {"/Type", "/Subtype", "/Rect", "/Border", "/F", "/Dest"}
_OWN_PAGE_KEYS = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/Annots"}
_RESOURCE_KEYS = {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading"}
# All that drawing text, lines, pictures and transparency on the school's own pages needs.
_DRAWING_KEYS = _RESOURCE_KEYS | _FONT_KEYS | _LETTER_KEYS | _DESCRIPTOR_KEYS | {
    "/Alternate", "/AvgWidth", "/BBox", "/BG", "/BM", "/BitsPerComponent", "/BitsPerSample",
    "/BlackIs1", "/Bounds", "/C0", "/C1", "/CA", "/CIDSet", "/CharSet", "/ColorTransform",
    "/Colors", "/Columns", "/Coords", "/DecodeParms", "/Decode", "/Differences", "/Domain",
    "/EarlyChange", "/Encode", "/Extend", "/FS", "/Filter", "/FirstChar", "/FontFamily",
    "/FontFile", "/FontFile3", "/FontStretch", "/FontWeight", "/FormType", "/FunctionType",
    "/Functions", "/Function", "/Group", "/Height", "/I", "/ImageMask", "/Interpolate", "/K",
    "/LastChar", "/Leading", "/Length", "/Length1", "/Length2", "/Length3", "/Mask", "/Matrix",
    "/MaxWidth", "/MissingWidth", "/N", "/Name", "/OP", "/OPM", "/Ordering", "/PaintType",
    "/Predictor", "/ProcSet", "/Range", "/Registry", "/Resources", "/Rows", "/S", "/SA", "/SMask",
    "/ShadingType", "/Size", "/StemH", "/Supplement", "/TilingType", "/W", "/Width", "/Widths",
    "/XHeight", "/XStep", "/YStep", "/ca", "/op", "/BaseEncoding", "/CIDSystemInfo", "/WMode",
}  # fmt: skip
_NEVER_DRAWN = {"/Page", "/Pages", "/Catalog", "/Annot", "/Filespec", "/EmbeddedFile"}
_ROWS = re.compile(rb"\n<([0-9A-F]{4})> <((?:[0-9A-F]{4}){1,2})>(?=\n)")

_CODES = re.compile(
    rb"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    rb"/CIDSystemInfo << /Registry \(Adobe\) /Ordering \(UCS\) /Supplement 0 >> def\n"
    rb"/CMapName /Unseen def\n/CMapType 2 def\n"
    rb"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    rb"(?:\d{1,3} beginbfchar(?:\n<[0-9A-F]{4}> <(?:[0-9A-F]{4}){1,2}>)+\nendbfchar\n)+"
    rb"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
)


def require(condition: object, kind: str = "foreign", page: int = 0) -> None:
    """Raises Flaw unless the condition holds."""
    if not condition:
        raise Flaw(kind, page)


def page_at(pdf: Any, number: int) -> Any:
    """Page ``number`` of a bundle, from 1, by its place in the tree.

    pikepdf's own list of pages reads every page of the file, in each process that asks for one.
    """
    branch, leaf = divmod(number - 1, BRANCH)
    return pdf.Root.Pages.Kids[branch].Kids[leaf]


class Structure:
    """A finished bundle in pikepdf, with which of its objects were seen to be in use.

    No page is read but the school's own: burnt pages are checked by workers.
    """

    def __init__(self, pdf: Any, objects: int) -> None:
        self._pdf = pdf
        self._seen = bytearray(objects + 1)
        self._pages = array("L")

    def check(self, title: str, bookmarks: list[tuple[str, int]], own: Iterable[int]) -> None:
        """Checks all but the burnt pages; ``own`` are the numbers of the other pages."""
        trailer = self._pdf.trailer
        require(set(trailer.keys()) <= {"/Size", "/Root", "/Info", "/ID"})
        root = trailer.Root
        self._use(root)
        require(set(root.keys()) <= {"/Type", "/Pages", "/Lang", "/ViewerPreferences", "/Outlines"})
        require(set(root.ViewerPreferences.keys()) == {"/DisplayDocTitle"})
        require(str(root.Lang) == "en-GB" and root.Type == Name.Catalog)
        self._check_description(trailer.Info, title)
        self._check_bookmarks(root, bookmarks)
        for number in own:
            self._check_own_page(number)

    def use_alone(self, number: int) -> None:
        """Notes that an object belongs to one burnt page and to nothing else."""
        require(not self._seen[number])
        self._seen[number] = 1

    def check_all_used(self) -> None:
        """Every object of the file belongs to something that was checked."""
        require(0 not in self._seen[1:])

    def _use(self, thing: Any) -> None:
        if thing.is_indirect:
            self._seen[thing.objgen[0]] = 1

    def _check_description(self, about: Any, title: str) -> None:
        self._use(about)
        require(set(about.keys()) <= {"/Title", "/Producer", "/CreationDate"})
        require(str(about.Title) == title and str(about.Producer) == "dpdesk")
        require(re.fullmatch(r"D:\d{8}", str(about.get("/CreationDate", "D:20000101"))))

    def check_tree(self, pages: int) -> None:
        """Checks the tree of pages: as many as there should be, on full branches, each once."""
        root = self._pdf.trailer.Root.Pages
        self._use(root)
        require(set(root.keys()) == {"/Type", "/Count", "/Kids"})
        require(root.Type == Name.Pages and root.Count == pages, "pages")
        for rank, branch in enumerate(root.Kids):
            self._use(branch)
            require(set(branch.keys()) == {"/Type", "/Parent", "/Count", "/Kids"})
            require(branch.Type == Name.Pages and branch.Parent.objgen == root.objgen)
            wanted = min(BRANCH, pages - rank * BRANCH)
            require(wanted > 0 and len(branch.Kids) == wanted == branch.Count, "pages")
            self._pages.extend(page.objgen[0] for page in branch.Kids)
        require(len(self._pages) == pages == len(set(self._pages)), "pages")

    def _check_bookmarks(self, root: Any, wanted: list[tuple[str, int]]) -> None:
        if "/Outlines" not in root:
            require(not wanted)
            return
        outlines = root.Outlines
        self._use(outlines)
        require(set(outlines.keys()) == {"/Type", "/First", "/Last", "/Count"})
        mark = outlines.First
        for title, page in wanted:
            require(mark is not None)
            self._use(mark)
            require(set(mark.keys()) <= _BOOKMARK_KEYS)
            require(mark.Parent.objgen == outlines.objgen and mark.Dest[1] == Name.Fit)
            require(str(mark.Title) == title and mark.Dest[0].objgen[0] == self._pages[page])
            mark = mark.get("/Next")
        require(mark is None)

    def _check_own_page(self, number: int) -> None:
        """A page of the school's own: drawing and links inside the file, nothing else."""
        page = page_at(self._pdf, number)
        self._use(page)
        require(page.Type == Name.Page and set(page.keys()) <= _OWN_PAGE_KEYS, page=number)
        require(set(page.Resources.keys()) <= _RESOURCE_KEYS, page=number)
        self._walk(page.Resources, number)
        self._walk(page.Contents, number)
        for link in page.get("/Annots", Array()):
            self._use(link)
            require(set(link.keys()) <= _LINK_KEYS, page=number)
            require(link.Subtype == Name.Link and link.Dest[1] == Name.Fit, page=number)
            require(link.Dest[0].Type == Name.Page, page=number)

    def _walk(self, start: Any, number: int) -> None:
        """Follows what a page draws with; the names of fonts and pictures are free."""
        waiting: list[tuple[Any, bool]] = [(start, False)]
        while waiting:
            thing, free = waiting.pop()
            if isinstance(thing, Object) and thing.is_indirect:
                if self._seen[thing.objgen[0]]:
                    continue
                self._use(thing)
            if isinstance(thing, Dictionary | Stream):
                require(str(thing.get("/Type", "")) not in _NEVER_DRAWN, page=number)
                waiting.extend(self._inside(thing, free, number))
            elif isinstance(thing, Array):
                waiting.extend((part, False) for part in thing)

    def _inside(self, thing: Any, free: bool, number: int) -> Iterator[tuple[Any, bool]]:
        for key, value in thing.items():
            require(free or key in _DRAWING_KEYS, page=number)
            named = key in _RESOURCE_KEYS and not free
            yield value, named and isinstance(value, Dictionary)

    def unseen_codes(self, page: int) -> dict[int, str]:
        """What the codes of the unseen font say, after checking that it draws nothing."""
        font = page_at(self._pdf, page).Resources.Font.F
        require(set(font.keys()) == _FONT_KEYS and font.Encoding == Name("/Identity-H"))
        letters = font.DescendantFonts[0]
        require(set(letters.keys()) == _LETTER_KEYS and len(font.DescendantFonts) == 1)
        about = letters.FontDescriptor
        require(set(about.keys()) == _DESCRIPTOR_KEYS)
        for part in (font, letters, about, about.FontFile2, font.ToUnicode, letters.CIDToGIDMap):
            self._use(part)
        for stream in (about.FontFile2, font.ToUnicode, letters.CIDToGIDMap):
            require(set(stream.keys()) == {"/Length", "/Filter"})
        require(is_empty_font(about.FontFile2.read_bytes()))
        require(set(letters.CIDToGIDMap.read_bytes()[1::2]) <= {1})
        require(set(letters.CIDToGIDMap.read_bytes()[0::2]) <= {0})
        table = font.ToUnicode.read_bytes()
        require(_CODES.fullmatch(table))
        rows = _ROWS.findall(table)
        codes = {
            int(code, 16): bytes.fromhex(sign.decode("ascii")).decode("utf-16-be", "replace")
            for code, sign in rows
        }
        require(len(codes) == len(rows))
        return codes


def is_empty_font(content: bytes) -> bool:
    """Whether a TrueType font has exactly six tables, and none of its glyphs draws anything."""
    count = struct.unpack(">H", content[4:6])[0]
    tables = {}
    for rank in range(count):
        tag, _, start, length = struct.unpack(">4sIII", content[12 + 16 * rank : 28 + 16 * rank])
        tables[tag] = content[start : start + length]
    if set(tables) != {b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"}:
        return False
    used = 12 + 16 * count + sum(-(-len(table) // 4) * 4 for table in tables.values())
    return not any(tables[b"glyf"]) and not any(tables[b"loca"]) and len(content) == used
