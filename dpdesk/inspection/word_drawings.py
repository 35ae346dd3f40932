"""Charts and diagrams of an office file: what they hold and do not show; for workers only.

A chart keeps the names of its series and categories although its legend or axis was deleted, and
those that were filtered away. A diagram (SmartArt) keeps its words in one part and its picture in
another; a name that was taken out of the picture may still be in the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from dpdesk.inspection.telling import Told

_ROUND: Final = frozenset({"pieChart", "pie3DChart", "doughnutChart", "ofPieChart"})
_SAYS: Final = "A chart or diagram holds words that it does not show."
Tree = Callable[[str], Any]


def look(names: Iterable[str], tree: Tree, told: Told, folder: str = "word") -> None:
    """Notes what charts and diagrams show, and tells what else they hold.

    ``folder`` is where the parts of a file of that kind lie.
    """
    names = [name for name in names if name.lower().endswith(".xml")]
    for name in names:
        if name.lower().startswith(f"{folder}/charts/chart"):
            _chart(tree(name), told)
    shown = [name for name in names if name.lower().startswith(f"{folder}/diagrams/drawing")]
    for name in shown:
        told.see(_lines(tree(name)))
    for name in names:
        if not name.lower().startswith(f"{folder}/diagrams/data"):
            continue
        lines = list(_lines(tree(name)))
        if not shown:
            told.see(lines)  # Word draws it from its words
        for line in lines:
            told.gather("hidden-text", _SAYS, line)


def _chart(tree: Any, told: Told) -> None:
    there = {_name(each) for each in tree.iter()}
    legend = "legend" in there
    names_seen = legend or _switched(tree, "showSerName") or not _switched(tree, "autoTitleDeleted")
    axes = [each for each in tree.iter() if _name(each) in {"catAx", "dateAx", "serAx"}]
    across_seen = (
        any(not _switched(axis, "delete") for axis in axes)
        or _switched(tree, "showCatName")
        or (legend and bool(there & _ROUND))
        or (not axes and not there & _ROUND)
    )
    hidden: list[str] = []
    seen: list[str] = list(_lines(tree))
    for each in tree.iter():
        if _name(each) != "pt" or not isinstance(each.tag, str):
            continue
        text = "".join(each.itertext())
        above = {_name(one) for one in each.iterancestors()}
        out = any(name.startswith("filtered") for name in above)
        out = out or ("cat" in above and not across_seen) or ("tx" in above and not names_seen)
        (hidden if out else seen).append(text)
    told.see(seen)
    for text in hidden:
        if any(map(str.isalpha, text)):
            told.gather("hidden-text", _SAYS, text)


def _switched(tree: Any, name: str) -> bool:
    """Whether any switch of this name is on; one without a value is."""
    return any(
        _name(each) == name and str(each.get("val") or "1") in {"1", "true"} for each in tree.iter()
    )


def _lines(tree: Any) -> Iterator[str]:
    """The words of drawings, a paragraph each."""
    for each in tree.iter():
        if _name(each) == "p":
            yield "".join(part.text or "" for part in each.iter() if _name(part) == "t")


def _name(element: Any) -> str:
    """What an element is called, whatever its family."""
    return str(element.tag).rpartition("}")[2]
