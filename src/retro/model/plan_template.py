"""A rétroplanning before it has dates: the phases, tasks, durations and links of a kind of project."""

from collections.abc import Mapping
from dataclasses import dataclass

LAUNCH = "launch"
"""What links name the launch by: the milestone that every template ends its preparation with."""


@dataclass(frozen=True, slots=True)
class After:
    """A task to wait for, and how long after it is over: in working days."""

    task: str
    days: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateTask:
    """One task: its work in working days, the role that does it, and what it waits for.

    `wait` is how many working days must pass between its end and the launch (a delivery, a press's lead time); None:
    the launch waits for it only where nothing else does, and then it is over on the eve.
    """

    id: str
    phase: str
    title: str
    role: str
    days: float
    after: tuple[After, ...] = ()
    wait: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTemplate:
    """A template in one language. `roles` are the names of roles by id; `movable` is whether its date is ours to set.

    A task that comes, by links, after the launch is after-launch work.
    """

    key: str
    name: str
    about: str
    launch: str
    launch_role: str
    roles: Mapping[str, str]
    tasks: tuple[TemplateTask, ...]
    alias: str = ""
    movable: bool = True
