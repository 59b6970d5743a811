"""The demo portal: a small news site written for this project, served on loopback, so that eksread runs anywhere.

It stands alone (standard library only, nothing else of eksread), because it plays the other side of the wire.
"""

from eksread.demo.edition import (
    EDITION_DAY,
    Article,
    Comment,
    Edition,
    EditionError,
    Section,
    assemble,
    load_edition,
)
from eksread.demo.http_server import Visit
from eksread.demo.server import DemoPortal

__all__ = [
    "EDITION_DAY",
    "Article",
    "Comment",
    "DemoPortal",
    "Edition",
    "EditionError",
    "Section",
    "Visit",
    "assemble",
    "load_edition",
]
