"""Walks through the words of an OpenDocument text or presentation; used inside workers only.

Every word is either in the story, or gathered as hidden; elements that are not known are walked
through like those that are.
"""

from __future__ import annotations

from html import escape
from typing import Any, Final

from dpdesk.documents import open_controls
from dpdesk.documents.hidden import place
from dpdesk.documents.office_zip import Element, attribute, first, short
from dpdesk.documents.open_file import OpenFile
from dpdesk.documents.word_inline import TAB, differs, linked

_MOST_DEEP: Final = 120
_MOST_SPACES: Final = 200
_SIGNS: Final = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_MOST_REPEATED: Final = 50
_NO_COMMENT: Final = frozenset(
    {"dc:creator", "dc:date", "meta:creator-initials", "meta:date-string"}
)
_PARAGRAPHS: Final = frozenset({"text:p", "text:h"})
_PASSED_OVER: Final = frozenset(
    "text:tracked-changes text:sequence-decls text:variable-decls text:user-field-decls "
    "office:forms office:event-listeners text:list-header-style office:scripts "
    "table:table-column table:table-columns table:table-column-group table:table-header-columns "
    "text:index-entry-template text:table-of-content-source text:alphabetical-index-source "
    "text:user-index-source text:illustration-index-source text:bibliography-source "
    "text:table-index-source text:object-index-source text:note-citation "
    "presentation:footer-decl presentation:date-time-decl presentation:header-decl".split()
)
_DRAWN: Final = frozenset(
    {"draw:frame", "draw:image", "draw:object", "draw:object-ole", "svg:desc", "svg:title"}
)
_INDEX_MARKS: Final = frozenset(
    {"text:alphabetical-index-mark", "text:toc-mark", "text:user-index-mark"}
)


