"""What every test may rely on: English texts, no environment of the developer's, folders of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from eksread import i18n

if TYPE_CHECKING:
    from collections.abc import Iterator


MAX_WORKERS = 4
"""More would disturb each other in tests that wait for a screen or a deadline."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Run the whole suite in several processes; files that were named start sooner in this one."""
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return 0
    return min(os.cpu_count() or 1, MAX_WORKERS)


@pytest.fixture(autouse=True)
def _clean_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A home of its own for each test, and no `EKSREAD_*`, proxy or locale from outside."""
    for name in list(os.environ):
        if (
            name.startswith(("EKSREAD_", "LC_"))
            or name.lower().endswith("_proxy")
            or name in ("LANG", "NO_COLOR")
        ):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    i18n.use("en")
    yield
    i18n.use("en")
