"""ICMP by the letter of RFC 792 and RFC 4443: a second opinion on what the engine sends and hears."""

from dataclasses import dataclass
from ipaddress import ip_address

KIND = {4: {"request": 8, "reply": 0, "protocol": 1}, 6: {"request": 128, "reply": 129, "protocol": 58}}


@dataclass(frozen=True)
class Echo:
    """One packet taken apart; *sound* is whether every checksum and length in it is right."""

    version: int
    source: str
    destination: str
    kind: int
    code: int
    identifier: int
    sequence: int
    payload: bytes
    sound: bool
    fragments: bool  # whether a router may cut it up


def ones(data):
    """Return the one's complement of the one's complement sum of the 16-bit words of *data*."""
    total = 0
    for at in range(0, len(data), 2):
        total += data[at] * 256 + (data[at + 1] if at + 1 < len(data) else 0)
        total = total % 65536 + total // 65536
    return 65535 - total


def pseudo(source, destination, size):
    """Return the pseudo-header of RFC 8200, section 8.1."""
    return source + destination + size.to_bytes(4, "big") + bytes([0, 0, 0, 58])


def parse(packet):
    if packet[0] >> 4 == 4:
        header = packet[:20]
        source, destination, message = packet[12:16], packet[16:20], packet[20:]
        whole = int.from_bytes(packet[2:4], "big") == len(packet) and packet[0] == 0x45 and packet[9] == 1
        sound = whole and ones(header) == 0 and ones(message) == 0
        fragments = not packet[6] & 0x40
    else:
        source, destination, message = packet[8:24], packet[24:40], packet[40:]
        whole = int.from_bytes(packet[4:6], "big") == len(message) and packet[6] == 58
        sound = whole and ones(pseudo(source, destination, len(message)) + message) == 0
        fragments = False
    return Echo(
        packet[0] >> 4,
        str(ip_address(source)),
        str(ip_address(destination)),
        message[0],
        message[1],
        int.from_bytes(message[4:6], "big"),
        int.from_bytes(message[6:8], "big"),
        message[8:],
        sound,
        fragments,
    )


def packet(source, destination, message):
    """Return *message*, an ICMP message whose checksum is still to be made, in a packet."""
    start, end = ip_address(source).packed, ip_address(destination).packed
    message = message[:2] + b"\0\0" + message[4:]
    over = message if len(start) == 4 else pseudo(start, end, len(message)) + message
    message = message[:2] + ones(over).to_bytes(2, "big") + message[4:]
    if len(start) == 16:
        return b"\x60\0\0\0" + len(message).to_bytes(2, "big") + bytes([58, 64]) + start + end + message
    size = (20 + len(message)).to_bytes(2, "big")
    header = b"\x45\0" + size + b"\0\0\0\0" + bytes([64, 1, 0, 0]) + start + end
    return header[:10] + ones(header).to_bytes(2, "big") + header[12:] + message


def message(kind, code, identifier, sequence, payload):
    return bytes([kind, code, 0, 0]) + identifier.to_bytes(2, "big") + sequence.to_bytes(2, "big") + payload


def reply(request, **changes):
    """Return what an honest host answers to *request*, or with *changes* what another one does."""
    asked = parse(request)
    said = {
        "source": asked.destination,
        "kind": KIND[asked.version]["reply"],
        "code": 0,
        "identifier": asked.identifier,
        "sequence": asked.sequence,
        "payload": asked.payload,
    } | changes
    source = said.pop("source")
    return packet(source, asked.source, message(**said))


def refusal(request, router, kind, code, quoted=None):
    """Return a router's word on *request*, of which it quotes so many bytes of the echo (None: all)."""
    header = 20 if request[0] >> 4 == 4 else 40
    quote = request if quoted is None else request[: header + quoted]
    return packet(router, parse(request).source, bytes([kind, code]) + bytes(6) + quote)
