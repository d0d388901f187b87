"""The doctor finds what is planted, and tells no secret."""

import pytest

from bot.doctor import rounds
from bot.doctor.finding import Level
from tests.bot.doctor.clinic import FAIL, TEAM, WARN, Clinic
from tests.bot.doctor.spoils import (
    Spoil,
    a_bad_gateway,
    a_bare_file,
    a_base_of_something_else,
    a_clock_that_is,
    a_dead_proxy,
    a_folder_as_database,
    a_lock,
    a_migrated_group,
    a_mute_meter,
    a_proxy_that_leads_nowhere,
    a_readable_credential,
    a_readable_env_file,
    a_silent_anchor,
    a_stranger_s_certificate,
    a_torn_page,
    a_webhook,
    another_poller,
    bot_is,
    env,
    no_database,
    no_database_at_all,
    no_folder,
    no_icmp,
    nobody_on_call,
    option,
    setting,
    sql,
    telegram_away,
    two_anchors_one_silent,
)


async def test_a_healthy_installation_gives_no_finding_above_ok(clinic: Clinic) -> None:
    found = await clinic.examine()
    assert [finding for _, finding in found if finding.level is not Level.OK] == []
    assert {name for name, _ in found} == {check.name for check in rounds.CHECKS}
    assert not rounds.failed(found)
    assert rounds.mends(found) == []


