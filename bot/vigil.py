"""Vigils at the command line: trucmang vigil add, list, end."""

from typing import Annotated

import typer

from bot.console import do, out, settings
from incidents.vigil import Occasion

vigil = typer.Typer(
    help="Say who is to stay on after hours: no silence of theirs is excused.", no_args_is_help=True
)


@vigil.command()
def add(
    to: Annotated[str, typer.Option(help='The end, "2026-12-01 22:00".')],
    unit: Annotated[
        str | None, typer.Option(help="A unit with all below it, by name or code; without it all there is.")
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", help="The start, written as the end; or now.")
    ] = None,
    occasion: Annotated[Occasion, typer.Option(help="What for.")] = Occasion.WATCH,
) -> None:
    """Keep a vigil over a unit, or over all there is."""
    from bot.vigils import add

    out.print(do(add(settings(), occasion, unit, from_, to)), highlight=False, markup=False, soft_wrap=True)


@vigil.command("list")
def list_() -> None:
    """Show the vigils that are kept or to come."""
    from bot.vigils import listed

    table = do(listed(settings()))
    out.print(table if table.row_count else "No vigil is kept.")


@vigil.command()
def end(number: Annotated[int, typer.Argument(help="The vigil's number, as list shows it.", min=1)]) -> None:
    """End a vigil now, or before it begins."""
    from bot.vigils import end

    out.print(do(end(settings(), number)), highlight=False, markup=False, soft_wrap=True)
