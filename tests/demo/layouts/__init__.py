"""The demo's pages in the markup of other makers, so that no test can depend on one of them.

They share words with the shipped templates (`eksread.demo.templates`), but no markup.
"""

from __future__ import annotations

from eksread.demo.templates import BLOG
from tests.demo.layouts.amp import AMP
from tests.demo.layouts.kartu import KARTU
from tests.demo.layouts.klasik import KLASIK

LAYOUTS = {layout.name: layout for layout in (BLOG, KLASIK, KARTU, AMP)}
MIXED = tuple(LAYOUTS.values())
"""For `DemoPortal(MIXED)`: the articles' pages take turns, the lists are those of the first."""
