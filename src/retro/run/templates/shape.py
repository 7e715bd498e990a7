"""What the file of a template may hold: texts in one language or in both, tasks by phase."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from retro.i18n import text as _

_ID = r"[a-z0-9][a-z0-9_-]*"
_AFTER = re.compile(rf"(?P<task>{_ID})(?:\s*\+\s*(?P<days>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s*d)?")

Days = Annotated[float, Field(gt=0, le=100)]
Wait = Annotated[float, Field(ge=0, le=250)]


class Shape(BaseModel):
    """A table of the file: no unknown key passes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Shape):
    """A text in French, in English, or in both; what stands in one language serves for the other."""

    fr: str = ""
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        """A plain text says the same in both languages."""
        return {"fr": value, "en": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _something(self) -> "Words":
        if not (self.fr.strip() or self.en.strip()):
            raise ValueError(_("a text is expected, in French (fr) or in English (en)"))
        return self

    def said(self, lang: str) -> str:
        """The text in a language, else in the other one."""
        return (self.fr or self.en) if lang == "fr" else (self.en or self.fr)


class TaskShape(Words):
    """One task: its title in `fr` and `en`."""

    id: str = Field(pattern=f"^{_ID}$")
    role: str
    days: Days
    after: tuple[str, ...] = ()
    wait: Wait | None = None

    @field_validator("after")
    @classmethod
    def _readable(cls, after: tuple[str, ...]) -> tuple[str, ...]:
        for each in after:
            if _AFTER.fullmatch(each.strip()) is None:
                raise ValueError(_('“{text}” names no task: write "brief" or "brief+3d" (working days)', text=each))
        return after

    def waits_for(self) -> list[tuple[str, float]]:
        """The ids that `after` names, each with its working days."""
        found = [match for each in self.after if (match := _AFTER.fullmatch(each.strip()))]
        return [(match["task"], float((match["days"] or "0").replace(",", "."))) for match in found]


class LaunchShape(Words):
    """The launch: a milestone, and who is there for it."""

    role: str


class TemplateShape(Shape):
    """The whole file."""

    name: Words
    about: Words | None = None
    alias: str = ""
    movable: bool = True
    launch: LaunchShape
    roles: dict[str, Words]
    tasks: dict[str, tuple[TaskShape, ...]]
