"""The sets of criteria that a report can be read against."""

from enum import StrEnum


class Profile(StrEnum):
    """A version of EN 301 549, with the version of WCAG that its clause 9 repeats (levels A and AA)."""

    EN_3_2_1 = "en301549-3.2.1"
    """WCAG 2.1: what Swedish law points to."""
    EN_4_1_1 = "en301549-4.1.1"
    """WCAG 2.2: the standard's next version, published in 2026."""

    @property
    def wcag(self) -> str:
        """Version of WCAG."""
        return {Profile.EN_3_2_1: "2.1", Profile.EN_4_1_1: "2.2"}[self]

    @property
    def version(self) -> str:
        """Version of EN 301 549, as the standard writes it."""
        return "V" + self.value.rpartition("-")[2]
