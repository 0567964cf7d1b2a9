"""Audits a municipality's website as its associations meet it."""

__version__ = "0.1.0"
