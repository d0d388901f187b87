"""A process that has imported the bot and forks one that runs it for every line it is told."""

import os
import sys

import bot.app
import bot.cli
import bot.logs


def main() -> None:
    """Fork, say the number, wait for the end, and say that too; nothing here has a thread."""
    while sys.stdin.buffer.raw.readline():  # unbuffered: a child must not inherit what is yet to be read
        if child := os.fork():
            print(f"pid {child}", flush=True)
            _, status = os.waitpid(child, 0)
            print("gone", os.waitstatus_to_exitcode(status), flush=True)
        else:
            bot.cli.main(["run"])


if __name__ == "__main__":
    main()
