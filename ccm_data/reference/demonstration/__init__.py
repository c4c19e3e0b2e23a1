"""Invented but plausible follow-up, so that every screen speaks before real data exist. Never presented as real.

Generated from a seed by readable code, from early 2022 to the third quarter of 2026: regions late, one silent, true
zeros, a decreasing indicator, contradictions between reporters, money ahead of work. Every source says « Démonstration ».
It lives in a database of its own (`installation.nature` = demonstration) and refuses any other.
"""

from ccm_data.reference.demonstration.chargement import MOT_DE_PASSE, load_demonstration

__all__ = ["MOT_DE_PASSE", "load_demonstration"]
