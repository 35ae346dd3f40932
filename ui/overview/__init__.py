"""What looks across all areas: answers, evidence and reports."""

from ui.overview.answers_page import AnswersPage
from ui.overview.evidence_page import EvidencePage

__all__ = ["AnswersPage", "EvidencePage"]
