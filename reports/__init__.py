"""Figures as pictures and workbooks."""
