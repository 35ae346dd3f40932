"""What a PDF says beside its pages, in places that no reader of it opens; for workers only.

That are its details, bookmarks, what is spelt out for screen readers, the names of its layers and
of places in it, the numbers of its pages, and its scripts. Most of it says nothing of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Final

import pikepdf

from dpdesk.documents import besides, notes

_MOST: Final = 5_000
_LONGEST: Final = 2_000  # letters of one text
_SCRIPT: Final = 200_000  # letters of all scripts
_PARTS: Final = 20_000  # of a tree
_NAMED: Final = re.compile(r"(?<![^\W\d_])[^\W\d_a-z][^\W\d_]+[\s,]+[^\W\d_a-z][^\W\d_]+")
"""Two words with capitals beside each other: “Picture 1” and “A close up of a tree” name nobody."""
_INFO: Final = {"/Subject": "Subject of the file", "/Keywords": "Keywords"}
_USUAL: Final = frozenset(
    "/Subject /Keywords /Creator /Producer /CreationDate /ModDate /Trapped".split()
)
"""Details that are told in another way, or that programs write of themselves."""
_OF_PROGRAMS: Final = ("/PTEX", "/GTS_", "/Adobe", "/PXC", "/XCVer")
_XMP: Final = {
    "dc:title": "Title of the file",
    "dc:creator": "Author of the file",
    "dc:description": "Subject of the file",
    "dc:subject": "Keywords",
    "dc:contributor": "Contributor",
    "dc:rights": "Rights",
    "pdf:Keywords": "Keywords",
    "photoshop:AuthorsPosition": "Post of the author",
    "photoshop:CaptionWriter": "Who described the file",
    "xmpRights:Owner": "Owner",
}
_CALLED: Final = {"/Title": "Title of the file", "/Author": "Author of the file"}


def beside(opened: pikepdf.Pdf) -> tuple[tuple[str, str], ...]:
    """What it says there that looks like a name, each once with where it is said."""
    found: dict[tuple[str, str], None] = {}
    for where, text in (*_about(opened), *_bookmarks(opened), *_spelt_out(opened)):
        if _NAMED.search(text) and len(found) < _MOST:
            found[where, text[:_LONGEST]] = None
    # Every heading has two capitals; in these places a name is told where it is known as one.
    for where, text in (
        *_details(opened), *_layers(opened), *_places(opened), *_numbers(opened), *_scripts(opened)
    ):  # fmt: skip
        short = text[:_LONGEST]
        if besides.tells(short, sentences=False) and len(found) < _MOST:
            found[where, short] = None
    return tuple(found)


def _about(opened: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    told = opened.trailer.get("/Info")
    if isinstance(told, pikepdf.Dictionary):
        for key, where in _INFO.items():
            if isinstance(told.get(key), pikepdf.String):
                yield where, str(told[key])


def _details(opened: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Title, author and what somebody added, in the old form of the details and in the new."""
    told = opened.trailer.get("/Info")
    for key, value in told.items() if isinstance(told, pikepdf.Dictionary) else ():
        usual = key in _USUAL or str(key).startswith(_OF_PROGRAMS)
        if not usual and isinstance(value, pikepdf.String):
            yield _CALLED.get(key, "Detail of the file"), str(value)
    if isinstance(opened.Root.get("/Metadata"), pikepdf.Stream):
        # The library raises what the parser of XML does, and more, where they are damaged.
        with (
            suppress(pikepdf.PdfError, SyntaxError, ValueError, TypeError, KeyError, RuntimeError),
            opened.open_metadata(set_pikepdf_as_editor=False, strict=False) as xmp,
        ):
            for key, where in _XMP.items():
                said: Any = xmp.get(key)
                for each in [said] if isinstance(said, str) else said or ():
                    yield where, str(each)


