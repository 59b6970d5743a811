"""Data that a page carries for scripts: JSON-LD and page state, as a rescue."""
