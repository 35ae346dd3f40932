"""What a worker says of itself when it is asked; run inside workers."""

from __future__ import annotations

from typing import Any

from dpdesk.walls import rights
from dpdesk.walls.inside import Answer, Call


def told(_call: Call) -> Answer:
    """A task: what the worker has given up."""
    content: dict[str, Any] = {"walls": list(rights.in_force())}
    return content, []
