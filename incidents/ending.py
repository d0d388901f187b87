"""When it is said that a window is about to end."""

from datetime import datetime, timedelta

from incidents.span import Span


def reminds(span: Span, before: timedelta) -> datetime:
    """Return when to say that *span* ends: *before* its end, of a short one not before its middle."""
    return span.end - min(before, span.length / 2)
