"""Deployment facts: the environment and .env, read once into one frozen value."""

import os
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

from bot import targets
from bot.logs import Format
from checks import credential
from checks.target import validate
from locales.voice import Voice

PREFIX: Final = "TRUCMANG_"
SNMP: Final = "SNMP_"
SECOND_WAY: Final = "SECOND_WAY_"
NAMED: Final = {"snmp": SNMP, "second_way": SECOND_WAY}  # fields of one setting for each name
ENV_FILE: Final = ".env"
SQLITE: Final = "sqlite+aiosqlite:///"

# What a wrong value should have been, where a type alone cannot say it.
EXPECTED: Final = {
    "oncall_chat": "a chat's id, a whole number such as -1001234567890",
    "admins": "ids of people, whole numbers above 0 with commas between, such as 123456789,987654321",
    "security_chats": "ids of people or groups, whole numbers with commas between, such as 123456789",
    "probe_seconds": "a number of seconds from 0.5 to 3600",
    "web_port": "a whole number from 0 to 65535",
    "log_format": "console or json",
    "log_level": "DEBUG, INFO, WARNING or ERROR",
}


def _credential(secret: SecretStr) -> SecretStr:
    credential.parse(secret.get_secret_value())
    return secret


def _ways(secret: SecretStr) -> SecretStr:
    targets.parse(secret.get_secret_value())
    return secret


PersonId = Annotated[int, Field(gt=0)]  # a group's id is below 0
Credential = Annotated[SecretStr, AfterValidator(_credential)]
Ways = Annotated[SecretStr, AfterValidator(_ways)]


class SettingsError(Exception):
    """A setting is wrong; the message says which and what is expected."""


