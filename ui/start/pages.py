"""All ways to an open desk: unlock, set up, example, restore, recovery key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from dpdesk import front_door
from dpdesk.errors import DpdeskError, WrongPassphrase
from dpdesk.walls.memory import wiping
from ui.start.frame import StartPage
from ui.start.unlock import UnlockPage

if TYPE_CHECKING:
    from ui.kit.pieces.printing import Printing
    from ui.kit.pieces.prompts import Prompter
    from ui.kit.pieces.surroundings import Preferences
    from ui.kit.pieces.tasks import TaskRunner

_WRONG = "That is not the passphrase of this workspace."
_NEW = (
    "The recovery key opened the workspace. Choose a new passphrase; the old one stops working. "
    "The recovery sheet still works."
)
_FIRST = "Step 2 of 3. You type it whenever you open dpdesk."


def example_words() -> str:
    """What the pages that ask for the passphrase of the example school say."""
    from dpdesk import example  # invents a school; nobody who works needs it

    return f"The example school opens with the passphrase “{example.OPENS_WITH}”."


class StartPages(QStackedWidget):
    """The pages before a workspace is open. ``opened`` carries the desk and its folder.

    Pages other than the first are made when they are asked for: most days nobody does. For the
    same reason ``prompter`` gives the prompter only when it is called.
    """

    opened = Signal(object, object)
    help_asked = Signal(str)

    def __init__(
        self,
        preferences: Preferences,
        prompter: Callable[[], Prompter],
        tasks: TaskRunner,
        *,
        folder: Path | None = None,
        printing: Printing | None = None,
        fault: Callable[[BaseException], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._prompter, self._tasks = preferences, prompter, tasks
        self._printing = printing
        self._fault = fault
        self._made: dict[str, Any] = {}
        self._desk: Any = None
        self._school: dict[str, str] = {}
        self._new = Path()  # is being set up; ``folder`` is the one to go back to
        self.restored = ""
        """Name of the backup that the open desk was just restored from."""
        last = front_door.last(preferences)
        self.folder = folder or last or front_door.default_workspace()
        if front_door.is_workspace(self.folder):
            self.show_unlock()
        else:
            self._show_welcome(gone=bool(last and folder is None), asked=folder is not None)

    # --- going from page to page ---------------------------------------------------------

    def _page(self, name: str, make: Callable[[], StartPage]) -> Any:
        if name not in self._made:
            page = make()
            page.back.connect(self._go_back)
            page.help_asked.connect(self.help_asked)
            self._made[name] = page
            self.addWidget(page)
        return self._made[name]

    def _show(self, page: StartPage) -> None:
        self.setCurrentWidget(page)
        if page.isVisible():
            page.begin()

    def showEvent(self, event: Any) -> None:
        """The keyboard begins where the page says."""
        super().showEvent(event)
        page = self.currentWidget()
        assert isinstance(page, StartPage)
        page.begin()

    def _go_back(self) -> None:
        if self._tasks.busy or self._desk is not None:
            return
        made, here = self._made, self.currentWidget()
        begun = here in (made.get("school"), made.get("restore"))
        if here is made.get("passphrase"):
            self._show(made["school"])
        elif front_door.is_workspace(self.folder) and not begun:
            self.show_unlock()
        else:
            self._show(self._welcome())

    def show_unlock(self) -> None:
        """Asks for the passphrase of the folder."""
        page = self._page("unlock", self._make_unlock)
        page.show_folder(self.folder)
        page.schools.show_schools(front_door.known(self._preferences), self.folder)
        if self.folder == front_door.default_example():
            page.under.setText(example_words())
        page.clear()
        self._show(page)

    def _make_unlock(self) -> UnlockPage:
        page = UnlockPage()
        page.given.connect(self._unlock)
        page.lost.connect(self._show_lost)
        page.elsewhere.connect(self.choose_folder)
        page.more.connect(self._show_welcome)
        page.schools.chosen.connect(self._choose_school)
        page.schools.dropped.connect(self._drop_school)
        return page

    def _choose_school(self, folder: Path) -> None:
        """Another school: its own passphrase is asked for, and what was typed is forgotten."""
        if not self._tasks.busy:
            self.folder = folder
            self.show_unlock()

    def _drop_school(self, folder: Path) -> None:
        """Takes a school off the list; its workspace is not touched."""
        front_door.forget(self._preferences, folder)
        self.show_unlock()

    def _welcome(self) -> Any:
        from ui.start.welcome import WelcomePage  # most days only the unlock page is needed

        def make() -> StartPage:
            page = WelcomePage()
            page.set_up.connect(self.show_set_up)
            page.example.connect(self.open_example)
            page.restore.connect(self.show_restore)
            page.elsewhere.connect(self.choose_folder)
            return page

        page = self._page("welcome", make)
        page.offer_back(there=front_door.is_workspace(self.folder))
        return page

    def _show_welcome(self, *, gone: bool = False, asked: bool = False) -> None:
        page = self._welcome()
        page.banner.hide()
        if gone:
            page.banner.say(
                f"The workspace last used, {self.folder}, cannot be found. If it is on a USB stick "
                "or on another computer, connect that first.",
                "warn",
                [("Check again", self._look_again)],
            )
        elif asked:
            page.banner.say(
                f"There is no workspace in {self.folder} yet. You can set one up there.", "info"
            )
        self._show(page)

    def _look_again(self) -> None:
        if front_door.is_workspace(self.folder):
            self.show_unlock()
        else:
            self._show_welcome(gone=True)

    def choose_folder(self) -> None:
        """Another workspace."""
        chosen = self._prompter().choose_folder("The folder of the workspace")
        if chosen is None:
            return
        if front_door.is_workspace(chosen):
            self.folder = chosen
            self.show_unlock()
            return
        page = self.currentWidget()
        assert isinstance(page, StartPage)
        page.complain(
            "There is no workspace in that folder. Choose the folder that holds the file "
            "dpdesk.keys.json."
        )

    # --- opening -------------------------------------------------------------------------

    def _run(
        self,
        work: Callable[[Any], Any],
        title: str,
        then: Callable[[Any], object],
        fail: Callable[[DpdeskError], object],
    ) -> None:
        def failed(error: BaseException) -> None:
            if isinstance(error, DpdeskError):
                fail(error)
                return
            fail(DpdeskError("Something went wrong in dpdesk.", "Nothing was changed."))
            if self._fault is not None:
                self._fault(error)

        self._tasks.run(work, title=title, on_success=then, on_error=failed, cancellable=False)

    def _finish(self, desk: Any) -> None:
        self._desk = None
        next_time = True
        if self.restored:
            from ui.start.restore import opens_next_time  # as above

            before = front_door.last(self._preferences)
            next_time = opens_next_time(self._prompter(), self.folder, before)
        # A preference that cannot be written must keep nobody out of the workspace.
        front_door.remember(self._preferences, self.folder, next_time=next_time)
        self.opened.emit(desk, self.folder)

    def _unlock(self, passphrase: str) -> None:
        page, folder = self._made["unlock"], self.folder

        def fail(error: DpdeskError) -> None:
            if isinstance(error, WrongPassphrase):
                page.refuse(_WRONG)
            else:
                page.fail(str(error))

        self._run(
            lambda _progress: front_door.open_desk(folder, passphrase),
            "Opening the workspace",
            self._finish,
            fail,
        )

    def _show_lost(self) -> None:
        from ui.start.restore import LostPage  # most days only the unlock page is needed

        def make() -> StartPage:
            page = LostPage()
            page.given.connect(self._open_with_key)
            return page

        self._show(self._page("lost", make))

    def _open_with_key(self, key: str) -> None:
        folder = self.folder
        self._run(
            lambda _progress: front_door.open_desk(folder, recovery_key=key),
            "Opening the workspace",
            self._ask_new_passphrase,
            lambda error: self._made["lost"].fail(str(error)),
        )

    def _ask_new_passphrase(self, desk: Any) -> None:
        from ui.start.set_up import NewPassphrasePage  # as above

        self._desk = desk

        def make() -> StartPage:
            page = NewPassphrasePage(
                lambda typed: front_door.strength(typed, desk.keeping.known_words()),
                _NEW,
                "Set and open",
            )
            page.step_back.hide()
            page.done.connect(self._set_new_passphrase)
            return page

        self._show(self._page("renew", make))

    def _set_new_passphrase(self, passphrase: str) -> None:
        desk, page = self._desk, self._made["renew"]

        def fail(error: DpdeskError) -> None:
            page.set_busy(False)
            page.complain(str(error))

        self._run(
            lambda _progress: desk.keeping.set_passphrase(passphrase),
            "Setting the passphrase",
            lambda _answer: self._finish(desk),
            fail,
        )

    # --- making --------------------------------------------------------------------------

    def show_set_up(self) -> None:
        """Asks for the school."""
        from ui.start.set_up import SchoolPage  # as above

        def make() -> StartPage:
            page = SchoolPage(self._prompter())
            usual = self.folder
            if front_door.is_workspace(usual):
                usual = front_door.default_workspace()
            page.folder.line.setText("" if front_door.is_workspace(usual) else str(usual))
            page.done.connect(self._show_passphrase)
            return page

        self._show(self._page("school", make))

    def _show_passphrase(self, folder: Path, school: dict[str, str]) -> None:
        from ui.start.set_up import NewPassphrasePage  # as above

        self._new, self._school = folder, school

        def make() -> StartPage:
            page = NewPassphrasePage(self._strength, _FIRST, "Set up")
            page.done.connect(self._create)
            return page

        self._show(self._page("passphrase", make))

    def _strength(self, typed: str) -> tuple[int, str]:
        return front_door.strength(typed, self._school.values())

    def _create(self, passphrase: str) -> None:
        folder, school, page = self._new, self._school, self._made["passphrase"]

        def fail(error: DpdeskError) -> None:
            page.set_busy(False)
            page.complain(str(error))

        self._run(
            lambda _progress: front_door.create_desk(folder, passphrase, school),
            "Setting up",
            self._show_sheet,
            fail,
        )

    def _show_sheet(self, made: tuple[Any, str]) -> None:
        from ui.kit.pieces.printing import SystemPrinting  # as above
        from ui.start.set_up import RecoverySheetPage  # as above

        desk, key = made
        self._desk, self.folder = desk, self._new
        printing = self._printing or SystemPrinting(self)

        def finish() -> None:
            page.forget()
            desk.keeping.sheet_handed_out()
            self._finish(desk)

        page = self._page("sheet", lambda: RecoverySheetPage(self._prompter(), printing))
        page.show_key(key, lambda: desk.keeping.recovery_sheet(key))
        page.done.connect(finish)
        self._show(page)

    def open_example(self) -> None:
        """Makes the example school where it is not there yet, and opens it."""
        from dpdesk import example  # invents a school; nobody who works needs it

        page = self.currentWidget()
        assert isinstance(page, StartPage)
        page.banner.say("Opening the example school. This takes a moment.", "info")
        page.setEnabled(False)
        folder = front_door.default_example()

        def work(progress: Any) -> Any:
            if not front_door.is_workspace(folder):
                example.make_example(folder, progress.step)
            return front_door.open_desk(folder, example.OPENS_WITH)

        def then(desk: Any) -> None:
            page.setEnabled(True)
            page.banner.hide()
            self.opened.emit(desk, folder)

        def fail(error: DpdeskError) -> None:
            page.setEnabled(True)
            page.complain(str(error))

        self._run(work, "Opening the example school", then, fail)

    def show_restore(self) -> None:
        """Asks for a backup."""
        from ui.start.restore import RestorePage  # as above

        def make() -> StartPage:
            page = RestorePage(self._prompter())
            usual = front_door.default_workspace()
            page.folder.line.setText("" if front_door.is_workspace(usual) else str(usual))
            page.given.connect(self._restore)
            return page

        self._show(self._page("restore", make))

    def _restore(self, archive: Path, folder: Path, passphrase: str, key: str) -> None:
        page = self._made["restore"]

        def work(progress: Any) -> Any:
            front_door.restore_backup(
                archive,
                folder,
                passphrase=passphrase,
                recovery_key=key,
                step=lambda done, total: progress.step("Restoring", done, total),
            )
            desk = front_door.open_desk(folder, passphrase, recovery_key=key)
            desk.keeping.forget_last_backup()
            return desk

        def then(desk: Any) -> None:
            page.set_busy(False)
            self.restored = archive.name
            self.folder = folder
            if key:
                self._ask_new_passphrase(desk)
            else:
                self._finish(desk)

        self._run(work, "Restoring the backup", then, lambda error: page.fail(str(error)))

    def may_close(self) -> bool:
        """Asks once where the recovery sheet was neither printed nor saved."""
        page: Any = self._made.get("sheet")
        if page is None or page.isHidden() or page.go.isEnabled():
            return True
        return self._prompter().confirm(
            "Close without the recovery sheet?",
            "Close without it",
            details="The key cannot be shown again. Without it, nobody can help if you lose the "
            "passphrase.",
            danger=True,
        )

    def forget(self) -> None:
        """A desk is open: what was typed on these pages goes, with the pages."""
        with wiping():
            for page in self._made.values():
                self.removeWidget(page)
                page.deleteLater()
            self._made.clear()
            self._school = {}
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def close_desk(self) -> None:
        """Closes a desk that was opened and not yet handed over; the program is closing."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None
