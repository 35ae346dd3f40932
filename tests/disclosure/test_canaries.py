"""Of a removed name and a removed sentence nothing is in any paper, letter, list or file that the
program can print or save of a request, but for the two papers that are kept for the school alone.
"""

from __future__ import annotations

import base64
import datetime as dt
import email
import email.policy
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf
import pypdfium2 as pdfium
import pytest

from dpdesk.disclosure import bundle
from dpdesk.disclosure.asides import AsidePlace
from dpdesk.disclosure.released import PARTS
from dpdesk.overview.pack import PackChoice, PackNames
from dpdesk.overview.year import calendar_file
from dpdesk.papers.leaflet import leaflet_docx, leaflet_html, leaflet_pdf
from dpdesk.registers.entries import Query
from dpdesk.registers.spreadsheet import export, export_csv
from dpdesk.requests.asking import Colleague
from tests.builders import Clock, a_pdf, a_request
from tests.documents.test_scans import scan

NAME = "Quillfeather"
SENTENCE = ("zanzibarvixen", "brackenmoth")
ODD = "Ŵŋħ"
"""Letters of the removed name that no paper of the program uses."""
OWN = frozenset({"sealed", "full_copy"})
"""The parts of a release that the school keeps sealed; they say what was removed."""
FIRST, LAST = dt.date(2026, 9, 1), dt.date(2026, 12, 31)


def message(subject: str, body: str) -> bytes:
    return (
        f"From: {NAME} <{NAME.lower()}@post.example>\nTo: office@elmfield.example\n"
        f"Subject: {subject}\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n"
        f"Message-ID: <1.{NAME}@post.example>\n\n{body}\n"
    ).encode()


def worked_through(desk):
    """A request with canaries in all that comes in, reviewed in every way, and released."""
    entry = a_request(desk, asked="Everything about Robin since September")
    searches = desk.requests.requests.searches
    place = searches.save({"place": "School office"}, parent_id=entry.id).entry
    secret = " ".join(SENTENCE)
    files = {
        f"about {NAME}.pdf": a_pdf(
            f"Robin sat beside {NAME}\nin class\n{secret} was said", f"{NAME} left", "the end"
        ),
        "told.txt": f"Told by {NAME} {ODD}\nand {secret} again\nthe rest stays".encode(),
        f"{NAME}.eml": message(f"{NAME} at the lake", f"Robin was with {NAME}.\n{secret}"),
        "scan.png": scan(f"Robin was with {NAME}", "The rest of it stays"),
        "aside.eml": message("Other matters", f"Only {NAME} and {secret}"),
    }
    numbers = [desk.documents.add("requests", entry.id, *file).id for file in files.items()]
    desk.scans.read(desk.scans.waiting())
    review, suggestions = desk.disclosure.review, desk.disclosure.suggestions
    found = suggestions.seek(entry.id)
    suggestions.reject(entry.id, [each for each in found.open if each.number == 2])
    suggestions.accept(entry.id, [each for each in found.open if each.number == 1])
    desk.disclosure.asides.set_aside(entry.id, [AsidePlace(numbers[-1])], "not-about")
    desk.disclosure.sorting.look(entry.id)
    for words in (NAME, *SENTENCE, ODD):
        review.mark_found(review.find("requests", entry.id, words), "TP-16", note=f"names {NAME}")
    review.withhold([(numbers[0], 1)], "LPP-19")
    for page in review.pages("requests", entry.id):
        review.set_reviewed(page.document_id, page.page)
    desk.disclosure.releases.release(entry.id)
    letters = desk.requests.letters
    fresh = desk.requests.requests.load(entry.id)
    draft = letters.draft("acknowledgement", fresh)
    letters.send("acknowledgement", fresh, draft, sent_on=dt.date(2026, 11, 20), how="post")
    return desk.requests.requests.load(entry.id), place


def papers_of(desk, entry, place) -> Iterator[tuple[str, bytes]]:
    """Everything that can be printed, saved or handed out about a request, with its name."""
    (card,) = desk.disclosure.releases.of_request(entry.id)
    for part in PARTS:
        yield f"release {part}.pdf", desk.disclosure.releases.content(card.id, part)
    letters = desk.requests.letters
    for kind in letters.kinds(entry):
        yield f"letter {kind.key}.pdf", letters.write(kind.key, entry).content
        yield f"letter {kind.key}.docx", letters.docx(kind.key, entry)
        yield f"letter {kind.key}.eml", letters.message(kind.key, entry)
    yield from (
        (f"sent {each.label}.pdf", letters.content(each.paper.id))
        for each in letters.sent(entry.id)
        if each.paper
    )
    yield "case file.pdf", desk.requests.case_file(entry).content
    asking, whom = desk.requests.asking, Colleague("Sam Clerk", LAST, "sam@elmfield.example")
    terms = asking.terms(entry)
    yield "asking.pdf", asking.letter(entry, whom, [place], terms).content
    yield "asking.eml", asking.message(entry, whom, [place], terms)
    requests = desk.requests.requests
    yield "entry.pdf", desk.prints.entry(entry, requests.clock(entry)).content
    yield "why.pdf", desk.prints.why(entry, requests.clock(entry)).content
    listing = requests.listing(Query())
    yield "list.pdf", desk.prints.listing(listing).content
    yield "list.csv", export_csv(listing)
    yield "list.xlsx", export(listing)
    report = desk.governance.report(FIRST, LAST, {})
    yield "report.pdf", leaflet_pdf(report).content
    yield "report.docx", leaflet_docx(report)
    yield "report.html", leaflet_html(report)
    # A pack with personal data holds the history as it is; who asks for it is told so.
    for names in (PackNames.LEFT_OUT, PackNames.PSEUDONYMS):
        pack = desk.packs.make(PackChoice(FIRST, LAST, None, names))
        yield from ((f"pack {names.name} {name}", made) for name, made in pack.files.items())
    yield from ((f"published {name}", made) for name, made in desk.publishing.files().items())
    duties = [duty for group in desk.overview.duties() for duty in group.duties]
    yield "due.ics", calendar_file(duties, desk.registers, desk.now())


