"""The child: draws the one picture that its parent hands it, and ends."""

import pickle
import sys

from reports.drawing import SHEET, TELEPHONE, draw


def main() -> None:
    """Read a picture from standard input, write its PNG to standard output."""
    picture = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  (our own parent's)
    sys.stdout.buffer.write(draw(picture, {"telephone": TELEPHONE, "sheet": SHEET}[sys.argv[1]]))


if __name__ == "__main__":
    main()
