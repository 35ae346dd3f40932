"""Under Python 3.11 a fault in a method that Qt calls is made whole before PySide sees it.

There an error that Python's own code raises (``1 / 0``, a wrong argument) travels as its class and
its words, and becomes an object only where it is caught. PySide 6.12 reads it before, and the
program ends without the crash dialog. From Python 3.12 on an error is an object from the start, and
nothing is done here.
"""

from __future__ import annotations

import builtins
import functools
import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any, Final, ParamSpec, TypeVar

from shiboken6 import Shiboken

_OURS: Final = "ui."
"""Classes of modules whose names begin so are looked at."""
_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def keep_faults_whole() -> None:
    """From now on the methods by which our classes answer Qt let faults out only as objects."""
    make = builtins.__build_class__
    if sys.version_info >= (3, 12) or hasattr(make, "__wrapped__"):
        return

    @functools.wraps(make)
    def made(body: Callable[[], Any], name: str, /, *bases: Any, **more: Any) -> Any:
        found = make(body, name, *bases, **more)
        if (
            isinstance(found, type)
            and issubclass(found, Shiboken.Object)
            and found.__module__.startswith(_OURS)
        ):
            answer_whole(found)
        return found

    builtins.__build_class__ = made


def answer_whole(ours: type) -> None:
    """Has each method of this class that stands for one of Qt's let out whole faults only."""
    of_qt = [base for base in ours.__mro__ if base.__module__.startswith("PySide6.")]
    for name, method in list(vars(ours).items()):
        if isinstance(method, FunctionType) and any(name in vars(base) for base in of_qt):
            setattr(ours, name, _whole(method))


def _whole(method: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    @functools.wraps(method)
    def answered(*given: _Given.args, **named: _Given.kwargs) -> _Answer:
        try:
            return method(*given, **named)
        except BaseException:
            # Caught, it becomes an object, and goes on as one.
            raise

    return answered
