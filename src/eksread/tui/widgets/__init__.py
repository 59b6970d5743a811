"""The parts that screens are made of; none of them knows the library's network or a screen."""
