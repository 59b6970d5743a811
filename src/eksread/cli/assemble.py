"""Puts a library together from concrete parts: the one place that names them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from eksread.cli.output import complain
from eksread.library import Library, Network
from eksread.portal import EKSPOSKALTIM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eksread.cli.options import Options
    from eksread.ports import PageParser
    from eksread.store import Store

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


@contextmanager
def opened(options: Options) -> Iterator[Library]:
    """Open the store and, with `--demo`, the demo portal; close both at the end. Raises `StoreError`.

    The network's connections are closed by whoever runs the loop they belong to (`Library.aclose`).
    """
    from eksread.store import open_store

    store = open_store(options.paths.data_dir)
    if store.trouble is not None:
        complain(store.trouble)
    try:
        if options.portal is not None:
            yield _library(options, store, options.portal)
            return
        from eksread.cli import demo_portal

        folder = options.paths.data_dir
        if options.offline:
            yield _library(options, store, demo_portal.address(folder))
            return
        url, portal = demo_portal.start(folder)
        try:
            yield _library(options, store, url)
        finally:
            portal.close()
    finally:
        store.close()


def _library(options: Options, store: Store, url: str) -> Library:
    from eksread.store.database.locks import RefreshLock
    from eksread.store.picture_files import PictureFolder

    def parser() -> PageParser:
        from eksread.parse import Parser

        return Parser()

    def network() -> Network:
        from eksread.fetch import FetchOptions, make_fetcher

        fetch_options = FetchOptions(marks=(*EKSPOSKALTIM.outlets, *EKSPOSKALTIM.slogans))
        if options.config.user_agent:
            fetch_options = replace(fetch_options, user_agent=options.config.user_agent)
        if urlsplit(url).hostname in LOOPBACK:
            # Nobody to be polite to: the demo, or a test of one's own.
            fetch_options = replace(fetch_options, gap=0.0)
        return Network(make_fetcher(url, fetch_options, memory=store.facts), parser())

    return Library(
        store,
        None if options.offline else network,
        url,
        parser=parser,
        pictures=PictureFolder(options.paths.pictures),
        refresh_lock=RefreshLock(options.paths.data_dir),
    )
