"""What every test stands on: no window, no real workspace, the same dice each time."""

from __future__ import annotations

import compileall
import gc
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from tests.builders import Clock, Template

CRASHED = pytest.StashKey[bool]()
TOP = Path(__file__).resolve().parent.parent
ROOM_IN_MEMORY = 4 << 30
"""Bytes: four times what the tests leave until they end."""

_IN_SERVER = [
    "tests.seen_behind_walls",
    "dpdesk.consents.thumbnail",
    "dpdesk.disclosure.bundle",
    "dpdesk.disclosure.check_hands",
    "dpdesk.disclosure.preview",
    "dpdesk.documents.drawing",
    "dpdesk.documents.ocr",
    "dpdesk.documents.reading",
    "dpdesk.inspection.task",
    "dpdesk.people.ctf",
    "dpdesk.school.calendar_parsing",
    "dpdesk.walls.inside",
]
"""What the server of workers reads at its start: where the tasks of workers lie."""
_LONG = frozenset(
    {
        "assets/test_ropa_property.py",
        "benchmarks/test_smoke.py",
        "cli/test_two_hundred.py",
        "disclosure/test_cut_short.py",
        "documents/test_corpus.py",
        "overview/test_web_pages.py",
        "registers/test_stateful.py",
        "store/test_killed.py",
        "test_patterns.py",
        "test_tampering.py",
        "ui/outside/test_by_names.py",
        "ui/test_by_keyboard.py",
        "ui/test_every_page.py",
        "ui/test_from_outside.py",
        "ui/test_nothing_lives_on.py",
        "ui/test_small_screen.py",
    }
)
"""Files of few tests that take long."""
_AS_FOR_A_USER = frozenset({"walls", "kills", "benchmarks", "test_bundle_crew.py"})
"""Folders and files of tests."""

hypothesis.settings.register_profile(
    # A slow machine must not turn a right program into a failing test, and a failure must come
    # back on the next run; so no deadline, no watch on slow dice, no chance and no memory.
    "ci",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=True,
    database=None,
    print_blob=True,
)
# Other dice than those of every day: ``dev.py test --dice N``.
hypothesis.settings.register_profile("dice", deadline=None, database=None, print_blob=True)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2000, print_blob=True)
hypothesis.settings.load_profile("ci")


class NetworkReached(Exception):
    """A test, or what it tests, tried to reach the network."""


