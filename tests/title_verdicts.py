"""Lines of a fixture of titles, owners and descriptions, each with what a team expects of it, put before the rules.

A line is a title with the codes that it should get, an owner's value with one code or none, or a description with the
task that it names and on which side of it that task stands. Titles are judged twice: alone on a board, and among all
the others.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retro.lint.examples import a_task, case
from retro.lint.profile import Profile
from retro.lint.runner import lint
from retro.lint.settings import LintSettings
from retro.model import Finding, Person, Task
from retro_practices import RULES

Line = dict[str, Any]
TITLE_FAMILIES = ("DEL", "NAM", "GRA")
OWNER_CODES = ("OWN101", "OWN102", "OWN103", "OWN104")
PROSE = "DEP109"
WORK = "[Web] Page tarifs"
"""A title about which no rule says anything: what owners and descriptions stand on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line, what was expected of it, and what the rules said."""

    line: Line
    expected: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether the rules said what was expected, and nothing else."""
        return self.expected == self.said

    @property
    def silent(self) -> bool:
        """Whether nothing should be said."""
        return not self.expected

    @property
    def text(self) -> str:
        """The line's own words."""
        return str(self.line.get("title") or self.line.get("value") or self.line.get("description"))


def lines_of(file: Path) -> list[Line]:
    """The lines of a fixture, in its order."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def verdicts(lines: Sequence[Line], *, channels: tuple[str, ...], clients: tuple[str, ...]) -> list[Verdict]:
    """What the rules say of each line, for a team that names its channels and its clients."""
    titles = [line for line in lines if line["kind"] == "title"]
    owners = [line for line in lines if line["kind"] == "owner"]
    prose = [line for line in lines if line["kind"] == "dep109"]
    return [
        *_title_verdicts(titles, channels, clients),
        *_owner_verdicts(owners),
        *_prose_verdicts(prose, channels, clients),
    ]


def shares(judged: Iterable[Verdict]) -> str:
    """How many lines were right, in all and by code, and each line that was not."""
    judged = list(judged)
    groups: dict[str, list[Verdict]] = {"all": judged}
    for verdict in judged:
        for code in verdict.expected or ("silent",):
            groups.setdefault(code.split()[0], []).append(verdict)
    told = [f"{code}: {share(group):.1%} of {len(group)}" for code, group in groups.items()]
    wrong = [
        f"  {verdict.text!r}: expected {', '.join(verdict.expected) or 'nothing'}, "
        f"said {', '.join(verdict.said) or 'nothing'} ({verdict.line.get('why', '')})"
        for verdict in judged
        if not verdict.right
    ]
    return "\n".join([*told, *wrong])


def share(judged: Sequence[Verdict]) -> float:
    """The share of lines that were right."""
    return sum(verdict.right for verdict in judged) / len(judged) if judged else 1.0


def _title_verdicts(lines: Sequence[Line], channels: tuple[str, ...], clients: tuple[str, ...]) -> Iterable[Verdict]:
    cards = [a_task(line["title"], key=f"trello:line-{at}") for at, line in enumerate(lines)]
    together: dict[str, set[str]] = {}
    for finding in _lint(cards, TITLE_FAMILIES, channels, clients):
        for key in finding.tally.keys if finding.tally else (finding.subject,):
            together.setdefault(key, set()).add(finding.code)
    for line, card in zip(lines, cards, strict=True):
        alone = {finding.code for finding in _lint([card], TITLE_FAMILIES, channels, clients)}
        said = alone | together.get(card.key, set())
        yield Verdict(line, tuple(sorted(line["expect"])), tuple(sorted(said)))


def _owner_verdicts(lines: Sequence[Line]) -> Iterable[Verdict]:
    """Everybody whom the fixture takes for one person is known, by full name, or by address."""
    people = tuple(
        Person(key=f"person:{at}", name=_name(line["value"]), email=line["value"] if "@" in line["value"] else None)
        for at, line in enumerate(lines)
        if line["expect"] is None
    )
    for line in lines:
        card = a_task(WORK, owners=(line["value"],), text_owners=True)
        said = {finding.code for finding in _lint([card], OWNER_CODES, people=people)}
        yield Verdict(line, (line["expect"],) if line["expect"] else (), tuple(sorted(said)))


def _name(value: str) -> str:
    """A value as a list of people writes it: the first name first."""
    if "@" in value:
        return value.partition("@")[0]
    return " ".join(part.strip() for part in reversed(value.split(",")))


def _prose_verdicts(lines: Sequence[Line], channels: tuple[str, ...], clients: tuple[str, ...]) -> Iterable[Verdict]:
    """Each description alone, on a board that holds every task that any of them names."""
    named = dict.fromkeys(line["expect"]["target"] for line in lines if line["expect"])
    targets = [a_task(title) for title in named]
    for line in lines:
        card = a_task(WORK, description=line["description"])
        found = [each for each in _lint([card, *targets], (PROSE,), channels, clients) if each.subject == card.key]
        wanted = line["expect"]
        expected = (f"{PROSE} {wanted['direction']} {wanted['target']}",) if wanted else ()
        yield Verdict(line, expected, tuple(f"{PROSE} {_told(finding)}" for finding in found))


def _told(finding: Finding) -> str:
    """The side and the title of the task that a finding proposes to link."""
    side = finding.params["direction"]
    return f"{side} {finding.params['target']}"


def _lint(
    tasks: Sequence[Task],
    select: tuple[str, ...],
    channels: tuple[str, ...] = (),
    clients: tuple[str, ...] = (),
    people: tuple[Person, ...] = (),
) -> tuple[Finding, ...]:
    context = case("", *tasks, channels=channels, clients=clients, people=people).context()
    # Codes that are off until asked for stay so: a family's name asks for none of them.
    rules = [load()() for code, load in RULES.items() if code.startswith(select)]
    result = lint(context, rules, LintSettings(profile=Profile.STANDARD))
    assert not result.bugs, result.bugs
    return result.findings
