"""Pure rules: what every figure means. Nothing here reads a database or draws."""
