"""The parts of a document as they are gathered word by word; used inside workers only."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html import escape
from typing import Final

from dpdesk.documents.hidden import place

PICTURES: Final = {
    "pngblip": "png",
    "jpegblip": "jpeg",
    "dibitmap": "bmp",
    "emfblip": "emf",
    "wmetafile": "wmf",
    "macpict": "pict",
}
"""The word that says what a picture is stored as, and how that is called."""


@dataclass(slots=True)
class Group:
    """What counts within a pair of braces; one that begins takes it over from the one around it."""

    target: str = "body"
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    author: int = -1
    font: int = -1
    colour: int = 0
    shaded: bool = False
    raised: str = ""
    fallback: int = 1
    in_table: bool = False
    aligned: str = ""
    begins_page: bool = False
    begins: bool = True
    """Whether no word has come yet: the next may say what the group is."""
    optional: bool = False
    owner: bool = False
    """Whether the group began a part of its own, which ends with it."""
    field_from: int = -1
    """Where the words of a field begin among those of its part; -1 where the group is none."""

    def copy(self) -> Group:
        """A group within this one."""
        return replace(self, begins=True, optional=False, owner=False, field_from=-1)

    def plain(self) -> None:
        """Letters without any look."""
        self.bold = self.italic = self.underlined = self.struck = False
        self.hidden = self.deleted = self.inserted = self.shaded = False
        self.colour, self.raised = 0, ""

    def tags(self) -> str:
        """The look of letters as tags of HTML, the innermost last."""
        on = {"b": self.bold, "i": self.italic, "u": self.underlined, "s": self.struck}
        names = [tag for tag, is_on in on.items() if is_on]
        return " ".join([*names, self.raised] if self.raised else names)


@dataclass(slots=True)
class StoryPart:
    """Words of one kind: the body, a header, a note, or what is no text at all."""

    target: str
    out: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    """The same as bare words, for parts that are a name, an address or the bytes of a picture."""
    begun: str = ""
    details: dict[str, int] = field(default_factory=dict)

    def paragraph(self, group: Group) -> None:
        """A paragraph ends; in a table it is only a line of its cell."""
        if group.in_table or self.cells:
            self.line.append("<br>")
            return
        self.end_table()
        looks = [each for each in (group.aligned, "page" if group.begins_page else "") if each]
        shown = f' class="{" ".join(looks)}"' if looks else ""
        self.out.append(f"<p{shown}>{''.join(self.line)}</p>")
        self.line, self.begun = [], ""

    def cell(self) -> None:
        """A cell ends."""
        self.cells.append("".join(self.line).removesuffix("<br>"))
        self.line = []

    def row(self) -> None:
        """A row ends."""
        if self.line:
            self.cell()
        if self.cells:
            inside = "".join(f"<td>{cell}</td>" for cell in self.cells)
            self.rows.append(f"<tr>{inside}</tr>")
        self.cells = []

    def end_table(self) -> None:
        """The table, if there is one, is over."""
        if self.rows:
            self.out.append(f'<table class="grid">{"".join(self.rows)}</table>')
        self.rows = []

    def html(self) -> str:
        """All of it."""
        if self.cells:
            self.row()
        self.end_table()
        if self.line:
            self.out.append(f"<p>{''.join(self.line)}</p>")
            self.line = []
        return "".join(self.out)

    def words(self) -> str:
        """The bare words."""
        return "".join(self.plain)

    def where(self) -> str:
        """The first words of the paragraph, to find a hidden passage by."""
        return place(self.begun)


def dressed(words: str, tags: str) -> str:
    """Words in their look, as HTML."""
    names = tags.split()
    before = "".join(f"<{name}>" for name in names)
    after = "".join(f"</{name}>" for name in reversed(names))
    return f"{before}{escape(words, quote=False)}{after}"
