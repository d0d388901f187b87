"""The clock: ours against Telegram's, and the zone in which people read it."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from telegram.error import TelegramError

from bot.doctor.finding import Finding, fail, ok, warn
from bot.doctor.patient import Patient
from locales.voice import Voice

MOST = timedelta(seconds=30)
VIETNAM = timedelta(hours=7)
MEND = (
    "timedatectl set-ntp true; in a network of its own, name its time server to chrony or systemd-timesyncd"
)


async def examine(patient: Patient) -> list[Finding]:
    """Compare clocks."""
    now, voice = patient.now(), patient.settings.voice
    records = await patient.records()
    findings = [*judge_zone(voice, now, patient.settings.timezone)]
    if records is not None and records.seen is not None and records.seen - now > MOST:
        seen = voice.time(records.seen)
        findings.append(fail(f"the bot was last awake at {seen}, which is in the future", MEND))
    theirs = await _theirs(patient)
    if theirs is None:
        return [*findings, warn("there is no clock to compare ours with", "see Telegram")]
    findings += judge(*theirs)
    return findings or [ok(f"it is {voice.time(now)} in {patient.settings.timezone}, to Telegram as to us")]


def judge(theirs: datetime, ours: datetime) -> list[Finding]:
    """Judge two readings of the same moment; theirs is of whole seconds."""
    off = ours - theirs
    if abs(off) <= MOST:
        return []
    way = "fast" if off > timedelta() else "slow"
    return [fail(f"this machine's clock is {abs(off).total_seconds():.0f} s {way}", MEND)]


def judge_zone(voice: Voice, now: datetime, name: str) -> list[Finding]:
    """Judge the zone people read times in."""
    if now.astimezone(voice.zone).utcoffset() == VIETNAM:
        return []
    return [warn(f"times are told in {name}, which is not Vietnam's", "TRUCMANG_TIMEZONE=Asia/Ho_Chi_Minh")]


async def _theirs(patient: Patient) -> tuple[datetime, datetime] | None:
    if not patient.has_token:
        return None
    try:
        await patient.line.me()
    except TelegramError:
        return None
    heard = patient.line.heard
    if heard is None or heard.date is None:
        return None
    try:
        return parsedate_to_datetime(heard.date), heard.at
    except ValueError:
        return None
