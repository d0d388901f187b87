"""The folded form of a text: what is left of it when typed in haste, without case or diacritics."""

import unicodedata

# They have no decomposition: đ, the Icelandic ð that keyboards and fonts confuse with it, and the African ɖ.
BARRED_D = str.maketrans("đðɖ", "ddd")
DROPPED = frozenset({"Mn", "Me", "Cf"})  # diacritics; zero-width, soft-hyphen and bidirectional controls


def fold(text: str) -> str:
    """Return *text* in lower case without diacritics or invisible characters, its spaces collapsed."""
    bare = _bare(_bare(text).casefold())  # twice: some letters fold to a letter with a mark
    return " ".join(bare.translate(BARRED_D).split())


def tidy(text: str) -> str:
    """Return *text* as it should be kept: composed (NFC), without invisible characters or stray spaces."""
    seen = "".join(" " if _is_control(each) else each for each in text if unicodedata.category(each) != "Cf")
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(each for each in decomposed if unicodedata.category(each) not in DROPPED)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc"
