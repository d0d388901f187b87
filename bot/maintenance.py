"""Planned work at the command line: trucmang maintenance add, list, end, extend."""

from typing import Annotated

import typer

from bot.console import do, out, say, settings

maintenance = typer.Typer(
    help="Plan work on lines: while it goes on, their silence opens no ticket.", no_args_is_help=True
)
Number = Annotated[int, typer.Argument(help="The window's number, as list shows it.", min=1)]


@maintenance.command()
def add(
    reason: Annotated[str, typer.Option(help="What is done, in a few words.")],
    unit: Annotated[
        list[str] | None, typer.Option(help="A unit with all below it, by name or code; may be repeated.")
    ] = None,
    channel: Annotated[
        list[str] | None, typer.Option(help="A channel with all behind it, by code; may be repeated.")
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", help='The start, "2026-12-01 22:00"; of what recurs, its first day.'),
    ] = None,
    to: Annotated[str | None, typer.Option(help="The end, written as the start.")] = None,
    within: Annotated[
        tuple[str, str] | None,
        typer.Option(
            help="Work that begins with the first silence between two times.", metavar="EARLIEST LATEST"
        ),
    ] = None,
    for_: Annotated[str | None, typer.Option("--for", help="How long: 2h, 90m, 1d12h.")] = None,
    weekly: Annotated[str | None, typer.Option(help='Days and an hour, "thu,sun 01:00".')] = None,
    monthly: Annotated[
        str | None, typer.Option(help='"1,15 01:00", "last sun 01:00", "2nd tue 23:30".')
    ] = None,
    until: Annotated[str | None, typer.Option(help="The last day of what recurs, 2027-03-31.")] = None,
) -> None:
    """Plan work: --from with --to or --for, --within with --for, or --weekly or --monthly with --for."""
    from bot.when import Typed
    from bot.works import add

    typed = Typed(from_, to, within, for_, weekly, monthly, until)
    said, warnings = do(add(settings(), typed, unit or [], channel or [], reason))
    out.print(said, highlight=False, markup=False, soft_wrap=True)
    for warning in warnings:
        say(warning)


@maintenance.command("list")
def list_(
    past: Annotated[bool, typer.Option("--past", help="With those of the last 90 days.")] = False,
) -> None:
    """Show what is planned and what is going on."""
    from bot.works import listed

    table = do(listed(settings(), past=past))
    out.print(table if table.row_count else "No work is planned.")


@maintenance.command()
def end(
    number: Number,
    series: Annotated[
        bool, typer.Option("--series", help="Withdraw all that is to come of what recurs, too.")
    ] = False,
) -> None:
    """End what is going on, or withdraw what has not begun; what is down then opens a ticket."""
    from bot.works import end

    out.print(do(end(settings(), number, series=series)), highlight=False, markup=False, soft_wrap=True)


@maintenance.command()
def extend(
    number: Number,
    to: Annotated[str, typer.Option(help='The new end, "2026-12-02 04:00".')],
) -> None:
    """Let what is going on, or a window from one time to another, end later."""
    from bot.works import extend

    out.print(do(extend(settings(), number, to)), highlight=False, markup=False, soft_wrap=True)
