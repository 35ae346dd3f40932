"""What the cells of a school system's list say of one person: names, days, years, yes and no."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from dpdesk.law.dates import read_date
from dpdesk.law.identifiers import upn_fault, upn_meant
from dpdesk.law.words import short_date
from dpdesk.people import rules
from dpdesk.people.pick_lists import RELATIONSHIPS, YEARS
from dpdesk.registers.same_person import is_beside

_YES: Final = frozenset(
    {"t", "true", "yes", "y", "1", "x", "√", "✓", "✔", "☑", "✅", "ticked", "on", "p"}
)
_NO: Final = frozenset(
    {"f", "false", "no", "n", "0", "", "-", "–", "off", "unticked", "✗", "✘", "×", "☐", "❌"}
)
_FLAGS: Final = ("looked_after", "court_order", "address_kept")
DETAILS: Final = ("email", "telephone", "address")
_SEVERAL: Final = frozenset({"other_names", "address_part", "email", "telephone"})
"""Questions to which several columns of a list may each have a part of the answer."""
_WAYS: Final = re.compile(r"[;,\n/|]|\bor\b")
"""What stands between several telephone numbers or e-mail addresses of somebody."""
_OWN: Final = (
    "surname", "forename", "middle_names", "known_as", "born", "year_group", "form", "house", "upn",
    "admission_number", "post", "started_on", "left_on", *DETAILS,
)  # fmt: skip
_NO_RELATION: Final = ("partner", "friend", "in law", "in-law", "god", "minder", "great")
"""Words beside which "mother" is none: a godmother, the father's partner."""
_RELATIONS: Final = (
    ("step_parent", ("step",)),
    ("foster_carer", ("foster",)),
    ("grandparent", ("grand", "nana", "granny")),
    ("social_worker", ("social worker", "socialworker")),
    ("mother", ("mother", "mum", "mam", "mummy")),
    ("father", ("father", "dad")),
    ("sibling", ("brother", "sister", "sibling")),
    ("guardian", ("guardian", "carer")),
)
"""What an adult is, by what is in the words of the list; the first that fits counts."""
_NAMES: Final = frozenset({"surname", "forename", "middle_names", "known_as"})
_WAS: Final = re.compile(
    r"[(\[]\s{0,9}(?:was|formerly|née|nee|born|previously|ex)\b[-.:]?([^()\[\]]{1,200})[)\]]",
    re.IGNORECASE,
)
"""A former surname behind that of now: "Ward (was Hill)"."""
_BESIDE_NAME: Final = re.compile(r"[(\[\"“]([^()\[\]\"“”]*)[)\]\"”]")
_TWO: Final = re.compile(r"[&+/]|\band\b", re.IGNORECASE)
_PARTICLES: Final = frozenset(
    {"van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ter",
     "ten", "el", "al", "bin", "binti", "ibn", "af", "av", "zu"}
)  # fmt: skip
_TWO_SMALL: Final = 2
"""One small word with a capital may be a first name: "Van Minh", "Ben Ali"; two are none."""
_NUMBERS: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4}|\d{2})(?: 00:00(?::00)?)?")
_MONTHS: Final = 12
_SMALL_MAC: Final = re.compile(r"\bMa?c(?=[A-Z]{2})")
"""Small letters of a name that is in capitals: McDONALD, MacLEOD."""
_SERIAL: Final = re.compile(r"[1-7]\d{4}(?:\.\d+)?")
_SHORTENED: Final = re.compile(r"[\d.,]{1,9}E\+?\d\d", re.IGNORECASE)
"""A long number of which a spreadsheet wrote the first digits only: 8.012E+11."""
_RUN_TOGETHER: Final = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)")
"""A day written 20150302."""
_SHORT_YEAR: Final = re.compile(
    r"\d{1,2}(?:[/.-]\d{1,2}[/.-]|(?:st|nd|rd|th)?[ .,/-]*[a-z]+[ .,/-]*)'?(\d\d)", re.IGNORECASE
)
_NO_NAME: Final = frozenset({"", "-", "–", "n/a"})
_NOTHING: Final = frozenset(
    {"", "n/a", "na", "-", "–", "none", "nil", "unknown", "not known", "tbc"}
)
"""Words of a cell that has no answer, where the answer would be no word."""
_YEAR_WITHIN: Final = re.compile(r"\b(?:year|yr)\s*0?(1[0-3]|[1-9])\b", re.IGNORECASE)
"""A year group among other words: "KS2 Year 5", "Year 12 (Lower Sixth)"."""
_SERIALS_FROM: Final = dt.date(1899, 12, 30)
"""The day from which spreadsheets count: a date that lost its form is a number of days."""


