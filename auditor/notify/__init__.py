"""Tells people and programs what a nightly run came to. What cannot be delivered waits in an outbox."""
