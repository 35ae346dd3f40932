"""The requests room: the log of requests and complaints and the page of one request."""

from ui.requests.room import RequestsRoom

__all__ = ["RequestsRoom"]
