"""The screens: a folder per section, one file per screen."""
