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

from eksread import i18n
from eksread.demo import DemoPortal
from eksread.fetch import FetchOptions, make_fetcher
from eksread.library import Library, Network
from eksread.model.lists import HeadlineQuery
from eksread.parse import Parser
from eksread.portal import WITA
from eksread.store import open_store

if TYPE_CHECKING:
    from textual.pilot import Pilot

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
    def network() -> Network:
        fetcher = make_fetcher(url, FetchOptions(gap=0.0))
        get = fetcher.get

        async def get_that_evening(url: str, **asked: Any) -> Page:
            return replace(await get(url, **asked), fetched_at=EVENING)

        fetcher.get = get_that_evening  # type: ignore[method-assign]  # the clock of the network stands still too
        return Network(fetcher, Parser())

    return Library(open_store(folder), None if offline else network, url, clock=lambda: EVENING)


async def taken(shot: Shot, folder: Path, url: str, *, plain: bool) -> str:
    """Give a state as an SVG, or as plain lines of text."""
    from eksread.tui import TuiSettings
    from eksread.tui.app import EksreadApp

    library = opened(folder, url, offline=shot.offline)
    app = EksreadApp(library, TuiSettings(theme=shot.theme, refresh_on_start=False))
    async with app.run_test(size=shot.size) as pilot:
        await settled(app, pilot)
        for key in shot.keys:
            for one in key[5:] if key.startswith("text:") else (key,):
                await pilot.press("space" if one == " " else one)
            await settled(app, pilot)
        if plain:
            strips = app.screen._compositor.render_strips()
            shown = [strip.text.rstrip() for strip in strips]
            picture = "\n".join(shown) + "\n"
        else:
            picture = HOSTED_FONTS.sub("", app.export_screenshot(title="eksread"))
    await library.disconnect()
    library.close()
    return picture


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
    # A screen's labels are made when its module is loaded: one language needs one process.
    language = os.environ.get("PICTURES_LANGUAGE")
    if language is None:
        codes = [
            os.spawnve(
                os.P_WAIT,
                sys.executable,
                [sys.executable, *sys.argv],
                os.environ | {"PICTURES_LANGUAGE": one},
            )
            for one in i18n.LANGUAGES
        ]
        return max(codes)
    i18n.use(language)
    with DemoPortal(port=0 if given.text else PORT) as portal, tempfile.TemporaryDirectory() as folder:
        url = f"{portal.url}/"
        full = Path(folder) / "full"
        asyncio.run(filled(full, url))
        for shot in SHOTS:
            wanted = given.all or given.text or shot.readme
            if shot.language != language or given.only not in shot.name or not wanted:
                continue
            # Each state has an archive of its own: what one marks, another one must not show.
            place = Path(folder) / shot.name
            if not shot.name.startswith("first-start"):
                shutil.copytree(full, place)
            file = target / (shot.name + (".txt" if given.text else ".svg"))
            file.write_text(asyncio.run(taken(shot, place, url, plain=bool(given.text))), "utf-8")
            print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
