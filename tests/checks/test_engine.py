"""The engine against lines in a box: real packets, real time, kept short."""

import asyncio
import socket
import time
from itertools import pairwise

import pytest

from checks.engine import Engine
from checks.icmp_socket import IcmpUnavailable
from checks.once import probe_once
from checks.target import Target
from incidents.outcome import Reason
from sandbox.network import Quirk


async def gather(engine, seconds):
    """Return what the stream tells in the next *seconds*."""
    told = []
    try:
        async with asyncio.timeout(seconds):
            async for batch in engine.outcomes():
                told += batch
    except TimeoutError:
        return told
    return told


def reasons(told, series=None):
    return [one.outcome.reason for one in told if series in (None, one.series)]


async def test_every_line_answers_once_a_period(lines, targets_of):
    async with (
        lines(count=214) as box,
        Engine(targets_of(box), period=0.5, icmp_socket=box.icmp_socket) as engine,
    ):
        told = await gather(engine, 1.3)
    assert set(reasons(told)) == {Reason.REPLY}
    assert {one.series for one in told} == set(range(214))
    assert len(told) == pytest.approx(2.5 * 214, rel=0.1)


@pytest.mark.parametrize("kind", ["icmp_socket", "raw_icmp_socket"])
async def test_the_kernels_own_stack_answers_214_hosts_at_once(lines, kind):
    targets = [Target.parse(number, f"icmp://127.0.1.{number + 1}") for number in range(214)]
    async with lines("T01") as box:
        outcomes = await probe_once(targets, count=3, interval=0.05, icmp_socket=getattr(box, kind))
    assert {outcome.reason for told in outcomes.values() for outcome in told} == {Reason.REPLY}
    assert {len(told) for told in outcomes.values()} == {3}


async def test_a_raw_socket_hears_only_its_own_replies(lines, targets_of):
    async with (
        lines(count=20) as box,
        Engine(targets_of(box), period=9.0, icmp_socket=box.raw_icmp_socket) as engine,
        Engine(targets_of(box), period=9.0, icmp_socket=box.raw_icmp_socket) as another,
    ):
        told, _ = await asyncio.gather(engine.burst(range(20)), another.burst(range(20)))
    assert {outcome.reason for outcomes in told.values() for outcome in outcomes} == {Reason.REPLY}
    assert engine.counters.foreign == another.counters.foreign == 0


async def test_the_latency_is_that_of_the_line(lines, targets_of):
    async with lines("slow") as box:
        await box.shape("slow", delay=0.06, jitter=0.0)
        outcomes = await probe_once(targets_of(box), count=7, interval=0.05, icmp_socket=box.icmp_socket)
    latencies = [outcome.latency for outcome in outcomes[0]]
    assert min(latencies) == pytest.approx(0.06, abs=0.01)  # a busy machine may delay some of them
    assert all(latency >= 0.059 for latency in latencies)


async def test_a_cut_is_a_silence_and_an_observation_tells_when(lines, targets_of):
    async with lines("T01") as box:
        await box.cut("T01")
        async with (
            Engine(targets_of(box), period=0.1, timeout=0.2, icmp_socket=box.icmp_socket) as engine,
            asyncio.timeout(10),
        ):
            told = await anext(engine.outcomes())
    assert set(reasons(told)) == {Reason.TIMEOUT}
    assert all(0.2 <= one.heard - one.sent < 0.4 for one in told)


@pytest.mark.parametrize(
    ("quirk", "reason", "counted"),
    [
        (Quirk.DUPLICATE, Reason.REPLY, "duplicates"),
        (Quirk.IMPERSONATE, Reason.TIMEOUT, "foreign"),
        (Quirk.TRUNCATE, Reason.TIMEOUT, "foreign"),
        (Quirk.FORGE, Reason.TIMEOUT, "foreign"),
        (Quirk.UNREACHABLE, Reason.UNREACHABLE, "unreachable"),
    ],
)
@pytest.mark.parametrize("kind", ["icmp_socket", "raw_icmp_socket"])
async def test_a_misbehaving_host_deceives_nobody(lines, targets_of, kind, quirk, reason, counted):
    async with (
        lines("odd", "next") as box,
        Engine(targets_of(box), period=0.1, timeout=0.1, icmp_socket=getattr(box, kind)) as engine,
    ):
        await box.misbehave("odd", quirk=quirk)
        told = await engine.burst([0], count=3, interval=0.05)
        told_of_another = await engine.burst([1], count=1)
    assert [outcome.reason for outcome in told[0]] == [reason] * 3
    assert told_of_another[1][0].answered
    assert getattr(engine.counters, counted) >= 2


