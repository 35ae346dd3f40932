"""What each register of assurance asks of the school: duties, gaps, and the clauses it proves."""

from __future__ import annotations

from dpdesk.assurance.dpia_service import DpiaService
from dpdesk.assurance.duties import Asking
from dpdesk.assurance.notice_service import NoticeService
from dpdesk.assurance.policy_service import PolicyService
from dpdesk.assurance.risk_service import RiskService
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

_AUDIT = "ICO’s audit of the Department for Education"


def of_risks(service: RiskService) -> Asking:
    """Every quarter, each risk once."""
    return Asking(
        service,
        "Review the risk “{}”",
        nothing="No risk to the school’s information is on record",
        nothing_source="Policy 15.2.2",
        gaps={
            "nothing": (
                "serious risks about which nothing is done",
                "serious risk about which nothing is done",
            ),
            "unjudged": ("risks that nobody has assessed", "risk that nobody has assessed"),
        },
        gaps_source="Policy 15.2.2",
        proves={"15.2.2": "risks are analysed and reviewed each quarter"},
    )


def of_dpias(service: DpiaService) -> Asking:
    """Screening and assessment finished, and looked at every year."""
    return Asking(
        service,
        "Review the impact assessment “{}”: is it still going on?",
        {
            "screening": "Finish the screening of “{}”",
            "draft": "Finish the impact assessment “{}”",
            "consult": "Ask the ICO about “{}” before it begins: a high risk is left",
            "change": "Bring the impact assessment “{}” up to date",
        },
        gaps={
            "consult": (
                "impact assessments with a high risk left, about which the ICO was not asked",
                "impact assessment with a high risk left, about which the ICO was not asked",
            )
        },
        gaps_source="UK GDPR Art 36",
        proves={
            "7.1": "impact assessments and screenings are on record",
            "8.3(i)": "reports of impact assessments are linked to their assets",
        },
        proves_by={"7.4": ("impact assessments are signed off", "signed_on", "")},
        figure="impact assessments and screenings",
    )


def of_notices(service: NoticeService) -> Asking:
    """Notices approved, published, reviewed."""
    return Asking(
        service,
        "Review the privacy notice “{}”",
        nothing="No privacy notice is on record",
        nothing_source="Policy 9.2 and 9.5",
        gaps={
            "draft": (
                "privacy notices that have not been approved",
                "privacy notice that has not been approved",
            ),
            "approved": (
                "approved privacy notices that are not published",
                "approved privacy notice that is not published",
            ),
            "reworded": (
                "privacy notices that were changed since they were approved",
                "privacy notice that was changed since it was approved",
            ),
        },
        gaps_source="Policy 9.2 to 9.6",
        proves={
            "9.1": "privacy notices are written from the registers",
            "9.5": "privacy notices are reviewed",
            "4.6(b)": "privacy notices tell people why data is collected",
            "4.6(c)": "privacy notices tell people with whom data is shared",
        },
        proves_by={"9.2": ("privacy notices are published", "published_on", "")},
    )


def of_interests(service: InterestService) -> Asking:
    """Interests weighed, and weighed again."""
    return Asking(
        service,
        "Weigh again: {}",
        {"draft": "Finish weighing: {}"},
        proves={"8.3(c)": "legitimate interests are weighed in writing"},
    )


def of_sharing(service: SharingService) -> Asking:
    """Requests decided, agreements in place."""
    return Asking(
        service,
        "Review what is shared: {}",
        {"asked": "Decide whether to share: {}"},
        gaps={
            "no_agreement": (
                "regular shares without a written agreement",
                "regular share without a written agreement",
            )
        },
        gaps_source=f"{_AUDIT}, 5",
        proves={"4.6(i)": "decisions on sharing are on record"},
        proves_by={
            "4.6(j)": (
                "requests from the police are decided with their exemption",
                "kind",
                "police",
            ),
            "4.6(k)": ("court orders and other legal duties are on record", "kind", "court"),
        },
        figure="decisions on sharing",
    )


def of_processors(service: ProcessorService) -> Asking:
    """Contracts, and checks."""
    return Asking(
        service,
        "Check the supplier {} again, or renew the contract",
        {
            "no_contract": "Get a contract with {}",
            "terms": "Get the missing terms from {}",
            "not_back": "Have {} return or delete the data",
        },
        gaps={
            "no_contract": ("suppliers without a contract", "supplier without a contract"),
            "terms": (
                "suppliers whose contract lacks required terms",
                "supplier whose contract lacks required terms",
            ),
            "abroad": (
                "suppliers abroad without a safeguard",
                "supplier abroad without a safeguard",
            ),
            "unchecked": (
                "suppliers whose security has never been checked",
                "supplier whose security has never been checked",
            ),
            "not_back": (
                "former suppliers who did not return the data",
                "former supplier who did not return the data",
            ),
        },
        gaps_source="UK GDPR Art 28; policy 8.3(g) and 15.2.12",
        proves={
            "8.3(g)": "suppliers are on record with their contracts",
            "15.2.12": "suppliers are checked",
        },
    )


