"""The pages of tests/pages through the one door: each gives exactly its golden."""

from pathlib import Path

import pytest

from tests.goldens import KINDS, expected, page_files, read

PAGES = [page for kind in KINDS for page in page_files(kind)]


def test_there_are_pages_of_every_kind() -> None:
    assert len(page_files("article")) >= 24
    assert len(page_files("list")) >= 10
    assert len(page_files("feed")) >= 8


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_a_page_gives_its_golden(page: Path) -> None:
    assert read(page) == expected(page)
