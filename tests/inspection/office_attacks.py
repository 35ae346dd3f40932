"""Office files that somebody redacted badly, in as many ways as people do. All people invented."""

# ruff: noqa: E501 -- a table of files is read line by line, one file to a line
from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PIL import Image

from tests.documents.office_makers import OFFICE, SHEET, SPACES, pptx, relations, row, shape, xlsx

SECRET = "Quentin Muster"
_DRAWN = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    f'xmlns:r="{OFFICE}"'
)
_PART = "http://schemas.openxmlformats.org/package/2006/relationships"


def data(*rows: str, before: str = "", after: str = "") -> str:
    return f"{before}<sheetData>{''.join(rows)}</sheetData>{after}"


def book(second: str, **more: Any) -> bytes:
    """A workbook of three sheets; something is wrong with the second."""
    usual = data(row(1, "Pupils", "Absent"), row(2, "Year five", 4))
    return xlsx({"First": usual, "Second": second, "Third": usual}, **more)


def told(number: int, links: dict[str, tuple[str, str]]) -> dict[str, str]:
    """What a sheet refers to."""
    return {f"xl/worksheets/_rels/sheet{number}.xml.rels": relations(links)}


_FONT = '<fonts count="2"><font/><font><color rgb="{}"/></font></fonts>'
_FILL = '<fills count="3"><fill/><fill/><fill><patternFill patternType="solid"><fgColor {}/></patternFill></fill></fills>'
_XFS = '<cellXfs><xf/><xf fontId="{}" fillId="{}" numFmtId="{}"/></cellXfs>'


def styled(letters: str = "", ground: str = "", code: str = "") -> bytes:
    """A workbook with the name in a cell that looks so."""
    formats = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>' if code else ""
    styles = (
        formats
        + _FONT.format(letters or "FF000000")
        + _FILL.format(ground or 'rgb="FFFFFFFF"')
        + _XFS.format(1 if letters else 0, 2 if ground else 0, 200 if code else 0)
    )
    cell = f'<c r="A1" s="1" t="inlineStr"><is><t>{SECRET}</t></is></c>'
    return book(data(row(1, cell, "Absent")), styles=styles)


def over_cells(inside: str, links: str = "", **parts: bytes) -> bytes:
    """A workbook with something drawn over the first cells of its second sheet."""
    anchor = (
        "<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0"
        "</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>2</xdr:col><xdr:colOff>0"
        f"</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>{inside}"
        "</xdr:twoCellAnchor>"
    )
    drawn = {
        "xl/drawings/drawing1.xml": f"<xdr:wsDr {_DRAWN}>{anchor}</xdr:wsDr>",
        "xl/drawings/_rels/drawing1.xml.rels": f'<Relationships xmlns="{_PART}">{links}</Relationships>',
        **told(2, {"d1": ("drawing", "../drawings/drawing1.xml")}),
        **parts,
    }
    second = data(row(1, SECRET, "Absent"), row(2, "Year", 4), after='<drawing r:id="d1"/>')
    return book(second, parts=drawn)


def drawn_shape(fill: str, *, words: str = "", form: str = "rect", about: str = "") -> str:
    body = f"<xdr:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></xdr:txBody>" if words else ""
    return (
        f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="a" {about}/></xdr:nvSpPr><xdr:spPr>'
        f'<a:prstGeom prst="{form}"/>{fill}</xdr:spPr>{body}</xdr:sp>'
    )


def solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def picture(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (60, 20), shade).save(out, "PNG")
    return out.getvalue()


