"""Bodies: who sits where, when they met, what was recommended."""
