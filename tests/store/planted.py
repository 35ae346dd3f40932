"""Plants a canary everywhere that somebody's data can be typed or brought in, and says which files
the program opened to write to."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

CANARY = "Quillfeather"
ACCENTED = "Wójtowicz"


def main() -> None:
    """Uses a workspace in every way; prints the files written as JSON."""
    written: set[str] = set()

    def watch(name: str, arguments: tuple[object, ...]) -> None:
        if name == "open" and isinstance(arguments[0], str):
            mode, flags = arguments[1], arguments[2]
            if (isinstance(mode, str) and set(mode) & set("wax+")) or (
                mode is None and isinstance(flags, int) and flags & 3
            ):
                written.add(arguments[0])

    sys.addaudithook(watch)
    from dpdesk.desk import Desk
    from tests.builders import QUICK, a_pdf, a_request

    place = Path(sys.argv[1])
    desk, _ = Desk.create(
        place / "workspace",
        "correct horse battery staple",
        {"name": f"{CANARY} School", "dpo_name": f"Dana {CANARY}"},
        cost=QUICK,
    )
    entry = a_request(
        desk, subject=f"Robin {CANARY}", notes=f"{ACCENTED} called", received=dt.date(2026, 11, 2)
    )
    desk.requests.requests.save({"notes": f"{CANARY} again"}, entry.id, entry.version)
    desk.requests.requests.searches.save({"place": f"Office of {CANARY}"}, parent_id=entry.id)
    desk.drafts.keep("requests", 0, 0, {"subject": f"Half typed {CANARY}"})
    content = a_pdf(f"Dear {CANARY} and {ACCENTED}", "kept words")
    desk.documents.add("requests", entry.id, f"about {CANARY}.pdf", content)
    text = f"Told by {CANARY} and {ACCENTED}\n" * 200
    desk.documents.add("requests", entry.id, "told.txt", text.encode())
    assert desk.search.find(CANARY)
    for word in (CANARY, "jtowicz"):
        found = desk.disclosure.review.find("requests", entry.id, word)
        assert found
        desk.disclosure.review.mark_found(found, "TP-16", note=f"names {CANARY}")
    desk.disclosure.suggestions.seek(entry.id)
    desk.disclosure.sorting.look(entry.id)
    desk.disclosure.releases.release(entry.id)
    entry = desk.requests.requests.load(entry.id)
    letters = desk.requests.letters
    letters.keep("acknowledgement", entry, letters.draft("acknowledgement", entry))
    assert desk.requests.case_file(entry).content
    assert desk.prints.entry(entry).content
    desk.keeping.back_up(place / "stick" / "elmfield.dpbackup")
    desk.keeping.automatic_backup()
    gone = a_request(desk, subject=f"Erased {CANARY}")
    desk.requests.requests.archive(gone.id, gone.version, why=f"{CANARY} withdrew")
    assert desk.check().problems == ()
    # Killed rather than closed half of the time: the write-ahead log must not tell either.
    if sys.argv[2] == "close":
        desk.close()
    sys.stdout.write(json.dumps(sorted(written)))
    sys.stdout.flush()
    if sys.argv[2] != "close":
        import os

        desk.documents.close()
        os._exit(0)


if __name__ == "__main__":
    main()
