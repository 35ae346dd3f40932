"""Redaction and release as the desk opens them."""

from __future__ import annotations

from collections.abc import Iterable

from dpdesk.disclosure.aside_service import AsideService
from dpdesk.disclosure.duties import ReleaseAnswers
from dpdesk.disclosure.erasing import ReviewErasing
from dpdesk.disclosure.releases import ReleaseService
from dpdesk.disclosure.review import ReviewService
from dpdesk.disclosure.sorting_service import SortingService
from dpdesk.disclosure.suggestion_service import SuggestionService
from dpdesk.people.service import PeopleService
from dpdesk.registers.rooms import Room
from dpdesk.requests.service import RequestService
from dpdesk.school.ground import Ground


class DisclosureRoom(Room):
    """The redaction workbench and the bundles that were released."""

    key = "disclosure"

    def __init__(self, ground: Ground, requests: RequestService, people: PeopleService) -> None:
        self.review = ReviewService(ground.database)
        self.suggestions = SuggestionService(ground, requests, people, self.review)
        self.asides = AsideService(
            ground.database, requests.register.key, ground.shelf, self.suggestions
        )
        self.sorting = SortingService(
            ground.database, requests.register.key, self.suggestions, self.asides
        )
        self.releases = ReleaseService(ground, requests, self.suggestions)
        self.answers = (ReleaseAnswers(self.releases),)

    def offers(self) -> Iterable[object]:
        """Whether a request was answered with a bundle, what is no part of it, and what goes."""
        return (self.releases, self.asides, ReviewErasing())