_MEDIA = f'<Relationship Id="p1" Type="{OFFICE}/image" Target="../media/a.png"/>'
_PIC = '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="p"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="p1"/>{}</xdr:blipFill><xdr:spPr/></xdr:pic>'
_NOTES = f"<comments {SHEET}><authors><author>Vera Beispiel</author></authors><commentList>{{}}</commentList></comments>"
_HIDDEN_CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart>'
    '<c:autoTitleDeleted val="1"/><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0">'
    f"<c:v>{SECRET}</c:v></c:pt></c:strCache></c:strRef></c:tx></c:ser></c:barChart>"
    '<c:catAx><c:delete val="1"/></c:catAx></c:plotArea></c:chart></c:chartSpace>'
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{}</dc:creator>'
    "</cp:coreProperties>"
)
_PLAIN = data(row(1, "Pupils", "Absent"))
_NAMED = data(row(1, SECRET, "Absent"), row(2, "Year", 4))
Case = tuple[Callable[[], bytes], str, int]
BOOKS: dict[str, Case] = {
    "hidden row": (lambda: book(data(row(1, SECRET, about='hidden="1"'), row(2, "Year"))), "hidden-text", 2),
    "low row": (lambda: book(data(row(1, SECRET, about='ht="0.75" customHeight="1"'))), "hidden-text", 2),
    "hidden column": (
        lambda: book(data(row(1, SECRET, "x"), before='<cols><col min="1" max="1" width="9" hidden="1"/></cols>')), "hidden-text", 2,
    ),
    "narrow column": (
        lambda: book(data(row(1, SECRET, "x"), before='<cols><col min="1" max="1" width="0.1"/></cols>')), "hidden-text", 2,
    ),
    "hidden sheet": (lambda: book(_NAMED, states={"Second": "hidden"}), "hidden-text", 2),
    "very hidden sheet": (lambda: book(_NAMED, states={"Second": "veryHidden"}), "hidden-text", 2),
    "white on white": (lambda: styled("FFFFFFFF"), "black-on-black", 2),
    "black on black": (lambda: styled("", 'rgb="FF000000"'), "black-on-black", 2),
    "red on red": (lambda: styled("FFC00000", 'rgb="FFC00000"'), "black-on-black", 2),
    "black by a theme": (lambda: styled("", 'theme="1"'), "black-on-black", 2),
    "format of nothing": (lambda: styled(code=";;;"), "hidden-text", 2),
    "below merged cells": (
        lambda: book(data(row(1, "Head", SECRET), after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')), "hidden-text", 2,
    ),
    "black shape": (lambda: over_cells(drawn_shape(solid("000000"))), "drawn-bar", 2),
    "white shape": (lambda: over_cells(drawn_shape(solid("FFFFFF"))), "drawn-bar", 2),
    "black shape with words": (lambda: over_cells(drawn_shape(solid("111111"), words="Redacted")), "drawn-bar", 2),
    "black picture": (
        lambda: over_cells(_PIC.format(""), _MEDIA, **{"xl/media/a.png": picture(0)}), "drawn-bar", 2,
    ),
    "cropped picture": (
        lambda: over_cells(_PIC.format('<a:srcRect l="40000"/>'), _MEDIA, **{"xl/media/a.png": picture(200)}), "cropped", 2,
    ),
    "hidden shape": (
        lambda: over_cells(drawn_shape("<a:noFill/>", words=SECRET, about='hidden="1"')), "hidden-text", 2,
    ),
    "picture described": (
        lambda: over_cells(drawn_shape("<a:noFill/>", about='descr="Photograph of Quentin Lauter"')), "description", 2,
    ),
    "comment": (
        lambda: book(_PLAIN, parts={**told(2, {"c": ("comments", "../comments1.xml")}), "xl/comments1.xml": _NOTES.format(
            f'<comment ref="A1" authorId="0"><text><t>about {SECRET}</t></text></comment>')}), "note", 2,
    ),
    "writer of comments": (
        lambda: book(_PLAIN, parts={**told(2, {"c": ("comments", "../comments1.xml")}), "xl/comments1.xml": _NOTES.format("")}), "note", 0,
    ),
    "words in a formula": (
        lambda: book(data(row(1, f'<c r="A1" t="str"><f>IF(1,"","{SECRET}")</f><v>x</v></c>'))), "elsewhere", 0,
    ),
    "list to choose from": (
        lambda: book(data(row(1, "x"), after=f'<dataValidations><dataValidation><formula1>"{SECRET},Other"</formula1></dataValidation></dataValidations>')), "form", 0,
    ),
    "message of a cell": (
        lambda: book(data(row(1, "x"), after=f'<dataValidations><dataValidation prompt="Ask {SECRET}"/></dataValidations>')), "form", 0,
    ),
    "name of a place": (
        lambda: book(_PLAIN, more='<definedNames><definedName name="Quentin_Muster">First!$A$1</definedName></definedNames>'), "bookmark", 0,
    ),
    "name for words": (
        lambda: book(_PLAIN, more=f'<definedNames><definedName name="who">"{SECRET}"</definedName></definedNames>'), "bookmark", 0,
    ),
    "words of no cell": (lambda: book(_PLAIN, strings=f"<si><t>{SECRET}</t></si>"), "leftover", 0),
    "pivot": (
        lambda: book(_PLAIN, parts={"xl/pivotCache/pivotCacheDefinition1.xml":
            f'<pivotCacheDefinition {SHEET}><cacheFields><cacheField name="Who"><sharedItems><s v="{SECRET}"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>'}), "elsewhere", 0,
    ),
    "other file": (
        lambda: book(_PLAIN, parts={"xl/externalLinks/externalLink1.xml":
            f'<externalLink {SHEET}><externalBook><sheetNames><sheetName val="S"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>{SECRET}</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>'}), "elsewhere", 0,
    ),
    "link": (
        lambda: book(data(row(1, "Write"), after='<hyperlinks><hyperlink ref="A1" r:id="h1"/></hyperlinks>'),
            parts=told(2, {"h1": ("hyperlink", "mailto:quentin.muster@example.org")})), "link", 0,
    ),
    "chart": (
        lambda: over_cells(
            '<xdr:graphicFrame><a:graphic><a:graphicData><c:chart r:id="p1"/></a:graphicData></a:graphic></xdr:graphicFrame>',
            f'<Relationship Id="p1" Type="{OFFICE}/chart" Target="../charts/chart1.xml"/>',
            **{"xl/charts/chart1.xml": _HIDDEN_CHART.replace(SECRET, "Ludwig Lauter").encode()}), "hidden-text", 0,
    ),
    "writer": (lambda: book(_PLAIN, parts={"docProps/core.xml": _CORE.format(SECRET)}), "metadata", 0),
    "file inside": (lambda: book(_PLAIN, parts={"xl/embeddings/Report.docx": b"PK"}), "attachment", 0),
    "macro": (lambda: book(_PLAIN, parts={"xl/vbaProject.bin": b"x"}), "attachment", 0),
    "small picture": (lambda: book(_PLAIN, parts={"docProps/thumbnail.jpeg": b"x"}), "thumbnail", 0),
    "sheet kept": (
        lambda: book(_PLAIN, parts={"xl/worksheets/sheet9.xml": f"<worksheet {SHEET}>{_NAMED}</worksheet>"}), "leftover", 0,
    ),
    "picture kept": (lambda: book(_PLAIN, parts={"xl/media/old.png": picture(90)}), "leftover", 0),
    "stored answers": (
        lambda: book(_PLAIN, parts={"customXml/item1.xml": f"<a><b>{SECRET}</b></a>"}), "leftover", 0,
    ),
}  # fmt: skip
"""Workbooks: each file, the kind that must be told, and the sheet."""


def slides(second: str, **more: Any) -> bytes:
    """A show of three slides; something is wrong with the second."""
    return pptx(
        shape("Report of Friday", kind="title"), second, shape("The end", kind="title"), **more
    )


def bar(
    fill: str,
    *,
    at: tuple[int, int] = (50, 50),
    size: tuple[int, int] = (600, 600),
    form: str = "rect",
) -> str:
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="9" name="b"/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/><a:ext cx="{size[0]}" cy="{size[1]}"/></a:xfrm>'
        f'<a:prstGeom prst="{form}"/>{fill}</p:spPr></p:sp>'
    )


def said(words: str, looks: str, fill: str = "<a:noFill/>") -> str:
    """A box of words that look so."""
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="4" name="t"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="900" '
        f'y="900"/><a:ext cx="500" cy="500"/></a:xfrm>{fill}</p:spPr><p:txBody><a:p><a:r>{looks}<a:t>'
        f"{words}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


_OF_PICTURE = (
    '<p:pic><p:nvPicPr><p:cNvPr id="5" name="p" {}/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip '
    'r:embed="m1"/>{}</p:blipFill><p:spPr><a:xfrm><a:off x="50" y="50"/><a:ext cx="600" cy="600"/>'
    "</a:xfrm></p:spPr></p:pic>"
)
_IMAGE = {2: {"m1": ("image", "../media/a.png")}}
_NOTES_OF = (
    f"<p:notes {SPACES}><p:cSld><p:spTree>" + shape(f"Mention {SECRET}", kind="body")
    + "</p:spTree></p:cSld></p:notes>"
)  # fmt: skip
_GROUP = (
    '<p:grpSp><p:nvGrpSpPr/><p:grpSpPr><a:xfrm><a:off x="50" y="50"/><a:ext cx="600" cy="600"/>'
    '<a:chOff x="0" y="0"/><a:chExt cx="60" cy="60"/></a:xfrm></p:grpSpPr>'
    + bar(solid("000000"), at=(0, 0), size=(60, 60)) + "</p:grpSp>"
)  # fmt: skip
_NAME = shape(SECRET)
SHOWS: dict[str, Case] = {
    "black bar": (lambda: slides(_NAME + bar(solid("000000"))), "drawn-bar", 2),
    "white bar": (lambda: slides(_NAME + bar(solid("FFFFFF"))), "drawn-bar", 2),
    "bar of the theme": (
        lambda: slides(_NAME + bar('<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>')), "drawn-bar", 2,
    ),
    "bar in a group": (lambda: slides(_NAME + _GROUP), "drawn-bar", 2),
    "bar on a picture": (
        lambda: slides(_OF_PICTURE.format("", "") + bar(solid("000000"), size=(200, 200)), told=_IMAGE,
            parts={"ppt/media/a.png": picture(200)}), "drawn-bar", 2,
    ),
    "black picture": (
        lambda: slides(_NAME + _OF_PICTURE.format("", ""), told=_IMAGE, parts={"ppt/media/a.png": picture(0)}), "drawn-bar", 2,
    ),
    "white words": (lambda: slides(said(SECRET, f"<a:rPr>{solid('FFFFFF')}</a:rPr>")), "black-on-black", 2),
    "black in black": (
        lambda: slides(said(SECRET, f"<a:rPr>{solid('000000')}</a:rPr>", solid("000000"))), "black-on-black", 2,
    ),
    "highlighted in black": (
        lambda: slides(said(SECRET, '<a:rPr><a:highlight><a:srgbClr val="000000"/></a:highlight></a:rPr>')), "black-on-black", 2,
    ),
    "tiny words": (lambda: slides(said(SECRET, '<a:rPr sz="100"/>')), "hidden-text", 2),
    "see-through words": (
        lambda: slides(said(SECRET, '<a:rPr><a:solidFill><a:srgbClr val="000000"><a:alpha val="0"/></a:srgbClr></a:solidFill></a:rPr>')), "hidden-text", 2,
    ),
    "hidden slide": (lambda: slides(_NAME, shows={2: "0"}), "hidden-text", 2),
    "hidden shape": (lambda: slides(shape(SECRET, about='hidden="1"')), "hidden-text", 2),
    "beside the slide": (lambda: slides(shape(SECRET, at=(20000, 10))), "cropped", 2),
    "cropped picture": (
        lambda: slides(_OF_PICTURE.format("", '<a:srcRect b="50000"/>'), told=_IMAGE, parts={"ppt/media/a.png": picture(200)}), "cropped", 2,
    ),
    "picture described": (
        lambda: slides(_OF_PICTURE.format(f'descr="{SECRET} runs"', ""), told=_IMAGE, parts={"ppt/media/a.png": picture(200)}), "description", 2,
    ),
    "notes": (
        lambda: slides(shape("x"), told={2: {"n": ("notesSlide", "../notesSlides/notesSlide1.xml")}},
            parts={"ppt/notesSlides/notesSlide1.xml": _NOTES_OF}), "note", 2,
    ),
    "comment": (
        lambda: slides(shape("x"), told={2: {"c": ("comments", "../comments/comment1.xml")}},
            parts={"ppt/comments/comment1.xml": f'<p:cmLst {SPACES}><p:cm authorId="0"><p:text>Ask {SECRET}</p:text></p:cm></p:cmLst>'}), "note", 2,
    ),
    "chart": (
        lambda: slides(shape("x"), parts={"ppt/charts/chart1.xml": _HIDDEN_CHART}), "hidden-text", 0,
    ),
    "link": (
        lambda: slides(shape("x"), told={2: {"h": ("hyperlink", "mailto:quentin.muster@example.org")}}), "link", 0,
    ),
    "slide kept": (
        lambda: slides(shape("x"), parts={"ppt/slides/slide9.xml": f"<p:sld {SPACES}><p:cSld><p:spTree>{_NAME}</p:spTree></p:cSld></p:sld>"}), "leftover", 0,
    ),
    "picture kept": (lambda: slides(shape("x"), parts={"ppt/media/old.png": picture(90)}), "leftover", 0),
    "writer": (lambda: slides(shape("x"), parts={"docProps/core.xml": _CORE.format(SECRET)}), "metadata", 0),
    "sheet behind a chart": (lambda: slides(shape("x"), parts={"ppt/embeddings/Sheet.xlsx": b"PK"}), "attachment", 0),
    "tags": (lambda: slides(shape("x"), told={2: {"t": ("tags", "../tags/tag1.xml")}},
        parts={"ppt/tags/tag1.xml": f'<p:tagLst {SPACES}><p:tag name="WHO" val="{SECRET}"/></p:tagLst>'}), "elsewhere", 0),
    "small picture": (lambda: slides(shape("x"), parts={"docProps/thumbnail.jpeg": b"x"}), "thumbnail", 0),
}  # fmt: skip
"""Presentations: each file, the kind that must be told, and the slide."""
NOT_WORDS = frozenset(
    {"cropped picture", "bar on a picture", "file inside", "macro", "small picture", "picture kept",
     "picture described", "writer of comments", "chart", "sheet behind a chart", "hidden shape", "name of a place"}
)  # fmt: skip
"""Of which other words or none are told."""

CLEAN_BOOKS: dict[str, Callable[[], bytes]] = {
    "plain": lambda: book(_PLAIN),
    "white on black": lambda: styled("FFFFFFFF", 'rgb="FF000000"'),
    "black on yellow": lambda: styled("FF000000", 'rgb="FFFFFF00"'),
    "empty hidden row": lambda: book(data(row(1, "a"), row(2, about='hidden="1"'))),
    "strings in use": lambda: book(
        data(row(1, '<c r="A1" t="s"><v>0</v></c>')), strings="<si><t>Seen</t></si>"
    ),
    "arrow": lambda: over_cells(drawn_shape(solid("000000"), form="rightArrow")),
    "light picture": lambda: over_cells(
        _PIC.format(""), _MEDIA, **{"xl/media/a.png": picture(220)}
    ),
    "numbers in a formula": lambda: book(
        data(row(1, '<c r="A1" t="str"><f>TEXT(B1,"0.00")</f><v>1.00</v></c>'))
    ),
    "print area": lambda: book(
        _PLAIN,
        more='<definedNames><definedName name="_xlnm.Print_Area">First!$A$1</definedName></definedNames>',
    ),
}  # fmt: skip
CLEAN_SHOWS: dict[str, Callable[[], bytes]] = {
    "plain": lambda: slides(shape("Only this")),
    "panel below words": lambda: slides(bar(solid("000000"), at=(800, 800), size=(900, 900)) + said("Seen", f"<a:rPr>{solid('FFFFFF')}</a:rPr>")),
    "white words on a dark box": lambda: slides(
        said("Seen", f"<a:rPr>{solid('FFFFFF')}</a:rPr>", solid("1F3864"))
    ),
    "bar beside words": lambda: slides(_NAME + bar(solid("000000"), at=(4000, 4000))),
    "arrow over words": lambda: slides(_NAME + bar(solid("000000"), form="rightArrow")),
    "light panel over words": lambda: slides(_NAME + bar(solid("FFCC00"))),
    "picture": lambda: slides(
        _NAME + _OF_PICTURE.format("", ""), told=_IMAGE, parts={"ppt/media/a.png": picture(210)}
    ),
}  # fmt: skip
