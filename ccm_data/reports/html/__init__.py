"""The deck as HTML: drawn ahead, every scene in one page, navigation in the browser; the same in one file, without server."""
