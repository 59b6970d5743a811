"""The demo portal: a small news site written for this project, served on loopback, so that eksread runs anywhere.

It needs the standard library alone and imports nothing else of eksread: it plays the server.
"""

from eksread.demo.edition import EDITION_DAY, Article, Edition, load_edition, parse_edition
from eksread.demo.server import DemoPortal

__all__ = [
    "EDITION_DAY",
    "Article",
    "DemoPortal",
    "Edition",
    "load_edition",
    "parse_edition",
]
