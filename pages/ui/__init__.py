"""All that the screens share and that draws."""