FAULTS: dict[str, tuple[Spoil, str, Level, str]] = {
    "a name that is no setting": (env("TRUCMANG_LOCAL", "vi"), "settings", WARN, "is TRUCMANG_LOCALE meant?"),
    "no token": (setting(telegram_token=""), "settings", FAIL, "no token is set"),
    "secrets that everybody can read": (
        a_readable_env_file,
        "settings",
        FAIL,
        "TRUCMANG_TELEGRAM_TOKEN in .env",
    ),
    "no database": (no_database, "database", FAIL, "there is no database"),
    "no folder": (no_folder, "database", FAIL, "there is no folder"),
    "a folder as database": (a_folder_as_database, "database", FAIL, "is a folder"),
    "a letter as database": (no_database_at_all, "database", FAIL, "is damaged: file is not a database"),
    "a torn page": (a_torn_page, "database", FAIL, "is damaged"),
    "a lock": (a_lock, "database", FAIL, "another process keeps"),
    "no schema": (a_bare_file, "database", FAIL, "has no schema"),
    "an old schema": (
        sql("UPDATE alembic_version SET version_num='0001'"),
        "database",
        WARN,
        "has schema 0001",
    ),
    "a schema of the future": (
        sql("UPDATE alembic_version SET version_num='9999'"),
        "database",
        FAIL,
        "which this release does not know",
    ),
    "a table that is gone": (sql("DROP TABLE timers"), "database", FAIL, "the tables are not what"),
    "a full disk": (option(free=lambda _: 9_000_000), "database", FAIL, "9 MB are free"),
    "a disk that fills": (option(free=lambda _: 400_000_000), "database", WARN, "400 MB are free"),
    "ICMP forbidden": (option(icmp_socket=no_icmp), "ICMP", FAIL, "the kernel refuses ICMP"),
    "no channels": (
        sql("UPDATE channels SET retired_at='2026-01-01 00:00:00'"),
        "inventory",
        FAIL,
        "no channels",
    ),
    "a channel without probes": (
        sql("UPDATE series SET retired_at='2026-01-01 00:00:00' WHERE url='icmp://10.70.1.2'"),
        "inventory",
        WARN,
        "channels without a probe, 1: X05716",
    ),
    "channels behind each other": (
        sql("UPDATE channels SET uplink_id=(SELECT id FROM channels WHERE code='X05725') WHERE code='H170U'"),
        "inventory",
        FAIL,
        "X05725",
    ),
    "a channel behind a retired one": (
        sql("UPDATE channels SET retired_at='2026-01-01 00:00:00' WHERE code='H170U'"),
        "inventory",
        WARN,
        "channels behind a retired one, 2",
    ),
    "an officer without a unit": (
        sql("DELETE FROM postings WHERE person_id=(SELECT id FROM people WHERE telegram_id=1401)"),
        "inventory",
        WARN,
        "without a unit, 1: Triệu",
    ),
    "a team's member without a team": (
        sql("UPDATE people SET team_id=NULL WHERE telegram_id=1301"),
        "inventory",
        WARN,
        "without a team, 1: Nông",
    ),
    "a team without a chat": (
        sql("UPDATE teams SET chat_id=NULL"),
        "inventory",
        WARN,
        "teams without a chat, 1: VN",
    ),
    "nobody on call": (
        sql("UPDATE people SET locked_at=unixepoch() WHERE telegram_id=1001"),
        "inventory",
        WARN,
        "on call",
    ),
    "no administrator": (setting(admins=""), "inventory", WARN, "nobody is administrator"),
    "no anchors": (setting(anchors=""), "anchors", WARN, "no anchors are set"),
    "the only anchor silent": (a_silent_anchor, "anchors", FAIL, "is silent, and there is no other"),
    "one of two anchors silent": (two_anchors_one_silent, "anchors", WARN, "is silent"),
    "an anchor without an address": (
        setting(anchors="tcp://no-such-host.invalid:53"),
        "anchors",
        FAIL,
        "no-such-host.invalid has no address",
    ),
    "a credential that is not set": (
        sql("UPDATE channels SET meter='snmp://127.0.0.1/1?credential=CORE'"),
        "meters",
        WARN,
        "the credential CORE, which is not set",
    ),
    "a meter that nobody answers for": (
        a_mute_meter,
        "meters",
        WARN,
        "meters that tell nothing (timeout), 1: X05725",
    ),
    "a meter of a channel of unknown bandwidth": (
        sql(
            "UPDATE channels SET meter='snmp://127.0.0.1/1?credential=CORE', bandwidth_mbps=NULL"
            " WHERE code='X05725'"
        ),
        "meters",
        WARN,
        "channels with a meter and no bandwidth, 1: X05725",
    ),
    "a credential that everybody can read": (
        a_readable_credential,
        "settings",
        FAIL,
        "TRUCMANG_SNMP_CORE in .env",
    ),
    "a second way that is none": (
        setting(second_way={"ONCALL": "nonsense://very-secret@host"}),
        "second way",
        FAIL,
        "TRUCMANG_SECOND_WAY_ONCALL: URL 1",
    ),
    "a second way of nobody": (
        setting(second_way={"77": "json://very-secret@host"}),
        "second way",
        WARN,
        "TRUCMANG_SECOND_WAY_77: nobody has this number",
    ),
    "a certificate that nobody vouches for": (
        a_stranger_s_certificate,
        "certificates",
        WARN,
        "is not trusted: unable to get local issuer",
    ),
    "Telegram away": (telegram_away, "Telegram", FAIL, "127.0.0.1 does not answer (NetworkError)"),
    "a wrong token": (
        setting(telegram_token="123:AA-very-secret"),
        "Telegram",
        FAIL,
        "does not know the token",
    ),
    "a wrong base URL": (a_base_of_something_else, "Telegram", FAIL, "is no Bot API server (HTTP 404)"),
    "a webhook": (a_webhook, "Telegram", FAIL, "a webhook, at other.example"),
    "another poller": (another_poller, "Telegram", FAIL, "another process polls"),
    "a bad gateway": (a_bad_gateway, "Telegram", WARN, "HTTP 502"),
    "a dead proxy": (a_dead_proxy, "Telegram", FAIL, "the proxy does not answer"),
    "a proxy that leads nowhere": (
        a_proxy_that_leads_nowhere,
        "Telegram",
        FAIL,
        "the proxy does not lead to",
    ),
    "thrown out of a group": (bot_is("kicked"), "chats", FAIL, "the bot is not in «Trực ban»"),
    "left a group": (bot_is("left"), "chats", FAIL, "the bot is not in «Trực ban»"),
    "muted in a group": (bot_is("restricted"), "chats", FAIL, "may not write in «Trực ban»"),
    "no right to pin": (bot_is("member"), "chats", WARN, "may not pin in «Trực ban»"),
    "a chat that is gone": (
        sql(f"UPDATE chats SET chat=-5 WHERE chat={TEAM}"),
        "chats",
        FAIL,
        "(-5) that the bot can see",
    ),
    "a group that became a supergroup": (a_migrated_group, "chats", FAIL, "with the id -1002000000077"),
    "a chat that took no letter": (
        sql(f"UPDATE chats SET blocked_at='2026-01-01 00:00:00', blocked_why='kicked' WHERE chat={TEAM}"),
        "chats",
        WARN,
        "took no letter the last time: kicked",
    ),
    "no chat of the desk": (nobody_on_call, "chats", FAIL, "the duty desk has no chat"),
    "another chat of the desk": (
        setting(oncall_chat=-1002000000998),
        "chats",
        WARN,
        "is known as -1002000000999",
    ),
    "a fast clock": (a_clock_that_is(minutes=5), "clock", FAIL, "s fast"),
    "a slow clock": (a_clock_that_is(minutes=-5), "clock", FAIL, "s slow"),
    "another zone": (setting(timezone="Europe/Paris"), "clock", WARN, "told in Europe/Paris"),
    "a run in the future": (
        sql("INSERT INTO runs (started, seen) VALUES ('2126-01-01 00:00:00', '2126-01-01 00:00:00')"),
        "clock",
        FAIL,
        "in the future",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_planted_fault_is_found_and_no_secret_is_told(clinic: Clinic, fault: str) -> None:
    spoil, check, level, words = FAULTS[fault]
    spoiling = spoil(clinic)
    if spoiling is not None:
        await spoiling
    found = await clinic.examine()
    hits = [finding for name, finding in found if name == check and words in finding.what]
    assert [finding.level for finding in hits] == [level], found
    assert hits[0].mend
    assert rounds.failed(found) is any(finding.level is FAIL for _, finding in found)
    assert "very-secret" not in repr(found)
    assert "fell over" not in repr(found)
