"""What a person's words mean."""

from intents.understanding import Understanding, understand

__all__ = ["Understanding", "understand"]
