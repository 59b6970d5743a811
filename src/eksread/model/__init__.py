"""The values that every stage speaks: frozen, without behaviour beyond small derived facts.

All strings that come out of `parse` are clean: no control, bidi-override or zero-width characters.
All moments are aware datetimes. Unknown is ``None`` (or empty), never invented.

Import from the modules, not from here: making a frozen dataclass takes half a millisecond, and the first paint needs few.
"""
