"""Who is told, when, and by which channels: `[alerts]` in `newsduck.toml`.

    [alerts]
    timezone = "Europe/London"                 # UTC unless set
    quiet = "22:00-07:00"                      # warnings wait for the digest; errors pass
    digest = "08:00"
    runbook = "https://wiki.example/newsduck"  # where deploy/RUNBOOK.md can be read

    [alerts.owners.data]                       # `owner` of checks; data is everybody else's too
    channels = { chat = "${NEWSDUCK_CHAT_URL}", mail = "mailtos://desk:${MAIL}@mail.example" }

    [[alerts.silences]]                        # planned: nobody is told before it ends
    source = "harbour-courier"                 # all sources unless named
    check = "volume"                           # all checks unless named
    starts_at = 2026-12-24T00:00:00Z
    ends_at = 2026-12-27T00:00:00Z
    reason = "the outlet does not print at Christmas"

A channel is an apprise URL (https://appriseit.com lists the services). `${NAME}` is read from the
environment, `${prefect:NAME}` from the Prefect secret block of that name, when a message is sent;
so no secret need stand in the file. An owner without an entry is told by the channels of `data`;
without those, the log is.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

DEFAULT_OWNER = "data"

HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class Rhythm(BaseModel):
    """When an owner gets messages: time zone, hours without warnings, time of the digest that holds
    those.
    """

    timezone: str | None = Field(
        default=None, description="zone of the hours below; UTC unless set"
    )
    quiet: str | None = Field(
        default=None, description="hours in which warnings wait for the digest, such as 22:00-07:00"
    )
    digest: time | None = Field(
        default=None, description="when the digest goes out; 08:00 unless set"
    )

    @field_validator("timezone")
    @classmethod
    def _known(cls, zone: str | None) -> str | None:
        try:
            return zone and ZoneInfo(zone).key
        except (KeyError, ValueError) as error:
            raise ValueError(f"no time zone is called {zone!r}; Europe/London is one") from error

    @field_validator("quiet")
    @classmethod
    def _hours(cls, hours: str | None) -> str | None:
        if hours is not None and not HOURS.fullmatch(hours):
            raise ValueError("must be two times of day, such as 22:00-07:00")
        if hours is not None and hours[:5] == hours[-5:]:
            raise ValueError("begins and ends at one time; 00:00-23:59 is the whole day")
        return hours

    @property
    def zone(self) -> ZoneInfo:
        """The zone in force."""
        return ZoneInfo(self.timezone or "UTC")

    @property
    def digest_time(self) -> time:
        """When the digest goes out, in the zone in force."""
        return self.digest or time(8)

    def is_quiet(self, moment: datetime) -> bool:
        """Return whether `moment` lies in the quiet hours; their end does not belong to them."""
        if self.quiet is None:
            return False
        start, end = (time.fromisoformat(part) for part in self.quiet.split("-"))
        local = moment.astimezone(self.zone).time()
        return start <= local < end if start <= end else local >= start or local < end

    def next_digest(self, moment: datetime) -> datetime:
        """When the next digest after `moment` is due, in UTC."""
        day = moment.astimezone(self.zone).date()
        due = self._digest_on(day.toordinal())
        return due if due > moment else self._digest_on(day.toordinal() + 1)

    def last_digest(self, moment: datetime) -> datetime:
        """When the digest at or before `moment` was due, in UTC."""
        day = moment.astimezone(self.zone).date().toordinal()
        due = self._digest_on(day)
        return due if due <= moment else self._digest_on(day - 1)

    def _digest_on(self, ordinal: int) -> datetime:
        day = datetime.fromordinal(ordinal)
        return datetime.combine(day, self.digest_time, tzinfo=self.zone).astimezone(UTC)


class Owner(Rhythm):
    """An owner who gets messages. `channels` are apprise URLs, each under a name of the operator's
    choice.
    """

    model_config = ConfigDict(extra="forbid")

    channels: dict[str, SecretStr] = Field(
        default={}, description="apprise URLs by a name of one's own"
    )
    all_well: bool = Field(
        default=False, description="a word at the digest's time on days without an open incident"
    )


class Silence(BaseModel):
    """A planned time without messages about a source or a check, such as a move or a holiday."""

    model_config = ConfigDict(extra="forbid")

    source: str | None = Field(default=None, description="id of the source; all unless named")
    check: str | None = Field(default=None, description="name of the check; all unless named")
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    reason: str

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.starts_at >= self.ends_at:
            raise ValueError("starts_at must lie before ends_at")
        return self

    def covers(self, source: str | None, check: str, moment: datetime) -> bool:
        """Return whether the silence covers this source and check at `moment`."""
        is_named = self.source in (None, source) and self.check in (None, check)
        return is_named and self.starts_at <= moment < self.ends_at


class AlertSettings(Rhythm):
    """Everything under `[alerts]`."""

    model_config = ConfigDict(extra="forbid")

    owners: dict[str, Owner] = Field(
        default={}, description="who is told, by the name that checks use"
    )
    silences: tuple[Silence, ...] = Field(
        default=(), description="planned times in which nobody is told"
    )
    patience: float = Field(
        default=60.0,
        ge=0,
        le=600,
        description="seconds in which a message is tried again before the run says so",
    )
    heartbeat: SecretStr | None = Field(
        default=None,
        description="address asked with GET after each run that ended well: for a dead man's "
        "switch",
    )
    runbook: str = Field(
        default="",
        description="where your runbook can be read; messages add the section; the one that ships "
        "unless set",
    )

    def owner(self, name: str) -> Owner:
        """Return the settings of an owner, with the defaults of all. An owner without channels has
        those of `data`.
        """
        own, default = self.owners.get(name, Owner()), self.owners.get(DEFAULT_OWNER, Owner())
        return Owner(
            timezone=own.timezone or self.timezone,
            quiet=own.quiet or self.quiet,
            digest=own.digest or self.digest,
            channels=own.channels or default.channels,
            all_well=own.all_well,
        )

    def silence_end(self, source: str | None, check: str, moment: datetime) -> datetime | None:
        """Return when the silences that cover a source and check at `moment` end, one after the
        other; None where none covers them.
        """
        end = moment
        while following := [s.ends_at for s in self.silences if s.covers(source, check, end)]:
            end = max(following)
        return None if end == moment else end.astimezone(UTC)
