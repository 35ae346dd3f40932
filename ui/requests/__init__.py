"""The requests room: the log of subject access requests and the page of one request."""

from ui.requests.room import RequestsRoom

__all__ = ["RequestsRoom"]
