"""Word files that somebody redacted badly, in ways beyond the usual ones. All people invented."""

# ruff: noqa: E501 -- a table of files is read line by line, one file to a line
from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image

from tests.documents.office_makers import docx, p, r

SECRET = "Quentin Muster"


def anchored(inside: str, *, behind: str = "0") -> str:
    """Something that lies over the text."""
    return (
        f'<w:p><w:r><w:drawing><wp:anchor behindDoc="{behind}"><wp:extent cx="914400" cy="190500"/>'
        f'<wp:docPr id="1" name="s"/><a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></w:r></w:p>"
    )


def shape(fill: str, *, words: str = "", more: str = "", form: str = "rect") -> str:
    box = f"<wps:txbx><w:txbxContent>{p(words)}</w:txbxContent></wps:txbx>" if words else ""
    return f'<wps:wsp><wps:spPr><a:prstGeom prst="{form}"/>{fill}</wps:spPr>{more}{box}</wps:wsp>'


def solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def picture(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (60, 20), shade).save(out, "PNG")
    return out.getvalue()


_PIC = (
    '<pic:pic><pic:nvPicPr><pic:cNvPr id="2" name="p"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="m1"/>'
    "{}</pic:blipFill></pic:pic>"
)
_MEDIA = {"m1": ("image", "media/a.png")}
_NAME = p(f"Witness: {SECRET}")
_TABLE = "<w:tbl><w:tr><w:trPr>{}</w:trPr><w:tc><w:tcPr>{}</w:tcPr>{}</w:tc></w:tr></w:tbl>"
_STYLED = '<a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="000000"/></a:gs><a:gs pos="100000"><a:srgbClr val="111111"/></a:gs></a:gsLst></a:gradFill>'
Case = tuple[Callable[[], bytes], str]
WORDS: dict[str, Case] = {
    "white shape": (lambda: docx(_NAME + anchored(shape(solid("FFFFFF")))), "drawn-bar"),
    "white shape of the theme": (lambda: docx(_NAME + anchored(shape('<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'))), "drawn-bar"),
    "shape of two blacks": (lambda: docx(_NAME + anchored(shape(_STYLED))), "drawn-bar"),
    "shape of a black pattern": (
        lambda: docx(_NAME + anchored(shape('<a:pattFill prst="dkUpDiag"><a:fgClr><a:srgbClr val="000000"/></a:fgClr><a:bgClr><a:srgbClr val="000000"/></a:bgClr></a:pattFill>'))), "drawn-bar",
    ),
    "shape of a style": (
        lambda: docx(_NAME + anchored(shape("", more='<wps:style><a:fillRef idx="1"><a:schemeClr val="dk1"/></a:fillRef></wps:style>'))), "drawn-bar",
    ),
    "shape of dark blue": (lambda: docx(_NAME + anchored(shape(solid("001040")))), "drawn-bar"),
    "thick line": (
        lambda: docx(_NAME + anchored('<wps:wsp><wps:cNvCnPr/><wps:spPr><a:prstGeom prst="line"/><a:ln w="177800">' + solid("000000") + "</a:ln></wps:spPr></wps:wsp>")), "drawn-bar",
    ),
    "old shape": (lambda: docx(_NAME + '<w:p><w:r><w:pict><v:rect fillcolor="#000000"/></w:pict></w:r></w:p>'), "drawn-bar"),
    "old white shape": (lambda: docx(_NAME + '<w:p><w:r><w:pict><v:rect style="position:absolute;width:90pt" fillcolor="white" stroked="f"/></w:pict></w:r></w:p>'), "drawn-bar"),
    "old thick line": (lambda: docx(_NAME + '<w:p><w:r><w:pict><v:line from="0,0" to="90pt,0" strokecolor="black" strokeweight="14pt"/></w:pict></w:r></w:p>'), "drawn-bar"),
    "black picture": (
        lambda: docx(_NAME + anchored(_PIC.format("")), _MEDIA, {"word/media/a.png": picture(0)}), "drawn-bar",
    ),
    "white picture": (
        lambda: docx(_NAME + anchored(_PIC.format("")), _MEDIA, {"word/media/a.png": picture(255)}), "drawn-bar",
    ),
    "words in a shape, black on black": (
        lambda: docx(anchored(f'<wps:wsp><wps:spPr>{solid("000000")}</wps:spPr><wps:txbx><w:txbxContent>{p(r(SECRET, "<w:color w:val=" + chr(34) + "000000" + chr(34) + "/>"))}</w:txbxContent></wps:txbx></wps:wsp>')), "black-on-black",
    ),
    "black cell": (lambda: docx(_TABLE.format("", '<w:shd w:fill="000000"/>', p(r(SECRET, '<w:color w:val="000000"/>')))), "black-on-black"),
    "low row": (lambda: docx(_TABLE.format('<w:trHeight w:val="10" w:hRule="exact"/>', "", p(SECRET))), "hidden-text"),
    "low line": (lambda: docx(p(SECRET, style='<w:spacing w:line="10" w:lineRule="exact"/>')), "hidden-text"),
    "hidden on the web": (lambda: docx(p(r(SECRET, "<w:vanish/>"))), "hidden-text"),
    "pressed together": (lambda: docx(p(r(SECRET, '<w:w w:val="1"/>'))), "hidden-text"),
    "see-through": (
        lambda: docx(p(r(SECRET, '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:noFill/></w14:textFill>'))), "hidden-text",
    ),
    "beside the page": (lambda: docx(p(SECRET, style='<w:ind w:left="30000"/>')), "hidden-text"),
    "frame beside the page": (lambda: docx(p(SECRET, style='<w:framePr w:x="-20000" w:y="1"/>')), "hidden-text"),
    "box beside the page": (
        lambda: docx('<w:p><w:r><w:drawing><wp:anchor><wp:positionH relativeFrom="page"><wp:posOffset>-9000000</wp:posOffset></wp:positionH><wp:extent cx="900000" cy="900000"/><a:graphic><a:graphicData>' + shape("", words=SECRET) + "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"), "hidden-text",
    ),
    "moved away": (lambda: docx("<w:p><w:moveFrom w:id='1' w:author='A B'>" + r(SECRET) + "</w:moveFrom></w:p>"), "deleted-text"),
    "old paragraph mark": (lambda: docx(f'<w:p><w:del w:author="{SECRET}" w:id="1"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>'), "inserted-text"),
    "name that Word noted": (
        lambda: docx(f'<w:p><w:smartTag w:element="PersonName"><w:smartTagPr><w:attr w:name="ProductID" w:val="{SECRET}"/></w:smartTagPr><w:r><w:t>x</w:t></w:r></w:smartTag></w:p>'), "elsewhere",
    ),
    "index entry": (lambda: docx(f'<w:p><w:r><w:instrText>XE "{SECRET}"</w:instrText></w:r></w:p>'), "elsewhere"),
    "field asking": (lambda: docx(f'<w:p><w:fldSimple w:instr="IF 1 = 1 &quot;x&quot; &quot;{SECRET}&quot;"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'), "elsewhere"),
    "note of no page": (
        lambda: docx(p("x"), {"f": ("footnotes", "footnotes.xml")}, {"word/footnotes.xml": f'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="5">{p(SECRET)}</w:footnote></w:footnotes>'}), "leftover",
    ),
    "another text inside": (lambda: docx(p("x"), {"c": ("aFChunk", "afchunk1.docx")}, {"word/afchunk1.docx": b"PK"}), "attachment"),
    "building block": (
        lambda: docx(p("x"), {"g": ("glossaryDocument", "glossary/document.xml")}, {"word/glossary/document.xml": f'<w:glossaryDocument xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docParts><w:docPart><w:docPartBody>{p(SECRET)}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>'}), "elsewhere",
    ),
}  # fmt: skip
"""Word files: each file, and the kind that must be told."""
NOT_WORDS = frozenset({"another text inside"})