class Settings(BaseSettings):
    """Every setting; the name in the environment is TRUCMANG_ and the field's name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,  # an empty value is how a form or a compose file says «not set»
        str_strip_whitespace=True,
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    telegram_token: SecretStr = Field(
        SecretStr(""), description="the bot's token from BotFather, like 123456:ABC…"
    )
    telegram_base_url: str = Field(
        "https://api.telegram.org/bot", description="the Bot API server; ends in /bot"
    )
    telegram_proxy: SecretStr = Field(
        SecretStr(""), description="a proxy for Telegram: http://… or socks5://…; empty for none"
    )
    database_url: str = Field(f"{SQLITE}trucmang.db", description="the database, as SQLAlchemy writes it")
    backup_dir: str = Field(
        "backups", description="the folder of the nightly backups, beside the database; off for none"
    )
    oncall_chat: int | None = Field(None, description="the id of the duty desk's group; seeds it once")
    admins: Annotated[tuple[PersonId, ...], NoDecode] = Field(
        (), description="Telegram ids of administrators, comma-separated; seeds them once"
    )
    security_chats: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="chats of whoever answers for information security, comma-separated"
    )
    timezone: str = Field("Asia/Ho_Chi_Minh", description="the zone of every time that people read")
    locale: str = Field("vi", description="the language of chat: vi or en")
    probe_seconds: float | None = Field(
        None, ge=0.5, le=3600, description="seconds between two probes of every series, whatever its profile"
    )
    anchors: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="probe URLs that tell whether we ourselves can see, comma-separated"
    )
    web_host: str = Field("127.0.0.1", description="where /healthz and /metrics listen")
    web_port: int = Field(8080, ge=0, le=65535, description="their port; 0 takes any free one")
    web_token: SecretStr = Field(
        SecretStr(""), description="the bearer token for /metrics and the details of /healthz"
    )
    snmp: Annotated[dict[str, Credential], NoDecode] = Field(
        {},
        description="TRUCMANG_SNMP_NAME, one for each name: what meters with credential=NAME are asked with",
    )
    second_way: Annotated[dict[str, Ways], NoDecode] = Field(
        {},
        description="TRUCMANG_SECOND_WAY_NAME, one for each name: apprise URLs for what chat does not bring",
    )
    log_format: Format = Field(
        Format.CONSOLE, description="how a line of the log is written: console or json"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="the least weighty events that are logged"
    )

    @field_validator("admins", "security_chats", "anchors", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("anchors")
    @classmethod
    def _probe_urls(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            if wrong := validate(url):
                raise ValueError(wrong)
        return urls

    @field_validator("second_way")
    @classmethod
    def _called(cls, ways: dict[str, SecretStr]) -> dict[str, SecretStr]:
        for name in ways:
            if not targets.NAME.fullmatch(name):
                raise ValueError(
                    f"expected ONCALL, SECOND, LEADERS or a Telegram number after it, not {name}"
                )
        return ways

    @field_validator("telegram_token", "telegram_proxy", "web_token")
    @classmethod
    def _one_word(cls, secret: SecretStr) -> SecretStr:
        if any(each.isspace() or not each.isprintable() for each in secret.get_secret_value()):
            raise ValueError("expected one word, without spaces or line breaks")
        return secret

    @field_validator("telegram_base_url")
    @classmethod
    def _base_url(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or not url.endswith("/bot"):
            raise ValueError("expected an http(s) URL that ends in /bot")
        if parts.username is not None:  # it is said aloud at the start: no place for a secret
            raise ValueError("expected an http(s) URL without a user name or password")
        return url

    @field_validator("telegram_proxy")
    @classmethod
    def _proxy(cls, proxy: SecretStr) -> SecretStr:
        url = proxy.get_secret_value()
        if url and not url.startswith(("http://", "https://", "socks5://", "socks5h://")):
            raise ValueError("expected http://…, https://… or socks5://…")
        return proxy

    @field_validator("database_url")
    @classmethod
    def _database(cls, url: str) -> str:
        if not url.startswith(SQLITE) or url.removeprefix(SQLITE) in ("", ":memory:"):
            raise ValueError(f"expected {SQLITE}PATH, a file")
        return url

    @field_validator("web_host")
    @classmethod
    def _host(cls, host: str) -> str:
        if not host or "/" in host or " " in host:
            raise ValueError("expected an address or a host name, such as 127.0.0.1")
        return host

    @field_validator("timezone")
    @classmethod
    def _zone(cls, zone: str) -> str:
        Voice.of("vi", zone)
        return zone

    @field_validator("locale")
    @classmethod
    def _locale(cls, locale: str) -> str:
        Voice.of(locale, "UTC")
        return locale

    @property
    def telegram_base_file_url(self) -> str:
        """Return where files are fetched: the library's default would be the public host."""
        return self.telegram_base_url.removesuffix("/bot") + "/file/bot"

    @property
    def database_file(self) -> Path:
        """Return the file that the database is in."""
        return Path(self.database_url.removeprefix(SQLITE).partition("?")[0])

    @property
    def backup_folder(self) -> Path | None:
        """Return where the nightly backups go; a relative one is beside the database."""
        if self.backup_dir in ("", "off"):  # an empty name in the environment counts as not set
            return None
        return self.database_file.parent / self.backup_dir

    @property
    def credentials(self) -> dict[str, credential.Credential]:
        """Return what meters are asked with, by name."""
        return {name: credential.parse(each.get_secret_value()) for name, each in self.snmp.items()}

    @property
    def snmp_secrets(self) -> list[str]:
        """Return every word of the credentials that nobody may read."""
        return [word for each in self.credentials.values() for word in credential.secrets(each)]

    @property
    def targets(self) -> dict[str, tuple[str, ...]]:
        """Return the apprise URLs of the second way, by name."""
        return {name: targets.parse(each.get_secret_value()) for name, each in self.second_way.items()}

    @property
    def target_secrets(self) -> list[str]:
        """Return everything in those URLs that nobody may read."""
        return [each for urls in self.targets.values() for each in targets.secrets(urls)]

    @property
    def voice(self) -> Voice:
        """Return the language and zone of chat."""
        return Voice.of(self.locale, self.timezone)

    @classmethod
    def load(cls, **values: object) -> Self:
        """Read the environment and .env, *values* going before them; one line for all that is wrong."""
        try:
            named = {field: cls._named(prefix) for field, prefix in NAMED.items()}
            return cls(**named | values)  # type: ignore[arg-type]
        except ValidationError as error:
            wrong = dict.fromkeys(_said(dict(each)) for each in error.errors())  # each once, in order
            raise SettingsError("; ".join(wrong)) from None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{ENV_FILE}: expected a text file in UTF-8 ({error})") from None

    def insist_on_database(self) -> None:
        """Raise SettingsError where the database could be neither opened nor made."""
        file, folder = self.database_file, self.database_file.absolute().parent
        if not folder.is_dir():
            wrong = f"there is no folder {folder}"
        elif file.is_dir() or (file.exists() and not os.access(file, os.R_OK | os.W_OK)):
            wrong = f"{file} is not a file that this user may write"
        elif not os.access(folder, os.W_OK | os.X_OK):  # SQLite keeps its journal beside it
            wrong = f"this user may not write in {folder}"
        else:
            return
        raise SettingsError(f"{PREFIX}DATABASE_URL: {wrong}")

    @classmethod
    def unknown(cls) -> list[str]:
        """Return a sentence for each name in the environment or .env that only looks like a setting."""
        known = {name.upper() for name in cls.model_fields if name not in NAMED}
        strange = sorted(name for name in cls._written().keys() - known if not _is_named(name))
        return [_stranger(name, known) for name in strange]

    @classmethod
    def _named(cls, prefix: str) -> dict[str, str]:
        """Return the settings whose names begin with *prefix*, by what follows it."""
        written = cls._written().items()
        return {
            name.removeprefix(prefix): value for name, value in written if value and _begins(name, prefix)
        }

    @classmethod
    def _written(cls) -> dict[str, str]:
        """Return what the environment and .env say, by upper-case name without the prefix."""
        in_file = DotEnvSettingsSource(cls, env_file=ENV_FILE, env_file_encoding="utf-8").env_vars
        written = [(name.upper(), value) for each in (in_file, os.environ) for name, value in each.items()]
        return {name.removeprefix(PREFIX): value or "" for name, value in written if name.startswith(PREFIX)}


def _is_named(name: str) -> bool:
    return any(_begins(name, prefix) for prefix in NAMED.values())


def _begins(name: str, prefix: str) -> bool:
    return name.startswith(prefix) and name != prefix


def _said(error: Mapping[str, Any]) -> str:
    field, *names = (each for each in error["loc"] if isinstance(each, str))
    expected = error["msg"].removeprefix("Value error, ")
    if error["type"] != "value_error" and field in EXPECTED:
        expected = f"expected {EXPECTED[field]}"
    return f"{PREFIX}{'_'.join([field, *names]).upper()}: {expected}"


def _stranger(name: str, known: Collection[str]) -> str:
    meant = get_close_matches(name, known, n=1)
    return f"{PREFIX}{name} is no setting and is ignored" + (
        f"; is {PREFIX}{meant[0]} meant?" if meant else ""
    )
