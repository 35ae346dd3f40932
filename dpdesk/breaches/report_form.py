"""How each question of the regulator's form is answered out of a case, by the number it has there.

An empty answer means that it is not known. Posts, groups and bodies are named, persons never.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from dpdesk.breaches.conditions import is_cyber
from dpdesk.breaches.records import Breach
from dpdesk.breaches.report_case import CONCERNED, NOT_KNOWN, Case, Values
from dpdesk.law import breach_lists
from dpdesk.law.pick_lists import choice
from dpdesk.law.words import listed, long_date, long_moment, number_word, short_moment
from dpdesk.registers.wording import show


def _words(name: str) -> Callable[[Case], str]:
    """The answer to a field of the log, as it stands there."""

    def answer(case: Case) -> str:
        return show(Breach.register.field(name), case.values.get(name))

    return answer


_FORM_WORDS: Final = {"yes": "Yes", "no": "No", "unknown": "Don’t know"}


def _yes_no(name: str, unknown: str = "Don’t know") -> Callable[[Case], str]:
    words = _FORM_WORDS | {"unknown": unknown}
    return lambda case: words.get(case.values.get(name) or "", "")


def _label(name: str, code: Any) -> str:
    return choice(name, code, "breaches").label if code else ""


def _labels(name: str, codes: Iterable[str] | None) -> str:
    return "\n".join(_label(name, code) for code in codes or ())


def _reason(case: Case) -> str:
    said = case.values.get("report_reason")
    return _label("report_reasons", said)


def _new(case: Case) -> str:
    return str(case.values.get("whats_new") or "")


def _cyber(case: Case) -> str:
    said = case.values.get("cyber")
    if said is None and case.values.get("incident_type"):
        return "Yes" if is_cyber(case.values) else "No"
    return _FORM_WORDS.get(said or "", "")


_ONGOING: Final = {
    "yes": "It is still going on.",
    "no": "It has stopped.",
    "unknown": "Whether it is still going on is not yet known.",
}


def _happened(case: Case) -> str:
    values = case.values
    text = str(values.get("what") or values.get("summary") or "")
    parts = [text, str(values.get("affected") or "")]
    if values.get("at_processor") == "yes":
        told = values.get("processor_told")
        when = f" It told us on {long_moment(told)}." if told else ""
        called = values.get("processor")
        parts.append(f"It happened at our supplier{f' {called}' if called else ''}.{when}")
    parts.append(_ONGOING.get(values.get("ongoing") or "", ""))
    return "\n".join(part for part in parts if part)


def _occurred(case: Case) -> str:
    moment, words = case.values.get("occurred"), case.values.get("occurred_words")
    return "\n".join(t for t in (long_moment(moment) if moment else "", words or "") if t)


def _kinds(case: Case) -> str:
    terms, codes = breach_lists.data_terms(), case.values.get("data_kinds") or ()
    details = (*breach_lists.own_words(terms, codes), case.values.get("data_other") or "")
    ticked = _ticked(breach_lists.for_regulator(terms, codes), "data_categories", details)
    # The form’s words are wider, and not always right: special needs are not all “Health data”.
    finer = "; ".join(breach_lists.finer_words(terms, codes))
    return f"{ticked}\nIn the school’s words: {finer}" if finer else ticked


def _concerned(case: Case) -> str:
    terms, codes = breach_lists.people_terms(), case.values.get("people_kinds") or ()
    details = (*breach_lists.own_words(terms, codes), case.values.get("people_other") or "")
    return _ticked(breach_lists.for_regulator(terms, codes), "people_categories", details)


def _ticked(codes: tuple[str, ...], name: str, details: tuple[str, ...]) -> str:
    own = "; ".join(dict.fromkeys(t for t in details if t and not t.startswith("Other (")))
    shown = []
    for code in codes:
        if code == "other":
            continue
        shown.append(_label(name, code))
    if "other" in codes or own:
        shown.append(f"Other: {own}" if own else "Other")
    return "\n".join(shown)


def _number(name: str) -> Callable[[Case], str]:
    def answer(case: Case) -> str:
        certainty, number = case.values.get(f"{name}_certainty"), case.values.get(name)
        if certainty == "unknown" or number is None:
            return NOT_KNOWN
        return f"About {number:,}" if certainty == "about" else f"{number:,}"

    return answer


def _most(case: Case) -> str:
    most = case.values.get("people_most")
    return "" if most is None else f"{most:,}"


def _consequences(case: Case) -> str:
    harms = _labels("harms", case.values.get("harms")).replace("\n", "; ")
    text = "\n".join(t for t in (harms, str(case.values.get("consequences") or "")) if t)
    # What bears on the consequences, but is no answer by itself.
    return "\n".join(t for t in (text, _encrypted(case.values)) if t) if text else ""


def _encrypted(values: Values) -> str:
    said = {
        "all": "All of the data was encrypted",
        "part": "Some of the data was encrypted",
        "none": "The data was not encrypted",
    }.get(values.get("encrypted") or "")
    if said is None:
        return ""
    key = {
        "yes": "; the key or password is safe",
        "no": "; the key or password is not safe",
        "unknown": "; whether the key or password is safe is not yet known",
    }.get(values.get("key_safe") or "", "")
    return f"{said}{'' if values.get('encrypted') == 'none' else key}."


def _high_risk(case: Case) -> str:
    """As the assessment answers it; the decision whether to tell people says nothing of it.

    Never "no" by implication: somebody must have said that a high risk is not likely, here or as
    the reason why people are not told.
    """
    said = case.values.get("high_risk")
    if said is None and case.values.get("telling") == "not":
        said = "no" if "no_high_risk" in (case.values.get("not_telling") or ()) else None
    return {"yes": "Yes", "no": "No"}.get(said or "", NOT_KNOWN)


def _trained(case: Case) -> str:
    if not case.staff:
        said = case.trained(case.values.get("trained"), case.values.get("trained_on"))
        return _FORM_WORDS.get(said or "", "")
    each = [case.trained(one.get("trained"), one.get("trained_on")) for one in case.staff]
    if all(said is None for said in each):
        return ""
    yes, no = each.count("yes"), each.count("no")
    whole = "Yes" if yes == len(each) else "No" if no else "Don’t know"
    if len(each) == 1:
        return whole
    open_ = len(each) - yes - no
    counted = [(yes, "had"), (no, "had not"), (open_, "not known")]
    words = listed([f"{number_word(number)} {said}" for number, said in counted if number])
    return f"{whole}\nOf {number_word(len(each))} members of staff: {words}."


def _trained_on(case: Case) -> str:
    if not case.staff:
        return _last_training(case.values)
    lines = [(str(one["post"]), _last_training(one)) for one in case.staff]
    if not any(words for _, words in lines):
        return ""
    return "\n".join(f"{post}: {words or NOT_KNOWN.lower()}" for post, words in lines)


def _last_training(values: Values) -> str:
    day = values.get("trained_on")
    if day is None and values.get("trained") == "no":
        return "no training is recorded"
    return long_date(day) if day else ""


def _delay(case: Case) -> str:
    if not case.late():
        which = "first report was" if case.reported else "report is"
        return f"The {which} made within 72 hours."
    return str(case.values.get("delay_why") or "")


def _taken(case: Case) -> str:
    values = case.values
    steps = [f"{step}." for step in breach_lists.steps_done(values.get("first_steps") or ())]
    contained = values.get("contained")
    parts = [
        str(values.get("remedy") or ""),
        *steps,
        f"Contained on {long_moment(contained)}." if contained else "",
        str(values.get("recovery") or ""),
    ]
    if values.get("recovered") in {"unread", "trusted", "part"} or any(parts):
        parts.append(_recovered(values))
    text = "\n".join(part for part in parts if part)
    return f"Yes.\n{text}" if text else ""


def _recovered(values: Values) -> str:
    label = _label("recoveries", values.get("recovered"))
    return f"Has the data been recovered? {label}." if label else ""


def _prevention(case: Case) -> str:
    values, by = case.values, case.values.get("prevention_by")
    lines = [str(values.get("prevention") or "")]
    if by and lines[0]:
        lines.append(f"Complete by {long_date(by)}.")
    for action in case.actions:
        if action.get("done"):
            lines.append(f"{action['what']}: done on {long_date(action['done'])}")
        elif action.get("by"):
            lines.append(f"{action['what']}: by {long_date(action['by'])}")
        else:
            lines.append(str(action["what"]))
    return "\n".join(line for line in lines if line)


def _telling(case: Case) -> str:
    values = case.values
    lines = [_told(told, case) for told in case.told if told["whom"] in CONCERNED]
    if any(t["whom"] in CONCERNED and t.get("told_at") for t in case.told):
        # Whom the log says to have been told was told, though the answer may lag behind.
        said = values.get("telling")
        first = _label("telling", said if said in {"told", "other"} else "told")
        lines = [first, str(values.get("telling_other") or ""), *lines]
    else:
        answer = [_label("telling", values.get("telling")), str(values.get("telling_other") or "")]
        if values.get("telling") == "not":
            answer.append(_labels("not_telling", values.get("not_telling")))
        lines = [*answer, *lines]
    return "\n".join(line for line in lines if line)


def _others(case: Case) -> str:
    """Organisations only: the people concerned and their parents are asked for before."""
    lines = [_told(told, case) for told in case.told if told["whom"] not in CONCERNED]
    said = "Yes" if lines else _FORM_WORDS.get(case.values.get("tell_others") or "", "")
    return "\n".join(line for line in (said, *lines) if line)


def _told(told: Values, case: Case) -> str:
    """Whom, when and how; never a name of a person, which a group or firm is not."""
    body = case.bodies.get(told["whom"])
    words = body.name if body is not None else _label("others", told["whom"])
    if told.get("name"):
        words += f" ({told['name']})"
    moment = told.get("told_at")
    words += f", told {short_moment(moment)}" if moment else ", to be told"
    if told.get("how"):
        words += f" ({_label('told_by', told['how']).lower()})"
    if told.get("number_told"):
        words += f", {told['number_told']:,} people"
    if told.get("their_reference"):
        words += f", reference {told['their_reference']}"
    return words


def _code(case: Case) -> str:
    said = _FORM_WORDS.get(case.values.get("code_member") or "", "")
    return "\n".join(t for t in (said, str(case.values.get("code_words") or "")) if t)


def _school(case: Case) -> str:
    return case.school.name


def _person(case: Case) -> str:
    school = case.school
    post = school.dpo_post or "Data Protection Officer"
    lines = (school.dpo_name, post, school.dpo_email, school.dpo_telephone, school.dpo_address)
    return "\n".join(line for line in lines if line)


def _lead(case: Case) -> str:
    return "The same person as above"


def _sending(case: Case) -> str:
    """Telephone or online form, as the regulator's page says; e-mail and post are less sure."""
    school = case.school
    called = school.regulator_short
    phone = f"By telephone: {school.regulator_telephone}, {school.regulator_hours}."
    form = f"With the online form: {school.regulator_report_page}. It cannot be saved part-way."
    ways = [phone, form]
    if _cyber(case) == "Yes":
        asked = f"The {called} asks for the online form where the incident is a cyber incident."
        ways = [asked, form, f"If your systems do not work: {phone[0].lower()}{phone[1:]}"]
    if case.follow_up:
        return f"Reply to the {called}’s e-mail and keep its subject line.\n{phone}"
    subject = breach_lists.setting("report_subject")
    email, post = school.regulator_report_email, ", ".join(school.regulator_address.splitlines())
    if email:
        ways.append(f"By e-mail: {email}, subject “{subject}” (check with your adviser first).")
    if post:
        ways.append(f"By post: {post} (check the address before posting).")
    return "\n".join(ways)


