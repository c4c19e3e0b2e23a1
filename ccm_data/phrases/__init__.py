"""Sentences out of results: titles that say the message, words for a base, a rate, a state. One for screen and document."""
