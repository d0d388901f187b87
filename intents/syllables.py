"""The Vietnamese syllable: whether plain letters are one, and what half-typed Telex and VNI keys mean."""

import re

_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx]"
_RHYMES = """
    a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|e|ec|ech|em|en|eng|enh|eo|ep|et|eu|i|ia|ich|iec|iem|ien|ieng|iep|iet|
    ieu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oat|oay|oc|oe|oen|oeo|oet|oi|om|on|ong|op|ot|
    u|ua|uan|uang|uat|uay|uc|ue|uech|uenh|ui|um|un|ung|uoc|uoi|uom|uon|uong|uop|uot|uou|up|ut|uu|uy|uya|uych|uyen|
    uyet|uynh|uyt|y|yem|yen|yet|yeu
"""
SYLLABLE = re.compile(f"(?:{_ONSETS})?(?:{''.join(_RHYMES.split())})")
# Two keys of Telex that make one letter; the tone is a key after the vowel.
_TELEX = (
    ("dd", "d"),
    ("aa", "a"),
    ("ee", "e"),
    ("oo", "o"),
    ("uw", "u"),
    ("ow", "o"),
    ("aw", "a"),
    ("w", "u"),
)
_TONE = re.compile(r"(?<=[aeiouy])([a-z]*?)[sfrxj]([a-z]*)$")
_VNI = re.compile(r"[a-z]+[1-9][a-z1-9]*")
_STRETCHED = re.compile(r"(.)\1{2,}")


def is_syllable(word: str) -> bool:
    """Say whether *word*, folded, could be a Vietnamese syllable."""
    return SYLLABLE.fullmatch(word) is not None


def untyped(word: str) -> str:
    """Return the folded *word* as it was meant: «mangj» and «mang5» are mang, «rooiiii» is roi."""
    if is_syllable(word):
        return word
    for form in _forms(_STRETCHED.sub(r"\1", word)):
        if is_syllable(form):
            return form
    return word


def _forms(word: str) -> list[str]:
    """Return what the keys may stand for, the most literal first."""
    letters = "".join(each for each in word if each.isalpha()) if _VNI.fullmatch(word) else word
    if letters != word and len(letters) < 2:
        return []  # «t2» is Monday
    toneless = _TONE.sub(r"\1\2", letters, count=1)
    return [letters, toneless, _joined(letters), _joined(toneless), _TONE.sub(r"\1\2", _joined(letters))]


def _joined(word: str) -> str:
    for keys, letter in _TELEX:
        word = word.replace(keys, letter)
    return word
