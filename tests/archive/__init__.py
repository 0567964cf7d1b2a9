"""Archives of runs."""