def _stay_offline(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse whatever would leave this computer; workers and their pipes are let through."""
    if event in {"socket.connect", "socket.bind", "socket.sendto"}:
        address = arguments[1]
        if isinstance(address, tuple):
            raise NetworkReached(f"{event} {address}")
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"}:
        raise NetworkReached(f"{event} {arguments}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a developer watch the windows: ``--onscreen``."""
    parser.addoption("--onscreen", action="store_true", help="show the windows of the tests")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before Qt is loaded: choose its screen, and point the user's folders at an empty one."""
    sys.addaudithook(_stay_offline)
    from reportlab import rl_config

    rl_config.useA85 = 0  # as the program does; many a test draws its pictures when it is collected
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = "1"
    os.environ.pop("DPDESK_PASSPHRASE", None)
    _compile_once(config)
    _work_in_memory(config)
    away = tempfile.TemporaryDirectory(prefix="dpdesk-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(away.cleanup)
    # The program's own variable holds on every system; Windows and macOS do not heed the others.
    os.environ["DPDESK_HOME"] = away.name
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(Path(away.name, name.lower()))


def _work_in_memory(config: pytest.Config) -> None:
    """Let the workspaces of the tests lie in memory where the system has a folder for that.

    Each is written through to the disk at every step, as the program must; waiting for the disk was
    a third of the run. Whoever wants to look at the files afterwards names a ``--basetemp``.
    """
    memory = Path("/dev/shm")
    if config.option.basetemp is not None or hasattr(config, "workerinput"):
        return
    if memory.is_dir() and shutil.disk_usage(memory).free > ROOM_IN_MEMORY:
        place = tempfile.TemporaryDirectory(dir=memory, ignore_cleanup_errors=True)
        config.add_cleanup(place.cleanup)
        config.option.basetemp = place.name


def _compile_once(config: pytest.Config) -> None:
    """Keep what Python makes of the sources, also where the environment is set not to.

    The tests start a thousand processes, and each would compile the program for itself.
    """
    sys.dont_write_bytecode = False
    if not hasattr(config, "workerinput"):
        for room in ("dpdesk", "ui"):
            compileall.compile_dir(TOP / room, quiet=2)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let Python look for rubbish only among what the tests themselves leave.

    What collecting makes lives as long as the run. Looking through all of it, after every test of
    a window, cost more than the tests.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with files of few tests that take long.

    The last of them would else keep one worker busy while the others have nothing to do.
    """
    items.sort(key=lambda item: item.path.relative_to(TOP / "tests").as_posix() not in _LONG)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Note that a worker crashed: some of its tests were never run."""
    if error:
        node.config.stash[CRASHED] = True


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a run in which a worker crashed not look like one in which tests merely failed."""
    if session.config.stash.get(CRASHED, False):
        session.exitstatus = pytest.ExitCode.INTERNAL_ERROR


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    """Let the databases of all tests share what becomes of their statements.

    The program opens one database and makes each statement ready once; a run opens thousands.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite as Dialect
    from sqlalchemy.engine import Engine
    from sqlalchemy.util import LRUCache

    shared: LRUCache[Any, Any] = LRUCache(5_000)

    def made(*given: Any, **named: Any) -> Engine:
        engine = create_engine(*given, **named)
        engine._compiled_cache = shared
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dpdesk.store.database.create_engine", made)
        # Statements are kept by the dialect that they were made for, and all of ours are alike.
        patch.setattr(Dialect, "__hash__", lambda _dialect: 1)
        patch.setattr(Dialect, "__eq__", lambda _dialect, other: isinstance(other, Dialect))
        yield


@pytest.fixture(scope="session", autouse=True)
def _lines_seen_behind_walls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where coverage is measured, count what the workers reach as well."""
    measured = sys.modules.get("coverage")
    running = measured and measured.Coverage.current()
    if not running:
        yield
        return
    from multiprocessing import forkserver

    from tests.seen_behind_walls import PLACE, make_room, seen

    marks = tmp_path_factory.mktemp("seen") / "lines"
    make_room(marks)
    forkserver.set_forkserver_preload(_IN_SERVER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PLACE, str(marks))
        forkserver.ensure_running()  # now: the program hides such names from its workers
    yield
    running.get_data().add_lines(seen(marks))


@pytest.fixture(autouse=True)
def _workers_from_a_server(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the workers of most tests come from a server that has read what their tasks need.

    The program starts each worker afresh, and the worker reads a part of the program before its
    first page: that is once or twice for a user and was a third of a run. What it is asked, and
    what it may do behind its walls, is the same. Where starting or speed is the subject, workers
    start as they do for a user.
    """
    as_for_a_user = not _AS_FOR_A_USER.isdisjoint(request.path.parts)
    if sys.platform != "linux" or as_for_a_user:
        yield
        return
    own = multiprocessing.get_context

    def chosen(method: str | None = None) -> Any:
        return own("forkserver" if method == "spawn" else method)

    own("forkserver").set_forkserver_preload(_IN_SERVER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(multiprocessing, "get_context", chosen)
        yield


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real documents on this machine; the test is skipped where there are none.

    They stand beside the checkout or where ``DPDESK_CORPUS`` says, and never in the project:
    nobody agreed that they be spread.
    """
    place = Path(os.environ.get("DPDESK_CORPUS", TOP.parent / "shared" / "corpus"))
    if not place.is_dir():
        pytest.skip("no real documents on this machine; DPDESK_CORPUS can name their folder")
    return place


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The workspace that the workspaces of all tests are copied from."""
    from tests.builders import make_template

    return make_template(tmp_path_factory.mktemp("template") / "workspace")


@pytest.fixture
def clock() -> Clock:
    """The time that the desk of a test sees: Friday 20 November 2026, until the test moves it."""
    from tests.builders import Clock

    return Clock()


@pytest.fixture
def desk(template: Template, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """An open desk on a workspace of its own, in ``tmp_path / "workspace"``."""
    from dpdesk.desk import Desk
    from tests.builders import PASSPHRASE

    opened = Desk.open(template.copy(tmp_path / "workspace"), PASSPHRASE, now=clock)
    yield opened
    opened.close()
