"""What must hold of the program for Windows, each tried on the installed program under wine."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from machine import TOP

from dpdesk.updates import signed
from windows import gathering, handed_out, packing, pictures, wined
from windows.folder import Built, write_list

SUBJECT: Final = "Testa Example"
_KEY: Final = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\dpdesk"
NEWER: Final = "9.9.9"


class Failed(Exception):
    """A proof did not hold; the text says what was seen."""


def content(said: wined.Said) -> Any:
    """What a command answered in JSON. Raises Failed with its words where it is none."""
    try:
        return json.loads(said.text)
    except ValueError:
        raise Failed(f"no JSON, but: {said.text[:600]!r}") from None


def expect(right: object, seen: str) -> None:
    """Raises Failed with what was seen, unless it is as it should be."""
    if not right:
        raise Failed(seen)


@dataclass
class Trial:
    """The Windows, what was built, and where pictures go."""

    windows: wined.Windows
    built: Built
    work: Path
    screen: str
    cache: Path
    quick: bool = False
    """Whether an installer that is soon made stands for the one that is handed out."""
    tests_there: bool = False
    """Whether the sources and pytest lie on drive C, for the tests by CPython for Windows."""

    @property
    def opens(self) -> str:
        """What opens the example school, which said it when it was made; kept for later runs."""
        kept = self.work / "opens.txt"
        if not kept.is_file():
            raise Failed("The example school is not there: run 'opens its window' first.")
        return kept.read_text(encoding="utf-8")

    @property
    def program(self) -> Path:
        """Where the program is installed, as this machine sees it."""
        return self.windows.path(self.windows.home("AppData", "Local", "Programs", "dpdesk"))

    @property
    def current(self) -> str:
        """The version that starts."""
        return (self.program / "current.txt").read_text(encoding="ascii").strip()

    def dpdesk(self, *words: str, seconds: float = 1200, **variables: str) -> wined.Said:
        """Runs a command of the installed program."""
        command = ("dpdesk-command.exe", *words)
        return self.windows.run(*command, cwd=self.program, seconds=seconds, **variables)

    def answer(self, *words: str, **variables: str) -> Any:
        """What a command answers in JSON."""
        said = self.dpdesk("--json", *words, **variables)
        expect(said.code == 0, f"{words[0]} ended with {said.code}: {said.text[-600:]}")
        return content(said)

    def packed(self, kind: str) -> Path:
        """What is handed out of the version on trial: installer, portable or msi; made once."""
        (ending, pack) = next((e, p) for name, e, p in handed_out.PACKINGS if name == kind)
        target = self.work / "packed" / self.built.name / f"dpdesk-{self.built.version}-{ending}"
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            pack(self.built, target)
        return target

    def setup_of(self, built: Built) -> Path:
        """The installer of another version: larger than one that is handed out, and soon made."""
        target = self.work / f"dpdesk-{built.version}-{built.name}-setup.exe"
        return target if target.exists() else packing.installer(built, target, quick=True)

    def install(self, setup: Path) -> wined.Said:
        """Runs an installer in silence."""
        return self.windows.run(str(setup), "/S", cwd=self.work, seconds=2400)

    def other(self, version: str, *, broken: bool = False) -> Built:
        """Another version of the program: the same with a word more, or with a part missing."""
        top = self.work / f"other-{version}"
        name = f"app-{version}-{'broken' if broken else 'whole'}"
        if not top.exists():
            top.mkdir(parents=True)
            shutil.copytree(self.built.folder / self.built.name, top / name)
            if broken:
                shutil.rmtree(top / name / "resources" / "law")
            (top / name / "resources" / "other.txt").write_text(version, encoding="ascii")
            write_list(top / name)
        return Built(top, name, version)


# ------------------------------------------------------------------------------------- the proofs


def installs_silently(trial: Trial) -> str:
    """Without a question, without rights, under a name that no Western alphabet has."""
    if trial.program.exists() and trial.current != trial.built.name:  # newer, from another trial
        shutil.rmtree(trial.program)
    setup = trial.setup_of(trial.built) if trial.quick else trial.packed("installer")
    said = trial.install(setup)
    expect(said.code == 0, f"the installer ended with {said.code}: {_faults_of(trial)}")
    expect(trial.current == trial.built.name, f"current.txt names {trial.current}")
    entry = trial.windows.run("reg", "query", _KEY).text
    expect("DisplayVersion" in entry and "uninstall.exe" in entry, f"no entry: {entry[-300:]}")
    menu = trial.windows.path(trial.windows.home("AppData", "Roaming", "Start Menu", "Programs"))
    expect((menu / "dpdesk.lnk").is_file(), f"no entry in the Start menu: {list(menu.iterdir())}")
    return f"{trial.program.name} for {wined.USER}"


def _faults_of(trial: Trial) -> str:
    """What the self-test of an installer found."""
    told = trial.windows.path(trial.windows.home("Temp", "dpdesk-self-test.txt"))
    return told.read_text(encoding="utf-8", errors="replace")[-900:] if told.is_file() else ""


def passes_its_self_test(trial: Trial) -> str:
    """Everything that the program can do, done once by the installed program."""
    told = trial.answer("self-test")
    expect(told["ok"], json.dumps(told)[-600:])
    return f"{len(told['trials'])} trials in {told['seconds']} s"


def opens_its_window(trial: Trial) -> str:
    """The example school is opened and a request logged, by keys, in Qt's own window of Windows."""
    folder = trial.windows.home("AppData", "Local", "dpdesk", "example")
    told = trial.answer("example", str(folder))
    (trial.work / "opens.txt").write_text(str(told["passphrase"]), encoding="utf-8")
    own = trial.work / "example-on-linux"
    shutil.rmtree(own, ignore_errors=True)
    shutil.copytree(trial.windows.path(folder), own)
    with _linux_window(trial, own):
        there = pictures.walk(trial.screen, trial.work / "linux", trial.opens, SUBJECT)
    process = trial.windows.start(
        *("dpdesk.exe", "--workspace", str(folder)), cwd=trial.program, DISPLAY=trial.screen
    )
    try:
        here = pictures.walk(trial.screen, trial.work / "windows", trial.opens, SUBJECT, there)
        pictures.close(trial.screen)
        process.communicate(timeout=180)
    finally:
        process.kill()
    opening = ("--workspace", str(folder), "entries", "requests")
    rows = trial.answer(*opening, DPDESK_PASSPHRASE=trial.opens)
    expect(SUBJECT in json.dumps(rows), "the request that was typed in the window is not there")
    unlike = [fault for name in here if (fault := pictures.unlike(here[name], there[name]))]
    expect(not unlike, "; ".join(unlike))
    return f"{len(here)} pages as on Linux, a request logged by keys"