def answers(
    cells: Mapping[str, Any], number: int, today: dt.date
) -> tuple[dict[str, Any], list[str]]:
    """The answers of one person, and a sentence for each cell that could not be read.

    ``number`` is the row's, for the sentences.
    """
    values: dict[str, Any] = {}
    doubts: list[str] = []
    if is_parted(cells):
        values.update(whole_name(word(cells["name"])))
    for name in _OWN:
        cell = cells.get(name)
        if name == "address" and not word(cell):
            cell = cells.get("address_part")
        elif name == "admission_number" and not word(cell):
            cell = cells.get("system_number")
        if cell is None or _is_nothing(name, cell):
            continue
        try:
            values[name] = _value(name, cell, today)
        except ValueError as error:
            doubts.append(f"Row {number}: {error}")
    values = {name: value for name, value in values.items() if value not in {None, ""}}
    others = _other_names(cells, values)
    _names_plain(values)
    if others:
        values["other_names"] = "\n".join(others)
    if values.get("known_as") == values.get("forename"):
        values.pop("known_as", None)
    for name, fault in rules.problems({"kind": "pupil", **values}, today).items():
        del values[name]
        doubts.append(f"Row {number}: {fault} It is left out.")
    for name in _FLAGS:
        if name in cells and yes_no(cells[name]) == "yes":
            values[name] = "yes"
    return values, doubts


def _other_names(cells: Mapping[str, Any], values: dict[str, Any]) -> list[str]:
    """The other surnames of a list. One that is the surname says how a shouted one is written."""
    if was := _WAS.search(str(values.get("surname", ""))):
        values["surname"] = _WAS.sub("", values["surname"]).strip()
        cells = {**cells, "other_names": f"{cells.get('other_names') or ''}\n{was[1].strip()}"}
    surname = str(values.get("surname", ""))
    others = [word(line) for line in str(cells.get("other_names") or "").splitlines()]
    for name in others:
        if name.casefold() == surname.casefold() and is_shouted(surname):
            values["surname"] = name
    return [n for n in dict.fromkeys(others) if n and n.casefold() != surname.casefold()]


def _is_nothing(name: str, cell: Any) -> bool:
    """Does a cell have no answer? Na and Nil may be names, where nothing else would be."""
    return word(cell).casefold() in (_NO_NAME if name in _NAMES else _NOTHING)


def is_parted(cells: Mapping[str, Any]) -> bool:
    """Do the cells hold a whole name only, of which the surname must be guessed?"""
    return bool(cells.get("name")) and not cells.get("surname")


def _value(name: str, cell: Any, today: dt.date) -> Any:
    if name in {"born", "started_on", "left_on"}:
        return _birth(cell, today) if name == "born" else read_day(cell, today)
    said = word(cell)
    if name in {"surname", "forename"}:
        return said.strip(" ,;")
    if name == "year_group":
        return year_code(said)
    if name == "form" and re.search(r"[,;]", said):
        return None  # the sets somebody goes to, and no class of theirs
    if name == "upn":
        if _SHORTENED.fullmatch(said):
            raise ValueError(
                f"A spreadsheet has shortened this UPN to {said}. It is left out; export the list "
                "again, and do not save it in the spreadsheet."
            )
        plain = upn_meant(re.sub(r"\.0$", "", said))
        if fault := upn_fault(plain):
            raise ValueError(f"{fault} It is left out.")
        return plain
    if name in {"telephone", "email"}:
        found: dict[str, str] = {}
        for part in map(word, re.split(r"[;\r\n]", str(cell))):
            if reached(part) and not _is_nothing(name, part):
                found.setdefault(reached(part), _number(part))
        return "; ".join(found.values())
    if name == "address":
        parts = (word(part) for part in re.split(r"[,\r\n]+", str(cell)))
        return "\n".join(filter(None, parts))
    return said


