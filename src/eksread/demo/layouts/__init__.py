"""The portal's templates, one module each. They share words but no markup, so no reader can hang on one of them."""

from __future__ import annotations

from eksread.demo.layouts.amp import AMP
from eksread.demo.layouts.base import ArticleView, Frame, Layout, ListView, MessageView
from eksread.demo.layouts.blog import BLOG
from eksread.demo.layouts.kartu import KARTU
from eksread.demo.layouts.klasik import KLASIK

LAYOUTS = {layout.name: layout for layout in (KLASIK, BLOG, KARTU, AMP)}

__all__ = ["LAYOUTS", "ArticleView", "Frame", "Layout", "ListView", "MessageView"]
