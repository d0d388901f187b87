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
from incidents.actions.mute import Mute, Unmute
from incidents.actions.objections import Agree, Disagree, Object, Propose
from incidents.actions.parts import Absorb, Part
from incidents.actions.pauses import AllowPause, AskPause, EndPause, RefusePause
from incidents.actions.promises import Miss, Warn
from incidents.actions.service import Answer, Fail
from incidents.actions.time import Escalate, Resume, Suspend
from incidents.actions.undo import Undo
from incidents.actions.words import Complain, Deny, SayPower, Supplement

__all__ = [
    "Absorb",
    "Accept",
    "Acknowledge",
    "Action",
    "Agree",
    "AllowPause",
    "Answer",
    "Arrive",
    "AskHelp",
    "AskPause",
    "Assign",
    "Close",
    "Complain",
    "Confirm",
    "Decline",
    "Deny",
    "Depart",
    "Disagree",
    "Dispute",
    "EndPause",
    "Escalate",
    "Expect",
    "Fail",
    "Fix",
    "Grade",
    "Join",
    "Lapse",
    "Leave",
    "Merge",
    "Miss",
    "Mute",
    "NameCause",
    "Note",
    "Object",
    "Part",
    "Propose",
    "Prove",
    "Refer",
    "RefusePause",
    "Reopen",
    "Resume",
    "Retract",
    "SayPower",
    "Supplement",
    "Suspend",
    "Undo",
    "Unmute",
    "Warn",
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
    | Object
    | Propose
    | Agree
    | Disagree
    | AskPause
    | AllowPause
    | RefusePause
    | EndPause
    | Warn
    | Miss
    | Join
    | Leave
    | Mute
    | Unmute
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
