"""Puts a library together from concrete parts: the one place that names them."""

from __future__ import annotations

import asyncio
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

from eksread.cli.output import print_error
from eksread.library import Library
from eksread.portal import OUTLETS, SLOGANS

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    from eksread.cli.options import Options
    from eksread.fetch.client import Client
    from eksread.store import Store

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
T = TypeVar("T")


@contextmanager
def open_library(options: Options) -> Iterator[Library]:
    """Open the store and, with `--demo`, the demo portal; close both at the end. Raises `StoreError`."""
    from eksread.store import open_store

    with closing(open_store(options.paths.data_dir)) as store, _front_page(options) as url:
        told = store.trouble
        if told is not None:
            print_error(told)
        yield _library(options, store, url)
    if (
        store.trouble is not None and store.trouble is not told
    ):  # met meanwhile, or when the bookmarks' file was written
        print_error(store.trouble)


def run(library: Library, work: Coroutine[None, None, T]) -> T:
    """Run what needs an event loop, and close the network's connections at its end."""

    async def to_the_end() -> T:
        try:
            return await work
        finally:
            await library.disconnect()

    return asyncio.run(to_the_end())


@contextmanager
def _front_page(options: Options) -> Iterator[str]:
    """Give the address of the portal's front page; the demo answers there until the end."""
    if options.portal is not None:
        yield options.portal
        return
    from eksread.cli import demo_portal

    if options.offline:
        yield demo_portal.front_page(options.paths.data_dir)
        return
    with demo_portal.serve(options.paths.data_dir) as url:
        yield url


def _library(options: Options, store: Store, url: str) -> Library:
    from eksread.store.database.locks import RefreshLock
    from eksread.store.picture_files import PictureFolder

    def fetcher() -> Client:
        from eksread.fetch import FetchOptions, make_fetcher

        fetch_options = FetchOptions(marks=(*OUTLETS, *SLOGANS))
        if options.config.user_agent:
            fetch_options = replace(fetch_options, user_agent=options.config.user_agent)
        if urlsplit(url).hostname in LOOPBACK:
            # No pause between requests: this is the demo or a developer's own server.
            fetch_options = replace(fetch_options, gap=0.0)
        return make_fetcher(url, fetch_options, memory=store.facts)

    return Library(
        store,
        None if options.offline else fetcher,
        url,
        pictures=PictureFolder(options.paths.pictures),
        pictures_unasked=options.portal is None,  # the demo's cost nobody anything
        refresh_lock=RefreshLock(options.paths.data_dir),
    )
