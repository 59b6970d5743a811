"""The global options: from the command line, then `EKSREAD_*`, then the settings file, then the defaults."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from eksread import config as config_file
from eksread import i18n, paths
from eksread.errors import UsageError
from eksread.i18n import _
from eksread.portal import BASE_URL

if TYPE_CHECKING:
    from collections.abc import Mapping

TRUE_WORDS: Final = frozenset({"1", "true", "yes", "on", "ya"})
FALSE_WORDS: Final = frozenset({"", "0", "false", "no", "off", "tidak"})


@dataclass(frozen=True, slots=True)
class Options:
    """The global options. `portal` is None for the demo, whose address is known once it runs."""

    portal: str | None
    offline: bool
    paths: paths.Paths
    config: config_file.Config
    problems: tuple[str, ...]
    log_file_named: bool
    quiet: bool
    verbose: bool


def add_global(parser: argparse.ArgumentParser, *, again: bool = False) -> None:
    """Add the global options. `again` is for a command: an option left out there keeps its value from before."""
    missing = argparse.SUPPRESS if again else None
    group = parser.add_argument_group(_("everywhere"))

    def add(*flags: str, **more: str) -> None:
        group.add_argument(*flags, default=missing, **more)  # type: ignore[arg-type]  # argparse's stubs want no mapping

    add("--demo", help=_("read the built-in demo portal; needs no network"), action="store_true")
    add("--portal", help=_("address of the portal's front page"), metavar="URL")
    add("--offline", help=_("stay off the network; read what is saved"), action="store_true")
    add("--data-dir", help=_("folder of the saved news and bookmarks"), metavar="DIR")
    add("--config", help=_("settings file"), metavar="FILE")
    add("--lang", help=_("language of the interface: id or en"), metavar="id|en")
    add("--log-file", help=_("file for details of errors"), metavar="FILE")
    add("-q", "--quiet", help=_("print results and errors alone"), action="store_true")
    add("-v", "--verbose", help=_("print what is fetched, and details of errors"), action="store_true")


def choose_language(given: str | None, environ: Mapping[str, str], from_config: str | None) -> None:
    """Set the interface's language before any text is shown. Raises `UsageError` for one that has no catalogue."""
    usual = from_config or i18n.preferred(environ)
    wanted = given or environ.get("EKSREAD_LANG") or usual
    if wanted not in i18n.LANGUAGES:
        i18n.use(usual)
        raise UsageError(reason=_("Unknown language “{name}”: id or en.").format(name=wanted))
    i18n.use(wanted)


def resolve(given: argparse.Namespace, loaded: tuple[config_file.Config, tuple[str, ...]]) -> Options:
    """Put command line, environment and settings together. Raises `UsageError`."""
    settings, problems = loaded
    demo = _flag(given.demo, "EKSREAD_DEMO")
    portal = given.portal or os.environ.get("EKSREAD_PORTAL") or (None if demo else settings.portal)
    if portal and demo and given.portal:
        raise UsageError(reason=_("--demo and --portal exclude each other."))
    address = None if demo else _front_page(portal or BASE_URL)
    log_file = _path(given.log_file, "EKSREAD_LOG_FILE")
    return Options(
        portal=address,
        offline=_flag(given.offline, "EKSREAD_OFFLINE"),
        paths=paths.find(
            place="demo" if demo else _place(address or BASE_URL),
            data_dir=_path(given.data_dir, "EKSREAD_DATA_DIR"),
            config_file=config_path(given.config),
            log_file=log_file,
        ),
        config=settings,
        problems=problems,
        log_file_named=log_file is not None,
        quiet=_flag(given.quiet, "EKSREAD_QUIET"),
        verbose=_flag(given.verbose, "EKSREAD_VERBOSE"),
    )


def config_path(given: str | None) -> Path | None:
    """Give the settings file that was named, if any."""
    return _path(given, "EKSREAD_CONFIG")


def _front_page(address: str) -> str:
    """Give the front page's address with a slash at its end. Raises `UsageError` for anything else."""
    found = config_file.portal_address(address)
    if found is None:
        raise UsageError(reason=_("“{url}” is not an address of a portal.").format(url=address))
    return found


def _place(address: str) -> str:
    """Give the name of a portal's own part of the data folder; the usual portal has the folder itself."""
    if address == BASE_URL:
        return ""
    parts = urlsplit(address)
    text = f"{parts.netloc}{parts.path}".rstrip("/").lower()
    return "portals/" + "".join(
        character if character.isalnum() or character in ".-" else "_" for character in text
    )


def _path(given: str | None, variable: str) -> Path | None:
    value = given or os.environ.get(variable)
    return Path(os.path.expanduser(value)) if value else None  # noqa: PTH111 - Path raises for a user that isn't there


def _flag(given: bool | None, variable: str) -> bool:
    if given:
        return True
    value = os.environ.get(variable, "").strip().lower()
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    raise UsageError(reason=_("{name} must be 1 or 0.").format(name=variable))
