"""What of an assessment may leave the house: no remark, no link, no address, and no other client's name."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model import AnchorVerdict, Assessment, Owner, Person, Project, Schedule, Task
from retro.ports import ConfigurationError
from retro.report.untrusted import printable
from retro.run.showing import Part, clients, part_of

_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"([\w.+-]+)@[\w-]+(?:\.[\w-]+)+")
_HIDDEN = "•••"
_SHOWN = 6
"""Clients that an error names."""


def outgoing(assessment: Assessment, whole: Assessment) -> Assessment:
    """The assessment as somebody outside may see it: projects, tasks, dates, who does what, who waits for whom.

    `whole` is everything that was read: its other clients are named nowhere. Where their names, e-mail addresses or
    web addresses stand in a title, they are struck out; of a project of one client, tasks that name another one are
    not shown. Sources, boards, findings, levers, history, and whatever of a
    task no page shows are left out.

    Raises:
        ConfigurationError: the part holds several clients.
    """
    shown = clients(assessment.portfolio)
    own = {fold(project.client): project.client for project in assessment.portfolio.projects if project.client}
    if len(shown) > 1 and len(own) == 1:
        shown = tuple(own.values())
        assessment = part_of(assessment, Part(client=shown[0]))
    if len(shown) > 1:
        names = "; ".join(printable(name) for name in shown[:_SHOWN]) + ("…" if len(shown) > _SHOWN else "")
        raise ConfigurationError(
            _("a page that is sent out is for one client, and this one would show {count}.", count=len(shown)),
            where="--public-safe",
            remedy=_("Name the client or the project: --client NAME, --project NAME. There are: {names}", names=names),
        )
    portfolio = assessment.portfolio
    said = _striking(set(clients(whole.portfolio)) - set(shown), shown)
    known = {person.key: person.name for person in portfolio.people}
    return replace(
        assessment,
        portfolio=replace(
            portfolio,
            sources=(),
            boards=(),
            tasks=tuple(_task(task, said) for task in portfolio.tasks),
            people=tuple(_person(person, said) for person in portfolio.people),
            teams=tuple(replace(team, name=said(team.name)) for team in portfolio.teams),
            projects=tuple(_project(project, known, said) for project in portfolio.projects),
            unresolved=(),
        ),
        schedule=_schedule(assessment.schedule, said),
        unlevelled=None,
        findings=(),
        slippage=None,
        standings=(),
        rules={},
        weights={},
        suppressed=0,
        baselined=0,
        statistics=None,
        profile="",
    )


def _striking(others: set[str], kept: Iterable[str]) -> Callable[[str], str]:
    """What strikes names out of a text, as whole words, whatever their case and accents.

    Where a name that is kept holds a struck one, it stays whole.
    """
    keeps = {_plain(name): False for name in others} | {_plain(name): True for name in kept}
    words = sorted((word for word in keeps if word.strip()), key=len, reverse=True)
    names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None

    def said(text: str) -> str:
        text = _unaddressed(unicodedata.normalize("NFC", text))
        parts, end = [], 0
        for found in names.finditer(_plain(text)) if names else ():
            if not keeps[found[0]]:
                parts += [text[end : found.start()], _HIDDEN]
                end = found.end()
        return "".join((*parts, text[end:]))

    return said


def _plain(text: str) -> str:
    """A text without case and accents, letter for letter, so that places in it are places in the text."""
    return "".join(_letter(char) for char in unicodedata.normalize("NFC", text))


def _letter(char: str) -> str:
    plain = unicodedata.normalize("NFD", char)[0].lower()
    return plain if len(plain) == 1 else char


def _unaddressed(text: str) -> str:
    return _MAIL.sub(r"\1", _ADDRESS.sub(_HIDDEN, text))


def _task(task: Task, said: Callable[[str], str]) -> Task:
    """What a page says of a task, and what its place in the plan rests on."""
    return Task(
        key=task.key,
        board=task.board,
        title=said(task.title),
        owners=tuple(_owner(owner, said) for owner in task.owners),
        reviewer=_owner(task.reviewer, said) if task.reviewer else None,
        start=task.start,
        due=task.due,
        actual_start=task.actual_start,
        actual_finish=task.actual_finish,
        remaining=task.remaining,
        percent=task.percent,
        status=replace(task.status, raw=None),
        channel=said(task.channel) if task.channel else None,
        client=task.client,
        parent=task.parent,
        milestone=task.milestone,
        completed=task.completed,
        archived=task.archived,
        role=task.role,
    )


def _owner(owner: Owner, said: Callable[[str], str]) -> Owner:
    return replace(owner, name=said(owner.name), email=None)


def _person(person: Person, said: Callable[[str], str]) -> Person:
    return Person(key=person.key, name=said(person.name))


def _project(project: Project, names: Mapping[str, str], said: Callable[[str], str]) -> Project:
    guardian = said(names.get(project.guardian, project.guardian))
    return replace(project, name=said(project.name), boards=(), guardian=guardian, anchors=())


def _schedule(schedule: Schedule, said: Callable[[str], str]) -> Schedule:
    return replace(schedule, anchors=tuple(_anchor(anchor, said) for anchor in schedule.anchors), unresolved=())


def _anchor(anchor: AnchorVerdict, said: Callable[[str], str]) -> AnchorVerdict:
    steps = tuple(replace(step, calendar=None) for step in anchor.steps)
    return replace(anchor, name=said(anchor.name), steps=steps, levers=())
