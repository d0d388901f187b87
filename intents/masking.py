"""Addresses in what people write: masked, since the chat is outside the network."""

import re
from ipaddress import ip_address

MASK = "▒▒▒"
_CANDIDATE = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?![\w:])"
)


def mask_addresses(text: str) -> str:
    """Return *text* with every IP address hidden."""
    return _CANDIDATE.sub(lambda found: MASK if _is_address(found[0]) else found[0], text)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
