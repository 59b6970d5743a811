"""`eksread config init|show|path|check|edit`: the settings file."""

from __future__ import annotations

import json
import os
import subprocess  # S404: argv only, no shell
from typing import TYPE_CHECKING, Final, NamedTuple

from eksread import config, i18n, user_files
from eksread.cli.arguments import add_examples, add_json, named_file
from eksread.cli.output import print_message, print_result, print_warning
from eksread.errors import FileUnwritable
from eksread.i18n import N_, _
from eksread.paths import make_private
from eksread.tui.commands import COMMANDS
from eksread.tui.key_names import BUILT_IN, chosen, shown_key

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from eksread.cli.options import Options
    from eksread.export.json_form import Json

SAMPLE: Final[Mapping[str, tuple[str, str]]] = {
    "language": ('"id"', N_("Language of the interface: {choices}. Without it, that of the locale.")),
    "portal": ('"https://eksposkaltim.com/"', N_("Address of the front page to read.")),
    "theme": ('"dark"', N_("Colours: {choices}.")),
    "width": ("72", N_("Reading width in cells, {low} to {high}.")),
    "density": ('"comfortable"', N_("How lists show headlines: {choices}.")),
    "images": ('"auto"', N_("How pictures are shown: {choices}.")),
    "user_agent": ('"eksread"', N_("How eksread calls itself to the portal.")),
    "metered": ("false", N_("true: nothing is fetched unasked.")),
    "read_aloud": ('["espeak-ng", "-v", "id"]', N_("The command that reads articles aloud, as a list.")),
    "refresh.on_start": ("true", N_("Fetch what is new when the reader opens.")),
    "refresh.every": ('"never"', N_("Fetch again while the reader is open: 15m, 2h; at least 5m.")),
}
"""Setting -> the value of the sample, the default where there is a fixed one, and what it means."""
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "language": i18n.LANGUAGES,
    "theme": config.THEMES,
    "density": config.DENSITIES,
    "images": config.IMAGES,
}
_OPTIONS: Final = ("demo", "offline", "data-dir", "config", "log-file", "quiet", "verbose")
"""Options that are no settings of the file, but of the command line and the environment."""
OPTION, ENVIRONMENT, FILE, DEFAULT = "option", "environment", "file", "default"
_ORIGINS: Final[Mapping[str, str]] = {
    OPTION: N_("command line"),
    ENVIRONMENT: N_("environment"),
    FILE: N_("file"),
    DEFAULT: N_("default"),
}


def add_config(parser: argparse.ArgumentParser) -> None:
    """Add the five actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="init|show|path|check|edit")
    for name, purpose in (
        ("init", _("write a sample file with every setting, each as a comment")),
        ("show", _("show every setting, its value and where it comes from")),
        ("path", _("print where the file is, or would be")),
        ("check", _("name every mistake in the file, with its line and what may stand there")),
        ("edit", _("open the file in $VISUAL or $EDITOR, then check it")),
    ):
        add_examples(actions.add_parser(name, help=purpose, description=purpose), f"eksread config {name}")
    add_json(actions.choices["show"])
    add_examples(
        parser,
        "eksread config init",
        "eksread config show --json",
        "eksread config check --config other.toml",
    )


def run_config(given: argparse.Namespace, options: Options) -> int:
    """Do the action; `check` and `edit` end with 1 where something is wrong."""
    path = options.paths.config_file
    if given.action == "path":
        print(path)
        return 0
    if given.action == "show":
        return _show(given, options)
    if given.action == "init":
        _write_sample(path)
        print_message(
            _("Written: {path}. Every setting in it is a comment: it changes nothing yet.").format(path=path)
        )
        return 0
    if given.action == "edit":
        _edit(path)
    return _check(path, named=bool(given.config or os.environ.get("EKSREAD_CONFIG")))


# The sample.


def sample() -> str:
    """Give the text of a settings file with every setting as a comment, in the interface's language."""
    lines = [f"# {_('Settings of eksread. Remove the # before a line to make it hold.')}"]
    table = ""
    for name, (value, meaning) in SAMPLE.items():
        before, _dot, key = name.rpartition(".")
        if before != table:
            table = before
            lines += ["", f"[{table}]"]
        text = _(meaning).format(
            choices=", ".join(_CHOICES.get(name, ())), low=config.NARROWEST, high=config.WIDEST
        )
        lines += ["", f"# {text}", f"# {key} = {value}"]
    lines += [
        "",
        f"# {_('Own colours, in place of those of the theme above; these are of the dark one.')}",
        "[colors]",
    ]
    from eksread.tui.render.colours import PALETTES

    lines += [f'# {name} = "{PALETTES["dark"][name]}"' for name in config.COLORS]
    lines += ["", f"# {_('Commands and their keys, separated by commas.')}", "[keys]"]
    for command in COMMANDS:
        keys = ", ".join(map(shown_key, BUILT_IN.of[command.id]))
        lines += [f"# {command.id} = {_quoted(keys)}  # {_(command.label)}"]
    return "\n".join((*lines, ""))


def _quoted(text: str) -> str:
    return "'" + text + "'" if '"' in text or "\\" in text else f'"{text}"'


def _write_sample(path: Path) -> None:
    """Write the sample where nothing is yet. Raises `FileUnwritable`."""
    with named_file(path, FileUnwritable):
        make_private(path.parent)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(sample())


