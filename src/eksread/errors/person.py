"""What a person asked for can't be followed."""

from __future__ import annotations

from eksread.errors.root import EksreadError
from eksread.i18n import N_


class UsageError(EksreadError):
    """A command line or setting that can't be followed. Values: reason."""

    code = "usage"
    what = N_("{reason}")
    exit_code = 2


class ConfigError(UsageError):
    """A configuration file that can't be read. Values: path, line, reason."""

    code = "config"
    what = N_("The settings in {path} can't be read: {reason}")
    means = N_("The built-in settings are used instead.")


class FileUnreadable(EksreadError):
    """A file named on the command line can't be read. Values: path, reason."""

    code = "file"
    what = N_("The file {path} can't be read: {reason}")


class LogUnwritable(EksreadError):
    """A log file that was named can't be written. Values: path, reason."""

    code = "log"
    what = N_("The log file {path} can't be written: {reason}")


class SystemRefused(EksreadError):
    """The system refused what no part of eksread foresaw, such as writing to a full disk. Values: reason."""

    code = "system"
    what = N_("The system refused: {reason}.")