def _number(said: str) -> str:
    """A telephone number with the nought in front that a spreadsheet takes from it."""
    return f"0{said}" if said.isdecimal() and len(said) == 10 and said[0] in "127" else said


def beside(what: str, before: Any, cell: Any) -> Any:
    """The answer of a second column to the same question, beside that of the first."""
    return f"{word_lines(before)}\n{word(cell)}" if what in _SEVERAL and word(cell) else before


def word_lines(cell: Any) -> str:
    """A cell as text, its lines kept."""
    return "\n".join(filter(None, (word(line) for line in str(cell).splitlines())))


def reached(detail: Any) -> str:
    """A telephone number, e-mail address or address without what makes no difference."""
    return _reached(str(detail))


@lru_cache(maxsize=16384)
def _reached(detail: str) -> str:
    plain = "".join([sign for sign in detail.casefold() if sign.isalnum() or sign == "@"])
    return re.sub(r"^(0044|44|0)(?=\d{9,10}$)", "", plain)


def ways(name: str, detail: Any) -> frozenset[str]:
    """Each number or address of an answer that may hold several, in a form to compare."""
    parts = [str(detail)] if name == "address" else _WAYS.split(str(detail or ""))
    return frozenset(filter(None, map(reached, parts)))


def joined(name: str, before: Any, more: Any) -> Any:
    """An answer from another row beside the first: a new number or e-mail address goes behind."""
    if name not in {"telephone", "email"}:
        return before
    known = ways(name, before)
    new = [way.strip() for way in _WAYS.split(str(more)) if reached(way) not in known | {""}]
    return "; ".join([str(before), *new])


def read_day(cell: Any, today: dt.date) -> dt.date:
    """A day as a cell has it, also one that lost its form. Raises ValueError with a sentence."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if _SERIAL.fullmatch(str(cell).strip()):
        return _SERIALS_FROM + dt.timedelta(int(float(str(cell))))
    if found := _RUN_TOGETHER.fullmatch(str(cell).strip()):
        cell = "-".join(found.groups())
    return read_date(str(cell), today)


def _birth(cell: Any, today: dt.date) -> dt.date:
    """A date of birth: the century of two digits is the one that is over, and tomorrow is none."""
    short = _SHORT_YEAR.fullmatch(str(cell).strip()) if isinstance(cell, str) else None
    if short is not None:
        year = today.year - (today.year - int(short[1])) % 100
        cell = f"{cell.strip()[:-2].rstrip(chr(39))}{year}"
    found = read_day(cell, today)
    if found > today:
        raise ValueError(f"Nobody here was born on {short_date(found)}. The date is left out.")
    return found


def month_before_day(cells: Iterable[Any]) -> bool | None:
    """Are the days of a column written 02/28/2015? None where some are, and others 28/02/2015.

    One that can only be so says how the others are meant: 03/04/2015 is then the fourth of March.
    """
    found = [_NUMBERS.fullmatch(word(cell)) for cell in cells if isinstance(cell, str)]
    parts = [(int(each[1]), int(each[3])) for each in found if each]
    month_first = any(a <= _MONTHS < b for a, b in parts)
    day_first = any(b <= _MONTHS < a for a, b in parts)
    return None if month_first and day_first else month_first


def day_before_month(cell: Any) -> Any:
    """A cell 02/28/2015 as it is written in England."""
    found = _NUMBERS.fullmatch(word(cell)) if isinstance(cell, str) else None
    return cell if found is None else f"{found[3]}{found[2]}{found[1]}{found[2]}{found[4]}"


@lru_cache(maxsize=256)
def year_code(said: str) -> str | None:
    """The year group that a cell names: "Year 7", "Y7", "7" and "Yr 07" are one."""
    if re.fullmatch(r"-\s*[12]", said.strip()):
        return "N"  # some systems count backwards from Reception, which is 0
    plain = re.sub(r"[^a-z0-9]", "", re.sub(r"\.0$", "", said.casefold()))
    plain = re.sub(
        r"^(?:nationalcurriculum|curriculum|nc)?(?:year|yr|y)?(?:group)?0*(?=.)", "", plain
    )
    for year in YEARS:
        named = {year.code, year.label, *year.also}
        if plain in {re.sub(r"[^a-z0-9]", "", each.casefold()) for each in named}:
            return year.code
    named_within = set(_YEAR_WITHIN.findall(said))
    return named_within.pop() if len(named_within) == 1 else None


def year_of_class(form: str) -> str:
    """The year group with which a class or a set begins, as in 7A, 10En1 or RB; empty for none."""
    found = re.match(r"(?:year|yr|y)?\s*(1[0-3]|[1-9]|R(?=[A-Z0-9]))(?!\d)", form, re.IGNORECASE)
    return found[1].upper() if found else ""


def yes_no(cell: Any) -> str | None:
    """Yes, no, or nothing where the cell says neither: "Yes (since 2019)" is a yes."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    said = word(cell).casefold()
    if said not in _YES | _NO:
        said = next(iter(re.findall(r"^(?:yes|no)\b(?! *t)|^[yn](?= *[-–(:,])", said)), said)
    return "yes" if said in _YES else "no" if said in _NO else None


