"""Which pages every area has. A register that is not named here names its area itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.registers.service import RegisterService
from ui.assets import AssetSignOffPage, AssetsRoom, SystemsRoom
from ui.assurance import (
    AuditsRoom,
    AwarenessRoom,
    BesidePage,
    DevicesRoom,
    DpiasRoom,
    InterestsRoom,
    LookAgainPage,
    NoticesRoom,
    PoliciesRoom,
    ReportsPage,
    RisksRoom,
    SharingRoom,
    UsualRoom,
)
from ui.breaches import BreachesRoom, BreachFiguresPage
from ui.consents import (
    AnswersRoom,
    CheckPage,
    FormsPage,
    MatrixPage,
    PhotosRoom,
    PilePage,
    UsesRoom,
)
from ui.disclosure import KEYS, CheckFilePage, ReleasesPanel, Workbench
from ui.home.page import HomePage
from ui.kit.pieces.area_page import AreaPage
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.register_room import RegisterRoom
from ui.main_window.areas import Area, Offer, Reader, furnished
from ui.overview import AnswersPage, EvidencePage, YearPage
from ui.people import CoursesRoom, PeopleRoom
from ui.requests import (
    LetterWordingPage,
    RequestChecksRoom,
    RequestFiguresPage,
    RequestsRoom,
    ReturnedFormsPage,
)
from ui.retention import (
    DisposalsRoom,
    DuePage,
    EditionsRoom,
    HoldingsRoom,
    HoldsRoom,
    ScheduleRoom,
)

__all__ = ["KEYS", "make_areas"]


def make_areas(
    desk: Desk, around: Surroundings, door: PaperDoor, pages: QWidget
) -> tuple[Area, ...]:
    """The areas that have pages, in the order of their tabs; ``pages`` is what they stand in."""

    def page(key: str, title: str, room: type[Any], *leads: tuple[str, str]) -> Offer:
        return Offer(key, title, lambda: room(desk, around, door, pages), leads)

    def plain(service: RegisterService[Any, Any]) -> AreaPage:
        return RegisterRoom(desk, service, around, door, pages)

    def usual(key: str, title: str) -> Offer:
        service = desk.registers[key]
        return Offer(key, title, lambda: UsualRoom(desk, service, around, door, pages))

    def requests() -> RequestsRoom:
        def releases() -> list[ReleasesPanel]:
            return [ReleasesPanel(desk, around)]

        return RequestsRoom(desk, around, door, releases=releases, parent=pages)

    workbench = Reader("workbench", partial(_make_workbench, desk, around))
    # What is due for disposal is done where it is listed, and begins a disposal.
    due = (("holdings", "due"), ("holdings", "overdue"), ("disposals", "new"))
    signed = (("retention_rules", "sign_off"),)
    offers = {
        "home": [
            Offer("home", "What needs doing", lambda: HomePage(desk, around)),
            page("answers", "What do I do if …?", AnswersPage),
            page("year", "The year", YearPage),
        ],
        "requests": [
            Offer("requests", "Requests", requests, reader=workbench),
            page("returned_forms", "Returned forms", ReturnedFormsPage),
            page("request_figures", "Figures", RequestFiguresPage),
            page("request_checks", "Sample checks", RequestChecksRoom),
            page("letter_wording", "Wording of letters", LetterWordingPage),
            page("check_file", "Check a redacted file", CheckFilePage),
        ],
        "breaches": [
            page("breaches", "Breach log", BreachesRoom),
            page("breach_figures", "Figures", BreachFiguresPage),
        ],
        "consents": [
            page("consent_matrix", "Who agreed", MatrixPage),
            page("photo_check", "Can we use this photo?", CheckPage),
            page("consent_pile", "Enter forms", PilePage),
            page("consent_scans", "Scanned forms", FormsPage),
            page("consents", "Answers", AnswersRoom),
            page("photos", "Pictures", PhotosRoom),
            page("photo_uses", "Uses and wording", UsesRoom),
        ],
        "people": [page("people", "People", PeopleRoom), page("courses", "Courses", CoursesRoom)],
        "assets": [
            page("assets", "Assets", AssetsRoom),
            page("systems", "Systems", SystemsRoom),
            page("sign_off", "Sign-off", AssetSignOffPage),
        ],
        "retention": [
            page("retention_due", "Due now", DuePage, *due),
            page("holdings", "Holdings", HoldingsRoom),
            page("retention_rules", "Schedule", ScheduleRoom),
            page("retention_editions", "Editions", EditionsRoom, *signed),
            page("holds", "Holds", HoldsRoom),
            page("disposals", "Disposals", DisposalsRoom),
        ],
        "assurance": _assurance(page, usual),
    }
    return furnished(offers, desk.registers.values(), plain)


def _make_workbench(
    desk: Desk,
    around: Surroundings,
    entry_id: int,
    *,
    document_id: int = 0,
    page: int = 0,
    sort: bool = False,
) -> Workbench:
    """The workbench of a request, at a page (from 1) of a document where one is named.

    ``sort``: at the list of its documents.
    """
    made = Workbench(desk, around, entry_id)
    if sort:
        made.asider.open()
    if document_id:
        made.show_place(document_id, page - 1)
    return made


def _assurance(page: Callable[..., Offer], usual: Callable[[str, str], Offer]) -> list[Offer]:
    """The pages of assurance; ``usual`` makes those whose register offers drafts."""
    return [
        page("risks", "Risks", RisksRoom),
        page("look_again", "Risk review", LookAgainPage),
        page("dpias", "Impact assessments", DpiasRoom),
        page("reports", "Reports", ReportsPage),
        page("beside", "Side by side", BesidePage),
        page("evidence", "Evidence", EvidencePage),
        page("notices", "Privacy notices", NoticesRoom),
        page("sharing", "Sharing", SharingRoom),
        usual("processors", "Suppliers"),
        page("policies", "Policies", PoliciesRoom),
        page("audits", "Audits", AuditsRoom),
        usual("measures", "Measures"),
        page("devices", "Devices", DevicesRoom),
        page("awareness", "Awareness", AwarenessRoom),
        page("lias", "Legitimate interests", InterestsRoom),
    ]
