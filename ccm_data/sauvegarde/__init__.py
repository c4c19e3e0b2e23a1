"""The whole installation in one checksummed file: written while people work, verified anywhere, restored elsewhere.

`format` says what the file is, `valeurs` how a cell is written, `ecriture` writes, `lecture` verifies, `restauration`
puts back, `etat` remembers the last one. What does not belong here: words (phrases/sauvegarde).
"""
