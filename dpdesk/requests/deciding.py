"""What is decided about a right other than access, and what is done then."""

from __future__ import annotations

from dpdesk.law.pick_lists import choices as pick
from dpdesk.law.request_kinds import RequestKind, RequestStage
from dpdesk.registers.fields import Choice, choice, choices, date, links, long_text, text, yes_no
from dpdesk.requests.conditions import (
    FLAGGED,
    all_of,
    decided_yes,
    flagging,
    lifted,
    of_kind,
    through,
)

DECISIONS = (
    Choice("yes", "Do what they ask"),
    Choice("part", "Do it in part"),
    Choice("no", "Do not do it"),
)


class DecisionQuestions:
    """The decision, and what was done."""

    erasure_grounds = choices(
        "Which ground for erasure applies?",
        pick("erasure_grounds"),
        section="decision",
        when=of_kind(RequestKind.ERASURE),
        source="UK GDPR Art 17(1)",
    )
    restriction_cases = choices(
        "Which case applies?",
        pick("restriction_cases"),
        section="decision",
        when=of_kind(RequestKind.RESTRICTION),
        source="UK GDPR Art 18(1); policy 11.1(e)–(f)",
    )
    portable_basis = yes_no(
        "Is the data used by consent, or under a contract with them?",
        section="decision",
        when=of_kind(RequestKind.PORTABILITY),
        help="A contract with the parents is not a contract with the child.",
        source="UK GDPR Art 20(1)(a)",
    )
    portable_held = yes_no(
        "Is it held by computer, and did they give it themselves?",
        section="decision",
        when=of_kind(RequestKind.PORTABILITY),
        source="UK GDPR Art 20(1)(b)",
    )
    decision = choice(
        "What do you decide?",
        DECISIONS,
        section="decision",
        when=through(RequestStage.DECIDE),
        source="UK GDPR Art 12(3)–(4)",
    )
    decided_on = date(
        "Decided on",
        section="decision",
        past=True,
        when=through(RequestStage.DECIDE),
    )
    decided_by = text(
        "Decided by",
        person=True,
        section="decision",
        when=through(RequestStage.DECIDE),
        help="For a decision made by a computer: a person who may change it.",
    )
    decision_note = long_text(
        "What was weighed",
        section="decision",
        when=through(RequestStage.DECIDE),
        help="For the school: what was considered, and the points for and against.",
    )
    done_on = date(
        "Done on",
        section="doing",
        past=True,
        when=through(RequestStage.ACT),
    )
    done_where = long_text(
        "What was done, and where?",
        section="doing",
        when=through(RequestStage.ACT),
        help="One place to a line: what was corrected, erased, marked or stopped.",
    )
    flag_from = date(
        "Not to be used from",
        section="doing",
        past=True,
        when=of_kind(*FLAGGED),
        help="From this date the person, and the assets named below, are flagged. Data that "
        "is restricted cannot be disposed of until the restriction is lifted.",
        source="UK GDPR Arts 18 and 21",
    )
    flag_says = text(
        "What must not be done with it?",
        section="doing",
        wanted=True,
        when=flagging,
        help="Everybody who opens the person or the asset reads this.",
        example="No use of the behaviour log of spring 2026 before the appeal is decided",
    )
    flag_assets = links(
        "Which assets hold it?",
        "assets",
        heading="Assets concerned",
        section="doing",
        when=flagging,
        help="These are flagged, so that whoever keeps them sees it.",
    )
    flag_pictures = yes_no(
        "Does it cover pictures of the person?",
        heading="Pictures",
        section="doing",
        wanted=True,
        when=flagging,
        help="If so, “Can we use this photo?” says no. Until you answer, it says to ask first.",
    )
    flag_until = date(
        "Lifted on",
        section="doing",
        past=True,
        when=flagging,
        help="They must be told before a restriction is lifted.",
        source="UK GDPR Art 18(3)",
    )
    lifted_why = long_text(
        "Why was it lifted?",
        section="doing",
        when=lifted,
        help="For example: the data was checked and is right, or they agree to the use.",
        source="UK GDPR Art 18(2)–(3) and 21(1)",
    )
    lifting_told = date(
        "Told that it is lifted on",
        section="doing",
        past=True,
        when=all_of(of_kind(RequestKind.RESTRICTION), flagging),
        source="UK GDPR Art 18(3)",
    )
    told_none = long_text(
        "If not everybody was told, why not?",
        heading="Why not told",
        section="doing",
        when=all_of(
            of_kind(RequestKind.RECTIFICATION, RequestKind.ERASURE, RequestKind.RESTRICTION),
            decided_yes,
        ),
        help="Everyone to whom the school gave the data is told, unless that is impossible or "
        "would take disproportionate effort.",
        source="UK GDPR Art 19",
    )
