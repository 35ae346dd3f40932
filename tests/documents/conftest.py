"""One reader and one drawer for all tests of documents: starting them is the slow part."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dpdesk.documents.intake import Intaker
from dpdesk.documents.render import PageRenderer
from dpdesk.walls.workers import Limits


@pytest.fixture(scope="session")
def intaker() -> Iterator[Intaker]:
    with Intaker(Limits(seconds=20)) as started:
        yield started


@pytest.fixture(scope="session")
def renderer() -> Iterator[PageRenderer]:
    with PageRenderer(documents=2) as started:
        yield started
