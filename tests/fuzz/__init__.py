"""Input that nobody meant: whatever it is, it gives an answer or one of our own errors, in short time."""
