"""What may be done to an incident: each action beside its rule, a module for each who acts."""

from incidents.actions.aftermath import Confirm, Dispute, Reopen, Retract
from incidents.actions.desk import Acknowledge, Assign, Close, Grade, Merge
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
from incidents.actions.objections import Agree, Disagree, Object, Propose
from incidents.actions.pauses import AllowPause, AskPause, EndPause, RefusePause
from incidents.actions.promises import Miss, Warn
from incidents.actions.service import Answer, Fail
from incidents.actions.time import Escalate, Resume, Suspend
from incidents.actions.words import Complain, Deny, SayPower, Supplement

__all__ = [
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
    "NameCause",
    "Object",
    "Propose",
    "Prove",
    "RefusePause",
    "Reopen",
    "Resume",
    "Retract",
    "SayPower",
    "Supplement",
    "Suspend",
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
