"""Where things stand on a printed form, so that its scan can be read; lengths are points.

It is noted while a form is drawn and kept with its code: what is read is what was printed, however
the form looks by then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Spot = tuple[int, float, float, float, float]
"""Page from 0, left, top, width, height; from the top left of the page."""


@dataclass(slots=True)
class FormLayout:
    """One form: its codes (one a page), its boxes and answers by their keys, where it is signed.

    The key of a box is "use 12" for a use or "wish happy" for what the pupil says.
    """

    size: tuple[float, float] = (595.0, 842.0)
    codes: list[Spot] = field(default_factory=list)
    boxes: dict[str, Spot] = field(default_factory=dict)
    signed: Spot | None = None
    fields: dict[str, Spot] = field(default_factory=dict)
    """Frames to write into."""
    words: dict[str, list[Spot]] = field(default_factory=dict)
    """The printed lines beside a box, so that what somebody wrote there can be told from them."""

    def pack(self) -> str:
        """As text, for the database."""
        return json.dumps(
            {
                "size": self.size,
                "codes": self.codes,
                "boxes": self.boxes,
                "signed": self.signed,
                "fields": self.fields,
                "words": self.words,
            }
        )

    @classmethod
    def unpack(cls, packed: str) -> FormLayout | None:
        """What was packed; None for a form that was printed before layouts were kept."""
        if not packed:
            return None
        told: Mapping[str, Any] = json.loads(packed)
        return cls(
            (float(told["size"][0]), float(told["size"][1])),
            [_spot(each) for each in told["codes"]],
            {str(key): _spot(each) for key, each in told["boxes"].items()},
            _spot(told["signed"]) if told["signed"] else None,
            {str(key): _spot(each) for key, each in told.get("fields", {}).items()},
            {str(key): [_spot(s) for s in spots] for key, spots in told.get("words", {}).items()},
        )

    def on_page(self, page: int) -> dict[str, Any]:
        """What the worker needs to read one page of a form (from 0)."""
        codes = [spot for spot in self.codes if spot[0] == page]
        signed = self.signed if self.signed is not None and self.signed[0] == page else None
        return {
            "size": list(self.size),
            "code": list(codes[0][1:]) if codes else None,
            "boxes": {key: list(s[1:]) for key, s in self.boxes.items() if s[0] == page},
            "signed": list(signed[1:]) if signed else None,
            "fields": {key: list(s[1:]) for key, s in self.fields.items() if s[0] == page},
            "words": {
                key: [list(s[1:]) for s in spots]
                for key, spots in self.words.items()
                if all(s[0] == page for s in spots)
            },
        }


def _spot(told: Any) -> Spot:
    page, x, y, wide, high = told
    return int(page), float(x), float(y), float(wide), float(high)
