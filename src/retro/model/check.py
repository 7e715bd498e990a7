"""What `retro doctor` finds: one statement each, with one remedy where something is to be done."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """In order, worth a look, or in the way."""

    OK = "ok"
    REMARK = "remark"
    FAULT = "fault"


class Topic(StrEnum):
    """What is looked at, in the order in which it is told."""

    CONFIGURATION = "configuration"
    SECRETS = "secrets"
    SOURCES = "sources"
    BOARDS = "boards"
    PROJECTS = "projects"
    PEOPLE = "people"
    CALENDAR = "calendar"
    RUNS = "runs"
    STATE = "state"
    VERSION = "version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at.

    `said` and `remedy` are sentences in the user's language; `subject` is the source, board or person it is about.
    `code` is the exit code that a fault asks for.
    """

    topic: Topic
    said: str
    subject: str = ""
    verdict: Verdict = Verdict.OK
    remedy: str = ""
    code: int = 0


def remark(topic: Topic, said: str, *, subject: str = "", remedy: str = "") -> Check:
    """Something worth a look, which stops nothing."""
    return Check(topic=topic, said=said, subject=subject, verdict=Verdict.REMARK, remedy=remedy)


def fault(topic: Topic, said: str, *, code: int, subject: str = "", remedy: str = "") -> Check:
    """Something in the way."""
    return Check(topic=topic, said=said, subject=subject, verdict=Verdict.FAULT, remedy=remedy, code=code)
