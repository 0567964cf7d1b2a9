"""How well Swedish is understood: compounds, questions, typing errors. See ``python -m benchmarks.swedish --help``."""
