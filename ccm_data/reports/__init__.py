"""A frozen séance as slides, documents and a workbook: one list of scenes behind every rendering.

`instantane` reads the figures once; `composition` makes scenes of them; each renderer (`deck`, `pptx`, `docx`, `pdf`,
`xlsx`) draws the same scenes and computes nothing: the same figure everywhere.
"""
