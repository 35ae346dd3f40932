"""The inspector that the tests share."""

from __future__ import annotations

import pytest

from dpdesk.inspection.inspector import Inspector


@pytest.fixture(scope="package")
def inspector():
    with Inspector() as started:
        yield started
