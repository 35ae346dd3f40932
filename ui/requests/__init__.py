"""The room of requests and complaints: the log, the page of one request, and the figures."""

from ui.requests.checks_room import RequestChecksRoom
from ui.requests.figures_page import RequestFiguresPage
from ui.requests.returned_page import ReturnedFormsPage
from ui.requests.room import RequestsRoom
from ui.requests.wording_page import LetterWordingPage

__all__ = [
    "LetterWordingPage",
    "RequestChecksRoom",
    "RequestFiguresPage",
    "RequestsRoom",
    "ReturnedFormsPage",
]
