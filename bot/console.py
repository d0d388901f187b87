"""The console: how a command speaks, and how it ends when something a person can mend is wrong."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from rich.console import Console

if TYPE_CHECKING:  # imported when needed, so that --help is quick
    from bot.settings import Settings
    from storage.inventory.problem import Problem

out, err = Console(), Console(stderr=True)
PROBLEMS_SHOWN = 200  # nobody mends more at a time


def settings() -> "Settings":
    """Return the settings, or end with what is wrong with them."""
    from bot.settings import Settings, SettingsError

    try:
        found = Settings.load()
        found.insist_on_database()
    except SettingsError as error:
        fail(str(error))
    for stranger in Settings.unknown():
        say(stranger)
    return found


def secrets(settings: "Settings") -> list[str]:
    """Return what must never be printed."""
    found = (settings.telegram_token, settings.telegram_proxy, settings.web_token)
    return [*(each.get_secret_value() for each in found), *settings.snmp_secrets, *settings.target_secrets]


def do(work: Coroutine[Any, Any, Any]) -> Any:
    """Run *work*; what a person can mend is one clear line and exit 2."""
    try:
        return asyncio.run(work)
    except _mendable() as error:  # evaluated, and so imported, only when something went wrong
        fail(_sentence(error))
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _mendable() -> tuple[type[Exception], ...]:
    """Return what a person can mend."""
    from sqlalchemy.exc import DBAPIError

    from bot.check import NothingToCheckError
    from bot.explain import NoSuchTicketError
    from bot.report import ReportError
    from bot.settings import SettingsError
    from bot.when import WhenError
    from bot.works import WorksError
    from checks.icmp_socket import IcmpUnavailable
    from operations.invite import InvitationError
    from storage.backup import BackupError
    from storage.inventory.changes import TooManyRetiredError
    from storage.inventory.problem import InventoryError
    from storage.lock import LockedError
    from storage.schema import SchemaTooNewError

    ours = (InventoryError, TooManyRetiredError, SettingsError, SchemaTooNewError, NothingToCheckError)
    theirs = (
        BackupError,
        LockedError,
        InvitationError,
        WhenError,
        WorksError,
        NoSuchTicketError,
        ReportError,
    )
    return (*ours, *theirs, IcmpUnavailable, DBAPIError, OSError)


def _sentence(error: Exception) -> str:
    """Return *error* as the one line that is said last."""
    from sqlalchemy.exc import DBAPIError

    from storage.inventory.changes import TooManyRetiredError
    from storage.inventory.problem import InventoryError

    match error:
        case InventoryError():
            return _problems(error.problems)
        case TooManyRetiredError():
            return f"{error} (--yes)"
        case DBAPIError():  # its own text is a page of SQL
            return f"TRUCMANG_DATABASE_URL: the database does not serve: {error.orig}"
    return str(error)


def _problems(problems: Sequence["Problem"]) -> str:
    if len(problems) == 1:
        return f"{problems[0]}; nothing was written"
    for problem in problems[:PROBLEMS_SHOWN]:
        err.print(str(problem), highlight=False, markup=False, soft_wrap=True)
    if (more := len(problems) - PROBLEMS_SHOWN) > 0:
        err.print(f"… and {more} more", highlight=False, markup=False)
    return f"{len(problems)} problems; nothing was written"


def say(sentence: str) -> None:
    """Print one line to standard error."""
    err.print(f"trucmang: {sentence}", highlight=False, markup=False, soft_wrap=True)


def fail(sentence: str) -> NoReturn:
    """Print what is wrong, and end with exit code 2."""
    say(sentence)
    raise typer.Exit(2)
