"""A Telegram in a box: a local Bot API server with people who type and tap, for the demo and the tests."""

from sandbox.telegram.callbacks import CallbackAnswer, Tap
from sandbox.telegram.chats import Chat, PrivateChat
from sandbox.telegram.entities import Entity
from sandbox.telegram.faults import Fault, Faults, Gate, Rule
from sandbox.telegram.groups import Group
from sandbox.telegram.lines import Line, Lines
from sandbox.telegram.messages import Button, Message
from sandbox.telegram.people import Person
from sandbox.telegram.server import TelegramServer
from sandbox.telegram.users import Bot, User
from sandbox.telegram.world import World

__all__ = [
    "Bot",
    "Button",
    "CallbackAnswer",
    "Chat",
    "Entity",
    "Fault",
    "Faults",
    "Gate",
    "Group",
    "Line",
    "Lines",
    "Message",
    "Person",
    "PrivateChat",
    "Rule",
    "Tap",
    "TelegramServer",
    "User",
    "World",
]
