"""The terminal interface, on Textual; loaded only when it is shown."""
