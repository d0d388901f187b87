"""What may be done to an incident: each action beside its rule, a module for each who acts."""

from incidents.actions.aftermath import Confirm, Dispute, Reopen, Retract
from incidents.actions.desk import Acknowledge, Assign, Close, Grade, Merge
from incidents.actions.field import Accept
from incidents.actions.lines import Join, Leave
from incidents.actions.service import Answer, Fail
from incidents.actions.shift import HandOver
from incidents.actions.time import Escalate, Remind, Resume, Suspend
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
    "HandOver",
    "Join",
    "Leave",
    "Merge",
    "Remind",
    "Reopen",
    "Resume",
    "Retract",
    "SayPower",
    "Supplement",
    "Suspend",
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
    | Answer
    | Fail
    | HandOver
    | Escalate
    | Remind
    | Resume
    | Suspend
    | Complain
    | Deny
    | SayPower
    | Supplement
)
