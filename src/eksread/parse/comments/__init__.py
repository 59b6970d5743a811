"""The readers' comments and reactions of an article page."""
