"""What a page of the bundle will look like, worked out as burning works it out.

``lay_out`` runs in the worker that draws pages for the eye, on the document it has open there.
"""

from __future__ import annotations

from dpdesk.disclosure import burn
from dpdesk.disclosure.packing import pack_line, sides_of
from dpdesk.disclosure.page_task import PageTask
from dpdesk.disclosure.plan import PlannedMark
from dpdesk.documents.drawing import open_documents
from dpdesk.documents.pages import Box, Page
from dpdesk.walls.inside import Answer, Call

_DPI = 300


def lay_out(call: Call) -> Answer:
    """Works out one page of an open document; ``outlook`` asks and reads the answer."""
    request = call.request
    marks = tuple(
        PlannedMark(number, Box(*sides), "", kind) for number, sides, kind in request["marks"]
    )
    page = Page.unpack(call.blobs[0])
    document = open_documents(call)[request["key"]]
    index = request["page"]
    task = PageTask(index + 1, "", index, page, marks, "", None, _DPI, {})
    areas, anew = burn.outlook(document, task)
    return {
        "areas": [sides_of(area) for area in areas],
        "lines": [pack_line(line) for line in anew.lines],
        "uneven": anew.uneven(marks),
    }, []