def of_measures(service: MeasureService) -> Asking:
    """Measures tested."""
    return Asking(
        service,
        "Test again: {}",
        {
            "untested": "Test for the first time: {}",
            "partly": "Improve and test again: {}",
            "fails": "Fix, and test again: {}",
        },
        nothing="No security measure is on record",
        nothing_source="Policy 15.2 and 15.3",
        gaps={
            "weak": ("measures that do not work as they should", "measure that does not work"),
            "untested": ("measures that were never tested", "measure that was never tested"),
        },
        gaps_source="Policy 15.3",
        proves={"15.3": "measures are tested and reviewed"},
        proves_by={
            "15.2.4": ("physical measures are on record", "kind", "physical"),
            "15.2.7": ("technical measures are on record", "kind", "technical"),
        },
    )


def of_devices(service: DeviceService) -> Asking:
    """Devices protected."""
    return Asking(
        service,
        "Check the device {}",
        {"lost": "Report the loss of {}: a written report within 24 hours"},
        gaps={
            "bare": (
                "devices that are not known to be encrypted and locked",
                "device that is not known to be encrypted and locked",
            ),
            "lost": ("devices that are lost", "device that is lost"),
        },
        gaps_source="Policy 15.2.9 and 16.4",
        proves={"15.2.9": "portable devices are on record"},
        proves_by={"15.2.8": ("portable devices are encrypted", "encrypted", "yes")},
    )


def of_taken(service: TakenService) -> Asking:
    """Everything comes back."""
    return Asking(
        service,
        "Should be back: {}",
        proves={"15.2.5": "what left the premises was recorded, with how it was secured"},
    )


def of_policies(service: PolicyService) -> Asking:
    """Policies reviewed."""
    return Asking(
        service,
        "Review the policy “{}”",
        {"draft": "Have the policy “{}” approved"},
        nothing="No policy on information is on record",
        nothing_source="Policy 19 and 20",
        proves={
            "19": "policies are on record, with who has read them",
            "20": "policies are reviewed when they are due",
        },
        proves_by={
            "15.2.6": (
                "a policy on information security is on record",
                "kind",
                "information_security",
            )
        },
    )


def of_audits(service: AuditService) -> Asking:
    """Recommendations closed."""
    return Asking(
        service,
        "Next step of the audit “{}”",
        {"planned": "Hold the audit “{}”", "closed": "Audit again: {}"},
        proves={"8.5(a)": "audits are on record with their recommendations"},
    )


def of_meetings(service: MeetingService) -> Asking:
    """Governance meets."""
    return Asking(
        service,
        "Prepare the meeting “{}”",
        nothing="No meeting at which data protection was reported is on record",
        nothing_source=f"{_AUDIT}, 1",
        proves={"6.1": "meetings with a report on data protection are on record"},
        figure="meetings with a report on data protection",
    )


def of_awareness(service: AwarenessService) -> Asking:
    """A theme each term."""
    return Asking(
        service,
        "Remind staff of: {}",
        proves={"4.6(m)": "data protection themes were brought to staff"},
        figure="themes brought to staff",
    )


def of_cameras(service: CameraService) -> Asking:
    """Cameras with signs."""
    return Asking(
        service,
        "Check the camera “{}”",
        gaps={
            "no_sign": ("cameras without a sign", "camera without a sign"),
            "no_dpia": (
                "cameras without an impact assessment",
                "camera without an impact assessment",
            ),
        },
        gaps_source="Policy 12.1 and 7.2.3",
        proves={"12.1": "cameras are on record with their purpose and sign"},
    )


def of_automated(service: AutomatedService) -> Asking:
    """Machines that decide, with safeguards."""
    return Asking(
        service,
        "Check the automated decision: {}",
        gaps={
            "bare": (
                "automated decisions without all safeguards",
                "automated decision without all safeguards",
            )
        },
        gaps_source="UK GDPR Art 22C; policy 4.6(o)",
        proves={"4.6(o)": "automated decisions are on record with their safeguards"},
    )
