"""What looks across all areas: the answers to what staff ask, and the year."""

from ui.overview.answers_page import AnswersPage

__all__ = ["AnswersPage"]
