"""Makes the pictures of the screens from the demo edition: `python tools/pictures.py [--all FOLDER]`.

Without `--all` it rewrites the few that the README shows (docs/pictures); with it, every state there is, to look at.
`--text tests/tui/snapshots` writes them as plain text, which a test compares with what the screens show now.
The clock stands still on the evening of the demo's edition, so that a second run makes the same files.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eksread import i18n, parse
from eksread.demo import DemoPortal
from eksread.fetch import FetchOptions, make_fetcher
from eksread.library import Library
from eksread.model.lists import HeadlineQuery
from eksread.portal import WITA
from eksread.store import open_store
from eksread.store.picture_files import PictureFolder

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from eksread.fetch.client import Client
    from eksread.model.fetched import Page
    from eksread.tui.app import EksreadApp

EVENING = datetime(2026, 11, 20, 20, 15, tzinfo=WITA)
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PORT = 47816
HOSTED_FONTS = re.compile(r"@font-face\s*\{[^}]*\}\s*")


@dataclass(frozen=True)
class Shot:
    """One state: `keys` are pressed one after another, `text:…` is typed."""

    name: str
    size: tuple[int, int] = (120, 36)
    theme: str = "dark"
    language: str = "id"
    keys: tuple[str, ...] = ()
    readme: bool = False
    offline: bool = False


OPEN = ("j", "j", "enter")
SHOTS = (
    Shot("headlines-120", keys=("j",)),
    Shot("article-120", keys=(*OPEN,), readme=True),
    Shot("article-200", (200, 50), keys=OPEN),
    Shot("headlines-80", (80, 24), keys=("j",)),
    Shot("article-80", (80, 24), keys=OPEN, readme=True),
    Shot("headlines-60", (60, 20), keys=("j",)),
    Shot("article-60", (60, 20), keys=OPEN),
    Shot("headlines-40", (40, 12)),
    Shot("article-40", (40, 12), keys=("enter",)),
    Shot("light-120", theme="light", keys=OPEN, readme=True),
    Shot("contrast-120", theme="contrast", keys=OPEN),
    Shot("terminal-120", theme="terminal", keys=OPEN),
    Shot("english-120", language="en", keys=OPEN),
    Shot("comments-120", keys=("enter", "c")),
    Shot("comments-80", (80, 24), keys=("enter", "c")),
    Shot("help-120", keys=("question_mark",)),
    Shot("help-80", (80, 24), keys=("question_mark",), language="en"),
    Shot("search-120", keys=("slash", "text:sungai")),
    Shot("search-80", (80, 24), keys=("slash", "text:bontang"), language="en"),
    Shot("palette-120", keys=("colon", "text:tema")),
    Shot("saved-120", keys=("enter", "f", "J", "f", "F")),
    Shot("links-120", keys=(*OPEN, "tab", "tab")),
    Shot("end-120", keys=("enter", "end")),
    Shot("zen-120", keys=(*OPEN, "z")),
    Shot("picture-120", keys=(*OPEN, "P")),
    Shot("provenance-80", (80, 24), keys=(*OPEN, "I")),
    Shot("provenance-200", (200, 50), language="en", theme="light", keys=(*OPEN, "I")),
    Shot("ask-all-80", (80, 24), keys=("A",)),
    Shot("edition-120", keys=("E",)),
    Shot("edition-80", (80, 24), language="en", keys=("E", "enter")),
    Shot("edition-end-80", (80, 24), keys=("E", *("enter", "n") * 5, "n", "n")),
    Shot("gather-80", (80, 24), keys=("i",)),
    Shot("related-120", keys=("enter", "a")),
    Shot("related-60", (60, 20), theme="light", keys=("enter", "a")),
    Shot("find-120", keys=("enter", "w", "text:warga", "enter")),
    Shot("hit-80", (80, 24), theme="light", keys=("slash", "text:sungai", "enter")),
    Shot("folded-80", (80, 24), keys=("enter", "c", "x", "tab")),
    Shot("searches-80", (80, 24), keys=("slash", "text:sungai", "ctrl+s", "escape", "s", "G", "enter")),
    Shot("offline-120", keys=("j",), offline=True),
    Shot("first-start-80", (80, 24), offline=True),
)


async def filled(folder: Path, url: str) -> None:
    """Fetch the whole edition into `folder`."""
    library = opened(folder, url)
    async for _event in library.refresh():
        pass
    await library.disconnect()
    rows = library.queries.headlines(HeadlineQuery(limit=500)).items
    library.mark_read([row.id for row in rows[3:60:4]])
    library.close()


def opened(folder: Path, url: str, *, offline: bool = False) -> Library:
    def quiet_fetcher() -> Client:
        fetcher = make_fetcher(url, FetchOptions(gap=0.0))
        get = fetcher.get

        async def get_that_evening(url: str, **asked: Any) -> Page:
            return replace(await get(url, **asked), fetched_at=EVENING)

        fetcher.get = get_that_evening  # type: ignore[method-assign]  # the clock of the network stands still too
        return fetcher

    return Library(
        open_store(folder),
        None if offline else quiet_fetcher,
        url,
        parser=parse,
        pictures=PictureFolder(folder / "pictures"),
        pictures_unasked=True,
        clock=lambda: EVENING,
    )


async def taken(shot: Shot, archive: Path, url: str, *, plain: bool) -> str:
    """Give a state as an SVG, or as plain lines of text. It has a copy of the archive: what it marks, no other one shows."""
    from eksread.config import Config
    from eksread.tui.app import EksreadApp

    i18n.use(shot.language)
    with tempfile.TemporaryDirectory() as folder:
        if not shot.name.startswith("first-start"):
            shutil.copytree(archive, folder, dirs_exist_ok=True)
        library = opened(Path(folder), url, offline=shot.offline)
        images = "off" if plain else "blocks"
        app = EksreadApp(library, Config(theme=shot.theme, images=images, refresh_on_start=False))
        try:
            async with app.run_test(size=shot.size) as pilot:
                await settled(app, pilot)
                for key in shot.keys:
                    await pilot.press(*(key[5:] if key.startswith("text:") else (key,)))
                    await settled(app, pilot)
                return shown(app, plain=plain)
        finally:
            await library.disconnect()
            library.close()


def shown(app: EksreadApp, *, plain: bool) -> str:
    """Give the screen as plain lines of text, or as an SVG."""
    if not plain:
        return HOSTED_FONTS.sub("", app.export_screenshot(title="eksread"))
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


async def settled(app: EksreadApp, pilot: Pilot[int]) -> None:
    """Wait until workers and writes have ended and the article beside the list has followed the cursor."""
    await pilot.pause(0.1)
    await app.workers.wait_for_complete()
    if app.main is not None:
        await app.main.context.writer.drain()
    await pilot.pause()


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--all", type=Path, metavar="FOLDER")
    arguments.add_argument("--text", type=Path, metavar="FOLDER", help="every state as plain text instead")
    arguments.add_argument("--only", default="")
    given = arguments.parse_args()
    target = given.text or given.all or FOLDER
    target.mkdir(parents=True, exist_ok=True)
    os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"  # whatever the terminal is in which this runs
    os.environ.pop("NO_COLOR", None)
    with DemoPortal(port=0 if given.text else PORT) as portal, tempfile.TemporaryDirectory() as folder:
        url = f"{portal.url}/"
        full = Path(folder) / "full"
        asyncio.run(filled(full, url))
        for shot in SHOTS:
            wanted = given.all or given.text or shot.readme
            if given.only not in shot.name or not wanted:
                continue
            file = target / (shot.name + (".txt" if given.text else ".svg"))
            file.write_text(asyncio.run(taken(shot, full, url, plain=bool(given.text))), "utf-8")
            print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
