"""The forms for the public: made with a code, and read when they come back.

Nothing is recorded by reading. A person sees the picture beside what was read, mends it, and logs
the request; the form is then filed with it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dpdesk import resources
from dpdesk.documents.intake import Intaker
from dpdesk.documents.service import DocumentService
from dpdesk.errors import DpdeskError, UnreadableFile
from dpdesk.papers.form_layout import FormLayout
from dpdesk.registers.entries import Saved
from dpdesk.registers.fields import Values
from dpdesk.requests.form_records import PublicFormCodes
from dpdesk.requests.service import RequestService
from dpdesk.store.arriving import foreign_content
from dpdesk.walls.workers import Limits, Worker

_OPEN: Final = "dpdesk.documents.drawing:open_document"
_CLOSE: Final = "dpdesk.documents.drawing:close_document"
_SCAN: Final = "dpdesk.documents.form_task"
_TYPED: Final = "dpdesk.documents.typed_forms"
_CODE: Final = "form_code"
_TICKED: Final = frozenset({"ticked", "empty", "doubtful"})
_NOT_OURS: Final = "No code of a form that was made here can be read on this page."
_BY_HAND: Final = "Read from ink: compare every answer with the picture."
_WORD_PRINTED: Final = "This form was made for Word and printed: type what it says."


@dataclass(frozen=True, slots=True)
class ReturnedForm:
    """A form that came back, as it was read; nothing of it is recorded.

    ``answers`` are those of a request that it begins. ``why`` says what a person must look at.
    """

    file: str
    page: int
    """Within its file, from 1."""
    content: bytes
    """The file that came."""
    picture: bytes
    """The page as a JPEG."""
    form: str = ""
    """Which form it is; empty for one that is not known."""
    code: str = ""
    answers: Values = field(default_factory=dict)
    why: str = ""


class PublicForms:
    """Makes and reads forms, in workers of its own that are started when needed."""

    def __init__(
        self,
        requests: RequestService,
        documents: DocumentService,
        codes: PublicFormCodes,
        limits: Limits | None = None,
    ) -> None:
        self._requests, self._documents, self.codes = requests, documents, codes
        self._intaker = Intaker(limits or Limits())
        self._worker = Worker(limits or Limits())

    def close(self) -> None:
        """Ends the workers."""
        self._intaker.close()
        self._worker.close()

    # --- making --------------------------------------------------------------------------

    def files(self) -> Mapping[str, bytes]:
        """Every form, as PDF and for Word, by the name of its file; each has a code of its own."""
        from dpdesk.requests.form_papers import form_docx, form_pdf

        shared = _content()
        head = self._requests.school.letterhead()
        made: dict[str, bytes] = {}
        for words in shared["forms"]:
            code = self.codes.fresh()
            pdf, layout = form_pdf(words, shared, code, head, self._requests.today())
            self.codes.keep(code, words["key"], layout)
            made[f"{words['file']}.pdf"] = pdf
            made[f"{words['file']}.docx"] = form_docx(words, shared, code, head)
        return made

    # --- reading -------------------------------------------------------------------------

    def read(
        self, path: Path, *, cancelled: Callable[[], bool] | None = None
    ) -> tuple[ReturnedForm, ...]:
        """Every form in a file, however it was filled in; a page that is none says so.

        Raises UnreadableFile, PasswordNeeded, Cancelled.
        """
        content = foreign_content(path, self._intaker.refuse_large)
        return self.read_content(path.name, content, cancelled=cancelled)

    def read_content(
        self, name: str, content: bytes, *, cancelled: Callable[[], bool] | None = None
    ) -> tuple[ReturnedForm, ...]:
        """The same of a file that lies on no disk, such as one dropped out of a mail program."""
        self._intaker.refuse_large(len(content))
        intake = self._intaker.read(name, content, cancelled=cancelled)
        ways = {"pdf": "pdf", "docx": "word"}
        way = ways.get(Path(name).suffix.lower().lstrip("."))
        typed: dict[str, Any] = {"texts": {}, "ticked": []}
        if way is not None:
            with contextlib.suppress(UnreadableFile):
                typed, _ = self._worker.call(f"{_TYPED}:{way}", {}, [content], cancelled=cancelled)
        self._worker.call(_OPEN, {"key": name}, [intake.pdf])
        try:
            known = self.codes.meant(str(typed["texts"].get(_CODE, "")))
            if known is not None and _filled(typed):
                return (self._typed(name, content, known[0], typed),)
            return tuple(
                each
                for number in range(len(intake.pages))
                for each in self._page(name, content, number, cancelled)
            )
        finally:
            with contextlib.suppress(UnreadableFile):
                self._worker.call(_CLOSE, {"key": name})

    def _typed(
        self, name: str, content: bytes, form: str, typed: Mapping[str, Any]
    ) -> ReturnedForm:
        """A form whose answers were typed into its fields."""
        whole = {"key": name, "page": 0, "again": False}
        _, blobs = self._worker.call(f"{_SCAN}:whole", whole)
        texts = {str(key): str(text) for key, text in typed["texts"].items()}
        answers, why = self._answers(form, texts, frozenset(map(str, typed["ticked"])))
        return ReturnedForm(name, 1, content, blobs[0], form, texts[_CODE], answers, why)

    def _page(
        self, name: str, content: bytes, number: int, cancelled: Callable[[], bool] | None
    ) -> Iterator[ReturnedForm]:
        """The form on a page that was printed and scanned, or sent as a picture."""
        request: dict[str, Any] = {"key": name, "page": number, "again": False}
        answer, _ = self._worker.call(f"{_SCAN}:codes", request, cancelled=cancelled)
        request["again"] = True
        for code, form, layout, corners in self._known(answer):
            asked = request | {"corners": corners, "layout": layout.on_page(0)}
            read, blobs = self._worker.call(f"{_SCAN}:boxes", asked, cancelled=cancelled)
            ticked, doubtful = _ticks(read)
            found = read.get("fields", {})
            texts = {key: str(found.get(key, "")) for key in layout.fields}
            # A form for Word has the same code, and its boxes stand elsewhere: none is found.
            if layout.boxes and doubtful == len(layout.boxes):
                yield ReturnedForm(
                    name, number + 1, content, blobs[0], form, code,
                    self._answers(form, {}, frozenset())[0], _WORD_PRINTED,
                )  # fmt: skip
                continue
            answers, why = self._answers(form, texts, ticked)
            why = " ".join(filter(None, (_BY_HAND, _doubts(doubtful), why)))
            yield ReturnedForm(name, number + 1, content, blobs[0], form, code, answers, why)
            break
        else:
            _, blobs = self._worker.call(f"{_SCAN}:whole", request, cancelled=cancelled)
            yield ReturnedForm(name, number + 1, content, blobs[0], why=_NOT_OURS)

    def _known(
        self, answer: Mapping[str, Any]
    ) -> Iterator[tuple[str, str, FormLayout, list[list[float]]]]:
        """The codes that were given out; others are somebody else's."""
        for each in answer.get("codes", ()):
            corners = [[float(x), float(y)] for x, y in each["corners"]]
            meant = self.codes.meant(str(each["text"]))
            if meant is not None and len(corners) == 4:
                yield str(each["text"]), meant[0], meant[1], corners

    # --- what it says --------------------------------------------------------------------

    def _answers(
        self, form: str, texts: Mapping[str, str], ticked: frozenset[str]
    ) -> tuple[dict[str, Any], str]:
        """The answers of a request that a form begins, and what is not plain about them."""
        words = next(each for each in _content()["forms"] if each["key"] == form)
        said: dict[str, Any] = {"kind": words["kind"], "channel": "request_form"}
        why = []
        kinds = sorted(key.removeprefix("kind ") for key in ticked if key.startswith("kind "))
        if len(kinds) == 1:
            said["kind"] = kinds[0]
        elif kinds:
            why.append("More than one thing is asked for: log each as a request of its own.")
        who = [key.removeprefix("who ") for key in ticked if key.startswith("who ")]
        if len(who) == 1:
            said["relationship"] = who[0]
        for each in _content()["people"]:
            if text := " ".join(texts.get(each["key"], "").split()):
                said[each["key"]] = text
        if said.get("relationship") == "self":
            said.setdefault("subject", said.get("requester", ""))
        asked = [texts.get(each["key"], "").strip() for each in words["answers"]]
        said["asked"] = "\n\n".join(text for text in asked if text)
        uses = [each["label"] for each in words["ticks"] if each["key"] in ticked]
        if form == "withdrawal":
            said["use"] = "; ".join(uses) or said["asked"]
        elif uses and not said["asked"]:
            said["asked"] = "; ".join(uses)
        if dated := " ".join(texts.get("day", "").split()):
            why.append(f"The form is dated {dated}.")
        return {key: value for key, value in said.items() if value}, " ".join(why)

    # --- logging -------------------------------------------------------------------------

    def log(self, returned: ReturnedForm, answers: Values) -> Saved:
        """Logs the request as a person confirmed it, and files the form with it.

        Raises InvalidEntry where an answer is missing or cannot be; then nothing was saved. Where
        the form cannot be filed the request is taken back, so that it is not logged twice.
        """
        saved = self._requests.save(answers)
        number, key = saved.entry.id, self._requests.register.key
        try:
            self._documents.add(key, number, returned.file, returned.content)
        except DpdeskError:
            entry = self._requests.load(number)
            self._requests.archive(number, entry.version, why="The form could not be filed")
            raise
        return saved


def _content() -> Mapping[str, Any]:
    return resources.kept("templates", "public_forms.toml")


def _filled(typed: Mapping[str, Any]) -> bool:
    """Was anything typed or ticked: or was an empty form printed and scanned?"""
    return bool(typed["ticked"]) or any(
        text for name, text in typed["texts"].items() if name != _CODE
    )


def _ticks(read: Mapping[str, Any]) -> tuple[frozenset[str], int]:
    """The boxes that are ticked, and how many are not plain; a page may lead a worker astray."""
    said = {str(key): each["said"] for key, each in read.get("boxes", {}).items()}
    if not set(said.values()) <= _TICKED:
        raise UnreadableFile("This page could not be read.", "Enter the form by hand.")
    ticked = frozenset(key for key, word in said.items() if word == "ticked")
    return ticked, sum(word == "doubtful" for word in said.values())


def _doubts(doubtful: int) -> str:
    if not doubtful:
        return ""
    boxes = "1 box" if doubtful == 1 else f"{doubtful} boxes"
    return f"{boxes} could not be read plainly."
