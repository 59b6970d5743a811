import random
import subprocess
import sys
from pathlib import Path

import pytest

from eksread.model.news import Teaser
from tests.fuzz import MAX_SECONDS, check, dirty, fixtures, mutate


@pytest.mark.slow
def test_mutated_pages_are_read_without_a_finding() -> None:
    """In a process of its own: its memory is measured."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--pages", "250", "--seed", "7"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_mutation_is_repeatable_and_changes_pages() -> None:
    pages = fixtures()
    assert len(pages) > 20
    made = [mutate(random.Random(f"1:{number}"), pages) for number in range(50)]
    assert made == [mutate(random.Random(f"1:{number}"), pages) for number in range(50)]
    assert sum(body not in pages for body in made) > 40


def test_an_unclean_string_is_a_finding() -> None:
    assert dirty(Teaser("Judul\x1b[2J", "https://a.example/"), "") == "Judul\x1b[2J"
    assert dirty(Teaser("Judul", "https://a.example/"), "") is None


@pytest.mark.slow
def test_every_fixture_is_read_fast() -> None:
    assert all(check(body)[1] < MAX_SECONDS for body in fixtures())
