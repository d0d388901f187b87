"""Languages: catalogues of messages, and the folding, collation and formats of Vietnamese."""
