"""Findings over runs: which one of today is which one of yesterday, and what became of each."""

from auditor.tracking.lifecycle import Judged, owed, track
from auditor.tracking.moves import moves
from auditor.tracking.recognise import Known, Recognised, recognise

__all__ = ["Judged", "Known", "Recognised", "moves", "owed", "recognise", "track"]
