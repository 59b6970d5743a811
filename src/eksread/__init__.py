"""eksread: a terminal news reader for EKSPOSKALTIM.com that works offline first."""

__version__ = "0.1.0"
