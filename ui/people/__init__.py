"""The people tab: everybody on record, and lists from the school's system."""

from ui.people.courses_room import CoursesRoom
from ui.people.room import PeopleRoom

__all__ = ["CoursesRoom", "PeopleRoom"]
