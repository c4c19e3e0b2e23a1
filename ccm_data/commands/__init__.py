"""Every change: its right checked, one transaction, its line in the journal."""
