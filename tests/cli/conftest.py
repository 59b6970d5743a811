"""A data folder that one refresh filled, for all tests of the commands."""

from __future__ import annotations

import json

import pytest

from eksread.demo import DemoPortal, load_edition
from tests.cli.shell import Shell


@pytest.fixture(scope="session")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """What a refresh has fetched. The portal is gone afterwards, as on a poor line. To copy, not to write to."""
    with DemoPortal() as portal:
        shell = Shell(portal.url, tmp_path_factory.mktemp("fetched"))
        done = shell("refresh", "--json")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["new"] == len(load_edition().articles)
    assert summary["failed"] == 0
    return shell
