"""Is everybody known once: pairs that may be one person, configured accounts that nobody has, teams without tasks."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from retro.config.shape import PersonSection
from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Person, Task, Team
from retro.model.check import Check, Topic, remark
from retro.report.toml_text import literal
from retro.run.discovery.people import doubtful
from retro.run.teams import table_of


def of_people(
    people: Sequence[Person],
    configured: Mapping[str, PersonSection],
    met: Collection[str],
    unread: Collection[str] = (),
) -> Iterator[Check]:
    """Who works on the boards (`people`), and who the configuration names.

    `met` are the ids seen on any board; nothing is said of ids that begin with one of `unread`, the tools and sources
    of which a board was not read.
    """
    several = sum(len(person.keys) > 1 for person in people)
    if people:
        said = plural("{count} person is named on tasks", "{count} people are named on tasks", len(people))
        many = plural(", {count} of them by several accounts", ", {count} of them by several accounts", several)
        yield Check(topic=Topic.PEOPLE, said=f"{said}{many if several else ''}.")
    for pair in doubtful(people):
        yield remark(
            Topic.PEOPLE,
            _("“{one}” and “{other}”: one person?", one=pair.names[0], other=pair.names[1]),
            remedy=_("If so, put both under one [people] table: {line}", line=f"ids = {literal(list(pair.ids))}"),
        )
    for key, section in configured.items():
        missing = [each for each in section.ids if each not in met and each.partition(":")[0] not in unread]
        if missing and met:
            yield remark(
                Topic.PEOPLE,
                _("on no board: {ids}.", ids=", ".join(missing)),
                subject=f"[people.{key}]",
                remedy=_("Check the ids, or take them out if the person has left."),
            )


def of_teams(teams: Iterable[Team], tasks: Iterable[Task]) -> Iterator[Check]:
    """Teams of the configuration that no task names: a name that is written otherwise on the boards, most likely."""
    named = {owner.key for task in tasks for owner in (*task.owners, task.reviewer) if owner is not None}
    for team in teams:
        if team.key not in named:
            yield remark(
                Topic.PEOPLE,
                _("no task names this team."),
                subject=table_of(team),
                remedy=_("Put the name that stands on the boards among its aliases, or its group's id among its ids."),
            )
