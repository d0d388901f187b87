"""What reports are made of: each channel's time by who answers for it, each incident by its clocks."""
