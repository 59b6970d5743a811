"""The root of all errors, and how it speaks."""

from __future__ import annotations

from typing import ClassVar

from eksread.i18n import N_, _


class EksreadError(Exception):
    """The root. Keyword arguments fill the `{names}` of the sentences."""

    code: ClassVar[str] = "error"
    what: ClassVar[str] = N_("Something went wrong.")
    means: ClassVar[str] = ""
    todo: ClassVar[str] = ""
    exit_code: ClassVar[int] = 1

    def __init__(self, detail: str = "", **values: object) -> None:
        super().__init__(detail or self.code)
        self.detail = detail
        self.values = values

    def sentences(self) -> tuple[str, ...]:
        """Give the translated sentences that are not empty, in the order what, means, to do."""
        return tuple(
            _(text).format_map(_Values(self.values)) for text in (self.what, self.means, self.todo) if text
        )

    @property
    def message(self) -> str:
        """The sentences as one line."""
        return " ".join(self.sentences())


class _Values(dict[str, object]):
    """Missing values show as "?" instead of raising inside an error message."""

    def __missing__(self, key: str) -> str:
        return "?"
