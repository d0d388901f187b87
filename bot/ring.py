"""The ringer: a process of its own that makes one call by apprise, told on its standard input, and ends.

Whatever the far end does to it, it can be killed; and what apprise loads is gone with it.
"""

import json
import sys
from typing import Final

SENT: Final = 0
FAILED: Final = 1
UNKNOWN: Final = 2  # no URL is one that apprise knows


def main() -> int:
    """Make the call; the exit code says how it went, and nothing is printed: the URLs are secrets."""
    from apprise import Apprise

    call = json.load(sys.stdin)
    ways = Apprise()
    ways.add(call["urls"])
    if not len(ways):
        return UNKNOWN
    return SENT if ways.notify(title=call["title"], body=call["body"]) else FAILED


if __name__ == "__main__":
    sys.exit(main())
