"""What the auditor talks about: frozen dataclasses and enums, no behaviour beyond questions to themselves."""
