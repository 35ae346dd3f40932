"""What the tests of bundles share."""

from __future__ import annotations

import io

import pytest

from dpdesk.disclosure import bundle
from tests.disclosure.pdfs import plan_of
from tests.disclosure.tampering import FILES, FRONT


@pytest.fixture(scope="session")
def made():
    plan = plan_of(FILES, ["Quibble"], front=FRONT)
    out = io.BytesIO()
    report = bundle.build(plan, FILES.__getitem__, out, dpi=100, workers=1)
    return plan, out.getvalue(), report