def relationship(cell: Any) -> str | None:
    """What an adult is to a pupil, by its code; "other" for a word that is not known."""
    said = word(cell).casefold()
    return _relation(said) if said else None


@lru_cache(maxsize=256)
def _relation(said: str) -> str:
    if any(sign in said for sign in _NO_RELATION):
        return "other"
    for code, signs in _RELATIONS:
        if any(sign in said for sign in signs):
            return code
    plain = re.sub(r"[^a-z]", "", said)
    for each in RELATIONSHIPS:
        if plain == re.sub(r"[^a-z]", "", each.label.casefold()):
            return each.code
    return "other"


def whole_name(name: str) -> dict[str, str]:
    """A whole name in a cell: "Ward, Thomas (Tom)", "Thomas Ward" or "Mr Thomas van Ward"."""
    beside = _BESIDE_NAME.search(name)
    name = " ".join(_BESIDE_NAME.sub(" ", name).split())
    words = name.split()
    if "," in name:
        surname, _, forename = name.partition(",")
    elif leads := surname_leads(words):
        surname, forename = " ".join(words[:leads]), " ".join(words[leads:])
    elif loud := _loud_from(words):
        surname, forename = " ".join(words[loud:]), " ".join(words[:loud])
    else:
        # A surname begins with its small words: Piet van der Berg, Rupert St John-Smythe.
        begins = (n for n, each in enumerate(words) if n and _begins_surname(words, n))
        at = next(begins, len(words) - 1)
        forename, surname = " ".join(words[:at]), " ".join(words[at:])
    words = forename.split()
    while words and is_beside(words[0]):
        words = words[1:]
    forename = " ".join(words)
    if beside is not None and forename:
        forename = f"{forename} ({beside[1].strip()})"
    found = {"surname": surname.strip(" ."), "forename": forename.strip()}
    return {key: value for key, value in found.items() if value}


