"""The arguments of what a request sends out, and of its end."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path


def add_request_papers(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds the commands that write papers and packages of a request, and destroy its papers."""
    made = command(
        "letter",
        "Writes a letter of a request.",
        "The ending of the file says what it becomes: .pdf, .docx for Word, .eml for the mail "
        "program. Words that were changed in the window are used. Nothing is recorded as sent.",
    )
    made.add_argument("reference", metavar="REF")
    made.add_argument(
        "letter",
        metavar="KIND",
        help="acknowledgement, identity, fee, clarification, extension, response, refusal, "
        "transfer, third-parties, health-opinion, complaint-acknowledgement, complaint-progress or "
        "complaint-outcome",
    )
    made.add_argument("--to", type=Path, required=True, metavar="FILE")

    made = command(
        "case-file",
        "Prints the case file of a request: everything that shows how it was handled.",
        "For the ICO or a court. Without the words that were removed and without notes.",
    )
    made.add_argument("reference", metavar="REF")
    made.add_argument("--to", type=Path, required=True, metavar="FILE")

    made = command(
        "portable",
        "Hands over what somebody gave the school, as a ZIP file of CSV and JSON.",
        "For a request for transfer that was decided. Built, read again and checked.",
    )
    made.add_argument("reference", metavar="REF")
    made.add_argument("--to", type=Path, required=True, metavar="FILE")

    made = command(
        "destroy-case",
        "Destroys the papers of a closed case whose years are over, for good.",
        "Nothing is destroyed if a hold, a complaint or another open case needs them. The line in "
        "the log, its days, checksums and a certificate stay.",
    )
    made.add_argument("reference", metavar="REF")
    made.add_argument(
        "--no-safeguarding",
        action="store_true",
        help="you looked, and nothing in them concerns the safeguarding of a child",
    )
    made.add_argument("--to", type=Path, metavar="FILE", help="the certificate, as a PDF")
