"""The ways to spoil an installation."""

import asyncio
import socket
import sqlite3
import ssl
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import trustme

from checks.icmp_socket import IcmpUnavailable
from sandbox.telegram import Fault
from tests.bot.doctor.clinic import TEAM, TOKEN, Clinic, closed_port, url

Spoil = Callable[[Clinic], Awaitable[None] | None]


def setting(**values: Any) -> Spoil:
    return lambda clinic: clinic.values.update(values)


def option(**options: Any) -> Spoil:
    return lambda clinic: clinic.options.update(options)


def sql(*statements: str) -> Spoil:
    return lambda clinic: clinic.sql(*statements)


def env(name: str, value: str) -> Spoil:
    return lambda clinic: clinic.monkeypatch.setenv(name, value)


def a_readable_env_file(clinic: Clinic) -> None:
    Path(".env").write_text(f"TRUCMANG_TELEGRAM_TOKEN={TOKEN}\n", "utf-8")
    Path(".env").chmod(0o644)


def a_readable_credential(clinic: Clinic) -> None:
    Path(".env").write_text("TRUCMANG_SNMP_CORE=v2c:very-secret-community\n", "utf-8")
    Path(".env").chmod(0o644)


def a_mute_meter(clinic: Clinic) -> None:
    mute = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    mute.bind(("127.0.0.1", 0))
    clinic.held.append(mute)
    clinic.monkeypatch.setenv("TRUCMANG_SNMP_CORE", "v2c:very-secret-community")
    meter = f"snmp://127.0.0.1:{mute.getsockname()[1]}/1?credential=CORE"
    clinic.sql(f"UPDATE channels SET meter='{meter}' WHERE code='X05725'")


async def a_stranger_s_certificate(clinic: Clinic) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=context)
    clinic.held.append(server)
    port = server.sockets[0].getsockname()[1]
    clinic.sql(f"UPDATE series SET url='tls://127.0.0.1:{port}' WHERE url='icmp://10.70.1.2'")


def no_database(clinic: Clinic) -> None:
    clinic.file.unlink()


def a_folder_as_database(clinic: Clinic) -> None:
    clinic.file.unlink()
    clinic.file.mkdir()


def no_folder(clinic: Clinic) -> None:
    clinic.values["database_url"] = url(clinic.file.parent / "gone" / "trucmang.db")


def no_database_at_all(clinic: Clinic) -> None:
    clinic.file.write_text("a letter, not a database. " * 100, "utf-8")


def a_torn_page(clinic: Clinic) -> None:
    torn = bytearray(clinic.file.read_bytes())
    torn[4096 * 3 : 4096 * 12] = b"\xa5" * 4096 * 9
    clinic.file.write_bytes(torn)


def a_bare_file(clinic: Clinic) -> None:
    clinic.file.unlink()
    clinic.sql("CREATE TABLE x (y)")


def a_lock(clinic: Clinic) -> None:
    connection = sqlite3.connect(clinic.file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("BEGIN IMMEDIATE")
    clinic.held.append(connection)


def no_icmp(_family: int) -> socket.socket:
    raise IcmpUnavailable("The kernel refuses ICMP to this user.")


def two_anchors_one_silent(clinic: Clinic) -> None:
    clinic.values["anchors"] = f"{clinic.anchor},tcp://127.0.0.1:{closed_port()}"


def a_silent_anchor(clinic: Clinic) -> None:
    clinic.values["anchors"] = f"tcp://127.0.0.1:{closed_port()}"


async def telegram_away(clinic: Clinic) -> None:
    await clinic.telegram.faults.away()


def a_base_of_something_else(clinic: Clinic) -> None:
    clinic.values["telegram_base_url"] = f"{clinic.telegram.page_url}elsewhere/bot"


def a_webhook(clinic: Clinic) -> None:
    clinic.telegram.api.webhook = "https://other.example/hook/very-secret-path"


def another_poller(clinic: Clinic) -> None:
    clinic.telegram.faults.add(Fault.CONFLICT, method="getUpdates")


def a_bad_gateway(clinic: Clinic) -> None:
    clinic.telegram.faults.add(Fault.BAD_GATEWAY, method="getMe")


def a_dead_proxy(clinic: Clinic) -> None:
    clinic.values["telegram_proxy"] = f"http://ha:very-secret-proxy@127.0.0.1:{closed_port()}"


def a_proxy_that_leads_nowhere(clinic: Clinic) -> None:
    clinic.values["telegram_proxy"] = f"http://127.0.0.1:{clinic.anchor.rpartition(':')[2]}"


def bot_is(status: str) -> Spoil:
    def put(clinic: Clinic) -> None:
        clinic.oncall.bot_status = status

    return put


async def a_migrated_group(clinic: Clinic) -> None:
    group = clinic.telegram.world.group(-77, "Nhóm nhỏ", clinic.oncall.members)
    await group.migrates(-1002000000077)
    clinic.sql(f"UPDATE chats SET chat = -77 WHERE chat = {TEAM}")


def nobody_on_call(clinic: Clinic) -> None:
    clinic.values["oncall_chat"] = None
    clinic.sql("DELETE FROM chats WHERE role = 'truc_ban'")


def a_clock_that_is(**off: int) -> Spoil:
    def turn(clinic: Clinic) -> None:
        clinic.shift = timedelta(**off)

    return turn
