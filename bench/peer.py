"""The peer: Prometheus, blackbox_exporter and Alertmanager, tuned for speed, watching the same lines."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientError, ClientSession

from bot.box import Box
from sandbox.network import namespace

PROBE, TIMEOUT, EVALUATE, HOLD, WAIT = 10, 5, 5, 10, 5  # seconds
COMMANDS = (
    ("prometheus-blackbox-exporter", "--config.file=prober.yml", "--web.listen-address=127.0.0.1:9115"),
    (
        *("prometheus-alertmanager", "--config.file=alerts.yml", "--storage.path=alerts"),
        *("--web.listen-address=127.0.0.1:9093", "--cluster.listen-address="),  # alone
    ),
    (
        *("prometheus", "--config.file=watch.yml", "--storage.tsdb.path=tsdb"),
        "--web.listen-address=127.0.0.1:9090",
    ),
)
ASK = "http://127.0.0.1:9090/api/v1/query"
PATIENCE = 60

# The tools read JSON wherever they read YAML.
Tree = dict[str, object]


def missing() -> list[str]:
    """Return the Debian packages without which there is no peer."""
    return [program for program, *_ in COMMANDS if shutil.which(program) is None]


@asynccontextmanager
async def peer(box: Box) -> AsyncIterator[list[int]]:
    """Run the stack until the block ends; it begins once every line was heard, with the ids of processes."""
    with TemporaryDirectory(prefix="peer-") as name:
        folder = Path(name)
        for file, tree in _files(box, folder).items():
            (folder / file).write_text(json.dumps(tree))
        async with AsyncExitStack() as stack:
            ids = [await stack.enter_async_context(_running(folder, *each)) for each in COMMANDS]
            await _all_up(len(box.inventory.channels or ()))
            yield ids


@asynccontextmanager
async def _running(folder: Path, *command: str) -> AsyncIterator[int]:
    with (folder / f"{command[0]}.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, stdout=log, stderr=log, preexec_fn=namespace.die_with_parent
        )
    try:
        yield process.pid
    finally:
        with suppress(ProcessLookupError):  # it has ended of itself
            process.terminate()
        await process.wait()


async def _all_up(channels: int) -> None:
    """Wait until every line has answered."""
    asked = {"query": "count(probe_success == 1)"}
    async with asyncio.timeout(PATIENCE), ClientSession() as session:
        while True:
            try:
                async with session.get(ASK, params=asked) as answer:
                    found = (await answer.json())["data"]["result"]
            except ClientError:  # not listening yet
                found = []
            if found and int(found[0]["value"][1]) == channels:
                return
            await asyncio.sleep(0.5)


def _files(box: Box, folder: Path) -> dict[str, Tree]:
    """Return every configuration by the name of its file."""
    icmp: Tree = {"prober": "icmp", "timeout": "2s", "icmp": {"preferred_ip_protocol": "ip4"}}
    lines = {row.code: box.network.lines[row.code].address for row in box.inventory.channels or ()}
    down: Tree = {"alert": "LineDown", "expr": "probe_success == 0", "for": f"{HOLD}s"}
    return {
        "prober.yml": {"modules": {"icmp": icmp}},
        "rules.yml": {"groups": [{"name": "lines", "interval": f"{EVALUATE}s", "rules": [down]}]},
        "watch.yml": _watch(lines.items(), folder),
        "alerts.yml": _alerts(box),
    }


def _watch(lines: Iterable[tuple[str, str]], folder: Path) -> Tree:
    probed: Tree = {
        "job_name": "lines",
        "metrics_path": "/probe",
        "params": {"module": ["icmp"]},
        "static_configs": [{"targets": [address], "labels": {"line": code}} for code, address in lines],
        "relabel_configs": [
            {"source_labels": ["__address__"], "target_label": "__param_target"},
            {"source_labels": ["__param_target"], "target_label": "instance"},
            {"target_label": "__address__", "replacement": "127.0.0.1:9115"},
        ],
    }
    return {
        "global": {
            "scrape_interval": f"{PROBE}s",
            "scrape_timeout": f"{TIMEOUT}s",
            "evaluation_interval": f"{EVALUATE}s",
        },
        "rule_files": [str(folder / "rules.yml")],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": ["127.0.0.1:9093"]}]}]},
        "scrape_configs": [probed],
    }


def _alerts(box: Box) -> Tree:
    telegram: Tree = {
        "api_url": box.telegram.base_url.removesuffix("/bot"),
        "bot_token": box.telegram.token,
        "chat_id": box.oncall.id,
        "message": "{{ range .Alerts }}{{ .Status }} {{ .Labels.line }}\n{{ end }}",
    }
    return {
        "route": {"receiver": "desk", "group_by": ["line"], "group_wait": f"{WAIT}s"},
        "receivers": [{"name": "desk", "telegram_configs": [telegram]}],
    }
