"""Values behind the screens: no widget, no screen."""
