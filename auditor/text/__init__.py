"""Texts as search and navigation see them: words, stems, the parts of compounds, related words, terms with weights."""
