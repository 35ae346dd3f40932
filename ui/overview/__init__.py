"""What looks across all areas: answers, evidence and reports."""

from ui.overview.answers_page import AnswersPage
from ui.overview.evidence_page import EvidencePage
from ui.overview.year_page import YearPage

__all__ = ["AnswersPage", "EvidencePage", "YearPage"]
