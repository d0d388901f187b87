"""Talk: what officers write, each line with whether it is to be answered."""

from collections.abc import Iterator
from dataclasses import dataclass

REPORT = "mất mạng rồi ạ"  # each person's second message
COURTESY = "ok a"
POLITE = 600.0  # seconds in which a courtesy is returned once
# In turn; the shares are a guess: most ask how things stand, some write what cannot be told for certain.
ASKED = (
    "/trangthai",
    "mạng xã em có thông không ạ",
    COURTESY,
    "wifi nhà em không vào được",
    "cho em xin số điện thoại kỹ thuật",
    "mạng sao ấy anh",
    "/tragthai",
    "/trợ giúp",
    "mang xa minh the nao roi a",
    "/suco",
)


@dataclass(frozen=True, slots=True)
class Talk:
    """A message, and whether it is to be answered."""

    text: str
    answered: bool = True


def talk(messages: int, people: int, rate: float) -> Iterator[Talk]:
    """Yield *messages* lines, *rate* a second; a line's number modulo *people* is who writes it."""
    returned: dict[int, float] = {}
    for number in range(messages):
        turn, person = divmod(number, people)
        text = REPORT if turn == 1 else ASKED[(turn + person) % len(ASKED)]
        at = number / rate
        if text != COURTESY:
            yield Talk(text)
        elif at - returned.get(person, -POLITE) >= POLITE:
            returned[person] = at
            yield Talk(text)
        else:
            yield Talk(text, answered=False)
