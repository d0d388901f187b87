"""A process that has imported the bot and forks one that runs it for every line it is told."""

import os
import sys

import bot.app
import bot.cli
import bot.logs
from sandbox.network.namespace import die_with_parent


def main() -> None:
    """Fork, say the number, wait for the end, and say that too; nothing here has a thread."""
    die_with_parent()
    while sys.stdin.buffer.raw.readline():  # unbuffered: a child must not inherit what is yet to be read
        if child := os.fork():
            print(f"pid {child}", flush=True)
            _, status = os.waitpid(child, 0)
            print("gone", os.waitstatus_to_exitcode(status), flush=True)
        else:
            die_with_parent()
            bot.cli.main(["run"])


if __name__ == "__main__":
    main()
