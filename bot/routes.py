"""Every command and button, and who may use it."""

from dataclasses import dataclass

from bot.gate import DESK, EVERYONE, READERS
from bot.handlers import (
    aftermath,
    approve,
    broadcast,
    catalogue,
    choice,
    desk,
    directive,
    enrol,
    field,
    hand_out,
    incident,
    journal,
    knobs,
    leader,
    lock,
    lookup,
    members,
    mute,
    objections,
    officers,
    oneself,
    overdue,
    overview,
    parts,
    pauses,
    pictures,
    preferences,
    question,
    register,
    report,
    roles,
    security,
    shift,
    supplement,
    sure,
    unfold,
    vigil,
    windows,
    words,
    works,
)
from bot.orders import Order
from bot.reception import Door, Handler
from incidents.roles import Role
from locales.marker import N_


@dataclass(frozen=True, slots=True)
class Command:
    """A command with its other names; *description* is what Telegram's menu shows.

    *door* may let in somebody who is not enrolled, in private; all others are turned away at the gate.
    """

    name: str
    aliases: tuple[str, ...]
    roles: frozenset[Role]
    handle: Handler
    description: str
    door: Door | None = None


@dataclass(frozen=True, slots=True)
class Tap:
    """A button's verb, how many numbers it carries, and who may press it; *door* as a command's."""

    verb: str
    numbers: int
    roles: frozenset[Role]
    handle: Handler
    door: Door | None = None


OFFICERS = frozenset({Role.OFFICER})
REPORTERS = OFFICERS | DESK
TEAMS = frozenset({Role.TEAM})
LEADERS = frozenset({Role.LEADER})
FIELD = TEAMS | DESK  # who speaks for a team: itself, or the desk in its place
DECIDERS = READERS  # on an objection: the desk and leaders
ADMINS = frozenset({Role.ADMIN})
STAFF = EVERYONE - OFFICERS

