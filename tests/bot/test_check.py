"""The check at the command line: its judgement, its table, and the whole of it against loopback."""

import contextlib
import json
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import trustme
from rich.console import Console

from bot.check_report import as_json, explanations, table
from bot.checked import Checked
from bot.cli import main
from checks.certificate import Certificate
from checks.target import Target
from checks.trace import End, Hop, Path
from incidents.outcome import Outcome, Reason
from locales.voice import Voice

AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
VOICE = Voice.of("vi", "Asia/Ho_Chi_Minh")
REPLIES = (0.010, 0.014, 0.012)
WAY = Path((Hop(1, "10.9.1.2", 0.0004), Hop(2, None, None), Hop(3, "10.9.3.2", 0.0123)), End.SILENT)


def checked(*told, url="icmp://10.9.4.2", **rest):
    """Return a series whose probes were answered in so many seconds, or not for a reason."""
    outcomes = [Outcome(each) if isinstance(each, Reason) else Outcome(Reason.REPLY, each) for each in told]
    return Checked("K1", "Xã Tân Thịnh", Target.parse(1, url), outcomes, **rest)


def shown(*rows, width=120):
    console = Console(width=width, file=StringIO())
    console.print(table(rows))
    for line in explanations(rows, VOICE, AT):
        console.print(line, soft_wrap=True)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("told", "url", "bad"),
    [
        (REPLIES, "icmp://10.9.4.2", False),
        ((Reason.TIMEOUT,) * 3, "icmp://10.9.4.2", True),
        ((), "icmp://10.9.4.2", True),
        ((*REPLIES, Reason.TIMEOUT), "icmp://10.9.4.2", True),
        ((*REPLIES, Reason.STALLED), "icmp://10.9.4.2", False),  # our own fault is no loss
        ((0.080, 0.081, 0.080), "icmp://10.9.4.2", True),
        ((0.080, 0.081, 0.080), "https://10.9.4.2/", False),  # the server's own time is in it
        ((0.001, 0.040, 0.001), "tcp://10.9.4.2:22", True),
    ],
)
def test_a_line_is_bad_by_its_figures(told, url, bad):
    assert checked(*told, url=url).bad is bad


@pytest.mark.parametrize(
    ("told", "traceable"),
    [
        (REPLIES, False),
        ((0.080, 0.080), True),
        ((Reason.TIMEOUT,), True),
        ((Reason.REFUSED, Reason.TIMEOUT), True),
        ((Reason.REFUSED,), False),  # the far end said so: the way to it is well
        ((Reason.TLS,), False),
    ],
)
def test_the_way_is_asked_for_where_it_may_explain(told, traceable):
    assert checked(*told, url="tcp://10.9.4.2:22").traceable is traceable


def test_the_table_shows_loss_delay_jitter_and_the_rating_with_a_word():
    (row,) = [line for line in shown(checked(*REPLIES, Reason.TIMEOUT)).splitlines() if "K1" in line]
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    assert cells == [
        *("K1", "Xã Tân Thịnh", "icmp://10.9.4.2"),
        *("25%", "10.0/12.0/14.0", "3.0", "45", "2.3", "unfit, timeout"),
    ]


def test_a_narrow_terminal_keeps_the_figures_whole():
    assert "10.0/12.0/14.0" in shown(checked(*REPLIES), width=80)


def test_the_way_is_shown_hop_by_hop():
    lines = [line.split() for line in shown(checked(Reason.TIMEOUT, path=WAY)).splitlines()[-5:]]
    assert lines == [
        ["The", "way", "to", "K1,", "10.9.4.2:"],
        ["1", "10.9.1.2", "0.4", "ms"],
        ["2", "*"],
        ["3", "10.9.3.2", "12.3", "ms"],
        ["Beyond", "that", "nobody", "answers."],
    ]


def test_lines_that_were_not_traced_are_counted():
    others = [checked(Reason.TIMEOUT, url=f"icmp://10.9.4.{end}") for end in (3, 4, 4)]
    assert "2 more are bad" in shown(checked(Reason.TIMEOUT, path=WAY), *others)