# What holds.


class _Row(NamedTuple):
    name: str
    value: Json
    origin: str
    variable: str = ""


def _show(given: argparse.Namespace, options: Options) -> int:
    rows = list(_rows(given, options))
    form: list[Json] = [
        {"name": row.name, "value": row.value, "source": row.origin, "variable": row.variable or None}
        for row in rows
    ]
    name_width = max(len(row.name) for row in rows)
    values = ["-" if row.value is None else json.dumps(row.value, ensure_ascii=False) for row in rows]
    value_width = max(map(len, values))
    lines = [
        f"{row.name:{name_width}}  {value:{value_width}}  {row.variable or _(_ORIGINS[row.origin])}"
        for row, value in zip(rows, values, strict=True)
    ]
    print_result(given, form, "\n".join(lines))
    return 0


def _rows(given: argparse.Namespace, options: Options) -> Iterator[_Row]:
    """Give each setting as it holds for this call, the keys that the file gives, then the options."""
    settings = options.config
    for name in config.SETTINGS:
        value: Json = getattr(settings, name.replace(".", "_"))
        origin = FILE if name in settings.given else DEFAULT
        variable = ""
        if name == "language":
            value = i18n.language()
            origin, variable = _origin(given.lang, "EKSREAD_LANG", origin)
        elif name == "portal":
            value = options.portal
            origin, variable = _origin(given.portal, "EKSREAD_PORTAL", origin)
        elif name == "refresh.every":
            value = _written_interval(settings.refresh_every)
        elif name == "read_aloud":
            value = list(settings.read_aloud) or None
        yield _Row(name, value, origin, variable)
    for color, value in settings.colors.items():
        yield _Row(f"colors.{color}", value, FILE)
    for command, keys in settings.keys.items():
        yield _Row(f"keys.{command}", keys, FILE)
    values: Mapping[str, Json] = {
        "demo": options.portal is None,
        "offline": options.offline,
        "data-dir": str(options.paths.data_dir),
        "config": str(options.paths.config_file),
        "log-file": str(options.paths.log_file),
        "quiet": options.quiet,
        "verbose": options.verbose,
    }
    for name in _OPTIONS:
        key = name.replace("-", "_")
        origin, variable = _origin(getattr(given, key), f"EKSREAD_{key.upper()}", DEFAULT)
        yield _Row(f"--{name}", values[name], origin, variable)


def _origin(option: object, variable: str, otherwise: str) -> tuple[str, str]:
    """Say whether a value comes from its option, its variable (which is named) or from elsewhere."""
    if option:
        return OPTION, ""
    return (ENVIRONMENT, variable) if os.environ.get(variable) else (otherwise, "")


def _written_interval(seconds: int | None) -> str:
    """Give an interval as the file would have it."""
    if seconds is None:
        return "never"
    return f"{seconds // 3600}h" if seconds % 3600 == 0 else f"{seconds // 60}m"


# What is wrong.


def _check(path: Path, *, named: bool) -> int:
    """Print every mistake; give the exit code. That the file isn't there is a mistake where the user `named` it."""
    if not named and not os.path.lexists(path):
        print_message(_("{path} is not there: the built-in settings hold.").format(path=path))
        return 0
    settings, problems = config.load(path, named=True)
    for warning in _colour_warnings(path, settings):
        print_warning(warning)
    found = [*problems, *_key_problems(path, settings.keys)]
    if found:
        print("\n".join(found))
        return 1
    print_message(_("Everything in {path} is right.").format(path=path))
    return 0


def _colour_warnings(path: Path, settings: config.Config) -> Iterator[str]:
    """Say which text colours can hardly be read on the file's own colours."""
    if settings.colors:
        from eksread.tui.render.colours import faint_texts

        text = user_files.as_text(user_files.read_bytes(path, config.MAX_CONFIG_BYTES), path)
        for name, sentence in faint_texts(settings.theme, settings.colors):
            entry = name if name in settings.colors else "background"
            yield f"{config.where(path, text, f'colors.{entry}')}: {sentence}"


def _key_problems(path: Path, keys: Mapping[str, str]) -> Iterable[str]:
    """Give what is wrong with the keys, each with its line."""
    if not keys:
        return
    text = user_files.as_text(user_files.read_bytes(path, config.MAX_CONFIG_BYTES), path)
    for problem in chosen(keys).problems:
        name = next((name for name in keys if f"“{name}”" in problem), "")
        yield f"{config.where(path, text, f'keys.{name}')}: {problem}"


def _edit(path: Path) -> None:
    """Open the file in the user's editor, the sample where there is none. Raises `NoProgram` or `ProgramFailed`."""
    from eksread.tui.actions.external import EDITORS, ProgramFailed
    from eksread.tui.browser import NoProgram, first_program

    argv = first_program((os.environ.get("VISUAL", ""), os.environ.get("EDITOR", ""), *EDITORS))
    if not argv:
        raise NoProgram(variable="EDITOR")
    if not os.path.lexists(path):
        _write_sample(path)
    try:
        subprocess.run((*argv, str(path)), check=False)  # noqa: S603 - argv, no shell
    except OSError as error:
        raise ProgramFailed(str(error), program=argv[0], reason=str(error)) from error