# fmt: off
COMMANDS: tuple[Command, ...] = (
    Command("start",     ("batdau",),            EVERYONE,         enrol.start,          N_("Who I am to the bot"), enrol.by_invitation),
    Command("thongtin",  ("toi",),               EVERYONE,         oneself.show,         N_("Who I am: my unit, role and shift")),
    Command("trogiup",   ("help", "huongdan"),   EVERYONE,         enrol.guide,          N_("What I can ask")),
    Command("baosuco",   ("baoloi", "bao"),      OFFICERS,         report.fault,         N_("Report an outage of my unit's line")),
    Command("matmang",   ("mat",),               OFFICERS,         report.outage,        N_("Report at once: no connection at all")),
    Command("chapchon",  ("lag", "cham"),        OFFICERS,         report.unsteady,      N_("Report at once: unsteady or slow")),
    Command("tiendo",    ("td",),                OFFICERS,         aftermath.progress,   N_("How my unit's ticket goes")),
    Command("xacnhan",   ("daco",),              OFFICERS,         aftermath.confirm,    N_("Confirm that it works again")),
    Command("chuaduoc",  ("vanmat",),            OFFICERS,         aftermath.dispute,    N_("It still does not work")),
    Command("rutbao",    ("rut",),               OFFICERS,         aftermath.retract,    N_("Take back the report I made")),
    Command("huy",       ("thoat", "thoi"),      OFFICERS,         aftermath.stop,       N_("Stop; after a report: ask whether to take it back")),
    Command("bosung",    ("them",),              EVERYONE,         supplement.add,       N_("Add a photo, a voice note or words to an open ticket"), register.hear),
    Command("attt",      ("antoan",),            OFFICERS,         security.suspicion,   N_("Report at once: a security incident is suspected")),
    Command("trangthai", ("trang_thai",),        EVERYONE,         lookup.status,        N_("How a unit's line stands")),
    Command("tongquan",  ("tq",),                READERS,          overview.figures,     N_("The whole network in figures")),
    Command("matketnoi", ("mkn",),               READERS,          overview.out,         N_("The channels that are out, by district")),
    Command("suygiam",   ("sg",),                READERS,          overview.bad,         N_("The channels of bad quality")),
    Command("kenh",      ("tim",),               READERS,          overview.lines,       N_("Channels by the name of a unit or by code")),
    Command("suco",      ("sc",),                EVERYONE,         incident.listing,     N_("The open tickets")),
    Command("xem",       ("ct",),                EVERYONE,         incident.show,        N_("One ticket: /xem SC-0001")),
    Command("visao",     ("why",),               READERS,          incident.why,         N_("Why a ticket was opened: /visao SC-0001")),
    Command("kiemtra",   ("ping",),              READERS,          lookup.probe,         N_("Probe a unit's line now")),
    Command("tiepnhan",  ("tn",),                DESK,             incident.acknowledge, N_("Take a ticket")),
    Command("giaoviec",  ("giao", "gv"),         DESK,             hand_out.choose_team, N_("Hand a ticket to a field team")),
    Command("ghichu",    ("gc",),                DESK,             desk.note,            N_("Note on a ticket: reply to its card, /ghichu and the words")),
    Command("mucdo",     ("uutien",),            DESK,             desk.grade,           N_("Set the severity: urgent, high, medium, low")),
    Command("chuyencap", ("leothang",),          DESK,             desk.refer,           N_("Report a ticket to the leaders, and whom to call at the carrier")),
    Command("gop",       ("gopphieu",),          DESK,             parts.merge,          N_("Merge tickets: /gop SC-0001 SC-0002, into the first")),
    Command("tach",      ("tachphieu",),         DESK,             parts.split,          N_("Split a unit off a wide incident: /tach SC-0001 and the unit")),
    Command("molai",     ("mo",),                DESK,             desk.reopen,          N_("Open a closed ticket again")),
    Command("dong",      ("dongphieu",),         DESK,             incident.close,       N_("Close a ticket")),
    Command("viec",      ("vieccuatoi",),        TEAMS,            field.jobs,           N_("The jobs of my team")),
    Command("nhanviec",  ("nv",),                FIELD,            field.accept,         N_("Accept a job: /nhanviec SC-0001 30'")),
    Command("tuchoi",    ("tc",),                FIELD,            field.decline,        N_("Decline a job, and why")),
    Command("hengio",    ("hen",),               FIELD,            field.expect,         N_("When it is expected to be restored: /hengio SC-0001 15:30")),
    Command("dangdi",    ("dangden",),           FIELD,            field.depart,         N_("The team is on its way to the site")),
    Command("dennoi",    ("den",),               FIELD,            field.arrive,         N_("The team is on site now")),
    Command("nguyennhan", ("nn",),               FIELD,            field.cause,          N_("Write down the cause")),
    Command("khacphuc",  ("kp", "xong"),         FIELD,            field.fix,            N_("Say that it is fixed; the probes have to bear it out")),
    Command("hotro",     ("canhotro",),          FIELD,            field.help_,          N_("Ask for help: parts, a door to be opened")),
    Command("tamtinh",   ("tamdunggio",),        FIELD,            pauses.ask,           N_("Ask for a pause of the team's clock, and why")),
    Command("khieunai",  ("kn", "phandoi"),      DECIDERS | TEAMS, objections.object_to, N_("Object to the time or cause of a ticket, also a closed one")),
    Command("quahan",    ("qh",),                READERS,          overdue.listing,      N_("The tickets past their promise")),
    Command("baocao",    ("bc",),                READERS,          leader.report,       N_("The report of the last 24 hours")),
    Command("chidao",    ("cd",),                READERS,          directive.command,    N_("Leaders' directives that wait for a report")),
    Command("tuychon",   ("tuy_chon",),          LEADERS,          preferences.show,     N_("What I am told, and when")),
    Command("baocaotuan", ("bctuan",),           READERS,          leader.week,         N_("The report of a week")),
    Command("baocaothang", ("bcthang",),         READERS,          leader.month,        N_("The report of a month")),
    Command("hayloi",    ("thuongxuyen",),       READERS,          leader.often,        N_("Who failed again and again in the last 30 days")),
    Command("xuatfile",  ("xuat",),              READERS,          pictures.export,     N_("The sheet of every channel as a file, in private")),
    Command("ghiho",     ("baoho",),             DESK,             report.by_telephone,  N_("Write down what a unit reports by telephone")),
    Command("theodoi",   ("theo_doi",),            DESK,             vigil.watch,          N_("Excuse no silence for a time: /theodoi, a unit, until when")),
    Command("trucbao",   ("truc_bao",),          DESK,             vigil.storm,          N_("Storm duty: who is to stay on, until when")),
    Command("hop",       ("hoinghi",),           DESK,             vigil.meeting,        N_("A meeting after hours: who is to stay on, until when")),
    Command("baotri",    ("bao_tri",),           DESK,             works.declare,        N_("Declare planned work: /baotri, what, when, why")),
    Command("tamdung",   ("tatcanhbao",),        DESK,             mute.mute,            N_("Mute the alarms of a channel until an hour; monitoring goes on")),
    Command("thicong",   ("xinthicong",),        TEAMS,            works.ask,            N_("Ask for planned work: /thicong, what, when, why")),
    Command("catruc",    ("truc",),              READERS,          shift.who,            N_("Who is on duty")),
    Command("nhanca",    ("nc",),                DESK,             shift.take,           N_("Take the shift over")),
    Command("giaoca",    ("gca",),               DESK,             shift.hand,           N_("Hand the shift over with its open tickets: /giaoca and the name")),
    Command("lichtruc",  ("lt",),                READERS,          shift.week,           N_("The week's roster, with holidays")),
    Command("moi",       ("moican",),            DESK,             officers.invite_officer, N_("A link that lets an officer in: /moi and the unit")),
    Command("daumoi",    ("canbo",),             DESK,             officers.listing,     N_("The officers of a unit: /daumoi and the unit")),
    Command("dangky",    ("dk",),                EVERYONE,         register.registered,  N_("Register with my unit and telephone number"), register.start),
    Command("duyet",     ("dt",),                DESK,             approve.waiting,      N_("Who waits to be let in")),
    Command("khoa",      ("khoatk",),            ADMINS,           lock.shut,            N_("Lock an account: /khoa and the name")),
    Command("phanquyen", ("pq",),                ADMINS,           roles.command,        N_("Give somebody a role, a unit or a team")),
    Command("danhmuc",   ("dm",),                ADMINS,           catalogue.overview,   N_("The inventory: units, channels, teams")),
    Command("thongbao",  ("tb",),                ADMINS,           broadcast.command,    N_("Announce something to the officers of a district or of all")),
    Command("thanhvien", ("tvien",),             ADMINS,           members.listing,      N_("Who is in our groups and is not known")),
    Command("cauhinh",   ("ch",),                ADMINS,           knobs.command,        N_("Policies: probing, thresholds, promises")),
    Command("nhatky",    ("nk",),                ADMINS,           journal.command,      N_("Who did what: by person, ticket, day")),
    Command("mokhoa",    ("mokhoatk",),          ADMINS,           lock.open_,           N_("Let a locked account in again: /mokhoa and the name")),
)

