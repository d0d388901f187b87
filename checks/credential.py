"""A credential for SNMP: a community, or a user with passwords, written as one value of a setting."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

AUTHENTICATIONS: Final = ("md5", "sha", "sha224", "sha256", "sha384", "sha512")
PRIVACIES: Final = ("des", "aes", "aes192", "aes256", "aes192c", "aes256c")  # c: keys as Cisco extends them
SHORTEST: Final = 8  # characters of a password (RFC 3414, 11.2)
LONGEST: Final = 32  # octets of a user's name (RFC 3414, 2.1)
EXPECTED: Final = (
    "expected v2c:COMMUNITY, v3:USER:AUTH:PASSWORD or v3:USER:AUTH:PASSWORD:PRIVACY:PASSWORD "
    "(for «:» any character that is in no part)"
)


@dataclass(frozen=True, slots=True)
class Community:
    """The one word that SNMPv2c knows."""

    word: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class User:
    """A user of SNMPv3 (RFC 3414): authenticated, and encrypted where *privacy* names a protocol."""

    name: str
    authentication: str
    password: str = field(repr=False)
    privacy: str | None = None
    privacy_password: str | None = field(default=None, repr=False)


Credential = Community | User


def parse(text: str) -> Credential:
    """Take a credential apart; a ValueError says in one sentence what is wrong, and repeats no secret."""
    version = next((each for each in ("v2c", "v3") if text.startswith(each)), None)
    separator = text.removeprefix(version or "")[:1]
    if version is None or not separator or separator.isalnum() or not text.isprintable():
        raise ValueError(EXPECTED)
    rest = text[len(version) + 1 :]
    return _community(rest) if version == "v2c" else _user(rest.split(separator))


def secrets(credential: Credential) -> Iterator[str]:
    """Yield every word of it that nobody may read."""
    if isinstance(credential, Community):
        yield credential.word
    else:
        yield from filter(None, (credential.password, credential.privacy_password))


def _community(word: str) -> Community:
    if not word:
        raise ValueError("expected a community after v2c:")
    return Community(word)


def _user(parts: list[str]) -> User:
    if len(parts) not in (3, 5):
        raise ValueError(f"it has {len(parts)} parts after v3; {EXPECTED}")
    name, authentication, password = parts[:3]
    privacy, privacy_password = parts[3:] or (None, None)
    if not name or len(name.encode()) > LONGEST:
        raise ValueError(f"expected the name of a user, at most {LONGEST} letters, after v3:")
    if authentication not in AUTHENTICATIONS:
        raise ValueError(f"expected one of {', '.join(AUTHENTICATIONS)} after the user")
    if privacy is not None and privacy not in PRIVACIES:
        raise ValueError(f"expected one of {', '.join(PRIVACIES)} after the first password")
    if any(len(each) < SHORTEST for each in (password, privacy_password) if each is not None):
        raise ValueError(f"expected passwords of at least {SHORTEST} characters, as SNMPv3 asks for")
    return User(name, authentication, password, privacy, privacy_password)
