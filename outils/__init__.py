"""Plain Python commands of the house: install, start, test, prepare the assets."""