TAPS: tuple[Tap, ...] = (
    Tap("ack",    1, DESK,     incident.acknowledge),
    Tap("take",   2, DESK,     hand_out.take_it),
    Tap("teams",  1, DESK,     hand_out.choose_team),
    Tap("give",   3, DESK,     hand_out.assign),
    Tap("plan",   1, DESK,     hand_out.plan),
    Tap("deal",   1, DESK,     hand_out.hand_all_out),
    Tap("accept", 3, FIELD,    field.accept),
    Tap("decline", 2, FIELD,   field.decline),
    Tap("decline", 3, FIELD,   field.decline),
    Tap("depart", 2, FIELD,    field.depart),
    Tap("arrive", 2, FIELD,    field.arrive),
    Tap("help",   2, FIELD,    field.help_),
    Tap("help",   3, FIELD,    field.help_),
    Tap("done",   3, FIELD,    field.fix),
    Tap("rest",   1, FIELD,    pauses.ask),
    Tap("rest",   2, FIELD,    pauses.ask),
    Tap("letrest", 3, DESK,    pauses.allow),
    Tap("norest", 2, DESK,     pauses.refuse),
    Tap("goon",   1, FIELD,    pauses.go_on),
    Tap("object", 1, STAFF, objections.object_to),
    Tap("object", 2, STAFF, objections.object_to),
    Tap("propose", 4, DECIDERS, objections.propose),
    Tap("agree",  4, DECIDERS, objections.agree),
    Tap("disagree", 2, DECIDERS, objections.disagree),
    Tap("overdue", 1, READERS, overdue.listing),
    Tap("contact", 1, FIELD,   field.contact),
    Tap("close",  1, DESK,     incident.close),
    Tap("close",  2, DESK,     incident.close),
    Tap("undo",   2, DESK,     desk.undo),
    Tap("grade",  1, DESK,     desk.grade),
    Tap("grade",  2, DESK,     desk.grade),
    Tap("grade",  3, DESK,     desk.grade),
    Tap("refer",  1, DESK,     desk.refer),
    Tap("refer",  2, DESK,     desk.refer),
    Tap("reopen", 1, DESK,     desk.reopen),
    Tap("merge",  1, DESK,     parts.merge_now),
    Tap("part",   1, DESK,     parts.split),
    Tap("part",   2, DESK,     parts.split),
    Tap("letbe",  1, DESK,     sure.let_be),
    Tap("show",   1, EVERYONE, incident.show),
    Tap("fold",   2, STAFF,    unfold.turn),
    Tap("why",    1, READERS,  incident.why),
    Tap("media",  1, EVERYONE, supplement.bring),
    Tap("open",   1, EVERYONE, incident.listing),
    Tap("figures", 2, READERS, overview.figures),
    Tap("out",    2, READERS,  overview.out),
    Tap("bad",    2, READERS,  overview.bad),
    Tap("lines",  2, READERS,  overview.lines),
    Tap("status", 1, EVERYONE, lookup.status),
    Tap("status", 2, EVERYONE, lookup.status),
    Tap("probe",  1, READERS,  lookup.probe),
    Tap("probe",  2, READERS,  lookup.probe),
    Tap("moi",    1, DESK,     officers.invite_officer),
    Tap("succeed", 1, DESK,    officers.invite_successor),
    Tap("officers", 1, DESK,   officers.listing),
    Tap("relieve", 1, DESK,    officers.end),
    Tap("pick",   1, EVERYONE, register.registered, register.pick),
    Tap("asked",  1, DESK,     approve.show),
    Tap("letin",  1, DESK,     approve.approve),
    Tap("refuse", 1, DESK,     approve.refuse),
    Tap("lock",   1, ADMINS,   lock.shut),
    Tap("unlock", 1, ADMINS,   lock.open_),
    Tap("heed",   1, DESK,     directive.receive),
    Tap("complied", 1, DESK,   directive.done),
    Tap("prefer", 1, LEADERS,  preferences.toggle),
    Tap("preferat", 1, LEADERS, preferences.at_hour),
    Tap("role",   2, ADMINS,   roles.choose),
    Tap("ofteam", 2, ADMINS,   roles.choose_team),
    Tap("charge", 3, ADMINS,   roles.choose_unit),
    Tap("entrust", 4, ADMINS,  roles.confirm),
    Tap("broadcast", 1, ADMINS, broadcast.send),
    Tap("unsent", 1, ADMINS,   broadcast.drop),
    Tap("delivery", 1, ADMINS, broadcast.look),
    Tap("catalogue", 2, ADMINS, catalogue.turn),
    Tap("knobs",  1, ADMINS,   knobs.turn),
    Tap("tune",   3, ADMINS,   knobs.confirm),
    Tap("journal", 4, ADMINS,  journal.turn),
    Tap("ghiho",  1, DESK,     report.by_telephone),
    Tap("power",  3, REPORTERS, question.power),
    Tap("line",   1, REPORTERS, question.line),
    Tap("confirm", 2, OFFICERS, aftermath.confirm),
    Tap("dispute", 2, OFFICERS, aftermath.dispute),
    Tap("retract", 1, OFFICERS, aftermath.retract),
    Tap("stand",  1, OFFICERS, aftermath.stand),
    Tap("mean",   2, EVERYONE, choice.choose),
    Tap("vigil",  4, DESK,     vigil.choose),
    Tap("unvigil", 1, DESK,    vigil.end),
    Tap("wshow", 1, FIELD, windows.show),
    Tap("wdraft", 1, FIELD, windows.show_draft),
    Tap("wagree", 1, DESK,     windows.agree),
    Tap("wrefuse", 1, DESK,    windows.decline),
    Tap("wmore",  3, FIELD, windows.longer),
    Tap("wend",   2, DESK,     windows.finish),
    Tap("wmute", 3, DESK,     mute.until),
    Tap("takeover", 0, DESK,   shift.take),
    Tap("handover", 0, DESK,   shift.hand),
    Tap("successor", 1, DESK,  shift.hand_to),
    Tap("takeshift", 1, DESK,  shift.accept),
    Tap("keepshift", 1, DESK,  shift.keep),
    Tap("week",   1, READERS,  shift.week),
    Tap("happened", 2, READERS, pictures.details),
    Tap("areas",  1, READERS,  pictures.areas),
    Tap("picture", 2, READERS, pictures.picture),
    Tap("sheet",  2, READERS,  pictures.sheet),
)
# fmt: on

