"""The words of a unit's name: its title (xã, phường, sở…), how people shorten it, its plain letters."""

import re
import unicodedata

from locales.folding import fold

# The titles of areas, as written; a unit's full name begins with its own.
AREAS = ("tỉnh", "thành phố", "thị xã", "quận", "huyện", "phường", "xã", "thị trấn")
# A body's name may be typed without them.
BODIES = ("sở", "ban", "văn phòng")

# How titles are typed, folded, and which title is meant; the longer first.
TYPED = (
    (("thanh", "pho"), "thanh pho"),
    (("thi", "tran"), "thi tran"),
    (("thi", "xa"), "thi xa"),
    (("phuong",), "phuong"),
    (("huyen",), "huyen"),
    (("tinh",), "tinh"),
    (("quan",), "quan"),
    (("xa",), "xa"),
    (("so",), "so"),
    (("tp",), "thanh pho"),
    (("tt",), "thi tran"),
    (("tx",), "thi xa"),
    (("p",), "phuong"),
    (("h",), "huyen"),
    (("q",), "quan"),
    (("x",), "xa"),
)
# Said before a unit's name and meaning the unit itself.
OFFICES = (
    ("uy", "ban", "nhan", "dan"),
    ("hoi", "dong", "nhan", "dan"),
    ("dang", "uy"),
    ("don", "vi"),
    ("kenh",),
)
SHORTENED = {
    "ub": "uy ban nhan dan",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "vp": "van phong",
}
SILENT = frozenset({"va"})  # left out as often as not
JOINING = frozenset({"cua", "o", "thuoc", "tai", "ben"})  # between a unit and its district
# Names that official sources themselves spell in two ways.
SPELLINGS = {"Thần Xa": ("Thần Sa",)}

Words = tuple[str, ...]
LETTERS = re.compile(r"[a-z0-9]+")


def words_of(text: str) -> Words:
    """Return the words of *text*, folded, its usual short forms written out."""
    return tuple(
        word
        for typed in LETTERS.findall(fold(text))
        for word in SHORTENED.get(typed, typed).split()
        if word not in SILENT
    )


def squeezed(words: Words) -> str:
    """Return the words run together, as hasty typing does; i and y are one letter: Mỹ is written Mĩ too."""
    return "".join(words).replace("y", "i")


def without_title(words: Words) -> tuple[str | None, Words]:
    """Take a typed title off the front: the title that is meant, if any, and the rest."""
    for typed, title in TYPED:
        rest = words[len(typed) :]
        if words[: len(typed)] == typed and rest and rest[0] != "uy":  # huyện ủy is no huyện
            return title, rest
    return None, words


def is_title(words: Words) -> bool:
    """Say whether the words are a title and name nothing."""
    return any(words == typed for typed, _ in TYPED)


def without_office(words: Words) -> Words:
    """Take «UBND» and the like off the front."""
    for office in OFFICES:
        if words[: len(office)] == office:
            return words[len(office) :]
    return words


def full_name(name: str, kind: str) -> str:
    """Return an area's name with its title, «Xã Thần Xa»; a body's name is its own."""
    title = unicodedata.normalize("NFC", kind).lower()
    if title not in AREAS or _begins(name, title):
        return name
    return f"{title.capitalize()} {name}"


def bare_name(name: str) -> str:
    """Return an area's name without its title, «Thần Xa»."""
    return _without(name, AREAS)


def shortest_name(name: str) -> str:
    """Return the name without any title, an area's or a body's."""
    return _without(name, AREAS + BODIES)


def _without(name: str, titles: tuple[str, ...]) -> str:
    # By the written form: folded, «Phương Giao» would lose a phường it never had.
    for title in titles:
        if _begins(name, title) and not fold(name[len(title) + 1 :]).startswith("uy "):
            return name[len(title) + 1 :]
    return name


def _begins(name: str, title: str) -> bool:
    return name.lower().startswith(f"{title} ")
