"""Is the configuration one that does what it seems to: names that mean nothing are told, not refused."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches

from retro.config.load import Configuration
from retro.config.shape import Settings
from retro.i18n import text as _
from retro.lint.selection import matches
from retro.model.check import Check, Topic, remark

_FILE = "file"


def of_settings(configuration: Configuration, codes: Collection[str], kinds: Collection[str]) -> Iterator[Check]:
    """What the file says that leads nowhere. `codes` are those of the rules, `kinds` those of the tools."""
    settings = configuration.settings
    if configuration.path is not None:
        yield Check(topic=Topic.CONFIGURATION, said=_("{file} can be used.", file=configuration.path))
    yield from _codes(settings, sorted(codes))
    yield from _unread(settings)
    yield from _unplanned(settings)
    yield from _overrides(settings)
    yield from _ids(settings, kinds)


def _codes(settings: Settings, codes: Sequence[str]) -> Iterator[Check]:
    """Codes of rules that no rule has."""
    lint = settings.lint
    lists = {
        "select": lint.select,
        "ignore": lint.ignore,
        "extend_select": lint.extend_select,
        "mandatory": lint.mandatory,
        "overrides": [code for each in lint.overrides for code in (*each.select, *each.ignore)],
    }
    for key, named in lists.items():
        for name in named:
            if not any(matches(code, (name,)) for code in codes):
                near = get_close_matches(name.upper(), codes, 1)
                yield remark(
                    Topic.CONFIGURATION,
                    _('"{name}" is the code of no rule.', name=name),
                    subject=f"[lint] {key}",
                    remedy=_('Did you mean "{name}"?', name=near[0]) if near else _("`retro rules` lists them all."),
                )


def _unread(settings: Settings) -> Iterator[Check]:
    """Accounts of which no board is read."""
    used = {board.source for board in settings.boards.values()}
    for name, source in settings.sources.items():
        if source.kind != _FILE and name not in used:
            yield remark(
                Topic.CONFIGURATION,
                _("nothing is read from this source, for no board names it."),
                subject=f"[sources.{name}]",
                remedy=_("`retro init {kind}` shows its boards, to be pasted in.", kind=source.kind),
            )
    if not settings.sources:
        yield remark(
            Topic.CONFIGURATION,
            _("no source is configured: there is nothing to read."),
            subject="[sources]",
            remedy=_("`retro init` finds boards and files."),
        )


def _unplanned(settings: Settings) -> Iterator[Check]:
    """Boards of kind project that no project has, where there are projects."""
    planned = {name for project in settings.projects.values() for name in project.boards}
    for name, board in settings.boards.items():
        if settings.projects and board.kind == "project" and name not in planned:
            yield remark(
                Topic.CONFIGURATION,
                _("this board works to a date, but belongs to no project."),
                subject=f"[boards.{name}]",
                remedy=_('Name it in the `boards` of a project, or set `kind = "flow"`.'),
            )


def _overrides(settings: Settings) -> Iterator[Check]:
    for name in sorted({source for each in settings.lint.overrides for source in each.sources}):
        if name not in settings.sources and not set("*?[") & set(name):
            yield _unknown("[lint] overrides", name, settings.sources)


def _ids(settings: Settings, kinds: Collection[str]) -> Iterator[Check]:
    """Ids of people and teams that begin with no tool's name, nor with a source's."""
    known = {*kinds, *settings.sources}
    named = {f"people.{key}": person.ids for key, person in settings.people.items()}
    named |= {f"teams.{key}": team.ids for key, team in settings.teams.items()}
    for table, ids in named.items():
        for each in ids:
            if each.partition(":")[0] not in known:
                yield remark(
                    Topic.CONFIGURATION,
                    _('"{id}" is no id of an account.', id=each),
                    subject=f"[{table}] ids",
                    remedy=_("An id is written with its tool, such as trello:5abbe4b7ddc1b351ef961414."),
                )


def _unknown(where: str, name: str, known: Iterable[str]) -> Check:
    near = get_close_matches(name, list(known), 1)
    return remark(
        Topic.CONFIGURATION,
        _('"{name}" is defined nowhere in this file.', name=name),
        subject=where,
        remedy=_('Did you mean "{name}"?', name=near[0]) if near else _("Take it out, or define it."),
    )
