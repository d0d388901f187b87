"""The order of the Vietnamese dictionary: by syllable, letters before tones; numbers by their value."""

import re
import unicodedata

LETTERS = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền, hỏi, ngã, sắc, nặng
PIECE = re.compile(r"[0-9]+|[^\W\d_]+")

Piece = tuple[int, tuple[int, ...], int]  # number or syllable, its letters, its tone
Key = tuple[tuple[Piece, ...], str]


def sort_key(text: str) -> Key:
    """Return the key that puts *text* in its place; what differs in form only has a fixed order."""
    composed = unicodedata.normalize("NFC", text)
    return tuple(_piece(piece) for piece in PIECE.findall(composed.lower())), composed


def _piece(piece: str) -> Piece:
    if piece[0].isdecimal():
        digits = piece.lstrip("0")
        return 0, (len(digits), *map(int, digits)), 0
    letters, tone = _without_tone(piece)
    return 1, tuple(LETTERS.get(letter, ord(letter) + len(LETTERS)) for letter in letters), tone


def _without_tone(syllable: str) -> tuple[str, int]:
    tone = 0  # a syllable has one, wherever it is written: hoá and hóa are the same
    kept = []
    for character in unicodedata.normalize("NFD", syllable):
        if character in TONES:
            tone = TONES[character]
        else:
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)), tone
