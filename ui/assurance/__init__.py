"""The area "Assurance"."""

from ui.assurance.audits_room import AuditsRoom
from ui.assurance.beside_page import BesidePage
from ui.assurance.dpias_room import DpiasRoom
from ui.assurance.look_again_page import LookAgainPage
from ui.assurance.notices_room import NoticesRoom
from ui.assurance.policies_room import PoliciesRoom
from ui.assurance.reports_page import ReportsPage
from ui.assurance.rooms import AwarenessRoom, DevicesRoom, InterestsRoom, RisksRoom
from ui.assurance.sharing_room import SharingRoom
from ui.assurance.usual_room import UsualRoom

__all__ = [
    "AuditsRoom",
    "AwarenessRoom",
    "BesidePage",
    "DevicesRoom",
    "DpiasRoom",
    "InterestsRoom",
    "LookAgainPage",
    "NoticesRoom",
    "PoliciesRoom",
    "ReportsPage",
    "RisksRoom",
    "SharingRoom",
    "UsualRoom",
]