async def test_a_late_reply_is_a_silence_and_counted_apart(lines, targets_of):
    async with (
        lines("slow") as box,
        Engine(targets_of(box), period=9.0, timeout=0.05, icmp_socket=box.icmp_socket) as engine,
    ):
        await box.shape("slow", delay=0.2, jitter=0.0)
        told = await engine.burst([0], count=1)
        async with asyncio.timeout(5):
            while not engine.counters.late:
                await asyncio.sleep(0.01)
        told_later = await engine.burst([0], count=1)
    assert [outcome.reason for outcome in told[0]] == [Reason.TIMEOUT]
    assert [outcome.reason for outcome in told_later[0]] == [Reason.REPLY]  # it taught how long to wait


async def test_a_routers_word_on_one_host_harms_no_other(lines, targets_of):
    async with (
        lines(count=60) as box,
        Engine(targets_of(box), period=0.2, timeout=0.3, icmp_socket=box.icmp_socket) as engine,
    ):
        odd = list(box.lines)[::2]
        await box.misbehave(*odd, quirk=Quirk.UNREACHABLE)
        await gather(engine, 0.1)
        told = await gather(engine, 0.8)
    assert engine.counters.send_failed == 0
    assert {reason for one in range(1, 60, 2) for reason in reasons(told, one)} == {Reason.REPLY}


async def test_what_cannot_be_sent_is_unknown_and_no_miss(lines, targets_of):
    async with lines("T01") as box:

        def bound_to_loopback(family):
            sock = box.icmp_socket(family)
            sock.bind(("127.0.0.1", 0))  # from there the kernel lets nothing out
            return sock

        outcomes = await probe_once(targets_of(box), count=2, interval=0.05, icmp_socket=bound_to_loopback)
    assert [outcome.reason for outcome in outcomes[0]] == [Reason.SEND_FAILED] * 2
    assert not any(outcome.known for outcome in outcomes[0])


async def test_a_stall_of_two_seconds_gives_no_false_miss(lines, targets_of):
    async with (
        lines(count=40) as box,
        Engine(targets_of(box), period=0.4, timeout=0.3, icmp_socket=box.icmp_socket) as engine,
    ):
        told = await gather(engine, 0.2)
        asyncio.get_running_loop().call_soon(lambda: time.sleep(2.0))
        told += await gather(engine, 0.7)
        told += await gather(engine, 0.7)
        sent = engine.counters.sent
    assert Reason.TIMEOUT not in reasons(told)
    assert reasons(told).count(Reason.REPLY) >= 60  # it went on afterwards
    assert sent < 40 * 5  # and nothing was made up for


async def test_a_suspicion_hastens_one_series_and_no_other(lines, targets_of):
    async with (
        lines("T01", "T02") as box,
        Engine(targets_of(box), period=30.0, icmp_socket=box.icmp_socket) as engine,
    ):
        await gather(engine, 0.1)
        engine.pace(1, 0.1)
        hasty = await gather(engine, 0.65)
        engine.pace(1, None)
        await gather(engine, 0.1)
        calm = await gather(engine, 0.3)
    assert {one.series for one in hasty} == {1}
    assert 5 <= len(hasty) <= 7
    assert calm == []


async def test_one_question_is_asked_at_once_and_flows_in_the_stream(lines, targets_of):
    async with (
        lines("T01", "T02") as box,
        Engine(targets_of(box), period=30.0, icmp_socket=box.icmp_socket) as engine,
    ):
        await gather(engine, 0.2)
        engine.once(1)
        engine.once(99)  # nobody's
        told = await gather(engine, 0.2)
    assert [(one.series, one.outcome.reason) for one in told] == [(1, Reason.REPLY)]


async def test_each_target_has_its_own_period(lines):
    async with lines("fast", "slow") as box:
        targets = [Target.parse(0, box.url("fast"), 0.1), Target.parse(1, box.url("slow"))]
        async with Engine(targets, period=0.5, icmp_socket=box.icmp_socket) as engine:
            told = await gather(engine, 1.3)
    assert len(reasons(told, 0)) == pytest.approx(13, abs=2)
    assert len(reasons(told, 1)) == pytest.approx(3, abs=1)


async def test_a_series_that_only_changes_its_period_goes_on_as_it_was(lines):
    async with lines("T01") as box:
        slow, fast = (Target.parse(0, box.url("T01"), period) for period in (9.0, 0.1))
        await box.shape("T01", delay=0.1, jitter=0.0)
        async with Engine([slow], timeout=0.3, icmp_socket=box.icmp_socket) as engine:
            await gather(engine, 0.06)
            engine.retarget([fast])  # with a probe under way
            told = await gather(engine, 0.5)
    assert set(reasons(told)) == {Reason.REPLY}
    assert len(told) == pytest.approx(5, abs=1)


@pytest.mark.parametrize("kind", ["icmp_socket", "raw_icmp_socket"])
async def test_both_families_are_probed_side_by_side(lines, kind):
    async def lookup(_host):
        return "::1"  # a name that has IPv6 alone

    urls = ["icmp://[::1]", "icmp://127.0.0.1", "icmp://six.vn"]
    targets = [Target.parse(series, url) for series, url in enumerate(urls)]
    async with (
        lines("T01") as box,
        Engine(targets, period=9.0, icmp_socket=getattr(box, kind), lookup=lookup) as engine,
    ):
        told = await engine.burst(range(3), count=3, interval=0.05)
    assert {series: {each.reason for each in outcomes} for series, outcomes in told.items()} == {
        series: {Reason.REPLY} for series in range(3)
    }


