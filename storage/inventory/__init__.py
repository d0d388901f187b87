"""The import of the inventory: what an office keeps in sheets, read, checked and written as one whole."""
