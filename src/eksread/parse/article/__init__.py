"""An article page to an `Article`, one module a field; `assemble` decides."""
