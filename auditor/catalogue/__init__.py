"""Reads the catalogue: rule cards, their Swedish siblings, word lists and the texts for axe's rules."""
