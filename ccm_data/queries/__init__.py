"""SELECT → DataFrame, one file per subject, and the rules of `domain` applied to them: what screens read."""
