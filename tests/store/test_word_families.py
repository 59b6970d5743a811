"""Every form of a word finds its family, whether the form occurs in the archive or not, and no other word.

`words/families.txt` was written beside the stemmer; `words/held_out.txt` by somebody who had not seen it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eksread.store import open_store
from tests.store.making import save

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.store import Store

WORDS = Path(__file__).parent / "words"


def families(name: str) -> list[list[str]]:
    return [line.split() for line in (WORDS / name).read_text(encoding="utf-8").splitlines() if line]


@pytest.fixture(scope="module", params=["families.txt", "held_out.txt"])
def halves(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[list[list[str]], list[Store]]]:
    """Give the families, and two archives: one has every other form of each, one the rest; both all other words."""
    groups = families(request.param)
    stores = []
    for half in (0, 1):
        store = open_store(tmp_path_factory.mktemp("words") / "d")
        with store.portal_data.transaction():
            for word in {form for group in groups for form in group[half::2]} | set(
                (WORDS / "other.txt").read_text(encoding="utf-8").split()
            ):
                save(store, word, "0", title=word)
        stores.append(store)
    yield groups, stores
    for store in stores:
        store.close()


@pytest.mark.parametrize("ending", ["", " "], ids=["while typing", "after"])
@pytest.mark.parametrize("absent", [False, True], ids=["occurs", "absent"])
def test_a_form_finds_its_family(
    halves: tuple[list[list[str]], list[Store]], absent: bool, ending: str
) -> None:
    groups, stores = halves
    right = missed = wrong = 0
    for group in groups:
        for number, form in enumerate(group):
            held = (number + absent) % 2
            due = set(group[held::2])
            found = {hit.title for hit in stores[held].queries.found(form + ending, limit=50)}
            right += len(due & found)
            missed += len(due - found)
            wrong += len(found - set(group))
    assert right / (right + missed) >= 0.98
    assert right / (right + wrong) >= 0.98
