"""The mark of a message that stands in a table and is said later."""


def N_(msgid: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Return *msgid* as it is; the catalogue's test finds it by this call."""
    return msgid
