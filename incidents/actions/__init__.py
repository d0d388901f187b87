"""What may be done to an incident: each action beside its rule, a module for each who acts."""

from incidents.actions.aftermath import Confirm, Dispute, Reopen, Retract
from incidents.actions.desk import Acknowledge, Assign, Close, Grade, Merge
from incidents.actions.field import Accept
from incidents.actions.lines import Join, Leave
from incidents.actions.mute import Mute, Unmute
from incidents.actions.service import Answer, Fail
from incidents.actions.time import Escalate, Resume, Suspend
from incidents.actions.words import Complain, Deny, SayPower, Supplement

__all__ = [
    "Accept",
    "Acknowledge",
    "Action",
    "Answer",
    "Assign",
    "Close",
    "Complain",
    "Confirm",
    "Deny",
    "Dispute",
    "Escalate",
    "Fail",
    "Grade",
    "Join",
    "Leave",
    "Merge",
    "Mute",
    "Reopen",
    "Resume",
    "Retract",
    "SayPower",
    "Supplement",
    "Suspend",
    "Unmute",
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
