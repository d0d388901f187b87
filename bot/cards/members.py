"""Who is in our groups: those whom nobody knows by name, the others as a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.cards.message import Message
from incidents.presence import Standing
from locales.marker import N_
from locales.voice import Voice

NAMED = 15
STANDING = {
    Standing.STRANGER: N_("unknown"),
    Standing.LOCKED: N_("locked, or an officer no longer"),
    Standing.ELSEWHERE: N_("not of this group"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """A group, how many of those seen in it belong there, and the others: name, account, standing."""

    name: str
    known: int
    others: tuple[tuple[str, int, Standing], ...]


def members(groups: Sequence[Group], voice: Voice) -> Message:
    """Return what each group is made of."""
    lines = [voice.say("<b>Who is in our groups</b>")]
    for group in groups:
        lines.append(
            voice.say(
                "<b>{group}</b>: {known} known, {others} not",
                group=group.name,
                known=group.known,
                others=len(group.others),
            )
        )
        lines += [
            voice.say(
                "🔴 {name} ({account}): {standing}",
                name=name,
                account=account,
                standing=voice.say(STANDING[standing]),
            )
            for name, account, standing in group.others[:NAMED]
        ]
        if len(group.others) > NAMED:
            lines.append(voice.say("… and {count} more", count=len(group.others) - NAMED))
    lines.append(voice.say("Only who has come, left or spoken since I am here is seen."))
    return Message.of(lines)


def stranger(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    """Return what administrators are told of somebody unknown in a group."""
    lines = [
        voice.say("<b>Somebody unknown is in a group</b>: {group}", group=content["group"]),
        voice.say("{name} ({account})", name=content["person"], account=content["account"]),
        voice.say("It is a bot.") if content["bot"] else None,
        voice.say("Whoever is in the group reads its tickets. Invite them with /moi, or remove them."),
    ]
    return Message.of(lines)
