import pytest

from checks.credential import AUTHENTICATIONS, PRIVACIES, Community, User, parse, secrets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v2c:public", Community("public")),
        ("v2c:with:colons in it", Community("with:colons in it")),
        ("v3:ops:sha:12345678", User("ops", "sha", "12345678")),
        ("v3:ops:sha256:12345678:aes:87654321", User("ops", "sha256", "12345678", "aes", "87654321")),
        ("v3|ops|md5|pass:word|des|mật:khẩu", User("ops", "md5", "pass:word", "des", "mật:khẩu")),
        ("v3 ops sha 12345678", User("ops", "sha", "12345678")),
    ],
)
def test_a_credential_is_taken_apart(text, expected):
    assert parse(text) == expected


@pytest.mark.parametrize("authentication", AUTHENTICATIONS)
@pytest.mark.parametrize("privacy", PRIVACIES)
def test_every_protocol_is_taken(authentication, privacy):
    user = parse(f"v3:ops:{authentication}:12345678:{privacy}:87654321")
    assert (user.authentication, user.privacy) == (authentication, privacy)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "expected v2c:COMMUNITY"),
        ("hunter22", "expected v2c:COMMUNITY"),
        ("v1:hunter22", "expected v2c:COMMUNITY"),
        ("v2c", "expected v2c:COMMUNITY"),
        ("v3xhunter22xshaxhunter22", "expected v2c:COMMUNITY"),
        ("v2c:hunter22\n", "expected v2c:COMMUNITY"),
        ("v2c:", "a community after v2c:"),
        ("v3:ops", "it has 1 parts after v3"),
        ("v3:ops:sha:hunter22:aes", "it has 4 parts after v3"),
        ("v3::sha:hunter22", "the name of a user"),
        (f"v3:{'o' * 33}:sha:hunter22", "at most 32 letters"),
        ("v3:ops:hunter22:sha", "one of md5, sha, sha224"),
        ("v3:ops:sha:hunter22:hunter22:aes", "one of des, aes, aes192"),
        ("v3:ops:sha:hunter2", "at least 8 characters"),
        ("v3:ops:sha:12345678:aes:hunter2", "at least 8 characters"),
    ],
)
def test_what_is_no_credential_is_told_in_one_line_that_repeats_no_secret(text, expected):
    with pytest.raises(ValueError, match="expected") as caught:
        parse(text)
    said = str(caught.value)
    assert expected in said
    assert "\n" not in said
    assert "hunter2" not in said


@pytest.mark.parametrize("text", ["v2c:hunter22", "v3:ops:sha:hunter22", "v3:ops:sha:hunter22:aes:hunter23"])
def test_a_picture_of_a_credential_shows_none_of_its_secrets(text):
    credential = parse(text)
    assert list(secrets(credential))
    assert not [each for each in secrets(credential) if each in repr(credential)]
