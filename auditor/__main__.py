"""Lets ``python -m auditor`` stand for the command ``auditor``."""

from auditor.cli import main

main()
