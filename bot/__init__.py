"""Chat and the front door: the only room that knows Telegram."""
