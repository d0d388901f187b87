"""The command line: run, demo, import, check, understand, doctor, invite, report, db and so on."""

import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from bot.console import do, err, fail, out, say, secrets, settings
from bot.maintenance import maintenance
from bot.vigil import vigil
from incidents.figures.periods import Period
from incidents.roles import Role

if TYPE_CHECKING:  # each command imports what it needs, so that --help is quick
    from bot.settings import Settings

cli = typer.Typer(
    name="trucmang",
    help="Trực Mạng: the incident bot of a province's dedicated data network.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="Look after the database.", no_args_is_help=True)
cli.add_typer(database, name="db")
cli.add_typer(maintenance, name="maintenance")
cli.add_typer(vigil, name="vigil")


@cli.command()
def run() -> None:
    """Run the bot, as the environment or .env says, until SIGTERM or Ctrl-C."""
    from bot import logs

    chosen = settings()
    logs.set_up(secrets(chosen), level=chosen.log_level, form=chosen.log_format)
    do(_run(chosen))


@cli.command()
def demo(
    tour: Annotated[bool, typer.Option("--tour", help="Play the main journey unattended, and exit.")] = False,
    port: Annotated[int, typer.Option(help="The page's port; 0 takes any free one.", min=0, max=65535)] = 0,
) -> None:
    """Run the bot against a Telegram and a network in a box: no token, account, server or root."""
    from bot import demo as box
    from bot import logs

    logs.set_up((), level="WARNING")
    if not tour:
        do(box.serve(out, port))
        return
    try:
        do(box.tour(out))
    except AssertionError as error:
        err.print(f"[bold red]Not seen:[/] {error}", highlight=False)
        raise typer.Exit(1) from None


@cli.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="A folder of CSV files, or one .xlsx.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Retire more than a tenth of the channels.")] = False,
) -> None:
    """Import the inventory: all of it, or, where anything is wrong, nothing."""
    from bot.inventory import import_inventory, table

    changes = do(import_inventory(settings(), path, dry_run=dry_run, yes=yes))
    out.print(table(changes))
    if changes.nothing:
        out.print("Nothing changes." if dry_run else "Nothing changed.")
    elif dry_run:
        out.print("Nothing was written: this was a dry run.")