PLAIN_WORDS = Command("", (), EVERYONE, words.plain_words, "", register.hear)
UNKNOWN = Command("", (), EVERYONE, words.unknown_command, "")
OVERHEARD = Command("", (), EVERYONE, directive.overheard, "")
EDITED = Command("", (), EVERYONE, words.reworded, "")
NAMES = frozenset(name for each in COMMANDS for name in (each.name, *each.aliases))


def of(order: Order) -> Command | Tap | None:
    """Return the route of *order*; in a group what no command of ours calls has none."""
    if order.tap:
        return tap(order.verb, len(order.numbers))
    if order.edited:
        return EDITED
    if not order.private:
        return command(order.verb) if order.verb else OVERHEARD
    return command(order.verb) or UNKNOWN


def command(name: str) -> Command | None:
    """Return the command called *name*, by its own name or another; words without one have their own."""
    if name == "":
        return PLAIN_WORDS
    return next((each for each in COMMANDS if name == each.name or name in each.aliases), None)


def handler(name: str, role: Role) -> Handler | None:
    """Return what the command called *name* does, or None where *role* may not give it."""
    route = command(name)
    return route.handle if route is not None and role in route.roles else None


def tap(verb: str, numbers: int) -> Tap | None:
    """Return the button with this verb and as many numbers, or None for a forged one."""
    return next((each for each in TAPS if each.verb == verb and each.numbers == numbers), None)


def menu(role: Role) -> list[tuple[str, str]]:
    """Return the commands of *role* with the msgids of their descriptions."""
    return [(each.name, each.description) for each in COMMANDS if role in each.roles]
