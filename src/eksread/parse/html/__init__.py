"""From an HTML tree to a flat sequence of text runs, with what the markup says about them."""
