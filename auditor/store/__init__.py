"""Run state and history in a database, and the artifacts of runs in files beside it."""