ANSWERS: Final[Mapping[str, Callable[[Case], str]]] = {
    "0": _words("ico_staff"),
    "1": lambda case: _label("report_kinds", "follow_up" if case.follow_up else "initial"),
    "2": lambda case: case.case_reference,
    "2a": _reason,
    "2b": _words("size"),
    "2c": _yes_no("first_contact", unknown="Unknown"),
    "2d": _new,
    "3": _happened,
    "4": _cyber,
    "5": _words("found_how"),
    "6": lambda case: long_moment(case.values["aware"]),
    "7": _occurred,
    "8": _kinds,
    "9": _number("records"),
    "10": _number("people"),
    "10a": _most,
    "11": _concerned,
    "12": _consequences,
    "13": _words("likelihood"),
    "13a": _high_risk,
    "14": _yes_no("cyber_affected"),
    "15": lambda case: _labels("cyber_parts", case.values.get("cyber_parts")),
    "16": _words("cyber_impact"),
    "17": _words("cyber_recovery"),
    "18": _trained,
    "18a": _trained_on,
    "19": _words("measures"),
    "19a": _words("training"),
    "20": _delay,
    "21": _taken,
    "22": _prevention,
    "23": _telling,
    "24": _others,
    "25": _code,
    "26": _school,
    "27": lambda case: case.school.ico_number,
    "28": lambda case: str(breach_lists.setting("sector")),
    "29": lambda case: case.school.address,
    "30": _person,
    "31": _lead,
    "32": _sending,
}