def _bookmarks(opened: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for each in _tree(opened.Root.get("/Outlines"), ("/Next", "/First")):
        if isinstance(each.get("/Title"), pikepdf.String):
            yield "Bookmark", str(each["/Title"])


def _spelt_out(opened: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for each in _tree(opened.Root.get("/StructTreeRoot"), ("/K",)):
        for key in ("/Alt", "/ActualText", "/E"):
            if isinstance(each.get(key), pikepdf.String):
                yield "Said to a screen reader", str(each[key])


def _layers(opened: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for each in _tree(opened.Root.get("/OCProperties"), ("/OCGs",)):
        if isinstance(each.get("/Name"), pikepdf.String):
            yield "Name of a layer", str(each["/Name"])


def _places(opened: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """The names of places in the file, in the old form and in the new."""
    old, new = opened.Root.get("/Dests"), opened.Root.get("/Names")
    if isinstance(old, pikepdf.Dictionary):
        yield from (("Name of a place in the file", key[1:]) for key in old.keys())  # noqa: SIM118 -- pikepdf
    root = new.get("/Dests") if isinstance(new, pikepdf.Dictionary) else None
    for each in _tree(root, ("/Kids",)):
        named = each.get("/Names")
        for called in named.as_list()[::2] if isinstance(named, pikepdf.Array) else ():
            if isinstance(called, pikepdf.String):
                yield "Name of a place in the file", str(called)


def _numbers(opened: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for each in _tree(opened.Root.get("/PageLabels"), ("/Kids", "/Nums")):
        if isinstance(each.get("/P"), pikepdf.String):
            yield "Before the number of a page", str(each["/P"])


def _scripts(opened: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """What stands in the scripts of the file."""
    left = _SCRIPT
    seen = set[str]()
    for each in _tree(pikepdf.Array(_acting(opened)), ("/Kids", "/Names", "/Next", "/JS")):
        script = each.get("/JS")
        if isinstance(script, pikepdf.Stream):
            text = bytes(script.read_bytes()).decode("utf-8", "replace")
        else:
            text = str(script) if isinstance(script, pikepdf.String) else ""
        if text in seen:
            continue
        seen.add(text)
        for line in text[:left].splitlines():
            # What a script says stands in quotes, and what is said of it behind the last of them.
            for piece in line.split('"' if '"' in line else "'"):
                yield "Script", piece.strip()
        left -= len(text[:left])


def _acting(opened: pikepdf.Pdf) -> list[Any]:
    """Where scripts begin: of the file, of a page, of a note or an answer."""
    names, form = opened.Root.get("/Names"), opened.Root.get("/AcroForm")
    found = [opened.Root.get("/OpenAction"), *_reactions(opened.Root)]
    if isinstance(names, pikepdf.Dictionary):
        found.append(names.get("/JavaScript"))
    if isinstance(form, pikepdf.Dictionary):
        for field in _tree(form.get("/Fields"), ("/Kids",)):
            found += [field.get("/A"), *_reactions(field)]
    for page in opened.pages:
        found += _reactions(page.obj)
        for note in notes.on_page(page):
            found += [note.get("/A"), *_reactions(note)]
    return [each for each in found if isinstance(each, pikepdf.Array | pikepdf.Dictionary)]


def _reactions(owner: Any) -> list[Any]:
    """What happens when something is opened, left or changed."""
    told = owner.get("/AA")
    return [told[key] for key in told.keys()] if isinstance(told, pikepdf.Dictionary) else []  # noqa: SIM118 -- pikepdf


def _tree(root: Any, ways: Sequence[str]) -> Iterator[Any]:
    """The parts of a tree, each once; a hostile one may go round in a circle."""
    waiting, seen = [root], set[tuple[int, int]]()
    for _ in range(_PARTS):
        each = waiting.pop() if waiting else None
        if isinstance(each, pikepdf.Array):
            waiting += reversed(each.as_list())
        elif isinstance(each, pikepdf.Dictionary) and (
            not each.is_indirect or each.objgen not in seen
        ):
            seen.add(each.objgen)
            yield each
            waiting += [each[way] for way in ways if way in each]
        elif not waiting:
            return