@pytest.fixture(scope="module")
def papers(template, tmp_path_factory):
    from dpdesk.desk import Desk
    from tests.builders import PASSPHRASE

    folder = template.copy(tmp_path_factory.mktemp("canaries") / "workspace")
    desk = Desk.open(folder, PASSPHRASE, now=Clock())
    try:
        yield dict(papers_of(desk, *worked_through(desk)))
    finally:
        desk.close()


# ------------------------------------------------------------------- looking


def spellings() -> list[bytes]:
    """The canaries as they could stand in a file: forwards, backwards, in pieces, in any coding."""
    found = set()
    for word in (NAME.lower(), *SENTENCE):
        for said in (word, word[::-1], word[:8], word[-8:]):
            for coded in (said.encode(), said.encode("utf-16-le"), said.encode("utf-16-be")):
                found |= {coded, coded.hex().encode(), b" ".join(b"%c" % byte for byte in coded)}
                found |= {_inner(coded, before).lower() for before in range(3)}
    return sorted(found)


def _inner(coded: bytes, before: int) -> bytes:
    """What of some bytes is the same in base 64 whatever stands around them."""
    made = base64.b64encode(bytes(before) + coded)
    return made[-(-before * 4 // 3) : len(made) - 4]


def layers(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file as it is, and all that can be unpacked, inflated or read out of it."""
    yield name, content
    if content.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            for each in whole.infolist():
                yield f"{name}: {each.filename}", each.filename.encode()
                yield from layers(f"{name}: {each.filename}", whole.read(each))
    if content.startswith(b"%PDF"):
        yield from _layers_of_pdf(name, content)
    if name.endswith(".eml"):
        for part in email.message_from_bytes(content, policy=email.policy.default).walk():
            if not part.is_multipart():
                said = part.get_payload(decode=True)
                assert isinstance(said, bytes)
                yield from layers(f"{name}: part", said)


def _layers_of_pdf(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    for place in (found.end() for found in re.finditer(rb"stream\r?\n", content)):
        try:
            yield f"{name}: at {place}", zlib.decompressobj().decompress(content[place:])
        except zlib.error:
            continue
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            yield f"{name}: object", thing.unparse()
        yield f"{name}: says", str(pdf.docinfo).encode()
    document = pdfium.PdfDocument(content)
    try:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    for each in (text, text[::-1], re.sub(r"\W", "", text)):
        yield f"{name}: text", each.encode()


def telling(name: str, content: bytes) -> list[str]:
    """The layers of a file in which a canary stands."""
    wanted = spellings()
    found = []
    for where, layer in layers(name, content):
        lowered = layer.lower()
        if any(each in lowered for each in wanted):
            found.append(where)
    return found


# ------------------------------------------------------------------- what must hold


@pytest.mark.parametrize(
    "hide",
    [
        lambda word: word.encode(),
        lambda word: word.upper().encode("utf-16-le"),
        lambda word: word[::-1].encode(),
        lambda word: word.encode().hex().upper().encode(),
        lambda word: base64.b64encode(f"names {word} here".encode()),
        lambda word: a_pdf(f"Robin and {word}"),
        lambda word: message("Lake", base64.b64encode(word.encode()).decode()),
    ],
)
def test_the_looking_itself_finds_a_canary(hide):
    assert telling("paper.eml", hide(NAME))


def test_the_two_papers_for_the_school_alone_say_what_was_removed(papers):
    for part in OWN:
        assert telling("paper", papers[f"release {part}.pdf"]), part


def test_no_other_paper_says_what_was_removed(papers):
    own = {f"release {part}.pdf" for part in OWN}
    found = [where for name, made in papers.items() if name not in own
             for where in telling(name, made)]  # fmt: skip
    assert found == []
    kinds = {name.rsplit(".", 1)[-1] for name in papers}
    assert kinds >= {"pdf", "docx", "eml", "csv", "xlsx", "html", "ics"}
    assert len(papers) > 50


def test_no_font_of_a_paper_has_a_letter_that_only_a_removed_word_had(papers):
    for part in ("bundle", "schedule"):
        assert not set(ODD) & letters_of(papers[f"release {part}.pdf"]), part
    assert set(ODD) & letters_of(papers["release full_copy.pdf"])


def letters_of(content: bytes) -> set[str]:
    """All letters of which the fonts of a PDF know what they are."""
    found: set[str] = set()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if not isinstance(thing, pikepdf.Stream) or thing.get("/Subtype") == "/Image":
                continue
            if b"begincmap" in (table := thing.read_bytes()):
                codes = re.findall(rb"<([0-9A-Fa-f]{4,})>\s*(?=[\n\r<\]]|$)", table)
                for code in codes:
                    found |= set(bytes.fromhex(code.decode()).decode("utf-16-be", "ignore"))
    return found


def test_a_copy_with_a_password_holds_no_more_than_the_bundle(papers):
    out = io.BytesIO()
    bundle.encrypt_copy(io.BytesIO(papers["release bundle.pdf"]), out, "elmfield 26")
    assert telling("locked", _unlocked(out.getvalue())) == []


def _unlocked(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content), password="elmfield 26") as pdf:
        pdf.save(out)
    return out.getvalue()
