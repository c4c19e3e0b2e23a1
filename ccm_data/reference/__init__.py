"""The plan, the territory and the directory as data files, with their provenance, and their loading."""
