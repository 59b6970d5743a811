"""The screens: what is on the terminal at a time, each with its styles beside it."""