def _linux_window(trial: Trial, folder: Path) -> pictures.Closing:
    python = TOP / ".venv" / "bin" / "python"
    command = [str(python), "main.py", "--workspace", str(folder)]
    environment = {
        **trial.windows.environment,
        "DISPLAY": trial.screen,
        "DPDESK_HOME": str(trial.work / "home-on-linux"),
        "QT_QPA_PLATFORM": "xcb",
    }
    return pictures.Closing(subprocess.Popen(command, cwd=TOP, env=environment), trial.screen)


def keeps_files_while_others_hold_them(trial: Trial) -> str:
    """Another program has files open during a save, a backup and a restore."""
    hold = trial.windows.path("C:/hold.exe")
    wined.build(wined.STAND_INS / "hold.c", hold, "-municode")
    folder = str(trial.windows.home("Documents", "held"))
    script = str(wined.STAND_INS / "held.py")
    said = _python(trial, script, "C:\\hold.exe", folder)
    expect(said.code == 0, said.text[-900:])
    return f"{len(said.text.strip().splitlines())} ways, each as it should be"


def _python(trial: Trial, *words: str, seconds: float = 900) -> wined.Said:
    """Runs CPython for Windows with the installed program's own libraries.

    The starter of CPython is not shipped; it is put there for the trial.
    """
    app = trial.program / trial.current
    plain = app / "python.exe"
    shutil.copyfile(gathering.cpython(trial.cache) / "python.exe", plain)
    try:
        return trial.windows.run(str(plain), *words, cwd=app, seconds=seconds)
    finally:
        plain.unlink()


