"""Names and places of eksread's files. A folder is made on first use, with mode 0700, by whatever writes into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

APP_NAME = "eksread"
CONFIG_NAME = "config.toml"
DATABASE_NAME = "eksread.db"
BOOKMARKS_NAME = "bookmarks.toml"
LOG_NAME = "eksread.log"
PICTURES_NAME = "pictures"


@dataclass(frozen=True, slots=True)
class Paths:
    """The data folder (saved news and the user's own data), the settings file, and the log."""

    data_dir: Path
    config_file: Path
    log_file: Path

    @property
    def pictures(self) -> Path:
        """The folder of fetched pictures."""
        return self.data_dir / PICTURES_NAME

    def is_archives(self, path: Path) -> bool:
        """Whether a path is the archive's (SQLite's file, its log, its journal, the bookmarks): what is written there damages it."""
        here = path.expanduser().absolute()
        named = here.name.startswith(DATABASE_NAME) or here.name == BOOKMARKS_NAME
        return named and here.parent.resolve() == self.data_dir.resolve()


def find(
    *,
    place: str = "",
    data_dir: Path | None = None,
    config_file: Path | None = None,
    log_file: Path | None = None,
) -> Paths:
    """Give the paths by the platform's conventions; arguments win.

    `place` is a relative folder for the data of the demo or of another portal; it does not apply to a `data_dir`
    that was named.
    """
    data_dir = data_dir or Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)) / place
    config_file = config_file or Path(platformdirs.user_config_dir(APP_NAME, appauthor=False)) / CONFIG_NAME
    log_file = log_file or Path(platformdirs.user_log_dir(APP_NAME, appauthor=False)) / LOG_NAME
    return Paths(data_dir.expanduser(), config_file.expanduser(), log_file.expanduser())


def make_private(folder: Path) -> None:
    """Make `folder`, and those of its parents that aren't there yet, readable by their owner alone."""
    if not folder.is_dir():
        # Not mkdir(parents=True): that gives the mode to the last folder only.
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
