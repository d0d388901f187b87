"""Deployment facts: the environment and .env, read once into one frozen value."""

from typing import Annotated, Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from checks.target import validate
from locales.voice import Voice


class SettingsError(Exception):
    """A setting is wrong; the message says which and what is expected."""


class Settings(BaseSettings):
    """Every setting; the name in the environment is TRUCMANG_ and the field's name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="TRUCMANG_", env_file=".env", frozen=True, extra="ignore", hide_input_in_errors=True
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
    database_url: str = Field(
        "sqlite+aiosqlite:///trucmang.db", description="the database, as SQLAlchemy writes it"
    )
    oncall_chat: int | None = Field(None, description="the id of the duty desk's group; seeds it once")
    admins: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="Telegram ids of administrators, comma-separated; seeds them once"
    )
    timezone: str = Field("Asia/Ho_Chi_Minh", description="the zone of every time that people read")
    locale: str = Field("vi", description="the language of chat: vi or en")
    probe_seconds: float = Field(5.0, ge=0.5, le=3600, description="seconds between two probes of a series")
    anchors: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="probe URLs that tell whether we ourselves can see, comma-separated"
    )
    web_host: str = Field("127.0.0.1", description="where /healthz and /metrics listen")
    web_port: int = Field(8080, ge=0, le=65535, description="their port; 0 takes any free one")
    web_token: SecretStr = Field(
        SecretStr(""), description="the bearer token for /metrics and the details of /healthz"
    )

    @field_validator("oncall_chat", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("admins", "anchors", mode="before")
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

    @field_validator("telegram_base_url")
    @classmethod
    def _base_url(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")) or not url.endswith("/bot"):
            raise ValueError("expected an http(s) URL that ends in /bot")
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
        if not url.startswith("sqlite+aiosqlite:///"):
            raise ValueError("expected sqlite+aiosqlite:///PATH")
        return url

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
    def voice(self) -> Voice:
        """Return the language and zone of chat."""
        return Voice.of(self.locale, self.timezone)

    @classmethod
    def load(cls, **values: object) -> Self:
        """Read the environment and .env, *values* going before them; one line for all that is wrong."""
        try:
            return cls(**values)  # type: ignore[arg-type]
        except ValidationError as error:
            wrong = "; ".join(
                f"TRUCMANG_{str(each['loc'][0]).upper()}: {each['msg'].removeprefix('Value error, ')}"
                for each in error.errors()
            )
            raise SettingsError(wrong) from None