@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        (Certificate(AT + timedelta(days=31)), "certificate valid until 15:00 05/02/2026\n"),
        (Certificate(AT + timedelta(days=12)), "until 15:00 17/01/2026: 12 days are left, renew it\n"),
        (Certificate(None, "certificate has expired"), "is not trusted: certificate has expired\n"),
    ],
)
def test_a_certificate_is_told_with_its_last_day(certificate, said):
    assert said in shown(checked(*REPLIES, url="tls://10.9.4.2:993", certificate=certificate))


def test_json_has_an_object_a_series():
    rows = [
        checked(*REPLIES, Reason.TIMEOUT, path=WAY),
        checked(
            Reason.TLS, url="tls://10.9.4.2:993", certificate=Certificate(None, "certificate has expired")
        ),
    ]
    first, second = json.loads(as_json(rows))
    assert first["delay"] == {"min": 0.01, "mean": 0.012, "max": 0.014}
    assert (first["sent"], first["lost"], first["reasons"], first["jitter"]) == (4, 1, ["timeout"], 0.003)
    assert (first["rating"]["grade"], first["path"]["end"], first["path"]["hops"][1]["address"]) == (
        "unfit",
        "silent",
        None,
    )
    assert (second["delay"], second["rating"], second["path"]) == (None, None, None)
    assert second["certificate"] == {"until": None, "fault": "certificate has expired"}


@contextlib.contextmanager
def full():
    """Yield the port of a listener whose queue is full: a handshake with it never ends."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen(0)
        with socket.create_connection(sock.getsockname()):
            yield sock.getsockname()[1]


@contextlib.contextmanager
def untrusted():
    """Yield the port of a TLS service that shows a stranger's certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)

    def serve():
        with contextlib.suppress(OSError):
            while True:
                client, _ = sock.accept()
                with client, contextlib.suppress(OSError):
                    client.settimeout(1)
                    context.wrap_socket(client, server_side=True).close()

    with socket.create_server(("127.0.0.1", 0)) as sock:
        server = threading.Thread(target=serve)
        server.start()
        try:
            yield sock.getsockname()[1]
        finally:
            sock.shutdown(socket.SHUT_RDWR)
            server.join()


@pytest.fixture
def check(monkeypatch, tmp_path, capsys):
    """Import channels with these probes, check them, and return the exit code and what was printed."""

    def run(*probes, options=()):
        monkeypatch.setenv("TRUCMANG_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/trucmang.db")
        monkeypatch.setenv("COLUMNS", "160")
        monkeypatch.chdir(tmp_path)
        rows = [f"K{number},T,{probe}" for number, probe in enumerate(probes, 1)]
        (tmp_path / "units.csv").write_text("code,name,kind,parent\nT,Tỉnh T,tỉnh,\n", "utf-8")
        (tmp_path / "channels.csv").write_text("\n".join(["code,unit,probes", *rows]), "utf-8")
        for arguments in (["import", str(tmp_path)], ["check", "--count", "2", *options]):
            capsys.readouterr()
            with pytest.raises(SystemExit) as ended:
                main(arguments)
        return ended.value.code, capsys.readouterr().out

    return run


def test_a_check_tells_good_from_bad_and_why(check):
    with socket.create_server(("127.0.0.1", 0)) as good, full() as dead, untrusted() as stranger:
        ports = (good.getsockname()[1], dead)
        code, out = check(*(f"tcp://127.0.0.1:{port}" for port in ports), f"tls://127.0.0.1:{stranger}")
    first, _second, third = (
        next(row for row in out.splitlines() if each in row) for each in ("K1", "K2", "K3")
    )
    assert code == 1
    assert "best" in first
    assert "100%" in third
    assert "The way to K2, 127.0.0.1:\n   1  127.0.0.1" in out
    assert "The way to K3" not in out
    assert "the certificate is not trusted: unable to get local issuer certificate" in out
    assert "1 of 3 probes answered." in out


def test_a_check_as_json_is_only_json(check):
    with socket.create_server(("127.0.0.1", 0)) as good:
        code, out = check(f"tcp://127.0.0.1:{good.getsockname()[1]}", options=["--json"])
    (record,) = json.loads(out)
    assert code == 0
    assert (record["channel"], record["sent"], record["lost"]) == ("K1", 2, 0)
