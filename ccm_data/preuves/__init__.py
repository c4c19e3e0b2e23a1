"""Evidence files: what may be taken, what is taken out of it, where its bytes lie.

`controle` judges and cleans (no database, no disk); `depot` stores. Rights and the journal are in `commands/preuves` and
`queries/preuves`. Codes of FichierIllisible: preuve_vide, preuve_trop_grosse, preuve_type, preuve_ancien_format,
preuve_chiffree, preuve_macros, preuve_active, preuve_jointe, preuve_externe, preuve_bombe, preuve_immense,
preuve_abimee; each has its words in the interface.
"""
