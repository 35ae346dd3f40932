"""What must hold of what is handed out: sizes, the ZIP, the MSI, the tests, the bytes."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from windows import handed_out, pictures, proofs, proofs_installer, suite, wined
from windows.proofs import Trial, content, expect


def is_as_small_as_promised(trial: Trial) -> str:
    """The installer on a slow line, the program on a small disk."""
    packed = {kind: trial.packed(kind) for kind, _, _ in handed_out.PACKINGS}
    faults = handed_out.too_large(trial.built, packed["installer"])
    expect(not faults, " ".join(faults))
    told = [f"{kind} {path.stat().st_size / 1e6:.1f} MB" for kind, path in packed.items()]
    return f"{', '.join(told)}; {handed_out.size(trial.built.folder) / 1e6:.1f} MB installed"


_ON_E: Final = r"E:\dpdesk\records\example-school"


def works_from_a_stick(trial: Trial) -> str:
    """From the ZIP on E:, then on F: as at another computer; nothing written into the profile."""
    stick = trial.work / "stick with a name"
    shutil.rmtree(stick, ignore_errors=True)
    with zipfile.ZipFile(trial.packed("portable")) as packed:
        packed.extractall(stick)
    trial.windows.letter("E", stick)
    before = _profile(trial)
    program, records = stick / "dpdesk", stick / "dpdesk" / "records"
    told = _self_test(trial, program)
    school = content(_said(trial, "E:", "--json", "example", _ON_E))
    _opens(trial, program, "--workspace", _ON_E, opens=school["passphrase"])
    expect((records / "preferences.json").is_file(), "no settings beside the program")
    trial.windows.letter("F", stick)
    opening = {"DPDESK_PASSPHRASE": school["passphrase"]}
    checked = content(_said(trial, "F:", "--json", "check", **opening))
    expect(not checked["problems"], f"on F: {checked['problems'][:3]}")
    _opens(trial, program, opens=school["passphrase"])
    fresh = sorted(_profile(trial) - before)
    expect(not fresh, f"written into the profile: {fresh[:3]}")
    return f"{told}; records made on E: open on F:, and the profile is as it was"


def says_that_it_cannot_start(trial: Trial) -> str:
    """A part was taken away before anything of dpdesk could tell: a box says so."""
    program = trial.work / "a part away"
    shutil.rmtree(program, ignore_errors=True)
    shutil.copytree(trial.built.folder, program)
    parts = ("python313.zip", "_ctypes.pyd", "start.py")
    for part in parts:
        place = program / trial.built.name / part
        away = place.rename(place.with_suffix(".away"))
        process = trial.windows.start("dpdesk.exe", cwd=program, DISPLAY=trial.screen)
        try:
            pictures.wait_for_window(trial.screen)
            expect(process.poll() is None, f"without {part} it ended before it was read")
            pictures.keys(trial.screen, "Return")
            process.communicate(timeout=60)
            expect(process.returncode, f"without {part} it ended as if all were well")
        finally:
            process.kill()
        away.rename(place)
    shutil.rmtree(program)
    return f"a box where {', '.join(parts)} was missing"


def _said(trial: Trial, drive: str, *words: str, **variables: str) -> wined.Said:
    """What the program on a drive says to a command. Raises Failed where it refuses."""
    program = f"{drive}\\dpdesk\\dpdesk-command.exe"
    said = trial.windows.run(program, *words, seconds=2400, **variables)
    expect(said.code == 0, f"{drive} {words[0]} ended with {said.code}: {said.text[-600:]}")
    return said


def _profile(trial: Trial) -> set[str]:
    top = trial.windows.path(trial.windows.home("AppData"))
    return {str(each.relative_to(top)) for each in top.rglob("*dpdesk*")}


def _self_test(trial: Trial, program: Path) -> str:
    said = trial.windows.run("dpdesk-command.exe", "--json", "self-test", cwd=program, seconds=2400)
    expect(said.code == 0, f"the self-test ended with {said.code}: {said.text[-600:]}")
    told = content(said)
    read = [each["outcome"] for each in told["trials"] if each["name"] == "scans"]
    expect(read, "no scan was read")
    return f"{len(told['trials'])} trials, {read[0]}"


def _opens(trial: Trial, program: Path, *words: str, opens: str = "") -> None:
    """The window stands, the records are opened where a passphrase is given, and it is closed."""
    process = trial.windows.start("dpdesk.exe", *words, cwd=program, DISPLAY=trial.screen)
    try:
        pictures.wait_for_window(trial.screen)
        if opens:
            pictures.unlock(trial.screen, opens)
        pictures.close(trial.screen)
        process.communicate(timeout=180)
        expect(process.returncode == 0, f"the window ended with {process.returncode}")
    finally:
        process.kill()


def installs_for_everybody(trial: Trial) -> str:
    """The MSI: installed in silence into Program Files, used, and removed again."""
    package = trial.packed("msi")
    program = trial.windows.path("C:/Program Files/dpdesk")
    msiexec = ("msiexec", "/i", str(package), "/qn")
    said = trial.windows.run(*msiexec, cwd=package.parent, seconds=1800)
    expect(said.code == 0, f"msiexec ended with {said.code}: {said.text[-300:]}")
    told = _self_test(trial, program)
    _opens(trial, program)
    msiexec = ("msiexec", "/x", str(package), "/qn")
    said = trial.windows.run(*msiexec, cwd=package.parent, seconds=1800)
    expect(said.code == 0, f"removing it ended with {said.code}: {said.text[-300:]}")
    left = [each for each in program.rglob("*") if each.is_file()] if program.exists() else []
    expect(not left, f"left behind: {[each.name for each in left[:5]]}")
    return f"{told}; the window opens; removed whole"


def tests_pass(room: str, trial: Trial) -> str:
    """The project's own tests of a room, by CPython for Windows with the shipped libraries."""
    if not trial.tests_there:
        suite.made(trial.windows, trial.built, trial.cache)
        trial.tests_there = True
    said = suite.run(trial.windows, f"tests/{room}", seconds=3600)
    (trial.work / f"tests-{room.replace('/', '-')}.txt").write_text(said.text, encoding="utf-8")
    faults = suite.failures(said.text)
    if said.code != 0 and not faults:
        faults = [f"tests/{room} ended with {said.code}: {said.text[-300:]}"]
    counted = suite.outcome(said.text)
    told = ", ".join(f"{number} {outcome}" for outcome, number in counted.items())
    expect(not faults and counted.get("passed"), "\n".join([told, *faults]))
    return told


