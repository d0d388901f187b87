"""A network in a box: programmable lines that answer real packets, for the demo and the tests."""

from sandbox.network.line import Quirk
from sandbox.network.network import Network, NetworkUnavailable

__all__ = ["Network", "NetworkUnavailable", "Quirk"]
