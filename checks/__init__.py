"""Probes of channels: the engine, and one module per protocol."""
