"""Values to lines of cells: the only place where text becomes something shown."""
