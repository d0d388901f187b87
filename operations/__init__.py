"""The verbs of the duty desk, one per file; each is one transaction."""