def updates_from_a_file_while_it_runs(trial: Trial) -> str:
    """A signed update is installed beside the version that is open, which goes on working."""
    before = trial.current
    folder = str(trial.windows.home("AppData", "Local", "dpdesk", "example"))
    newer = trial.other(NEWER)
    update = _update_of(trial, newer)
    running = trial.windows.start(
        *("dpdesk.exe", "--workspace", folder), cwd=trial.program, DISPLAY=trial.screen
    )
    try:
        pictures.wait_for_window(trial.screen)
        second = trial.windows.run("dpdesk.exe", cwd=trial.program, DISPLAY=trial.screen)
        expect(second.code == 0, f"a second start ended with {second.code}")
        opening = ("--workspace", folder, "update", str(update))
        told = trial.answer(*opening, DPDESK_PASSPHRASE=trial.opens)
        expect(told["installed"] and trial.current == newer.name, f"{told}, {trial.current}")
        expect((trial.program / before / "python313.dll").is_file(), "the version before is gone")
        pictures.wait_for_window(trial.screen)
        pictures.unlock(trial.screen, trial.opens)
        pictures.close(trial.screen)
        running.communicate(timeout=300)
        expect(running.returncode == 0, f"the old version ended with {running.returncode}")
    finally:
        running.kill()
    expect((trial.program / before).is_dir(), "the version before went while it ran")
    rows = trial.answer(*opening[:2], "entries", "requests", DPDESK_PASSPHRASE=trial.opens)
    expect(rows, "the new version finds no requests")
    expect((trial.program / before).is_dir(), "the version before went before a window was opened")
    left = _versions_after_a_window(trial, folder)
    expect(left == [newer.name], f"after the records were opened there are {left}")
    backups = list(trial.windows.path(folder).rglob("*.dpbackup"))
    expect(backups, "no backup was made before")
    return f"{before} went on until it was closed; {newer.name} opened the records, and it went"


def _versions_after_a_window(trial: Trial, folder: str) -> list[str]:
    """Opens the records as the user does the next day; the folders that are left afterwards."""
    running = trial.windows.start(
        *("dpdesk.exe", "--workspace", folder), cwd=trial.program, DISPLAY=trial.screen
    )
    try:
        pictures.wait_for_window(trial.screen)
        pictures.unlock(trial.screen, trial.opens)
        for _ in range(60):  # it is done beside the window
            left = sorted(each.name for each in trial.program.glob("app-*"))
            if len(left) == 1:
                break
            time.sleep(1)
        pictures.close(trial.screen)
        running.communicate(timeout=300)
    finally:
        running.kill()
    return left


def _update_of(trial: Trial, built: Built) -> PureWindowsPath:
    """The file of an update, signed by a publisher whom the installed program is told of."""
    key = Ed25519PrivateKey.generate()
    known = trial.program / trial.current / "resources" / "updates" / "publisher.txt"
    with known.open("a", encoding="ascii") as file:
        file.write(key.public_key().public_bytes_raw().hex() + "\n")
    place = trial.windows.home("Documents", f"dpdesk-{built.version}.dpupdate")
    signed.sign(
        key.private_bytes_raw(),
        trial.windows.path(place),
        version=built.version,
        news=["A version for a trial."],
        installer=trial.setup_of(built),
    )
    return place


def refuses_a_version_that_does_not_work(trial: Trial) -> str:
    """A version that fails its self-test is taken away again, and the one before stays."""
    before = trial.current
    broken = trial.other("9.9.10", broken=True)
    said = trial.install(trial.setup_of(broken))
    expect(said.code == 3, f"the installer ended with {said.code}")
    told = _faults_of(trial)
    expect("A part of dpdesk is missing: resources/law" in told, f"why is not said: {told}")
    expect(trial.current == before, f"current.txt names {trial.current}")
    left = [each.name for each in trial.program.glob("app-9.9.10*")]
    expect(not left, f"left behind: {left}")
    return "self-test failed, nothing was changed"


def leaves_the_records_when_it_is_removed(trial: Trial) -> str:
    """All of the program goes, and nothing else."""
    own = trial.program / "a letter of mine.txt"
    own.write_text("kept by its owner", encoding="utf-8")
    said = trial.windows.run("uninstall.exe", "/S", cwd=trial.program)
    expect(said.code == 0, f"the uninstaller ended with {said.code}")
    for _ in range(90):  # it goes on as a copy of itself
        if [each.name for each in trial.program.iterdir()] == [own.name]:
            break
        time.sleep(1)
    left = sorted(each.name for each in trial.program.rglob("*"))
    expect(left == [own.name], f"left behind: {left[:5]}")
    records = trial.windows.path(trial.windows.home("AppData", "Local", "dpdesk", "example"))
    expect((records / "dpdesk.db").is_file(), "the records are gone")
    entry = trial.windows.run("reg", "query", _KEY)
    expect("DisplayVersion" not in entry.text, "it is still among the programs")
    return "records and a file of the user's are still there"