async def test_a_machine_without_ipv6_still_runs_ipv4(lines, targets_of):
    async with lines("T01") as box:

        def only_four(family):
            if family == socket.AF_INET6:
                raise IcmpUnavailable("no such family")
            return box.icmp_socket(family)

        six = Target.parse(7, "icmp://[2001:db8::1]")
        async with Engine([*targets_of(box), six], period=9.0, icmp_socket=only_four) as engine:
            told = await engine.burst([0, 7], count=1)
        assert [told[0][0].reason, told[7][0].reason] == [Reason.REPLY, Reason.SEND_FAILED]
        with pytest.raises(IcmpUnavailable):
            await Engine([six], icmp_socket=only_four).__aenter__()


async def test_a_pace_for_an_unknown_series_is_passed_over(lines, targets_of):
    async with lines("T01") as box, Engine(targets_of(box), icmp_socket=box.icmp_socket) as engine:
        engine.pace(99, 0.25)


async def test_an_import_keeps_who_stays_and_drops_who_goes(lines, targets_of):
    async with lines(count=3) as box:
        targets = targets_of(box)
        async with Engine(targets[:2], period=0.2, icmp_socket=box.icmp_socket) as engine:
            before = await gather(engine, 0.5)
            engine.retarget(targets[1:])
            after = await gather(engine, 0.5)
    assert {one.series for one in before} == {0, 1}
    assert {one.series for one in after} == {1, 2}
    turns = [one.sent for one in before + after if one.series == 1]
    gaps = [following - turn for turn, following in pairwise(turns)]
    assert gaps == [pytest.approx(0.2, abs=0.05)] * len(gaps)


async def test_a_series_that_moved_is_not_judged_by_its_old_address(lines, targets_of):
    async with lines("old", "new") as box:
        await box.cut("old")
        async with Engine(
            targets_of(box)[:1], period=0.1, timeout=0.3, icmp_socket=box.icmp_socket
        ) as engine:
            await gather(engine, 0.15)
            engine.retarget([Target.parse(0, box.url("new"))])
            told = await gather(engine, 0.6)
    assert set(reasons(told)) == {Reason.REPLY}


async def test_a_reader_that_sleeps_holds_the_engine_back_and_loses_nothing(lines, targets_of):
    async with (
        lines(count=20) as box,
        Engine(targets_of(box), period=0.1, icmp_socket=box.icmp_socket, backlog=30) as engine,
    ):
        await engine.burst([0], count=8, interval=0.1)
        sent = engine.counters.sent
        told = await gather(engine, 0.1)
    assert engine.counters.held > 0
    assert len(told) >= sent
    assert sent < 80


async def test_a_burst_flows_in_the_stream_too(lines, targets_of):
    async with (
        lines("T01", "T02") as box,
        Engine(targets_of(box), period=60.0, icmp_socket=box.icmp_socket) as engine,
    ):
        await engine.burst([1], count=3, interval=0.02)
        told = await gather(engine, 0.1)
    assert reasons(told, 1) == [Reason.REPLY] * 3


async def test_tcp_and_http_share_the_engine(lines):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        targets = [
            Target.parse(1, f"tcp://127.0.0.1:{port}"),
            Target.parse(2, "tcp://127.0.0.1:1"),
            Target.parse(3, f"tcp://localhost:{port}"),
            Target.parse(4, f"http://127.0.0.1:{port}/"),
        ]
        outcomes = await probe_once(targets, count=2, interval=0.05, timeout=0.2)
    assert {series: told[0].reason for series, told in outcomes.items()} == {
        1: Reason.REPLY,
        2: Reason.REFUSED,
        3: Reason.REPLY,
        4: Reason.TIMEOUT,
    }


async def test_a_name_that_does_not_resolve_is_named_so():
    async def lookup(_host):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    async with Engine([Target.parse(1, "tcp://xa.vn:80")], lookup=lookup) as engine:
        told = await engine.burst([1], count=1)
    assert told[1][0].reason is Reason.BAD_NAME


async def test_icmp_that_is_refused_says_how_to_mend_it():
    def refused(_family):
        raise IcmpUnavailable("mend it")

    with pytest.raises(IcmpUnavailable, match="mend it"):
        await probe_once([Target.parse(1, "icmp://10.20.0.1")], icmp_socket=refused)


async def test_a_series_has_one_target():
    twice = [Target.parse(1, "tcp://10.20.0.1:1"), Target.parse(1, "tcp://10.20.0.2:1")]
    with pytest.raises(ValueError, match="two targets"):
        await Engine(twice).__aenter__()
