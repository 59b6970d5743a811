"""The reading room: a terminal interface on Textual, loaded only when it is really shown."""