CLEAN: dict[str, Callable[[], bytes]] = {
    "plain": lambda: docx(p("Only this")),
    "name that Word noted and shows": lambda: docx(f'<w:p><w:smartTag w:element="PersonName"><w:smartTagPr><w:attr w:name="ProductID" w:val="{SECRET}"/></w:smartTagPr>{r(SECRET)}</w:smartTag></w:p>'),
    "light panel": lambda: docx(_NAME + anchored(shape(solid("FFCC00")))),
    "panel behind the words": lambda: docx(_NAME + anchored(shape(solid("000000")), behind="1")),
    "dark box with words": lambda: docx(p("Report") + anchored(shape(solid("1F3864"), words="Elmfield School"))),
    "white box with words": lambda: docx(p("Report") + anchored(shape(solid("FFFFFF"), words="Elmfield School"))),
    "thin line": lambda: docx(
        _NAME + anchored('<wps:wsp><wps:spPr><a:prstGeom prst="line"/><a:ln w="9525">' + solid("000000") + "</a:ln></wps:spPr></wps:wsp>")
    ),
    "arrow": lambda: docx(_NAME + anchored(shape(solid("000000"), form="rightArrow"))),
    "light picture": lambda: docx(_NAME + anchored(_PIC.format("")), _MEDIA, {"word/media/a.png": picture(200)}),
    "white on a dark cell": lambda: docx(_TABLE.format("", '<w:shd w:fill="1F3864"/>', p(r("Head", '<w:color w:val="FFFFFF"/>')))),
    "automatic colour on a dark cell": lambda: docx(_TABLE.format("", '<w:shd w:fill="1F3864"/>', p(r("Head", '<w:color w:val="auto"/>')))),
    "usual row": lambda: docx(_TABLE.format('<w:trHeight w:val="400" w:hRule="exact"/>', "", p("x"))),
}  # fmt: skip
