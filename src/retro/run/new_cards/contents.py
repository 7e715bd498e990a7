"""What the card of a task of a new plan holds: its list, owner, dates, size, and a description in a few lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from retro.i18n import format_days
from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model import Estimate, EstimateOrigin, Link, Membership, Owner, Person, Task
from retro.model.plan_template import LAUNCH
from retro.run.new_cards.reading import OnBoard
from retro.run.templates import NewPlan
from retro.sync.decide.new_cards import NewCard, card_key, in_order, mark_of, waits_for


@dataclass(frozen=True)
class Laid:
    """The cards of a plan in the order in which they are made, and what the board cannot tell of them."""

    cards: tuple[NewCard, ...]
    unknown: tuple[str, ...]
    """Names of owners whom the board does not know, each once."""
    waits: int
    """Links with a wait between their tasks, which the tool cannot hold."""


def cards_of(plan: NewPlan, on: OnBoard, *, number_unit: str, lang: str) -> Laid:
    """The cards of a plan for a board; `number_unit` is what a number without a unit counts there.

    Raises ConfigurationError where the board has no place for things to do.
    """
    portfolio = plan.assessment.portfolio
    ids = {task.key: _id_of(task) for task in portfolio.tasks}
    keys = {key: card_key(plan.template.key, plan.end, id_) for key, id_ in ids.items()}
    roles = {task.id: task.role for task in plan.template.tasks} | {LAUNCH: plan.template.launch_role}
    titles = {task.key: task.title for task in portfolio.tasks}
    before = waits_for(portfolio.links)
    lags: dict[str, list[Link]] = {}
    for link in portfolio.links:
        if link.lag.value > 0:
            lags.setdefault(link.successor, []).append(link)
    people = _People(on)
    section = on.section if "section" in on.holds else None
    day = plan.assessment.day_minutes
    cards: list[NewCard] = []
    unknown: dict[str, None] = {}
    for task in portfolio.tasks:
        owners = tuple(people.known(owner) or owner for owner in task.owners)
        missing = [owner.name for owner in owners if owner in task.owners]
        unknown |= dict.fromkeys(missing)
        lines = _Lines(plan.template.roles[roles[ids[task.key]]], missing, day, lang)
        late = () if on.waits else lags.get(task.key, ())
        waits = [(titles[link.predecessor], link.lag.value) for link in late]
        holds = replace(
            task,
            key=keys[task.key],
            board=on.board.key,
            owners=owners,
            memberships=(Membership(on.board.key, section),) if section else (),
            description="\n".join([*lines.of(task, waits), "", mark_of(keys[task.key])]),
            estimates=tuple(_sizes(task, day, number_unit)),
            references=(),
            labels=(_("Milestone", lang=lang),) if task.milestone else (),
        )
        after = {keys[key]: lag for key, lag in before.get(task.key, {}).items()}
        cards.append(NewCard(key=keys[task.key], task=_fitting(holds, on.holds), after=after))
    held = 0 if on.waits else sum(map(len, lags.values()))
    return Laid(in_order(cards), tuple(unknown), held)


def _id_of(task: Task) -> str:
    """The task's id in its template."""
    return task.key.removeprefix(f"{task.board}-")


def _fitting(task: Task, holds: frozenset[str]) -> Task:
    """The task without what its board has no place for."""
    return replace(
        task,
        start=task.start if "start" in holds else None,
        owners=task.owners if "owners" in holds else (),
        description=task.description if "description" in holds else None,
        estimates=task.estimates if "estimates" in holds else (),
        milestone=task.milestone and "milestone" in holds,
    )


def _sizes(task: Task, day: int, number_unit: str) -> Iterator[Estimate]:
    """The work in every unit that a column may count in."""
    if not task.estimates or task.estimates[0].value is None:
        return
    days = task.estimates[0].value
    told = {"days": days, "hours": days * day / 60, "minutes": days * day}
    for unit, value in (*told.items(), ("", told[number_unit])):
        yield Estimate(EstimateOrigin.NUMBER, value, unit)


@dataclass(frozen=True)
class _Lines:
    """The lines of a description, in the language of the plan."""

    role: str
    missing: Iterable[str]
    day: int
    lang: str

    def of(self, task: Task, waits: Iterable[tuple[str, int]]) -> Iterator[str]:
        """What a person wants to know of the task, a fact a line; `waits` are titles with working minutes."""
        lang = self.lang
        if not task.milestone:
            yield _("Deliverable: {what}", lang=lang, what=task.title.rpartition("] ")[2])
        yield _("Role: {role}", lang=lang, role=self.role)
        for name in self.missing:
            if fold(name) != fold(self.role):
                yield _("Owner: {name}", lang=lang, name=name)
        if task.phase:
            yield _("Phase: {phase}", lang=lang, phase=task.phase)
        if task.estimates and task.estimates[0].value is not None:
            minutes = round(task.estimates[0].value * self.day)
            yield _("Work: {days}", lang=lang, days=format_days(minutes, self.day, lang=lang))
        for title, minutes in waits:
            said = format_days(minutes, self.day, lang=lang)
            yield _("Wait: {days} from the end of “{title}”", lang=lang, days=said, title=title)


class _People:
    """Whom the board's tool knows, by their names."""

    def __init__(self, on: OnBoard) -> None:
        self._on = on
        self._by_name: dict[str, list[Person]] = {}
        for person in on.people:
            words = {person.name, person.key, *person.aliases, *([person.email] if person.email else [])}
            for word in {fold(word) for word in words if word}:
                self._by_name.setdefault(word, []).append(person)

    def known(self, owner: Owner) -> Owner | None:
        """The owner as the tool knows them; None where nobody, or several, are called so."""
        found = self._by_name.get(fold(owner.name), [])
        if len(found) != 1 or found[0].left:
            return None
        theirs = [key for key in found[0].keys if key in self._on.listed]
        if not theirs and self._on.capabilities.columns:
            theirs = [key for key in found[0].keys if key.startswith(f"{self._on.kind}:")]
        return Owner(theirs[0], found[0].name) if theirs else None