@cli.command()
def check(
    codes: Annotated[list[str] | None, typer.Argument(help="Channels; all when none is named.")] = None,
    count: Annotated[int, typer.Option(help="How often each is probed.", min=1, max=500)] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Probe channels now: who answers, how well, and the way to what is bad; exit 1 if any is silent."""
    from rich.progress import Progress

    from bot import check_report
    from bot.app import civil_now
    from bot.check import check_channels

    chosen = settings()
    with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("Probing", total=None)
        work = check_channels(
            chosen, codes or [], lambda done, of: progress.update(task, completed=done, total=of), count
        )
        checked = do(work)
    silent = sum(each.silent for each in checked)
    if as_json:
        print(check_report.as_json(checked))
    else:
        out.print(check_report.table(checked))
        for line in check_report.explanations(checked, chosen.voice, civil_now()):
            out.print(line, soft_wrap=True)
        out.print(f"{len(checked) - silent} of {len(checked)} probes answered.")
    raise typer.Exit(1 if silent else 0)


@cli.command()
def explain(
    ticket: Annotated[str, typer.Argument(help="The ticket, SC-0123.")],
) -> None:
    """Show which outcomes and rules led to a ticket, and its steps."""
    from bot.explain import explained, paragraphs

    chosen = settings()
    for piece in paragraphs(do(explained(chosen, ticket)), chosen.voice.zone):
        out.print(piece, highlight=False, markup=False, soft_wrap=True)


@cli.command()
def understand(
    message: Annotated[str | None, typer.Argument(help="What an officer wrote.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="A file with a message a line.")] = None,
) -> None:
    """Show what messages are taken to mean: text, intent, unit, district, confidence, apart by tabs."""
    from bot.understand import lines, names, read

    if (message is None) == (file is None):
        fail("understand: expected a message, or --file with a message a line")
    known = do(names(settings()))
    try:
        messages = read(file) if file else [message or ""]
    except OSError as error:
        fail(f"{file} could not be read: {error.strerror}")
    except ValueError as error:
        fail(str(error))
    for line in lines(messages, known):
        print(line)


@cli.command()
def corrections(
    out_file: Annotated[
        Path | None, typer.Option("--out", help="The file to write; printed when none is named.")
    ] = None,
) -> None:
    """Print what officers chose that their words mean, as lines for intents/knowledge/examples."""
    from bot.corrections import lines

    told = do(lines(settings()))
    if out_file is None:
        print("\n".join(told))
        return
    try:
        out_file.write_text("".join(f"{line}\n" for line in told), "utf-8")
    except OSError as error:
        fail(f"{out_file} could not be written: {error.strerror}")
    out.print(f"{len(told)} lines are in {out_file}.", highlight=False, markup=False, soft_wrap=True)


@database.command()
def upgrade() -> None:
    """Bring the database to the newest schema."""
    from storage import schema

    before, after = do(schema.upgrade(settings().database_url))
    if before == after:
        out.print(f"The schema is {after} already.")
    elif before is None:
        out.print(f"The database is new; its schema is {after}.")
    else:
        out.print(f"The schema was {before}; it is {after} now.")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line; what was typed wrongly is one line, too."""
    try:
        code = cli(arguments, prog_name="trucmang", standalone_mode=False)
    except TyperException as error:
        if sentence := " ".join(error.format_message().split()):  # empty where the help was shown instead
            say(f"{sentence.rstrip('.')}: see {_path(error)} --help")
        code = 2
    except typer.Abort:
        code = 130
    sys.exit(code or 0)


def _path(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context is not None else "trucmang"


async def _run(settings: "Settings") -> None:
    from bot.app import App

    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    async with App(settings).open() as app:
        out.print(await app.describe(), highlight=False, markup=False, soft_wrap=True)
        await stop.wait()


@cli.command()
def backup(
    to: Annotated[
        Path | None, typer.Option("--to", help="The folder; that of TRUCMANG_BACKUP_DIR when none is named.")
    ] = None,
) -> None:
    """Copy the database, also while the bot runs, and read the copy back."""
    from bot.app import civil_now
    from bot.backups import backup_now

    made = do(backup_now(settings(), to, civil_now()))
    out.print(f"The backup is {made}.", highlight=False, markup=False, soft_wrap=True)


@cli.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup; the bot must be stopped.")],
) -> None:
    """Put a backup in the place of the database, which is kept aside."""
    from bot.app import civil_now
    from bot.backups import restore_from

    said = do(restore_from(settings(), file, civil_now()))
    out.print(said, highlight=False, markup=False, soft_wrap=True)


@cli.command()
def doctor() -> None:
    """Say what is wrong with this installation and how to mend it; exit 1 if anything fails."""
    from bot.app import civil_now
    from bot.doctor.patient import Patient
    from bot.doctor.rounds import examine, failed, mends, refused, table
    from bot.settings import Settings, SettingsError

    try:
        chosen = Settings.load()
    except SettingsError as error:
        found = refused(str(error))
    else:
        found = do(examine(Patient(chosen, civil_now, Settings.unknown())))
    out.print(table(found))
    for line in mends(found):
        out.print(line, highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(1 if failed(found) else 0)


@cli.command()
def invite(
    role: Annotated[Role, typer.Option(help="Who is let in.")],
    unit: Annotated[
        str | None, typer.Option(help="The code of the unit; an officer's own, a desk's scope.")
    ] = None,
    team: Annotated[str | None, typer.Option(help="The code of the team, for --role doi.")] = None,
    days: Annotated[int, typer.Option(help="How long the link holds.", min=1, max=365)] = 7,
    png: Annotated[Path | None, typer.Option(help="Write the QR as a picture, too.")] = None,
) -> None:
    """Make a link and a QR that let one person in, once."""
    from bot.invite import make, qr, save_png

    chosen = settings()
    made = do(make(chosen, role, unit, team, days))
    if made.link is None:
        out.print(made.invited.payload, highlight=False, markup=False, soft_wrap=True)
        say(f"{made.away}: put https://t.me/ and the bot's name and ?start= before the line above")
        raise typer.Exit(1)
    out.print(qr(made.link), end="", highlight=False, markup=False, soft_wrap=True)
    out.print(made.link, highlight=False, markup=False, soft_wrap=True)
    expires = chosen.voice.time(made.invited.expires)
    out.print(f"It lets one person in, once, until {expires}.", highlight=False, markup=False)
    if png is not None:
        save_png(made.link, png)


@cli.command()
def report(
    of: Annotated[Period, typer.Argument(help="How much it is of.")],
    folder: Annotated[Path, typer.Option("--out", help="The folder to write it to.")],
    date: Annotated[
        str | None, typer.Option(help="A day of it, 2026-02-10; without one the last that is over.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help="The code of the unit that it is of, with all below it.")
    ] = None,
) -> None:
    """Write the report of a day, a week or a month: the message and the pictures."""
    from bot.report import write

    for path in do(write(settings(), of, date, unit, folder)):
        out.print(str(path), highlight=False, markup=False, soft_wrap=True)


@cli.command()
def template(
    path: Annotated[Path, typer.Argument(help="The .xlsx to write.")] = Path("trucmang-template.xlsx"),
) -> None:
    """Write the workbook that an office fills in for the import."""
    from locales.voice import Voice
    from storage.inventory.template import write_template

    if path.exists():
        fail(f"{path} is there already: name another, or remove it")
    if path.suffix.lower() != ".xlsx":
        fail(f"{path}: expected a name that ends in .xlsx")
    try:
        write_template(path, Voice.of("vi", "Asia/Ho_Chi_Minh"))
    except OSError as error:
        fail(f"{path} could not be written: {error.strerror}")
    out.print(f"{path} is ready: fill it in, then trucmang import {path}", highlight=False, markup=False)
