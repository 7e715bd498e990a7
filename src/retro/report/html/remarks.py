"""The remarks of the page, person by person: what each one can mend, in the order of its weight."""

from collections import defaultdict
from dataclasses import dataclass

from retro.i18n import current_language
from retro.i18n import text as _
from retro.model import Assessment, Finding, Owner, Task
from retro.report import wording
from retro.report.html.facets import Facets
from retro.report.naming import named
from retro.report.untrusted import printable, web_address

MOST = 40
"""Remarks shown for one person; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One remark: its weight in a word, the task where it is about one, and the sentence."""

    facets: str
    severity: str
    severity_said: str
    code: str
    rule: str
    title: str
    url: str | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What concerns one person; without a name: boards, projects and tasks that nobody holds."""

    name: str
    remarks: tuple[Remark, ...]
    more: int


def remarks(assessment: Assessment, facets: Facets) -> tuple[Remarks, ...]:
    """Primary remarks by the first owner of their task, by name; those that concern nobody come first."""
    tasks = named(assessment.portfolio.tasks)
    groups: dict[str, list[tuple[Finding, Task | None]]] = defaultdict(list)
    owners: dict[str, Owner] = {}
    for finding in assessment.findings:
        if not finding.primary:
            continue
        task = tasks.get(finding.task) if finding.task else None
        owner = task.owners[0] if task and task.owners else None
        if owner is not None:
            owners[owner.key] = owner
        groups[owner.key if owner else ""].append((finding, task))
    order = sorted(groups, key=lambda key: (bool(key), owners[key].name.casefold() if key else "", key))
    return tuple(_group(owners.get(key), groups[key], assessment, facets) for key in order)


def _group(
    owner: Owner | None, found: list[tuple[Finding, Task | None]], assessment: Assessment, facets: Facets
) -> Remarks:
    found.sort(key=lambda each: (each[0].severity.rank, each[0].code, each[1].title if each[1] else ""))
    lang = current_language()
    return Remarks(
        name=printable(owner.name) if owner else _("For everyone"),
        remarks=tuple(
            Remark(
                facets=facets.of(task) if task else "",
                severity=finding.severity.value,
                severity_said=wording.severity_word(finding.severity),
                code=finding.code,
                rule=wording.rule_name(assessment, finding.code, lang),
                title=wording.title(task) if task else "",
                url=web_address(task.url) if task else None,
                message=wording.message(finding, assessment),
            )
            for finding, task in found[:MOST]
        ),
        more=max(0, len(found) - MOST),
    )
