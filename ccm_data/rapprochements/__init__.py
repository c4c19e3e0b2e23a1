"""The detector of duplicates: interventions in, ranked and explained pairs out. No database, no screen.

`recherche.find_paires` and `find_complementaires` are its doors; `domain/doublons.py` says what the terms weigh.
"""
