"""The world outside, in boxes: what the demo and the tests put in its place."""