class OpenStory:
    """Writes words as HTML; what is hidden goes to the file."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file
        self._styles = file.styles
        self._out: list[str] = []
        self._line: list[str] | None = None
        self._after: list[str] = []
        self._begun = ""
        self._hidden = 0
        self._passage: list[str] = []
        self._inserted = 0
        self._lists: list[list[Any]] = []
        self._label = ""
        self._depth = 0

    def html(self, root: Element) -> str:
        """The whole of it."""
        self._children(root)
        self._settle()
        return "".join(self._out)

    def _children(self, element: Element) -> None:
        self._depth += 1
        if self._depth > _MOST_DEEP:
            self._loose_words("".join(element.itertext()))
        else:
            if self._line is not None:
                self._words(element.text)
            for each in element:
                self._element(each)
                if self._line is not None:
                    self._words(each.tail)
        self._depth -= 1

    def _loose_words(self, words: str) -> None:
        if self._line is not None:
            self._words(words)
        elif words.strip():
            self._out.append(f"<p>{escape(words)}</p>")

    def _element(self, each: Element) -> None:
        name = short(each)
        if name in _PASSED_OVER or not name:
            return
        if name in _PARAGRAPHS:
            self._paragraph(each, name)
        elif name in {"text:list", "text:list-item", "text:list-header"}:
            self._list(each, name)
        elif name == "table:table":
            self._table(each)
        elif name in _DRAWN:
            self._drawn(each, name)
        elif name in {"office:annotation", "text:note"}:
            self._aside(each, name)
        elif name.startswith("text:change"):
            self._change(each, name)
        elif name == "presentation:notes":
            self._spoken(each)
        elif name in _INDEX_MARKS:
            self._file.hide("index", escape(attribute(each, "text:string-value") or ""), "")
        else:
            self._inline(each, name)

    # Paragraphs and lists

    def _paragraph(self, each: Element, name: str) -> None:
        if self._line is not None:
            # A paragraph of a box that stands in a line: it comes after the line.
            inner = OpenStory(self._file)
            inner._hidden, inner._depth = self._hidden, self._depth
            self._after.append(inner.html_of([each]))
            return
        style = attribute(each, "text:style-name")
        self._line, self._begun = [], ""
        hides = self._styles.hides(style)
        tags = self._styles.tags(style)
        self._hidden += hides
        self._children(each)
        self._hidden -= hides
        self._settle()
        words = "".join(self._line)
        self._line = None
        looks = [look for look in (self._styles.aligned(style),) if look]
        if self._styles.begins_page(style):
            looks.append("page")
        if self._lists:
            looks.append(f"inset{min(len(self._lists), 4)}")
        label, self._label = self._label, ""
        start = f"{escape(label)}\u00a0\u00a0" if label else ""
        level = attribute(each, "text:outline-level") or "1" if name == "text:h" else ""
        tag = f"h{min(max(int(level), 1), 6)}" if level.isdecimal() else "p"
        shown = f' class="{" ".join(looks)}"' if looks else ""
        if words and name == "text:p":
            words = "".join(f"<{t}>" for t in tags) + words + "".join(f"</{t}>" for t in tags[::-1])
        self._out.append(f"<{tag}{shown}>{start}{words}</{tag}>")
        self._out += self._after
        self._after = []

    def html_of(self, elements: list[Element]) -> str:
        """Some elements as a story of their own."""
        for each in elements:
            self._element(each)
        self._settle()
        return "".join(self._out)

    def _list(self, each: Element, name: str) -> None:
        if name == "text:list":
            style = attribute(each, "text:style-name") or (
                self._lists[-1][0] if self._lists else ""
            )
            level = len(self._lists) + 1
            self._lists.append([style, self._styles.starts(style, level) - 1])
            self._children(each)
            self._lists.pop()
            return
        if self._lists and name == "text:list-item":
            self._lists[-1][1] += 1
            style, count = self._lists[-1]
            self._label = self._styles.label(style, len(self._lists), count)
        self._children(each)
        self._label = ""

    # What stands in a line

    def _inline(self, each: Element, name: str) -> None:
        if name == "text:s":
            told = attribute(each, "text:c") or "1"
            self._words(" " * min(int(told) if told.isdecimal() else 1, _MOST_SPACES))
        elif name == "text:tab":
            self._put(TAB)
        elif name == "text:line-break":
            self._put("<br>")
        elif name == "text:a":
            self._link(each)
        elif name == "text:span":
            self._span(each)
        elif name in {"text:hidden-text", "text:hidden-paragraph"}:
            self._file.hide("hidden text", escape(attribute(each, "text:string-value") or ""), "")
            self._children(each)
        elif name == "text:section":
            hides = attribute(each, "text:display") == "none"
            self._hidden += hides
            self._children(each)
            self._hidden -= hides
        elif name == "draw:control":
            number = attribute(each, "draw:control")
            self._words(f" {self._file.controls.shown(number)} ")
            self._offered(self._file.controls.offered(number))
            self._children(each)
        elif name in {"text:conditional-text", "text:drop-down"}:
            self._children(each)
            said = "".join(each.itertext())
            others = [*open_controls.conditions(each), *open_controls.lines_of(each)]
            self._offered([words for words in others if words not in said])
        elif name == "text:label":
            return
        elif name == "text:ruby-text":
            self._words(f" ({''.join(each.itertext())})")
        else:
            self._children(each)

    def _offered(self, lines: list[str]) -> None:
        self._file.hide("prompts", escape(", ".join(lines)), self._where())

    def _span(self, each: Element) -> None:
        style = attribute(each, "text:style-name")
        hides = self._styles.hides(style)
        tags = self._styles.tags(style) if not hides and not self._hidden else ()
        self._hidden += hides
        if self._styles.is_faint(style):
            words = "".join(each.itertext())
            if words.strip():
                self._file.hide("faint", escape(words), self._where())
        for tag in tags:
            self._put(f"<{tag}>")
        self._children(each)
        for tag in reversed(tags):
            self._put(f"</{tag}>")
        self._hidden -= hides

    def _link(self, each: Element) -> None:
        self._children(each)
        target = attribute(each, "xlink:href") or ""
        if "://" in target or target.startswith("mailto:"):
            told = differs(target, "".join(each.itertext()))
            self._put(linked(told) if told else "")

    def _words(self, words: str | None) -> None:
        if not words:
            return
        if not self._hidden:
            self._begun = (self._begun + words)[:60]
        plain = escape(words, quote=False)
        if self._inserted and not self._hidden and words.strip():
            plain = f'<span class="inserted">{plain}</span>'
        self._put(plain)

    def _put(self, html: str) -> None:
        if self._hidden:
            self._passage.append(html)
        elif self._line is not None:
            if html.strip():
                self._settle()
            self._line.append(html)
        elif html.strip() and html != "<br>":
            self._out.append(f"<p>{html}</p>")

    def _settle(self) -> None:
        words = "".join(self._passage)
        self._passage = []
        if words.strip():
            self._file.hide("hidden text", words, self._where())

    def _where(self) -> str:
        return place(self._begun)

    # Beside the line

    def _aside(self, each: Element, name: str) -> None:
        if name == "office:annotation":
            lines = [line for line in each if short(line) not in _NO_COMMENT]
            place = self._file.comment(each, OpenStory(self._file).html_of(lines))
            self._put(f' <span class="note">[comment {place}]</span> ')
            return
        place = self._file.begin_note()
        body = first(each, "text:note-body")
        if body is not None:
            self._file.end_note(place, OpenStory(self._file).html(body))
        self._put(f"<sup>[{place}]</sup>")

    def _spoken(self, each: Element) -> None:
        """The speaker's notes of a slide."""
        if "".join(each.itertext()).strip():
            lines = [line for line in each if short(line) != "draw:page-thumbnail"]
            self._file.spoken.append(OpenStory(self._file).html_of(lines))

    def _change(self, each: Element, name: str) -> None:
        change = self._file.change(attribute(each, "text:change-id") or "")
        if change is None:
            return
        kind, told, kept = change
        if name == "text:change-start" and kind == "insertion":
            self._inserted += 1
            self._file.inserted(told)
        elif name == "text:change-end" and kind == "insertion":
            self._inserted = max(0, self._inserted - 1)
        elif name == "text:change" and kind == "deletion":
            self._file.deleted(kept, ", ".join(part for part in (told, self._where()) if part))

    def _table(self, each: Element) -> None:
        if self._line is not None:
            self._after.append(OpenStory(self._file).html_of([each]))
            return
        self._out.append('<table class="grid">')
        self._rows(each)
        self._out.append("</table>")

    def _rows(self, holder: Element) -> None:
        for each in holder:
            name = short(each)
            if name == "table:table-row":
                self._out.append("<tr>")
                self._cells(each)
                self._out.append("</tr>")
            elif name not in _PASSED_OVER:
                self._rows(each)

    def _cells(self, row: Element) -> None:
        for each in row:
            name = short(each)
            if name not in {"table:table-cell", "table:covered-table-cell"}:
                continue
            if name == "table:covered-table-cell" and not "".join(each.itertext()).strip():
                continue
            told = ""
            for what, called in (("columns", "colspan"), ("rows", "rowspan")):
                number = attribute(each, f"table:number-{what}-spanned") or "1"
                if number.isdecimal() and int(number) > 1:
                    told += f' {called}="{number}"'
            again = attribute(each, "table:number-columns-repeated") or "1"
            times = min(int(again) if again.isdecimal() else 1, _MOST_REPEATED)
            for _ in range(times):
                self._out.append(f"<td{told}>")
                self._children(each)
                self._out.append("</td>")

    def _put_in(self, root: Element) -> str:
        """A chart, a sheet or a formula, of which each sign stands for itself."""
        if short(root).rpartition(":")[2] != "math":
            return OpenStory(self._file).html(root)
        signs = (each for each in root.iter() if short(each).rpartition(":")[2] in _SIGNS)
        return escape(" ".join((each.text or "").strip() for each in signs))

    def _drawn(self, each: Element, name: str) -> None:
        if name in {"svg:desc", "svg:title"}:
            self._file.described("".join(each.itertext()))
        elif name == "draw:frame":
            inner = OpenStory(self._file)
            inner._hidden, inner._depth = self._hidden, self._depth + 1
            inner._children(each)
            inner._settle()
            made = "".join(inner._out)
            if self._line is None:
                self._out.append(made)
            elif made.startswith("<img"):
                self._put(made)
            elif made:
                self._after.append(f'<div class="box">{made}</div>')
        else:
            target = (attribute(each, "xlink:href") or "").removeprefix("./")
            if name == "draw:image":
                self._out.append(self._file.picture(each, target))
            elif name == "draw:object":
                root = self._file.object(target)
                self._out.append(self._put_in(root) if root is not None else "")
            else:
                self._file.embed(target)
