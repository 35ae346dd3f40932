"""Walks through a story of a Word file (its body, a header, a note); used inside workers only.

Every word is either in the story, or gathered as hidden; none is dropped in silence. Elements that
are not known are walked through like those that are.
"""

from __future__ import annotations

from html import escape
from typing import Final

from dpdesk.documents import word_inline as inline
from dpdesk.documents.hidden import place
from dpdesk.documents.office_zip import Element, attribute, first, short, value
from dpdesk.documents.word_file import WordFile
from dpdesk.documents.word_inline import OpenField, OpenFields, TrackedChange, UnseenPassage
from dpdesk.documents.word_tables import rows_of

_MOST_DEEP: Final = 120
_CHANGES: Final = {
    "w:ins": "inserted",
    "w:del": "deleted",
    "w:moveFrom": "deleted",
    "w:moveTo": "inserted",
}
_PASSED_OVER: Final = frozenset(
    "w:rPr w:pPr w:tblPr w:tblGrid w:trPr w:tcPr w:sectPr w:sdtPr w:sdtEndPr w:smartTagPr "
    "w:customXmlPr w:bookmarkStart w:bookmarkEnd w:proofErr w:lastRenderedPageBreak w:tblPrEx "
    "w:rubyPr w:fldData w:permStart w:permEnd w:annotationRef w:footnoteRef w:endnoteRef "
    "w:separator w:continuationSeparator w:delInstrText wp:positionH wp:positionV wp:docPr "
    "wp:extent pic:spPr wps:spPr m:ctrlPr m:rPr m:oMathParaPr a:extLst w:commentRangeStart "
    "w:commentRangeEnd".split()
)
_BESIDE: Final = frozenset({"w:commentRangeStart", "w:commentRangeEnd", "w:sdtPr"})
_PLAIN_SIGNS: Final = {
    "w:tab": inline.TAB,
    "w:ptab": inline.TAB,
    "w:cr": "<br>",
    "w:noBreakHyphen": "-",
    "w:softHyphen": "",
}
_FEW_WORDS: Final = 60


