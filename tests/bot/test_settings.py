import logging
import re
from pathlib import Path

import pytest
import structlog

from bot import logs
from bot.console import secrets
from bot.settings import Settings, SettingsError
from checks.credential import parse

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"
SECRETS = {
    "telegram_token": "123456:very-secret-token",
    "telegram_proxy": "socks5://user:very-secret-proxy@proxy.example:1080",
    "web_token": "very-secret-web",
}
NAMED = {"snmp": "snmp_name", "second_way": "second_way_name"}  # a field for all whose names begin so


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TRUCMANG_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def documented() -> dict[str, str]:
    """Return the defaults of docs/settings.md by the settings' names."""
    rows = (
        line.split("|") for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| `TRUCMANG_")
    )
    return {cells[1].strip(" `"): cells[2].strip(" `") for cells in rows}


def shown(default: object) -> str:
    if hasattr(default, "get_secret_value"):
        default = default.get_secret_value()
    return (
        "—"
        if default in ("", None, (), {})
        else f"{default:g}"
        if isinstance(default, float)
        else str(default)
    )


def test_the_documents_name_every_setting_with_its_default_and_no_other() -> None:
    fields = Settings.model_fields
    assert documented() == {
        f"TRUCMANG_{NAMED.get(name, name).upper()}": shown(field.default) for name, field in fields.items()
    }


def test_the_documents_examples_are_accepted() -> None:
    shape = r"^\| `TRUCMANG_(\w+)` .*\| `([^`|]+)` \|$"
    examples = {name.lower(): value for name, value in re.findall(shape, DOCS.read_text("utf-8"), re.M)}
    Settings.load(
        snmp={"CORE": examples.pop("snmp_name")}, second_way={"ONCALL": examples.pop("second_way_name")}
    )
    assert examples.keys() <= Settings.model_fields.keys()
    assert len(examples) >= len(Settings.model_fields) // 2
    for name, value in examples.items():
        Settings.load(**{name: value})


WRONG = [
    ("TELEGRAM_TOKEN", "123456:abc def", "one word"),
    ("TELEGRAM_BASE_URL", "api.telegram.org/bot", "http"),
    ("TELEGRAM_BASE_URL", "https://api.telegram.org", "/bot"),
    ("TELEGRAM_BASE_URL", "https://ha:secret@api.example/bot", "without a user name or password"),
    ("TELEGRAM_PROXY", "proxy.example:1080", "socks5://"),
    ("DATABASE_URL", "postgresql://db/trucmang", "sqlite+aiosqlite:///PATH"),
    ("DATABASE_URL", "sqlite+aiosqlite:///:memory:", "a file"),
    ("ONCALL_CHAT", "abc", "a whole number such as -1001234567890"),
    ("ADMINS", "12,ba", "commas between"),
    ("ADMINS", "-1001234567890", "above 0"),
    ("TIMEZONE", "Asia/Hanoi", "Asia/Ho_Chi_Minh"),
    ("LOCALE", "tiếng Việt", "en, vi"),
    ("PROBE_SECONDS", "0", "from 0.5 to 3600"),
    ("PROBE_SECONDS", "nan", "from 0.5 to 3600"),
    ("ANCHORS", "icmp://10.0.0.1,10.0.0.2", "icmp://host"),
    ("WEB_HOST", "http://localhost", "127.0.0.1"),
    ("WEB_PORT", "80800", "from 0 to 65535"),
    ("SNMP_CORE", "public", "v2c:COMMUNITY"),
    ("SNMP_CORE_2", "v3:ops:sha:short", "at least 8 characters"),
]


@pytest.mark.parametrize(("name", "value", "expected"), WRONG)
def test_a_wrong_value_is_one_line_that_names_the_setting_and_what_is_expected(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(f"TRUCMANG_{name}", value)
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    line = str(caught.value)
    assert line.startswith(f"TRUCMANG_{name}: ")
    assert "expected" in line
    assert expected in line
    assert "\n" not in line


def test_all_wrong_values_are_said_at_once_and_each_setting_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUCMANG_WEB_PORT", "http")
    monkeypatch.setenv("TRUCMANG_ADMINS", "a,b,c")
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert re.findall(r"TRUCMANG_\w+", str(caught.value)) == ["TRUCMANG_ADMINS", "TRUCMANG_WEB_PORT"]


@pytest.mark.parametrize("name", SECRETS)
def test_a_wrong_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"TRUCMANG_{name.upper()}", "very secret")
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert "very secret" not in str(caught.value)
    assert "very secret" not in repr(caught.value.__cause__)


def test_secrets_are_in_no_picture_of_the_settings() -> None:
    settings = Settings.load(**SECRETS)
    pictures = (repr(settings), str(settings), settings.model_dump_json(), str(settings.model_dump()))
    assert not [picture for picture in pictures if "very-secret" in picture]


def test_secrets_are_taken_out_of_every_log(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        logs.set_up(SECRETS.values())
        for secret in SECRETS.values():
            structlog.get_logger("test").info("asked", url=f"https://api.example/bot{secret}/getMe")
            logging.getLogger("test").warning("asked %s", f"https://api.example/bot{secret}/getMe")
        said = capsys.readouterr().err
    finally:
        structlog.reset_defaults()
        root.handlers[:] = handlers
        root.setLevel(level)
    assert said.count("api.example") == 2 * len(SECRETS)
    assert "very-secret" not in said


def test_the_env_file_is_read_and_the_environment_goes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("TRUCMANG_LOCALE=en\nTRUCMANG_WEB_PORT=9000\n", "utf-8")
    monkeypatch.setenv("TRUCMANG_WEB_PORT", "9001")
    settings = Settings.load()
    assert (settings.locale, settings.web_port) == ("en", 9001)


def test_an_env_file_in_another_encoding_is_one_line() -> None:
    Path(".env").write_bytes("TRUCMANG_LOCALE=vi".encode("utf-16"))
    with pytest.raises(SettingsError, match=r"\.env: expected a text file in UTF-8"):
        Settings.load()


def test_an_empty_value_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(f"TRUCMANG_{name.upper()}", "")
    assert Settings.load() == Settings.load(_env_file=None)
    assert Settings.load().web_port == 8080


def test_lists_are_split_at_commas_whatever_the_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUCMANG_ADMINS", " 12, 34 ,")
    monkeypatch.setenv("TRUCMANG_ANCHORS", "icmp://10.0.0.1 , tcp://10.0.0.2:53")
    settings = Settings.load()
    assert settings.admins == (12, 34)
    assert settings.anchors == ("icmp://10.0.0.1", "tcp://10.0.0.2:53")


def test_stray_spaces_around_a_secret_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUCMANG_TELEGRAM_TOKEN", " 123456:ABC\n")
    assert Settings.load().telegram_token.get_secret_value() == "123456:ABC"


def test_the_file_url_follows_the_base_url() -> None:
    settings = Settings.load(telegram_base_url="http://127.0.0.1:8081/bot")
    assert settings.telegram_base_file_url == "http://127.0.0.1:8081/file/bot"


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings.load().web_port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("TRUCMANG_TELEGRAM_TOKN", "is TRUCMANG_TELEGRAM_TOKEN meant?"),
        ("TRUCMANG_ZZZ", "TRUCMANG_ZZZ is no setting and is ignored"),
    ],
)
def test_a_name_that_only_looks_like_a_setting_is_told(
    monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
) -> None:
    monkeypatch.setenv(name, "1")
    assert [each for each in Settings.unknown() if sentence in each]


def test_a_name_in_the_env_file_that_only_looks_like_a_setting_is_told() -> None:
    Path(".env").write_text("TRUCMANG_LOCAL=en\nLANGUAGE=vi\n", "utf-8")
    assert Settings.unknown() == ["TRUCMANG_LOCAL is no setting and is ignored; is TRUCMANG_LOCALE meant?"]


COMMUNITY, USER = "v2c:very-secret-community", "v3:ops:sha:very-secret-1:aes:very-secret-2"


def test_every_name_that_begins_so_is_a_credential(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(f"TRUCMANG_SNMP_CORE=v2c:of-the-file\ntrucmang_snmp_edge={USER}\n", "utf-8")
    monkeypatch.setenv("TRUCMANG_SNMP_CORE", COMMUNITY)
    monkeypatch.setenv("TRUCMANG_SNMP_UNUSED", "")
    settings = Settings.load()
    assert settings.credentials == {"CORE": parse(COMMUNITY), "EDGE": parse(USER)}
    assert Settings.unknown() == []


@pytest.mark.parametrize("name", ["TRUCMANG_SNMP", "TRUCMANG_SNMP_"])
def test_a_credential_without_a_name_is_no_setting(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, COMMUNITY)
    assert Settings.load().credentials == {}
    assert Settings.unknown() == [f"{name} is no setting and is ignored"]


def test_a_credential_s_secrets_are_in_no_picture_and_no_log(capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings.load(snmp={"CORE": COMMUNITY, "EDGE": USER})
    assert "very-secret" not in f"{settings!r} {settings} {settings.model_dump_json()} {settings.credentials}"
    clean = logs.redactor(secrets(settings))
    said = clean(f"asked with {COMMUNITY} and {USER}, {settings.credentials!r}")
    assert "very-secret" not in said


def test_a_wrong_credential_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUCMANG_SNMP_CORE", "v2:very secret")
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert "very secret" not in str(caught.value)
