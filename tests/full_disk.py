"""Let the disk be full at one moment of writing after another, and look whether anything was lost.

    python -m tests.full_disk [--steps 200] [--seed N]

The scenes are those of `tests.torture`. Instead of a kill, writing fails: a limit of the size of files (RLIMIT_FSIZE, where a write
beyond it gives EFBIG) from nothing up to what the scene writes, and for root, who may mount one, a small file system that has a
little room left (ENOSPC). The command must end with 0 or 1 and say what is wrong; afterwards the archive is whole, holds what it
held, and the same command succeeds once there is room.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eksread.demo import DemoPortal, load_edition
from tests.forked import Forked
from tests.torture import Refresh, Scene, scenes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAMES: Final = ("refresh", "bookmark", "import", "prune", "firststart", "migration")
DISK: Final = 24 * 2**20  # bytes of the small file system: what a scene needs, several times
BALLAST: Final = "ballast"


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Mount a small file system at `folder`; give whether that could be done."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def room(folder: Path, left: int) -> None:
    """Leave `left` bytes of the file system at `folder`."""
    (folder / BALLAST).unlink(missing_ok=True)
    free = shutil.disk_usage(folder).free
    with (folder / BALLAST).open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, max(1, free - left))


def step(scene: Scene, forked: Forked, limit: int, disk: Path | None) -> bool:
    """Run the scene with room for `limit` bytes; give whether it failed for that. Raises `AssertionError`."""
    scene.prepare()
    output = Path(tempfile.gettempdir()) / f"full-disk-{os.getpid()}"
    log = ("--log-file", f"{output}.log")
    words = ("--lang", "en", *log, "--portal", scene.url, "--data-dir", str(scene.folder), *scene.words)
    if disk is None:
        code = forked.run(words, output, file_bytes=limit)
    else:
        room(disk, limit)
        code = forked.run(words, output)
        (disk / BALLAST).unlink()
    said = Path(f"{output}.err").read_text("utf-8", "replace")
    assert code in (0, 1), (code, said)
    assert "Traceback" not in said, said
    assert code == 0 or said, "it failed without a word"
    if code:
        scene.begin(forked)
        assert forked.finish() == 0, "it fails though there is room again"
    scene.look(ended=True)
    return code == 1


def fill(steps: int, folder: Path, seed: int, names: Sequence[str] = NAMES) -> int:
    """Let the disk be full `steps` times; give how many commands failed for it. Raises `AssertionError`."""
    chance = random.Random(seed)
    failed = 0
    (folder / "disk").mkdir()
    with (
        DemoPortal(edition=load_edition()) as portal,
        Forked() as forked,
        small_disk(folder / "disk") as mounted,
    ):
        found = scenes(portal, forked, folder / "disk", chance, names)
        written = max(path.stat().st_size for path in (folder / "disk").rglob("*.db*"))
        for number in range(steps):
            scene = found[number % len(found)]
            disk = folder / "disk" if mounted and chance.random() < 0.5 else None
            limit = int(written * chance.random() ** 3)  # most of what matters is in the first writes
            try:
                failed += step(scene, forked, limit, disk)
            except Exception as error:
                error.add_note(
                    f"{type(scene).__name__}, step {number}, {limit} bytes, {'ENOSPC' if disk else 'EFBIG'}"
                )
                raise
            if number % 20 == 19:
                print(f"{number + 1} steps, {failed} failed as they should", flush=True)
        for scene in found:
            if isinstance(scene, Refresh):
                scene.finish(forked)
    return failed


def main() -> None:
    """Read the command line and fill."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="full-") as folder:
        failed = fill(given.steps, Path(folder), given.seed)
    print(f"seed {given.seed}: {given.steps} full disks, {failed} commands failed for it, nothing lost")


if __name__ == "__main__":
    main()