def are_the_same_bytes_twice(trial: Trial) -> str:
    """Two builds of one commit, in other folders, hours, languages and rights: the same bytes."""
    here = trial.work / "packed" / trial.built.name
    for kind, _, _ in handed_out.PACKINGS:
        trial.packed(kind)
    there = handed_out.built_elsewhere(trial.work / "second" / "a longer name", trial.cache)
    faults = handed_out.unlike(trial.built.folder, there / "windows")
    shutil.rmtree(there / "windows")
    faults += handed_out.unlike(here, there)
    expect(not faults, f"not the same: {faults[:5]}")
    told = [f"{name} {digest[:16]}" for name, digest in handed_out.digests(there).items()]
    return "; ".join(told)


Proof = Callable[[Trial], str]


def every() -> Iterator[tuple[str, Proof]]:
    """All of them, in the order in which each needs what the ones before did."""
    yield "is as small as promised", is_as_small_as_promised
    yield "installs without a question", proofs.installs_silently
    yield "passes its self-test", proofs.passes_its_self_test
    yield "opens its window and is used", proofs.opens_its_window
    yield "keeps files that others hold", proofs.keeps_files_while_others_hold_them
    yield "updates from a signed file while it runs", proofs.updates_from_a_file_while_it_runs
    yield "refuses a version that fails", proofs.refuses_a_version_that_does_not_work
    yield "leaves the records when removed", proofs.leaves_the_records_when_it_is_removed
    yield "says that it cannot start", says_that_it_cannot_start
    yield "loses nothing installed over itself", proofs_installer.loses_nothing_over_itself
    yield "is installed by one installer at a time", proofs_installer.waits_for_no_second_one
    yield "goes back to no older version", proofs_installer.goes_back_to_no_older_version
    yield "is updated at the top of a stick", proofs_installer.installs_at_the_top_of_a_stick
    yield "works from a stick", works_from_a_stick
    yield "installs for everybody", installs_for_everybody
    for room in (*suite.WITHOUT_QT, *suite.WITH_QT):
        yield f"passes the tests of {room}", partial(tests_pass, room)
    yield "is the same in two builds", are_the_same_bytes_twice
