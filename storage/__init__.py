"""Everything that is kept: the engine, the tables, one repository module per noun."""
