"""What the bundles that were handed out prove."""

from __future__ import annotations

from collections.abc import Iterator

from dpdesk.disclosure.releases import ReleaseService
from dpdesk.registers.duties import Answers, Evidence


class ReleaseAnswers(Answers):
    """The releases on the shelf show how requests were answered."""

    def __init__(self, releases: ReleaseService) -> None:
        self._releases = releases

    def evidence(self) -> Iterator[Evidence]:
        """A release keeps its full copy and every reason for what was removed."""
        released = self._releases.released()
        if released:
            yield Evidence.counted(
                "13.2.9", "requests answered with a bundle that was checked", released
            )
            yield Evidence.counted(
                "13.2.12",
                "requests with a full copy and the reasons for what was removed",
                released,
            )
