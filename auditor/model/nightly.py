"""What a nightly run is told: which sites, what is kept, and who hears of it."""

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, field_validator

from auditor.model.vocabulary import Language


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KeepConfig(_Section):
    """How long the pages and pictures of old runs are kept. Findings and scores of every run are kept for good."""

    daily: int = Field(default=14, ge=1, description="Days of which each last run is kept.")
    weekly: int = Field(default=8, ge=0, description="Weeks of which each last run is kept.")
    monthly: int = Field(default=24, ge=0, description="Months of which each last run is kept.")


class MailConfig(_Section):
    """Where the digest is mailed from and to."""

    host: str
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: str
    to: tuple[str, ...] = Field(min_length=1)
    user: str = ""
    password_file: Path | None = Field(default=None, description="File with the password, and nothing else.")
    timeout: float = Field(default=30, gt=0, le=300, description="Seconds.")

    @field_validator("sender", "to")
    @classmethod
    def _address(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for address in (value,) if isinstance(value, str) else value:
            if "@" not in address.strip("@") or any(letter.isspace() or not letter.isprintable() for letter in address):
                raise ValueError(f"{address!r} is no mail address")
        return value


class WebhookConfig(_Section):
    """Where the digest is posted to, as JSON."""

    url: HttpUrl
    token_file: Path | None = Field(default=None, description="File with a token, sent as Authorization: Bearer.")
    timeout: float = Field(default=30, gt=0, le=300, description="Seconds.")


class NightlyConfig(_Section):
    """One or many sites, audited one after another."""

    sites: tuple[str, ...] = Field(min_length=1, description="Site files, folders or addresses.")
    timezone: str = Field(default="Europe/Stockholm", description="Decides what day it is.")
    database: Path = Path("auditor-data/history.db")
    reports: Path = Field(default=Path("reports"), description="Folder of the overview, and of a report per run.")
    base_url: str = Field(default="", description="Address at which the folder of reports can be read.")
    language: Language = Language.SWEDISH
    fail_on: Literal["minor", "moderate", "serious", "critical"] | None = Field(
        default=None, description="Exit with 1 if there is a new problem of this severity or worse."
    )
    only_changed: bool = Field(
        default=True, description="Render only pages that changed; the others are carried on with their date."
    )
    keep: KeepConfig = KeepConfig()
    mail: MailConfig | None = None
    webhook: WebhookConfig | None = None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (OSError, ValueError, LookupError) as error:
            raise ValueError(f"{value!r} is no time zone; write Europe/Stockholm, for example") from error
        return value

    @field_validator("base_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        return f"{str(HttpUrl(value)).rstrip('/')}/" if value else ""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.timezone)
