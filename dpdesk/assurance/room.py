"""Assurance as the desk opens it."""

from __future__ import annotations

from dpdesk.assets.assessed_service import AssessedAssets
from dpdesk.assets.service import AssetService
from dpdesk.assurance import asking
from dpdesk.assurance.dpia_service import DpiaService
from dpdesk.assurance.duties import (
    AuditAnswers,
    EndedAnswers,
    ExerciseAnswers,
    FeeAnswers,
    NoticeAnswers,
    PolicyAnswers,
    RegisterAnswers,
    RiskAnswers,
)
from dpdesk.assurance.notice_service import NoticeService
from dpdesk.assurance.policy_service import PolicyService
from dpdesk.assurance.prints import AssurancePrints
from dpdesk.assurance.risk_service import RiskProposals, RiskService
from dpdesk.assurance.services import (
    AuditService,
    AutomatedService,
    AwarenessService,
    CameraService,
    DeviceService,
    InterestService,
    MeasureService,
    MeetingService,
    ProcessorService,
    SharingService,
    TakenService,
)
from dpdesk.assurance.settings import FeeSettingsService
from dpdesk.assurance.usual import UsualEntries
from dpdesk.people.service import PeopleService
from dpdesk.registers.rooms import Room, Rooms
from dpdesk.school.ground import Ground


class AssuranceRoom(Room):
    """What a proprietor must be able to show: risks, assessments, suppliers, policies, audits."""

    key = "assurance"
    rests_on = ("people", "assets")

    def __init__(self, ground: Ground, assets: AssetService, people: PeopleService) -> None:
        database = ground.database
        self.assets = AssessedAssets(assets)
        self.risks = RiskService(database)
        self.proposals = RiskProposals(self.risks)
        self.dpias = DpiaService(ground, self.assets)
        self.notices = NoticeService(ground, self.assets)
        self.interests = InterestService(database, self.assets)
        self.sharing = SharingService(database)
        self.processors = ProcessorService(database)
        self.measures = MeasureService(database)
        self.devices = DeviceService(database)
        self.taken = TakenService(database)
        self.policies = PolicyService(database, people, ground.documents)
        self.audits = AuditService(database)
        self.meetings = MeetingService(database)
        self.awareness = AwarenessService(database)
        self.automated = AutomatedService(database)
        self.cameras = CameraService(database)
        self.fee = FeeSettingsService(database)
        self.settings = (self.fee,)
        self.prints = AssurancePrints(ground.school)
        self.registers = (
            self.risks,
            self.dpias,
            self.notices,
            self.sharing,
            self.processors,
            self.policies,
            self.audits,
            self.measures,
            self.devices,
            self.taken,
            self.meetings,
            self.awareness,
            self.interests,
            self.automated,
            self.cameras,
        )
        self.usual = UsualEntries({each.register.key: each for each in self.registers})
        askings = (
            asking.of_risks(self.risks),
            asking.of_dpias(self.dpias),
            asking.of_notices(self.notices),
            asking.of_interests(self.interests),
            asking.of_sharing(self.sharing),
            asking.of_processors(self.processors),
            asking.of_policies(self.policies),
            asking.of_audits(self.audits),
            asking.of_measures(self.measures),
            asking.of_devices(self.devices),
            asking.of_taken(self.taken),
            asking.of_meetings(self.meetings),
            asking.of_awareness(self.awareness),
            asking.of_automated(self.automated),
            asking.of_cameras(self.cameras),
        )
        self.answers = (
            *(RegisterAnswers(each) for each in askings),
            RiskAnswers(self.risks),
            PolicyAnswers(self.policies),
            ExerciseAnswers(self.measures),
            AuditAnswers(self.audits),
            NoticeAnswers(self.notices),
            EndedAnswers(self.dpias),
            FeeAnswers(self.fee, ground.school),
        )

    def join(self, rooms: Rooms) -> None:
        """The risks also ask the other rooms what went wrong, and what is missing."""
        super().join(rooms)
        self.proposals.join(rooms)
