"""Text on its way into a spreadsheet, which would take some of it for a formula."""

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")  # of what Excel, LibreOffice or a web sheet may run


def risky(text: str) -> bool:
    """Return whether a spreadsheet may take *text* for a formula."""
    return text.startswith(STARTS)


def defused(text: str) -> str:
    """Return *text* for a CSV file, where only an apostrophe keeps it a text; a number stays as it is."""
    if not risky(text) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    digits = text[1:].replace(".", "", 1).replace(",", "", 1)
    return text[0] in "+-" and digits.isascii() and digits.isdigit()
