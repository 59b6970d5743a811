"""The commands: one module each, and `assemble`, the only place that names concrete classes."""
