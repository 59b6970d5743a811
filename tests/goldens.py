"""Rewrite the expected JSON of every page in tests/pages: `python -m tests.goldens`. Then read the diff.

A page is `tests/pages/KIND/NAME.EXT` with `NAME.json` beside it. Its address is the "url" of that JSON; a new page gets
one made from its name. All pages are read as of the same moment, but for those that `fetched.json` names.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from eksread.export.json_form import Json, parsed_json
from eksread.model.fetched import Page
from eksread.parse import parse
from eksread.portal import WITA

PAGES = Path(__file__).parent / "pages"
KINDS = ("article", "list", "feed")
NOW = datetime(2024, 5, 3, 10, 0, tzinfo=WITA)
FETCHED: dict[str, str] = json.loads((PAGES / "fetched.json").read_text(encoding="utf-8"))
"""When the pages were fetched that are not read as of `NOW`, as "KIND/NAME": ISO time."""


def page_files(kind: str) -> list[Path]:
    """All pages of a kind."""
    return sorted(path for path in (PAGES / kind).glob("*") if path.suffix in {".html", ".txt", ".xml"})


def expected(page: Path) -> dict[str, Json]:
    """The golden beside a page; a missing one is an error."""
    form: dict[str, Json] = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    return form


def address(page: Path) -> str:
    """The address under which a page is read."""
    golden = page.with_suffix(".json")
    known = json.loads(golden.read_text(encoding="utf-8")).get("url") if golden.exists() else None
    return str(known or f"https://portal.example/berita-1-{page.stem}.html")


def moment(page: Path) -> datetime:
    """When a page was fetched."""
    told = FETCHED.get(f"{page.parent.name}/{page.stem}")
    return datetime.fromisoformat(told) if told else NOW


def read(page: Path) -> dict[str, Json]:
    """What the parser makes of a page, as JSON."""
    return parsed_json(parse(Page(address(page), page.read_bytes(), moment(page))))


def main() -> None:
    """Rewrite the goldens; name those that changed."""
    for kind in KINDS:
        for page in page_files(kind):
            golden = page.with_suffix(".json")
            form = read(page)
            if not golden.exists() or expected(page) != form:
                golden.write_text(json.dumps(form, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
                sys.stdout.write(f"{golden.relative_to(PAGES)}\n")


if __name__ == "__main__":
    main()
