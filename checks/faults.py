"""Which errors of a socket are our own fault, and which ones tell of the far end."""

import errno
import socket
from typing import Final

from incidents.outcome import Reason

LOCAL: Final = frozenset(
    {
        errno.EACCES,
        errno.EADDRNOTAVAIL,
        errno.EAGAIN,
        errno.EINVAL,
        errno.EMFILE,
        errno.ENETDOWN,
        errno.ENETUNREACH,  # no route here; a router's refusal reads EHOSTUNREACH or comes as a message
        errno.ENFILE,
        errno.ENOBUFS,
        errno.ENOMEM,
        errno.EPERM,
    }
)


def reason_of(error: OSError) -> Reason:
    """Name what *error*, met while dialling, says of the channel."""
    if isinstance(error, socket.gaierror):
        return reason_of_lookup(error)
    if isinstance(error, TimeoutError):  # an OSError too, so it must come first
        return Reason.TIMEOUT
    if isinstance(error, ConnectionError):
        return Reason.REFUSED
    return Reason.SEND_FAILED if error.errno in LOCAL else Reason.UNREACHABLE


def reason_of_lookup(error: OSError) -> Reason:
    """Tell a name that does not exist from a name server that we cannot reach."""
    unknown = (socket.EAI_NONAME, socket.EAI_NODATA)
    return Reason.BAD_NAME if error.errno in unknown else Reason.SEND_FAILED
