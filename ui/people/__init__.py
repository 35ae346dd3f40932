"""The people tab: everybody on record, and lists from the school's system."""

from ui.people.room import PeopleRoom

__all__ = ["PeopleRoom"]
