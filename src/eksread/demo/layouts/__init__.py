"""The portal's templates, one module each. They share words but no markup, so no reader can hang on one of them."""

from __future__ import annotations

from eksread.demo.layouts.base import ArticleView, Frame, Layout, ListView, MessageView
from eksread.demo.layouts.blog import BLOG

LAYOUTS = {layout.name: layout for layout in (BLOG,)}

__all__ = ["LAYOUTS", "ArticleView", "Frame", "Layout", "ListView", "MessageView"]
