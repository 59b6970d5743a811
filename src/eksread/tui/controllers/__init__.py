"""What keeps the parts of the main screen in step: focus, list, bars, marks, refresh. Each knows the values and widgets that it needs, no screen."""