class Story:
    """Writes one part of a file as HTML; what is hidden in it goes to the file's ``hidden``."""

    def __init__(self, file: WordFile, part: str, styles_known: bool = True) -> None:
        self._file = file
        self._part = part
        self._relations = file.packed.relations(part)
        self._styled = styles_known
        self._out: list[str] = []
        self._paragraph: list[str] = []
        self._begun = ""  # the first visible words of a paragraph
        self._boxes: list[str] = []
        self._passages: list[UnseenPassage] = []
        self._fields = OpenFields()
        self._change: TrackedChange | None = None
        self._hidden_row = False
        self._open_comments: dict[str, str] = {}
        self._style: str | None = None
        self._shaded = 0
        self._in_paragraph = False
        self._break = False
        self._sections: list[str] = []
        self._sections_ended = 0
        self._depth = 0

    def html(self, root: Element) -> str:
        """The whole story."""
        if self._part == self._file.main and short(root) == "w:body":
            self._sections = [
                value(each, "w:type") or "" for each in root.iter() if short(each) == "w:sectPr"
            ]
        self.blocks(root)
        self._settle()
        return "".join(self._out)

    def blocks(self, container: Element) -> None:
        """Paragraphs and tables, and whatever holds them."""
        for each in container:
            self._block(each)

    def _block(self, each: Element) -> None:
        name = short(each)
        if name == "w:p":
            self._a_paragraph(each)
        elif name == "w:tbl":
            self._table(each)
        elif name == "w:altChunk":
            self._out.append(self._file.chunk(self._relations, attribute(each, "r:id")))
        elif name == "w:sdtPr":
            self._offered(each)
        elif name in _PASSED_OVER:
            return
        elif name in {"w:r", "m:oMath", "w:hyperlink"}:
            self._loose(each)
        elif name in _CHANGES:
            self._within_change(each, self.blocks)
        elif name == "mc:AlternateContent":
            self.blocks(self._file.alternative(each))
        else:
            self._deeper(each, self.blocks)

    def _deeper(self, element: Element, walk: object) -> None:
        """Goes one step down; what lies too deep comes as bare words."""
        self._depth += 1
        if self._depth > _MOST_DEEP:
            words = "".join(element.itertext())
            if self._in_paragraph:
                self._words(words)
            else:
                self._begin()
                self._words(words)
                self._end("<p>", "</p>")
        elif callable(walk):
            walk(element)
        self._depth -= 1

    def _loose(self, each: Element) -> None:
        """Words outside of any paragraph, which no honest program writes."""
        self._begin()
        self._inline(each)
        self._end("<p>", "</p>")

    # Paragraphs

    def _a_paragraph(self, element: Element) -> None:
        if self._in_paragraph:
            # A paragraph within a paragraph: of a box that is no box.
            self._paragraph.append(" ")
            self._deeper(element, self._all_inline)
            return
        properties = first(element, "w:pPr")
        self._style = value(properties, "w:pStyle")
        shaded = first(properties, "w:shd") is not None
        self._shaded += shaded
        self._begin()
        self._all_inline(element)
        self._shaded -= shaded
        before, after = self._form(properties)
        self._end(before, after)

    def _form(self, properties: Element | None) -> tuple[str, str]:
        """The tags of a paragraph: heading, list, alignment."""
        looks = []
        styles = self._file.styles
        aligned = value(properties, "w:jc")
        if aligned in {"center", "right", "end"}:
            looks.append("centre" if aligned == "center" else "right")
        if self._break or value(properties, "w:pageBreakBefore") not in {None, "0", "false"}:
            looks.append("page")
            self._break = False
        if first(properties, "w:sectPr") is not None:
            # How a part begins is told where it ends.
            self._sections_ended += 1
            following = self._sections[self._sections_ended : self._sections_ended + 1]
            self._break = following != ["continuous"]
        label = self._file.numbering.label(properties, self._style) if self._styled else None
        start = ""
        if label is not None:
            text, level = label
            start = f"{escape(text)}\u00a0\u00a0" if text else ""
            looks.append(f"inset{min(level + 1, 4)}")
        level = styles.heading(self._style) if self._styled else 0
        tag = f"h{level}" if level else "p"
        shown = f' class="{" ".join(looks)}"' if looks else ""
        return f"<{tag}{shown}>{start}", f"</{tag}>"

    def _begin(self) -> None:
        self._paragraph, self._in_paragraph, self._begun = [], True, ""

    def _end(self, before: str, after: str) -> None:
        self._settle()
        self._in_paragraph = False
        words = "".join(self._paragraph)
        self._out.append(f"{before}{words}{after}")
        self._out += self._boxes
        self._boxes = []

    def _settle(self) -> None:
        """Hands over what was hidden in the paragraph, with its first words to find it by."""
        for passage in self._passages:
            words = passage.html()
            if not words.strip():
                continue
            where = place(f"{self._begun} ")
            told = ", ".join(part for part in (passage.note, where) if part)
            self._file.hide(passage.kind, words, told)
        self._passages = []

    # What stands in a line

    def _all_inline(self, element: Element) -> None:
        for each in element:
            self._inline(each)

    def _inline(self, each: Element) -> None:
        name = short(each)
        if name in _BESIDE:
            self._beside(each, name)
        elif name in _PASSED_OVER:
            return
        elif name == "w:r":
            self._run(each)
        elif name in _CHANGES:
            self._within_change(each, self._all_inline)
        elif name == "w:hyperlink":
            self._link(each)
        elif name == "w:fldSimple":
            self._simple_field(each)
        elif name in {"w:drawing", "w:pict", "w:object"}:
            self._drawn(each)
        elif name == "mc:AlternateContent":
            self._all_inline(self._file.alternative(each))
        elif name in {"m:oMath", "m:oMathPara"}:
            self._words(" " + self._file.equation(each) + " ")
        elif name == "w:tbl":
            self._box_of(each)
        elif name in {"w:p", "w:txbxContent"}:
            self._block(each)
        else:
            self._deeper(each, self._all_inline)

    def _within_change(self, element: Element, walk: object) -> None:
        outer = self._change
        change = TrackedChange(
            _CHANGES[short(element)],
            attribute(element, "w:author") or "",
            attribute(element, "w:date") or "",
        )
        # What was inserted and deleted again is deleted.
        if outer is None or outer.kind != "deleted":
            self._change = change
        self._deeper(element, walk)
        self._change = outer

    def _run(self, run: Element) -> None:
        properties = first(run, "w:rPr")
        style = value(properties, "w:rStyle")
        inherited = {
            what: self._file.inherited(what, style, self._style if self._styled else "")
            for what in inline.TOGGLES
        }
        shown = inline.look(properties, inherited, self._shaded > 0)
        for each in run:
            self._in_run(each, shown)

    def _in_run(self, each: Element, shown: inline.RunLook) -> None:
        name = short(each)
        if name in {"w:t", "w:delText"}:
            self._words(each.text or "", shown)
        elif name == "w:instrText":
            self._fields.add_code(each.text or "")
        elif name == "w:fldChar":
            self._field_sign(each)
        elif name in _PLAIN_SIGNS:
            self._put(_PLAIN_SIGNS[name], shown)
        elif name == "w:br":
            self._line_break(each)
        elif name == "w:sym":
            self._words(inline.symbol(each), shown)
        elif name in {"w:footnoteReference", "w:endnoteReference"}:
            self._paragraph.append(self._file.note_mark(name[2:-9], attribute(each, "w:id") or ""))
        elif name == "w:commentReference":
            self._comment_mark(attribute(each, "w:id") or "")
        elif name == "w:ruby":
            base, above = first(each, "w:rubyBase"), first(each, "w:rt")
            self._all_inline(base if base is not None else ())
            if above is not None:
                self._put(" (", shown)
                self._all_inline(above)
                self._put(")", shown)
        else:
            self._inline(each)

    def _words(self, text: str, shown: inline.RunLook = inline.PLAIN) -> None:
        if not text:
            return
        if self._in_paragraph and len(self._begun) < _FEW_WORDS and not self._unseen(shown):
            self._begun += text
        for number in self._open_comments:
            self._open_comments[number] += text
        self._fields.hear(text)
        self._put(escape(text.upper() if shown.capitals else text, quote=False), shown)

    def _put(self, words: str, shown: inline.RunLook = inline.PLAIN) -> None:
        """Puts words where they belong: into the paragraph, or among what is hidden."""
        kind = self._unseen(shown)
        styled = f"{shown.before}{words}{shown.after}" if words.strip() else words
        if not kind:
            if self._change is not None and words.strip():
                self._file.count_insertion(self._change)
                styled = f'<span class="inserted">{styled}</span>'
            if shown.faint and words.strip():
                self._hide("faint", "", words)
            elif self._passages and words.strip():
                self._passages.append(UnseenPassage("", ""))  # the passage before it is over
            self._paragraph.append(styled)
            return
        note = self._change.told() if self._change is not None and kind == "deleted" else ""
        self._hide(kind, note, styled)

    def _hide(self, kind: str, note: str, words: str) -> None:
        last = self._passages[-1] if self._passages else None
        if last is None or (last.kind, last.note) != (kind, note):
            last = UnseenPassage(kind, note)
            self._passages.append(last)
        last.pieces.append(words)

    def _unseen(self, shown: inline.RunLook) -> str:
        if self._change is not None and self._change.kind == "deleted":
            return "deleted"
        if shown.hidden or self._hidden_row or self._fields.in_code():
            return "hidden text"
        return ""

    def _line_break(self, each: Element) -> None:
        if attribute(each, "w:type") == "page" and self._in_paragraph and not self._hidden_row:
            self._paragraph.append('</p><p class="page">')
        else:
            self._put("<br>")

    # Links and fields

    def _link(self, element: Element) -> None:
        relation = self._relations.get(attribute(element, "r:id") or "")
        field = OpenField(result=True)
        self._fields.begin(field)
        self._deeper(element, self._all_inline)
        self._fields.end()
        if tip := (attribute(element, "w:tooltip") or "").strip():
            self._file.hide("prompts", escape(tip), "")
        if relation is not None and relation.outside:
            self._address(relation.target, field.shown)

    def _address(self, target: str, words: str) -> None:
        if told := inline.differs(target, words):
            self._put(inline.linked(told))

    def _simple_field(self, element: Element) -> None:
        self._fields.begin(OpenField(attribute(element, "w:instr") or "", result=True))
        self._deeper(element, self._all_inline)
        self._finish(self._fields.end())

    def _field_sign(self, each: Element) -> None:
        kind = attribute(each, "w:fldCharType")
        if kind == "begin":
            self._fields.begin(OpenField(form=first(each, "w:ffData")))
        elif kind == "separate":
            self._fields.separate()
        elif kind == "end":
            self._finish(self._fields.end())

    def _finish(self, field: OpenField | None) -> None:
        if field is None:
            return
        if target := inline.address(field.code):
            self._address(target, field.shown)
        if entry := inline.index_entry(field.code):
            self._file.hide("index", escape(entry), "")
        self._file.besides.add("Column that letters are filled from", inline.column(field.code))
        if held := inline.held_back(field.code, field.shown):
            self._file.held_back(held)
        if field.form is not None:
            self._offered(field.form)
        self._words(inline.filled_in(field.form))

    def _beside(self, each: Element, name: str) -> None:
        """What stands in a line and shows nothing there."""
        if name == "w:sdtPr":
            self._offered(each)
        else:
            self._comment_range(each, begins=name == "w:commentRangeStart")

    def _offered(self, form: Element) -> None:
        """The lines that a list of a form has to choose from."""
        lines = inline.choices(form)
        if lines:
            self._file.hide("prompts", escape(", ".join(lines)), "")

    # Comments

    def _comment_range(self, each: Element, *, begins: bool) -> None:
        number = attribute(each, "w:id") or ""
        if begins:
            self._open_comments[number] = ""
        elif number in self._open_comments:
            self._file.comment_is_about(number, self._open_comments.pop(number))

    def _comment_mark(self, number: str) -> None:
        place = self._file.comment_number(number)
        self._paragraph.append(f' <span class="note">[comment {place}]</span> ' if place else "")

    # Tables, boxes, drawings

    def _table(self, element: Element) -> None:
        if self._in_paragraph:
            self._box_of(element)
            return
        shaded = value(first(element, "w:tblPr"), "w:tblStyle") is not None
        self._shaded += shaded
        self._out.append('<table class="grid">')
        for row in rows_of(element):
            outer, hidden = self._change, self._hidden_row
            self._change = row.change or outer
            self._hidden_row = hidden or row.hidden
            self._out.append("<tr>")
            for cell in row.cells:
                self._out.append(cell.tag)
                self._shaded += cell.shaded
                for content in cell.contents:
                    self._deeper(content, self.blocks)
                self._shaded -= cell.shaded
                self._hidden_row = True
                for content in cell.unseen:
                    self._deeper(content, self.blocks)
                self._hidden_row = hidden or row.hidden
                self._out.append("</td>")
            self._out.append("</tr>")
            self._change, self._hidden_row = outer, hidden
        self._out.append("</table>")
        self._shaded -= shaded

    def _box_of(self, element: Element) -> None:
        """A table or text box among the words of a paragraph: it comes after the paragraph."""
        inner = Story(self._file, self._part, self._styled)
        inner._change, inner._hidden_row = self._change, self._hidden_row
        inner._depth = self._depth + 1
        if inner._depth > _MOST_DEEP:
            self._words("".join(element.itertext()))
            return
        made = inner.html([element] if short(element) == "w:tbl" else element)
        if made:
            self._boxes.append(f'<div class="box">{made}</div>')

    def _drawn(self, element: Element) -> None:
        for kind, found in self._file.drawings(element):
            if kind == "box":
                self._box_of(found)
            elif kind == "words":
                self._words(f" {found} ")
            else:
                self._put(self._file.drawn(kind, found, self._relations))
