"""What is stored about the school: one entry of particulars, and its special days and terms."""

from __future__ import annotations

from dpdesk.law.pick_lists import regulator
from dpdesk.law.retention_periods import year_end_words
from dpdesk.registers.fields import (
    Choice,
    Register,
    Section,
    choice,
    date,
    long_text,
    number,
    text,
)
from dpdesk.registers.record import Part, Record

REGULATOR = regulator()


YEAR_ENDS = tuple(Choice(str(month), year_end_words(month)) for month in range(1, 13))
AUGUST = "8"

DAY_KINDS = (
    Choice("bank_holiday", "Extra bank holiday", note="Moves any deadline that would fall on it."),
    Choice(
        "working", "Not a bank holiday after all", note="A holiday that was moved or cancelled."
    ),
    Choice(
        "half_term",
        "Half-term or other holiday within a term",
        note="Not school days, but working days.",
    ),
    Choice("inset", "Staff training day", note="Not a school day, but a working day."),
    Choice("closure", "School closed", note="Not a school day, but a working day."),
)


class School(Record):
    """The school's particulars. There is one entry, made with the workspace."""

    register = Register(
        "school",
        title="School",
        entry="settings page",
        icon="mdi6.school-outline",
        single=True,
        help_page="settings",
        sections=(
            Section("school", "The school", "Printed at the head of letters and papers."),
            Section(
                "dpo",
                "Data protection officer",
                ("The person the public and the ICO can contact."),
            ),
            Section(
                "regulator",
                "The ICO",
                "Printed in letters that explain how to complain, and in how to report a breach.",
            ),
            Section("desk", "This program"),
        ),
    )

    name = text("Name of the school", section="school", required=True)
    address = long_text("Address", section="school", wanted=True)
    telephone = text("Telephone", section="school")
    email = text("E-mail", section="school", wanted=True)
    website = text("Website", section="school")
    head = text("Head teacher", section="school")
    proprietor = text(
        "Proprietor",
        section="school",
        help=("The controller in law: whoever is legally responsible for the data."),
    )
    ico_number = text(
        "ICO registration number",
        section="school",
        wanted=True,
        help="On your data protection fee certificate, renewed every year.",
        source="Data Protection (Charges and Information) Regulations 2018; policy 8.2",
        example="Z1234567",
    )
    school_year_ends = choice(
        "The school year ends on",
        YEAR_ENDS,
        section="school",
        default=lambda: AUGUST,
        help="Retention periods that run from the end of a school year start from this date.",
        source="Policy 14",
    )
    financial_year_ends = choice(
        "The financial year ends on",
        YEAR_ENDS,
        section="school",
        default=lambda: AUGUST,
        help="As in the accounts. Retention periods for financial records start from this date.",
        source="Policy 14",
    )
    dpo_name = text("Name", section="dpo", required=True, source="policy 6.1")
    dpo_post = text("Post", section="dpo", example="Data Protection Officer")
    dpo_email = text("E-mail", section="dpo", wanted=True)
    dpo_telephone = text("Telephone", section="dpo")
    dpo_address = long_text("Address, if not the school’s", section="dpo")
    how_to_complain = long_text(
        "How can people complain to the school about data protection?",
        section="dpo",
        help="As letters say it: “Please tell us first, in whatever way suits you: …”. If empty, "
        "they give the officer’s name, e-mail and telephone.",
        example="with the form at elmfield.example/complaints, or to Dana Pryce, 01632 960 100",
        source="DPA 2018 s.164A(2), in force 19 June 2026: for example a form",
    )
    regulator_name = text(
        "Name",
        section="regulator",
        default=lambda: REGULATOR.name,
        source=REGULATOR.standing("name"),
        help="The Information Commission may replace the ICO; change the name here when it does.",
    )
    regulator_address = long_text(
        "Address",
        section="regulator",
        default=lambda: "\n".join(REGULATOR.address),
        help="Check it before you post anything: the ICO was to move in autumn 2026.",
        source=REGULATOR.standing("address"),
    )
    regulator_checked = date(
        "Address last checked on",
        section="regulator",
        past=True,
        help="Until you have checked it, letters that print the address remind you.",
    )
    regulator_telephone = text(
        "Helpline",
        section="regulator",
        default=lambda: REGULATOR.helpline,
        source=REGULATOR.standing("helpline"),
    )
    regulator_hours = text(
        "Helpline hours",
        section="regulator",
        default=lambda: REGULATOR.helpline_hours,
        source=REGULATOR.standing("helpline"),
    )
    regulator_website = text(
        "Web page for complaints",
        section="regulator",
        default=lambda: REGULATOR.complaints_page,
        source=REGULATOR.standing("complaints_page"),
    )
    regulator_report_page = text(
        "Web page to report a breach",
        section="regulator",
        default=lambda: REGULATOR.breach_page,
        help="Leads to the online form, where cyber incidents are reported.",
        source=REGULATOR.standing("breach_page"),
    )
    regulator_report_email = text(
        "E-mail for breach reports",
        section="regulator",
        default=lambda: REGULATOR.breach_email,
        source=REGULATOR.standing("breach_email"),
    )
    idle_minutes = number(
        "Lock after how many minutes without activity?",
        section="desk",
        least=1,
        most=240,
        default=lambda: 10,
        help="Anything you were typing is kept; the window asks for the passphrase.",
    )
    backup_folder = text(
        "Folder for automatic backups",
        section="desk",
        help="Best on another disk. If empty, the folder “backups” inside the workspace.",
        searched=False,
    )
    backup_hours = number(
        "Hours between automatic backups while the program is open",
        section="desk",
        least=1,
        most=168,
        default=lambda: 24,
        help="There is also a backup on closing, if anything has changed.",
    )


class SpecialDay(Part):
    """A day that is not what the calendar of England says it is."""

    register = Register(
        "special_days",
        title="Special days",
        entry="special day",
        parent="school",
        icon="mdi6.calendar-star",
        purpose=(
            "Extra or moved bank holidays, half-terms, and days on which the school is closed."
        ),
        first_step="Add a day",
        order="day",
    )

    day = date("Day, or the first of several", heading="Day", required=True, listed=True)
    last = date("Last day, if there are several", heading="Last day", listed=True)
    kind = choice("What is it?", DAY_KINDS, required=True, listed=True)
    name = text("Name", listed=True, example="Coronation")


class Term(Part):
    """A term, for periods that are counted in school days."""

    register = Register(
        "terms",
        title="Terms",
        entry="term",
        parent="school",
        icon="mdi6.calendar-range",
        purpose=(
            "First and last days of terms, so that school days can be counted. Enter the halves of "
            "a term one by one, or the half-term holiday as special days."
        ),
        first_step="Add a term",
        order="first",
    )

    name = text("Name", listed=True, example="Autumn 2026, first half")
    first = date("First day with pupils", required=True, listed=True)
    last = date("Last day with pupils", required=True, listed=True)
    note = long_text("Note")
