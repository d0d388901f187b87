"""The core: what an outcome means, what an incident is, and what may happen to it; pure, free of I/O."""
