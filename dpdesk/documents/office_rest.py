"""Names of people in parts of an office file that nothing else asks for; inside workers only.

Programs keep people in more places than anybody can list: who shared a file, who changed a slide,
whose folder a template lies in. So every small part is gone through once more for what names
somebody, wherever it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from dpdesk.documents.besides import Besides, is_place, names_somebody
from dpdesk.documents.office_zip import Element, Packed

_ELSEWHERE: Final = "Elsewhere in the file"
_LONGEST: Final = 3_000_000
"""Bytes of a part that is gone through; longer ones are the words of sheets and documents."""
_HANDLED: Final = re.compile(
    r"^(?:\[content_types\]|docprops/|customxml/)"
    r"|/(?:theme|worksheets|sharedstrings|styles|styleswitheffects|fonttable|numbering|websettings"
    r"|media|embeddings|fonts|glossary|pivotcacherecords|revisionlog|calcchain|slidemasters"
    r"|slidelayouts|notesmasters|handoutmasters|tablestyles|metadata)",
    re.IGNORECASE,
)
"""Parts whose words are told elsewhere, or are those of a program."""
_STORIES: Final = re.compile(
    r"/(?:document|header|footer|footnotes|endnotes|comments|slides/slide|notesslides/|workbook)",
    re.IGNORECASE,
)
"""Parts whose texts stand on pages, piece by piece; of these only what else they say is asked."""
_OF_PROGRAMS: Final = frozenset(
    "typeface ascii hAnsi cs eastAsia font lang panose pitchFamily uri sz style "
    "formula condition expression ref sqref".split()
)


def gather(packed: Packed, found: Besides, *, texts: bool = True) -> None:
    """Adds what names somebody; without ``texts`` only in what is said of parts."""
    for key, name in sorted(packed.names.items()):
        asked = texts and not _STORIES.search(key)
        if not key.endswith((".xml", ".rels", ".vml")) or _HANDLED.search(key):
            continue
        if packed.archive.getinfo(name).file_size > _LONGEST:
            continue
        root = packed.xml(name)
        for each in root.iter() if root is not None else ():
            _of(each, found)
            if asked and each.text and not _is_formula(each) and _names(each.text):
                found.add(_ELSEWHERE, each.text)


def _is_formula(each: Element) -> bool:
    return isinstance(each.tag, str) and each.tag.lower().endswith(("formula", "}f"))


def _of(each: Element, found: Besides) -> None:
    if isinstance(each.tag, str) and each.tag.endswith("font-face"):
        return
    for key, told in each.attrib.items():
        name = str(key).rpartition("}")[2]
        if name not in _OF_PROGRAMS and not name.startswith(("rsid", "font")) and _names(str(told)):
            found.add(_ELSEWHERE, unquote(str(told)).removeprefix("mailto:").partition("?")[0])


@lru_cache(20_000)
def _names(words: str) -> bool:
    """Whether it names somebody; the same values stand there thousands of times."""
    plain = unquote(words)
    if "://schemas." in plain:
        return False
    return is_place(plain) or ((not plain.islower() or "@" in plain) and names_somebody(plain))