def surname_leads(words: Sequence[str]) -> int:
    """How many words of a surname stand first, by how it is written; 0 where that is not plain.

    "WARD Ana", "DE SOUZA HALL Ana", "van den Berg Piet", "De La Cruz Ana".
    """
    if len(words) < 2 or is_beside(words[0]):
        return 0
    small = [each.casefold() in _PARTICLES for each in words]
    loud = [is_shouted(each) or (each.isupper() and small[n]) for n, each in enumerate(words)]
    leads = next((n for n, each in enumerate(loud) if not each), len(words))
    if any(map(is_shouted, words[:leads])):
        return 0 if any(map(is_shouted, words[leads:])) or leads == len(words) else leads
    leads = next((n for n, each in enumerate(small) if not each), len(words)) + 1
    plain = words[0] in _PARTICLES or leads > _TWO_SMALL
    return leads if 1 < leads < len(words) and plain else 0


def _loud_from(words: Sequence[str]) -> int:
    """Where a surname of several words in capitals begins, "Ana SMITH JONES"; 0 where none does."""
    begins = next((n for n, each in enumerate(words) if is_shouted(each)), 0)
    first = [each for each in words[:begins] if not is_beside(each)]
    # In "MR JOHN SMITH" and "JO SMITH JONES" all is in capitals, and nothing follows from them.
    plain = first and not any(map(str.isupper, first))
    several = len(words) - begins > 1 and all(map(is_shouted, words[begins:]))
    return begins if plain and several else 0


def surname_parted(name: str) -> str:
    """A whole name with the surname first and no comma: "Van Ward Thomas" is "Van Ward, Thomas"."""
    words = name.split()
    if "," in name or len(words) < 2:
        return name
    ends = next((n for n, each in enumerate(words) if each.casefold() not in _PARTICLES), 0)
    return f"{' '.join(words[: ends + 1])}, {' '.join(words[ends + 1 :])}".strip(" ,")


def _begins_surname(words: Sequence[str], place: int) -> bool:
    saint = words[place].rstrip(".") in {"St", "Ste", "Saint"} and place < len(words) - 1
    return saint or words[place] in _PARTICLES


def names_two(cells: Mapping[str, Any]) -> bool:
    """Do the cells of one adult name two at once: "Mr & Mrs D Ward"?"""
    return any(_TWO.search(word(cells.get(name))) for name in ("name", "forename", "surname"))


def _names_plain(values: dict[str, Any]) -> None:
    """Names as they are written every day: "WARD" is Ward, and "Thomas (Tom)" is known as Tom."""
    beside = _BESIDE_NAME.search(str(values.get("forename", "")))
    if beside is not None:
        first = " ".join(_BESIDE_NAME.sub(" ", values["forename"]).split())
        known = beside[1].strip()
        if first and not any(sign.isdigit() for sign in known):
            values["forename"] = first
            if known:
                values.setdefault("known_as", known)
    shouted = is_shouted(values.get("surname"))
    for name in ("surname", "forename", "middle_names", "known_as") if shouted else ():
        # Initials stay: TJ is nobody's Tj.
        if is_shouted(values.get(name)):
            values[name] = quiet(values[name])


def is_shouted(name: Any, least: int = 3) -> bool:
    """Is a name written in capitals only? Two letters may be initials."""
    said = _SMALL_MAC.sub("MC", str(name or ""))
    return said.isupper() and sum(map(str.isalpha, said)) >= least


def quiet(name: str) -> str:
    """A name in capitals as it is usually written: O'Hara, McArdle, Van der Berg."""
    words = []
    for place, each in enumerate(name.split()):
        small = each.casefold()
        if place and small in _PARTICLES:
            words.append(small)
            continue
        made = re.sub(r"[^\W\d_]+", lambda found: found[0].capitalize(), each)
        if each.startswith("Mac") and _SMALL_MAC.match(each):
            made = f"Mac{made[3:].capitalize()}"
        words.append(re.sub(r"^Mc(\w)(?=\w\w)", lambda found: f"Mc{found[1].upper()}", made))
    return " ".join(words)


def word(cell: Any) -> str:
    """A cell as text, without needless blanks."""
    if type(cell) is str:
        return " ".join(cell.split())
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split()) if cell is not None else ""


def whole_number(cell: Any) -> int | None:
    """A small number, as that of an order; None for anything else."""
    said = word(cell)
    return int(said) if said.isdecimal() and 0 < int(said) < 100 else None
