"""The certificate of a TLS service: until when it holds, or why it is not to be trusted."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

SOON: Final = 30  # days before the end in which somebody should renew it


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a handshake showed: *until* of one that is trusted, or the *fault* that OpenSSL found."""

    until: datetime | None
    fault: str = ""

    @classmethod
    def of(cls, shown: ssl.SSLObject) -> "Certificate":
        """Return the verified certificate of the far end."""
        said = shown.getpeercert() or {}
        ends = said.get("notAfter")
        if not isinstance(ends, str):
            return cls(None, "the server showed no certificate")
        return cls(datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC))

    def days_left(self, at: datetime) -> int | None:
        """Return the whole days from *at* to its end, less than 0 once that is past; None if not trusted."""
        return None if self.until is None else (self.until - at).days


def fault_of(error: ssl.SSLError) -> str:
    """Return why the handshake failed, in OpenSSL's words."""
    said = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else error.reason
    return said or "the handshake failed"
