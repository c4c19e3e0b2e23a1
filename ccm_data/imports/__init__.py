"""Workbooks in and out: read → validate → preview → commit; templates made from the same schemas.

`lecture.read_classeur` raises FichierIllisible; `validation.validate` raises nothing and gives rows and anomalies;
`apercu` writes nothing; `commit` writes exactly what the preview said, in the caller's transaction.
"""
