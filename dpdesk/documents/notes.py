"""What is typed into the fields and notes of a PDF, for comparison with what its pages show.

A form answer, a typed note or a stamp may lack the drawing that shows it, or the drawing may lack
letters that the answer has. What the page shows is what is disclosed; but somebody must be told
that the file says more. Used inside workers only.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pikepdf

from dpdesk.documents.pages import Page
from dpdesk.law.folding import fold

_TYPED: Final = frozenset({"/FreeText", "/Stamp"})
_DEPTH: Final = 12  # fields within fields
_LONGEST: Final = 50_000  # letters of one answer that are compared
_SECRET: Final = 1 << 13  # the flag of a field that hides what is typed
_PRESSED: Final = 1 << 16  # the flag of a button that is only pressed
_HIDDEN: Final = 1 << 1  # the flag of a note that is never shown
_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TAGS: Final = re.compile("<[^<>]*>")
_NOT_LETTERS: Final = re.compile(r"[\W_]+")


def typed(opened: pikepdf.Pdf) -> dict[int, tuple[str, ...]]:
    """What is typed on each page, by the number of the page from 0."""
    found = {}
    for number, page in enumerate(opened.pages):
        texts = tuple(text for note in on_page(page) for text in _texts(note) if text.strip())
        if texts:
            found[number] = texts
    return found


def on_page(page: pikepdf.Page) -> list[Any]:
    """The fields and notes of a page, as they stand in the file."""
    notes = page.obj.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return []
    return [note for note in notes.as_list() if isinstance(note, pikepdf.Dictionary)]


def comment(note: Any) -> str:
    """The words of a note, plain or with their looks."""
    words = _plain(note.get("/Contents"))
    return words if words.strip() else _rich(note.get("/RC"))


def _rich(words: Any) -> str:
    """The words of a text that has its looks with it; empty where there is none."""
    return html.unescape(_TAGS.sub(" ", _plain(words)))


def value_of(note: Any) -> str:
    """What is typed or chosen in a field; empty for one that hides it, and for a signature."""
    if str(_inherited(note, "/FT")) == "/Sig":
        return ""
    return " ".join(filter(None, _texts(note)))


def _texts(note: Any) -> Iterator[str]:
    kind = str(note.get("/Subtype", ""))
    if kind in _TYPED:
        plain, rich = _plain(note.get("/Contents")), _rich(note.get("/RC"))
        yield plain
        if _only_letters(rich) != _only_letters(plain):
            yield rich
        if kind == "/Stamp" and "/AP" not in note and not (plain + rich).strip():
            # Its program draws the words by which the stamp is called.
            yield _CAPITAL.sub(" ", str(note.get("/Name") or "").lstrip("/#"))
    elif kind == "/Widget":
        field = str(_inherited(note, "/FT") or "")
        if field == "/Tx" and not _flags(note) & _SECRET:
            yield _plain(_inherited(note, "/V")) or _rich(_inherited(note, "/RV"))
        elif field == "/Ch":
            yield from _chosen(note)
        elif field == "/Sig":
            yield from _signed(_inherited(note, "/V"))


def _signed(signature: Any) -> Iterator[str]:
    """What whoever signed a PDF says of the signature."""
    if isinstance(signature, pikepdf.Dictionary):
        for said in ("/Name", "/Reason", "/Location", "/ContactInfo"):
            yield _plain(signature.get(said))


def _inherited(note: Any, name: str) -> Any:
    for _ in range(_DEPTH):
        if name in note:
            return note[name]
        note = note.get("/Parent")
        if not isinstance(note, pikepdf.Dictionary):
            break
    return None


def _flags(note: Any) -> int:
    flags = _inherited(note, "/Ff")
    return int(flags) if isinstance(flags, int) else 0


def _chosen(note: Any) -> Iterator[str]:
    """What was chosen, in the words of the list, which need not be those that are stored."""
    answers = _listed(_inherited(note, "/V"))
    options = _listed(_inherited(note, "/Opt"))
    shown = {}
    for option in options:
        if isinstance(option, pikepdf.Array) and len(option) > 1:
            shown[_plain(option[0])] = _plain(option[1])
    if not any(map(_plain, answers)):
        # Some programs write only which of the list it is.
        places = [each for each in _listed(_inherited(note, "/I")) if isinstance(each, int)]
        chosen = [options[place] for place in places if 0 <= place < len(options)]
        answers = [each[0] if isinstance(each, pikepdf.Array) else each for each in chosen]
    for each in answers:
        words = _plain(each)
        yield shown.get(words, words)


def _listed(value: Any) -> list[Any]:
    """The parts of a list; one value alone is a list of one, and none an empty list."""
    if value is None:
        return []
    return list(value.as_list()) if isinstance(value, pikepdf.Array) else [value]


def unseen_ticks(page: pikepdf.Page) -> list[str]:
    """The questions of boxes on a page that are ticked in the file and are shown empty."""
    return [
        f"{_question(note)}: ticked"
        for note in on_page(page)
        if note.get("/Subtype") == "/Widget"
        and str(_inherited(note, "/FT")) == "/Btn"
        and not _flags(note) & _PRESSED
        and _is_ticked(note)
        and not _shows_tick(note)
    ]


def _is_ticked(note: Any) -> bool:
    value = str(_inherited(note, "/V") or "/Off")
    if value == "/Off":
        return False
    if str(note.get("/AS")) == value:
        return True
    looks = set(_looks(note)) - {"/Off"}
    # Of several boxes with one value, that one is ticked which has a look of its name.
    return value in looks if looks else "/FT" in note


def _shows_tick(note: Any) -> bool:
    state = str(note.get("/AS") or "/Off")
    if state == "/Off" or int(note.get("/F", 0)) & _HIDDEN:
        return False
    looks = _looks(note)
    if not looks:
        return True  # pdfium draws its own
    look = looks.get(state)
    return isinstance(look, pikepdf.Stream) and bool(look.read_bytes().strip())


def _looks(note: Any) -> dict[str, Any]:
    """How a box looks in each of its states; empty where the file leaves it to the program."""
    drawn = note.get("/AP")
    looks = drawn.get("/N") if isinstance(drawn, pikepdf.Dictionary) else None
    if not isinstance(looks, pikepdf.Dictionary) or isinstance(looks, pikepdf.Stream):
        return {}
    return dict(looks.as_dict())


def _question(note: Any) -> str:
    """What a field is called for whoever fills it in, else its name in the file."""
    return (_plain(_inherited(note, "/TU")) or _plain(_inherited(note, "/T")) or "A box").strip()


def on_no_page(opened: pikepdf.Pdf) -> list[str]:
    """What is typed in the fields of a form that stand on none of its pages."""
    form = opened.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    placed = {note.objgen for page in opened.pages for note in on_page(page)}
    found: list[str] = []
    for field in _ends(fields, 0):
        if field.objgen not in placed and "/Rect" not in field:
            found += [_plain(field.get("/V"))] if _typed_into(field) else []
    return [words for words in found if words.strip()]


def _typed_into(field: Any) -> bool:
    secret = bool(_flags(field) & _SECRET)
    return str(_inherited(field, "/FT")) in {"/Tx", "/Ch"} and not secret


def _ends(fields: Any, depth: int) -> Iterator[Any]:
    """The fields that have no others below them."""
    if not isinstance(fields, pikepdf.Array) or depth > _DEPTH:
        return
    for field in fields.as_list():
        if not isinstance(field, pikepdf.Dictionary):
            continue
        if _listed(field.get("/Kids")):
            yield from _ends(field.Kids, depth + 1)
        else:
            yield field


def _plain(words: Any) -> str:
    if isinstance(words, pikepdf.Stream):
        words = bytes(words.read_bytes()).decode("utf-8", "replace")
    elif not isinstance(words, (str, pikepdf.String)):
        return ""
    return str(words)[:_LONGEST]


def _only_letters(words: str) -> str:
    return _NOT_LETTERS.sub("", fold(words))


def not_shown(page: Page, texts: Sequence[str]) -> bool:
    """Whether any word that is typed on a page is not among the words that it shows."""
    shown = _only_letters("\n".join(word.text for word in page.words))
    return any(
        word and word not in shown and word[::-1] not in shown
        for text in texts
        for word in _NOT_LETTERS.split(fold(text))
    )


def in_patterns(opened: pikepdf.Pdf) -> list[int]:
    """Numbers of pages, from 1, with words inside a pattern or inside the drawing of a letter.

    No search reaches those.
    """
    known: dict[tuple[int, int], bool] = {}
    return [
        number
        for number, page in enumerate(opened.pages, 1)
        if any(_draws_words(drawing, known) for drawing in _inner_drawings(page))
    ]


def _inner_drawings(page: pikepdf.Page) -> Iterator[Any]:
    resources = page.obj.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary):
        return
    yield from _values(resources.get("/Pattern"))
    for font in _values(resources.get("/Font")):
        if isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/Type3":
            yield from _values(font.get("/CharProcs"))


def _values(table: Any) -> list[Any]:
    return list(table.as_dict().values()) if isinstance(table, pikepdf.Dictionary) else []


_LONGEST_DRAWING: Final = 200_000  # bytes, packed


def _draws_words(drawing: Any, known: dict[tuple[int, int], bool]) -> bool:
    if not isinstance(drawing, pikepdf.Stream):
        return False
    key = drawing.objgen
    if key not in known:
        small = len(drawing.read_raw_bytes()) <= _LONGEST_DRAWING
        content = drawing.read_bytes() if small else b""
        known[key] = b"BT" in content and (b"Tj" in content or b"TJ" in content)
    return known[key]


_BLANKS: Final = b"\x00\x03 "  # spaces, plain and as the office programs number them
_SHOWS: Final = frozenset({"Tj", "TJ", "'", '"'})
_DEEPEST: Final = 3  # drawings within drawings


def empty_with_text(content: bytes, indexes: Sequence[int]) -> list[int]:
    """Numbers of pages, from 1, that the file draws letters on, of pages shown empty.

    Their font may be broken, so that other programs show what this one does not.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            return [index + 1 for index in indexes if _shows(opened.pages[index].obj, 0)]
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, IndexError, RecursionError):
        return []


def _shows(drawing: Any, depth: int) -> bool:
    try:
        commands = pikepdf.parse_content_stream(drawing)
    except (pikepdf.PdfError, TypeError, ValueError):
        return False
    if any(
        str(each.operator) in _SHOWS and any(map(_is_letters, each.operands)) for each in commands
    ):
        return True
    resources = drawing.get("/Resources")
    inner = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    return depth < _DEEPEST and any(
        isinstance(each, pikepdf.Stream)
        and each.get("/Subtype") == "/Form"
        and len(each.read_raw_bytes()) <= _LONGEST_DRAWING
        and _shows(each, depth + 1)
        for each in _values(inner)
    )


def _is_letters(given: Any) -> bool:
    if isinstance(given, pikepdf.Array):
        return any(map(_is_letters, given.as_list()))
    return isinstance(given, pikepdf.String) and bool(bytes(given).strip(_BLANKS))
