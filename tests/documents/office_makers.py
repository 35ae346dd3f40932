"""Makes office files for the tests: the few parts that a program asks for, and what a test adds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
        "r": OFFICE,
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()


def relations(told: Mapping[str, tuple[str, str]]) -> str:
    """What a part refers to: the kind and the place by its name; an address is outside."""
    rows = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{place}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in place else ''}/>"
        for name, (kind, place) in told.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{rows}</Relationships>'


def docx(
    body: str,
    told: Mapping[str, tuple[str, str]] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A Word file with that in its body; ``told`` and ``parts`` are what it refers to."""
    return archive(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": relations({"r": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(told or {}),
            **(parts or {}),
        }
    )


def p(*runs: str, style: str = "") -> str:
    """A paragraph of Word; what is no markup is a run of words."""
    about = f"<w:pPr>{style}</w:pPr>" if style else ""
    return (
        f"<w:p>{about}{''.join(each if each.startswith('<') else r(each) for each in runs)}</w:p>"
    )


def r(words: str, look: str = "") -> str:
    """A run of words of Word."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def xlsx(
    sheets: Mapping[str, str],
    *,
    strings: str = "",
    styles: str = "",
    more: str = "",
    states: Mapping[str, str] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An Excel workbook; ``sheets`` are their XML by name, ``more`` stands in the workbook."""
    rows, told, made = "", {}, {}
    for number, (name, inside) in enumerate(sheets.items(), 1):
        state = (states or {}).get(name, "visible")
        rows += f'<sheet name="{name}" sheetId="{number}" state="{state}" r:id="s{number}"/>'
        told[f"s{number}"] = ("worksheet", f"worksheets/sheet{number}.xml")
        made[f"xl/worksheets/sheet{number}.xml"] = f"<worksheet {SHEET}>{inside}</worksheet>"
    if strings:
        told["strings"] = ("sharedStrings", "sharedStrings.xml")
        made["xl/sharedStrings.xml"] = f"<sst {SHEET}>{strings}</sst>"
    if styles:
        told["styles"] = ("styles", "styles.xml")
        made["xl/styles.xml"] = f"<styleSheet {SHEET}>{styles}</styleSheet>"
    return archive(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": relations({"r": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f"<workbook {SHEET}><sheets>{rows}</sheets>{more}</workbook>",
            "xl/_rels/workbook.xml.rels": relations(told),
            **made,
            **(parts or {}),
        }
    )


SHEET = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}"'


def row(number: int, *cells: object, about: str = "") -> str:
    """A row of Excel with words and numbers from column A on."""
    made = ""
    for column, cell in enumerate(cells):
        place = f"{chr(65 + column)}{number}"
        if isinstance(cell, (int, float)):
            made += f'<c r="{place}"><v>{cell}</v></c>'
        elif str(cell).startswith("<"):
            made += str(cell)
        else:
            made += f'<c r="{place}" t="inlineStr"><is><t>{cell}</t></is></c>'
    return f'<row r="{number}" {about}>{made}</row>'


def pptx(
    *slides: str,
    shows: Mapping[int, str] | None = None,
    told: Mapping[int, Mapping[str, tuple[str, str]]] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A presentation; ``slides`` are the shapes of each, which count from 1 in the rest."""
    listed, of_all, made = "", {}, {}
    for number, shapes in enumerate(slides, 1):
        listed += f'<p:sldId id="{255 + number}" r:id="s{number}"/>'
        of_all[f"s{number}"] = ("slide", f"slides/slide{number}.xml")
        show = (shows or {}).get(number, "1")
        made[f"ppt/slides/slide{number}.xml"] = (
            f'<p:sld {SPACES} show="{show}"><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>'
        )
        made[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations((told or {}).get(number, {}))
    return archive(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": relations({"r": ("officeDocument", "ppt/presentation.xml")}),
            "ppt/presentation.xml": f"<p:presentation {SPACES}><p:sldIdLst>{listed}</p:sldIdLst>"
            '<p:sldSz cx="9000" cy="6000"/></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(of_all),
            **made,
            **(parts or {}),
        }
    )


def shape(words: str, *, kind: str = "", about: str = "", at: tuple[int, int] | None = None) -> str:
    """A shape with words on a slide; ``kind`` is that of a placeholder."""
    holder = f'<p:ph type="{kind}"/>' if kind else ""
    x, y = at or (100, 100)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="x" {about}/><p:nvPr>{holder}</p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="500" cy="500"/></a:xfrm></p:spPr>'
        f"<p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


OPEN = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in {
            "office": "office",
            "text": "text",
            "table": "table",
            "style": "style",
            "draw": "drawing",
            "presentation": "presentation",
            "fo": "xsl-fo-compatible",
            "meta": "meta",
            "svg": "svg-compatible",
        }.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def open_document(
    kind: str,
    body: str,
    *,
    automatic: str = "",
    styles: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An OpenDocument file: text, spreadsheet or presentation."""
    return archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {OPEN}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {OPEN}>{styles}</office:document-styles>",
            **(parts or {}),
        }
    )
