"""Reading aloud by a speech program of the reader's: one process a paragraph, which gets the text on its standard input.

Never as an argument: `spd-say` takes one for a format string of printf, a text may begin like an option, and everybody
on the machine sees arguments.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess  # S404: its constants alone; argv without a shell, see `say`
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread.errors import EksreadError, reason_of
from eksread.i18n import N_, _

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Coroutine, Mapping, Sequence

END_SECONDS: Final = 0.5
"""How long a program that was asked to end may take before it is killed: nobody waits longer for silence."""
INSTALL: Final[Mapping[str, str]] = {
    "apt": "sudo apt install espeak-ng",
    "dnf": "sudo dnf install espeak-ng",
    "pacman": "sudo pacman -S espeak-ng",
    "brew": "brew install espeak-ng",
}
"""Package manager -> how it installs a speech program."""


class NoSpeaker(EksreadError):
    """There is no program that speaks. Values: how."""

    code = "no-speaker"
    what = N_("No program that reads aloud was found.")
    todo = N_("Install one ({how}), or name yours in the settings: read_aloud.")


class SpeakerFailed(EksreadError):
    """The speech program could not be run, or ended with an error. Values: program, reason."""

    code = "speaker-failed"
    what = N_("{program} can't read aloud: {reason}.")
    todo = N_("Try it in the shell, or name another program in the settings: read_aloud.")


class Speaker(NamedTuple):
    """A command that speaks its standard input and ends when it has; `hush` silences what goes on after its end."""

    argv: tuple[str, ...]
    hush: tuple[str, ...] = ()


USUAL: Final = (
    # Its speech is made by a server, which goes on when the client has been ended.
    Speaker(("spd-say", "--wait", "--pipe-mode", "--language", "id"), hush=("spd-say", "--stop")),
    Speaker(("espeak-ng", "-v", "id", "--stdin")),
)
"""The commands to choose from without a setting. The articles are Indonesian, whatever the interface is."""


def speaker(command: Sequence[str]) -> Speaker:
    """Give the command of the settings, else the first usual one that is installed. Raises `NoSpeaker`, `SpeakerFailed`."""
    if command:
        if shutil.which(command[0]) is None:
            raise SpeakerFailed(program=command[0], reason=_("it is not installed"))
        return Speaker(tuple(command))
    for usual in USUAL:
        if shutil.which(usual.argv[0]) is not None:
            return usual
    how = next((words for manager, words in INSTALL.items() if shutil.which(manager)), "espeak-ng")
    raise NoSpeaker(how=how)


class Speech:
    """What is being read aloud, one text at a time."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()

    def begin(self, reading: Coroutine[None, None, None]) -> None:
        """Begin to read: `reading` awaits `say` for each paragraph."""
        self._task = asyncio.create_task(reading)

    def stop(self) -> bool:
        """Fall silent; give whether there was something to stop. The process is ended in the background."""
        task, self._task = self._task, None
        if task is None or task.done():
            return False
        task.cancel()
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        return True

    async def stopped(self) -> None:
        """Wait until what was stopped has ended, before the program itself does."""
        if self._ending:
            await asyncio.wait(self._ending, timeout=2 * END_SECONDS)


async def say(speaker: Speaker, text: str) -> None:
    """Have a text spoken and wait for its end; cancelled, end the process. Raises `SpeakerFailed`."""
    try:
        process = await _started(speaker.argv, subprocess.PIPE)
    except OSError as error:
        raise SpeakerFailed(str(error), program=speaker.argv[0], reason=reason_of(error)) from error
    try:
        await process.communicate(f"{text}\n".encode())
    except asyncio.CancelledError:
        await _end(process)
        if speaker.hush:
            await _started(speaker.hush)
        raise
    if process.returncode:
        reason = _("it ended with error {code}").format(code=process.returncode)
        raise SpeakerFailed(program=speaker.argv[0], reason=reason)


async def _started(argv: Sequence[str], stdin: int = subprocess.DEVNULL) -> Process:
    """Start a program in a session of its own, so that its children are ended with it."""
    nothing = subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(
        *argv, stdin=stdin, stdout=nothing, stderr=nothing, start_new_session=True
    )


async def _end(process: Process) -> None:
    """Ask a process and its children to end; kill what is left of them."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(TimeoutError):
        async with asyncio.timeout(END_SECONDS):
            await process.wait()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
