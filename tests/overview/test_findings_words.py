"""A finding of one speaks of one."""

from __future__ import annotations

from dpdesk.registers.duties import Finding
from tests.builders import a_request


def of_requests(desk):
    """The one finding about requests."""
    (found,) = [each for each in desk.overview.findings() if each.register == "requests"]
    return found


def test_one_open_request_is_spoken_of_as_one(desk):
    a_request(desk, assigned_to=None)
    finding = of_requests(desk)
    assert (finding.count, finding.said) == (1, "open request not assigned to anyone")
    a_request(desk, assigned_to=None)
    finding = of_requests(desk)
    assert (finding.count, finding.said) == (2, "open requests not assigned to anyone")


def test_a_finding_without_words_for_one_keeps_its_own():
    assert Finding("gaps", 1, "requests", "open").said == "gaps"
