"""An SNMP agent and the asking of it; importing this module imports pysnmp: 46 ms and 4 MB."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any, Final, Self

from pyasn1.error import PyAsn1Error
from pyasn1.type.univ import Integer, Null, OctetString
from pysnmp.error import PySnmpError
from pysnmp.hlapi.v3arch import asyncio as hlapi
from pysnmp.proto import errind

from checks.credential import Community, Credential
from checks.meter import Fault

MOST: Final = 4096  # rows of a column: more interfaces than a router of a province has
ROWS: Final = 24  # asked for at once: an answer stays within one packet

AUTHENTICATION: Final = {
    "md5": hlapi.USM_AUTH_HMAC96_MD5,
    "sha": hlapi.USM_AUTH_HMAC96_SHA,
    "sha224": hlapi.USM_AUTH_HMAC128_SHA224,
    "sha256": hlapi.USM_AUTH_HMAC192_SHA256,
    "sha384": hlapi.USM_AUTH_HMAC256_SHA384,
    "sha512": hlapi.USM_AUTH_HMAC384_SHA512,
}
PRIVACY: Final = {
    "des": hlapi.USM_PRIV_CBC56_DES,
    "aes": hlapi.USM_PRIV_CFB128_AES,
    "aes192": hlapi.USM_PRIV_CFB192_AES_BLUMENTHAL,
    "aes256": hlapi.USM_PRIV_CFB256_AES_BLUMENTHAL,
    "aes192c": hlapi.USM_PRIV_CFB192_AES,
    "aes256c": hlapi.USM_PRIV_CFB256_AES,
}
REFUSALS: Final = (
    errind.AuthenticationError,
    errind.AuthenticationFailure,
    errind.DecryptionError,
    errind.UnknownUserName,
    errind.UnsupportedSecurityLevel,
    errind.WrongDigest,
)
NO_ACCESS, AUTHORIZATION_ERROR = 6, 16  # error-status of an answer (RFC 3416)

Value = int | str | None


class AgentError(Exception):
    """The agent told nothing; *fault* says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class Session:
    """One credential for one round: an engine that was asked for long keeps three objects of every answer."""

    def __init__(self, engine: Any, credential: Credential, wait: float) -> None:
        self._engine = engine
        self._auth = _auth(credential)
        self._wait = wait

    @classmethod
    async def open(cls, credential: Credential, wait: float) -> Self:
        """Make the engine, in a thread: it takes 60 ms, for which no probe shall wait."""
        return cls(await asyncio.to_thread(hlapi.SnmpEngine), credential, wait)

    def close(self) -> None:
        """Let go of the socket."""
        self._engine.close_dispatcher()

    async def agent(self, host: str, port: int) -> "Agent":
        """Find the agent at *host*; each packet is waited for, and sent a second time."""
        try:
            where = await hlapi.UdpTransportTarget.create((host, port), timeout=self._wait, retries=1)
        except PySnmpError:
            raise AgentError(Fault.BAD_NAME) from None
        return Agent(self._engine, self._auth, where)


class Agent:
    """An agent that can be asked; each question raises AgentError where nothing is told."""

    def __init__(self, engine: Any, auth: Any, where: Any) -> None:
        self._asked = engine, auth, where, hlapi.ContextData()

    async def get(self, oids: Sequence[str]) -> list[Value]:
        """Return a number or a text for each of *oids* from one answer, None where the agent has neither."""
        found = await _told(hlapi.get_cmd(*self._asked, *map(_wanted, oids), lookupMib=False))
        if len(found) != len(oids):
            raise AgentError(Fault.GARBLED)
        return [_value(value) for _, value in found]

    async def column(self, oid: str) -> dict[str, str]:
        """Return the rows of a column: the index by the text in it, the first where two are the same."""
        rows: dict[str, str] = {}
        last = oid
        for _ in range(MOST // ROWS):
            found = await _told(hlapi.bulk_cmd(*self._asked, 0, ROWS, _wanted(last), lookupMib=False))
            within = list(_within(oid, found))
            for index, text in within:
                rows.setdefault(text, index)
            if len(within) < len(found) or not within or f"{oid}.{within[-1][0]}" == last:
                break
            last = f"{oid}.{within[-1][0]}"
        return rows


def _wanted(oid: str) -> Any:
    return hlapi.ObjectType(hlapi.ObjectIdentity(oid))


async def _told(answer: Any) -> Sequence[tuple[Any, Any]]:
    try:
        indication, status, _, found = await answer
    except (PySnmpError, PyAsn1Error, OSError):
        raise AgentError(Fault.GARBLED) from None
    if isinstance(indication, errind.RequestTimedOut):
        raise AgentError(Fault.TIMEOUT)
    if isinstance(indication, REFUSALS) or int(status) in (NO_ACCESS, AUTHORIZATION_ERROR):
        raise AgentError(Fault.REFUSED)
    if indication or int(status):
        raise AgentError(Fault.GARBLED)
    return list(found)


def _within(oid: str, found: Sequence[tuple[Any, Any]]) -> Iterator[tuple[str, str]]:
    for name, value in found:
        index = str(name).removeprefix(f"{oid}.")
        text = _value(value)
        if index != str(name) and isinstance(text, str):
            yield index, text


def _value(value: Any) -> Value:
    if isinstance(value, OctetString) and not isinstance(value, Null):  # what is absent is a kind of Null
        return bytes(value).decode("utf-8", "replace")
    return int(value) if isinstance(value, Integer) else None


def _auth(credential: Credential) -> Any:
    if isinstance(credential, Community):
        return hlapi.CommunityData(credential.word.encode())
    return hlapi.UsmUserData(
        credential.name.encode(),
        authKey=credential.password.encode(),
        authProtocol=AUTHENTICATION[credential.authentication],
        privKey=credential.privacy_password.encode() if credential.privacy_password else None,
        privProtocol=PRIVACY[credential.privacy] if credential.privacy else None,
    )
