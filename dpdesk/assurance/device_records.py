"""What is stored about portable devices, and about papers and devices taken off the premises."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from dpdesk.assurance import states
from dpdesk.assurance.pick_lists import pick
from dpdesk.law.words import long_date
from dpdesk.registers.fields import (
    Register,
    Values,
    choice,
    choices,
    date,
    link,
    links,
    long_text,
    number,
    text,
    yes_no,
)
from dpdesk.registers.record import Part, Record


def holds_personal(values: Values) -> bool:
    """Is there personal data on it? Unsaid counts as yes."""
    return values.get("personal") != "no"


class Device(Record):
    """A portable device on which there is personal data."""

    register = Register(
        "devices",
        title="Devices",
        entry="device",
        prefix="DV",
        icon="mdi6.laptop",
        purpose="Laptops, tablets, telephones, sticks and cameras on which there is personal "
        "data: who has "
        "each, and whether a finder could read it.",
        first_step="Add a device",
        title_label="Device",
        order="title",
        area="assurance",
        help_page="devices",
        states=states.DEVICE_STATES,
        chips=states.DEVICE_CHIPS,
    )

    name = text(
        "What is it called?",
        heading="Device",
        required=True,
        example="Laptop 14",
        help="As on its label.",
        source="Policy 15.2.9",
    )
    kind = choice("What is it?", pick("device_kinds"), heading="Kind", required=True, listed=True)
    number_on_it = text(
        "Serial or inventory number",
        heading="Number",
        help="The police will ask for it if it is stolen.",
    )
    person = link("Who has it?", "people", heading="Who has it", listed=True)
    holder = text("Who has it, if not on record as staff", heading="Holder", person=True)
    personal = yes_no("Is there personal data on it?", heading="Personal data", wanted=True)
    encrypted = yes_no(
        "Is it encrypted?",
        heading="Encrypted",
        wanted=True,
        listed=True,
        when=holds_personal,
        source="Policy 11.2(e) and 15.2.8",
    )
    password = yes_no(
        "Does it ask for a password or PIN?",
        heading="Password",
        wanted=True,
        when=holds_personal,
        source="Policy 15.2.9",
    )
    wiped = yes_no("Can it be wiped remotely?", heading="Remote wipe", when=holds_personal)
    assets = links("Which assets are on it?", "assets", heading="Assets", when=holds_personal)
    given_on = date("Given out on", past=True)
    months = number("How many months between checks?", heading="Check (months)", least=1, most=60)
    returned_on = date("Returned on", past=True)
    cleared = yes_no(
        "Was it wiped before anybody else got it?",
        heading="Wiped",
        when=lambda v: v.get("returned_on") is not None,
        wanted=True,
        source="Policy 4.6(f)",
    )
    lost_on = date(
        "Lost or stolen on",
        past=True,
        help="Then report a breach: a written report within 24 hours.",
        source="Policy 16.4",
    )
    breach = text(
        "Reference of the breach",
        heading="Breach",
        when=lambda v: v.get("lost_on") is not None,
        wanted=True,
        example="BR-2026-004",
    )
    notes = long_text("Notes")


def known_of_loss(values: Values, holder: str, kind: str) -> dict[str, Any]:
    """What is known of a device that is lost, as the breach log asks for it.

    ``holder`` is the name of who had it, ``kind`` what it is, in words.
    """
    name, number = str(values.get("name") or ""), values.get("number_on_it")
    lost: dt.date | None = values.get("lost_on")
    said = {"yes": "all", "no": "none"}
    protected = [
        f"{question} {'yes' if values[answer] == 'yes' else 'no'}."
        for answer, question in _PROTECTION.items()
        if values.get(answer) in said
    ]
    found = {
        "summary": f"{name} lost or stolen",
        "occurred_words": long_date(lost) if lost is not None else None,
        "what": " ".join([f"{name} is missing.", *protected]),
        "incident_type": "device_lost",
        "equipment": "yes",
        "equipment_what": f"{name} ({kind.lower()}{f', number {number}' if number else ''})",
        "equipment_by": holder,
        "encrypted": said.get(str(values.get("encrypted")), "unknown"),
        "asset_links": values.get("assets"),
    }
    return {question: answer for question, answer in found.items() if answer}


_PROTECTION: Final = {
    "encrypted": "Encrypted:",
    "password": "Asks for a password or PIN:",
    "wiped": "Can be wiped remotely:",
}


class DeviceCheck(Part):
    """A device, looked at."""

    register = Register(
        "device_checks",
        title="Checks",
        entry="check",
        parent="devices",
        icon="mdi6.clipboard-check-outline",
        purpose="Each time that somebody saw this device and checked how it is protected.",
        first_step="Record a check",
        order="-day",
        help_page="devices",
    )

    day = date("When?", required=True, past=True, listed=True, source="Policy 15.2.9")
    by = text("Who looked?", heading="By", person=True, listed=True, wanted=True)
    there = yes_no("Was it there?", heading="There", listed=True, wanted=True)
    note = text("Note", listed=True)


class TakenOut(Record):
    """Papers or a device taken off the premises."""

    register = Register(
        "taken_out",
        title="Taken off the premises",
        entry="item",
        prefix="TK",
        icon="mdi6.briefcase-outline",
        purpose="Files and devices that somebody takes home, to a meeting or on a trip: how "
        "they are "
        "secured, and when they are back.",
        first_step="Record what is taken out",
        title_label="What",
        order="-reference",
        area="assurance",
        help_page="devices",
        states=states.TAKEN_STATES,
        chips=states.TAKEN_CHIPS,
    )

    name = text(
        "What is taken?",
        heading="What",
        required=True,
        example="Medical forms for the museum trip",
        source="Policy 15.2.5",
    )
    device = link("Which device?", "devices", heading="Device")
    assets = links("From which assets?", "assets", heading="Assets")
    person = link("By whom?", "people", heading="By", listed=True)
    holder = text("By whom, if not on record", heading="Holder", person=True)
    why = text("Where to, and what for?", heading="Where to", wanted=True, listed=True)
    secured = choices(
        "How is it secured?",
        pick("secured"),
        heading="Secured",
        wanted=True,
        source="Policy 11.2(e) and 15.2.5",
    )
    out_on = date("Taken on", required=True, listed=True)
    back_by = date("Back by", wanted=True, listed=True)
    back_on = date("Back on", past=True, listed=True)
    notes = long_text("Notes")
