"""What may be done to an incident: each action beside its rule, a module for each who acts."""

from incidents.actions.aftermath import Confirm, Dispute, Reopen, Retract
from incidents.actions.desk import Acknowledge, Assign, Close, Grade, Merge, Note, Refer
from incidents.actions.field import (
    Accept,
    Arrive,
    AskHelp,
    Decline,
    Depart,
    Expect,
    Fix,
    Lapse,
    NameCause,
    Prove,
)
from incidents.actions.lines import Join, Leave
from incidents.actions.parts import Absorb, Part
from incidents.actions.service import Answer, Fail
from incidents.actions.time import Escalate, Resume, Suspend
from incidents.actions.undo import Undo
from incidents.actions.words import Complain, Deny, SayPower, Supplement

__all__ = [
    "Absorb",
    "Accept",
    "Acknowledge",
    "Action",
    "Answer",
    "Arrive",
    "AskHelp",
    "Assign",
    "Close",
    "Complain",
    "Confirm",
    "Decline",
    "Deny",
    "Depart",
    "Dispute",
    "Escalate",
    "Expect",
    "Fail",
    "Fix",
    "Grade",
    "Join",
    "Lapse",
    "Leave",
    "Merge",
    "NameCause",
    "Note",
    "Part",
    "Prove",
    "Refer",
    "Reopen",
    "Resume",
    "Retract",
    "SayPower",
    "Supplement",
    "Suspend",
    "Undo",
]

Action = (
    Confirm
    | Dispute
    | Reopen
    | Retract
    | Acknowledge
    | Assign
    | Close
    | Grade
    | Merge
    | Note
    | Refer
    | Absorb
    | Part
    | Undo
    | Accept
    | Decline
    | Depart
    | Arrive
    | Expect
    | NameCause
    | Fix
    | AskHelp
    | Lapse
    | Prove
    | Join
    | Leave
    | Answer
    | Fail
    | Escalate
    | Resume
    | Suspend
    | Complain
    | Deny
    | SayPower
    | Supplement
)
