"""What a cell's text raises that is no value of its column."""


class UnexpectedError(ValueError):
    """A text that is no value of its column; the message says what was expected."""
