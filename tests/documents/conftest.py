"""One reader and one drawer for all tests of documents: starting them is the slow part."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dpdesk.desk import Desk
from dpdesk.documents.intake import Intaker
from dpdesk.documents.reading_ahead import ReadingAhead
from dpdesk.documents.render import PageRenderer
from dpdesk.documents.unpacking import Unpacker
from dpdesk.walls.workers import Limits


@pytest.fixture(scope="session", autouse=True)
def _application(qapp: object) -> None:
    """Qt as windows need it, before a test sets text by itself, as a worker without one does."""


@pytest.fixture(scope="session")
def intaker() -> Iterator[Intaker]:
    with Intaker(Limits(seconds=20)) as started:
        yield started


@pytest.fixture(scope="session")
def renderer() -> Iterator[PageRenderer]:
    with PageRenderer(documents=2) as started:
        yield started


@pytest.fixture(scope="session")
def readers() -> Iterator[tuple[ReadingAhead, Unpacker]]:
    """What reads files for the desks of all these tests."""
    made = ReadingAhead(), Unpacker()
    yield made
    for reader in made:
        reader.close()


@pytest.fixture
def desk(desk: Desk, readers: tuple[ReadingAhead, Unpacker]) -> Iterator[Desk]:
    """An open desk as everywhere, but its readers are there already."""
    own, desk.documents.readers = desk.documents.readers, readers
    yield desk
    readers[0].forget()
    desk.documents.readers = own
