"""Screens of the section."""
