"""The worker's side of ``render``: holds PDFs open and draws their pages."""

from __future__ import annotations

from multiprocessing.shared_memory import SharedMemory
from typing import Any, Final

from dpdesk.documents import pdf
from dpdesk.walls.inside import ROOM, Answer, Call

_MEMORY: Final = "open PDFs"


def open_documents(call: Call) -> dict[str, Any]:
    """The PDFs that this worker holds open, by their keys."""
    documents: dict[str, Any] = call.memory.setdefault(_MEMORY, {})
    return documents


def open_document(call: Call) -> Answer:
    """Opens the PDF in the first blob under ``request["key"]``."""
    documents = open_documents(call)
    close_document(call)
    documents[call.request["key"]] = document = pdf.open_pdf(call.blobs[0])
    return {"pages": len(document)}, []


def close_document(call: Call) -> Answer:
    """Closes the PDF with ``request["key"]``, if it is open."""
    document = open_documents(call).pop(call.request["key"], None)
    if document is not None:
        document.close()
    return {}, []


def _room(call: Call) -> memoryview | None:
    """The memory shared with the parent, if there is any and it could be opened at the start."""
    name = call.request["room"]
    if not name:
        return None
    shared: SharedMemory | None = call.memory.get(ROOM)
    return shared.buf if shared is not None and shared.name == name else None


def draw(call: Call) -> Answer:
    """Draws one page of an open PDF; the answer describes it.

    The pixels lie in the shared memory, or follow where they do not fit there.
    """
    request = call.request
    bitmap = pdf.draw(
        open_documents(call)[request["key"]],
        request["page"],
        request["scale"],
        width=request["width"],
        gray=request["gray"],
        turn=request["turn"],
        room=_room(call),
    )
    described = {
        "width": bitmap.width,
        "height": bitmap.height,
        "stride": bitmap.stride,
        "format": bitmap.format,
        "scale": bitmap.scale,
    }
    return described, [bitmap.content] if bitmap.content else []
