"""The commands: one module each, and `open_library`, the only place that names concrete classes."""
