"""What a person should know of a plan that was read: what of it the schedule does not follow, and what it does instead.

A sentence a kind, with how many tasks there are and the first names.
"""

from collections.abc import Iterator, Sequence

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model import Board, Task, as_date
from retro_msproject.reading import Plan
from retro_msproject.records import Record
from retro_msproject.splits import split
from retro_msproject.values import flag, number, whole

_NAMED = 3
"""Names in a sentence."""
_LONGEST = 40
"""Characters of one."""


def remarks(document: Record, plan: Plan, board: Board, tasks: Sequence[Task]) -> tuple[str, ...]:
    """Sentences on a plan whose `board` and `tasks` were read from its `document`."""
    return (
        *_of_settings(document, plan, board),
        *_of_calendars(document, plan),
        *_of_constraints(plan),
        *_of_work(document, plan),
        *_of_rows(plan, tasks),
    )


def _of_settings(document: Record, plan: Plan, board: Board) -> Iterator[str]:
    start, finish, day = (document.get(name) for name in ("StartDate", "FinishDate", "MinutesPerDay"))
    if "StartDate" in plan.odd.settings:
        if board.begins is not None:
            yield _(
                "the plan’s start ({words}) is no date that calendars reach: it begins with its first task, on {day}.",
                words=_shown([start or "–"]),
                day=format_date(as_date(board.begins, plan.zone), Style.LONG),
            )
        else:
            yield _(
                "the plan’s start ({words}) is no date that calendars reach: its work counts from today.",
                words=_shown([start or "–"]),
            )
    if not flag(document.get("ScheduleFromStart"), otherwise=True) and "FinishDate" in plan.odd.settings:
        yield _(
            "the plan counts back from its finish ({words}), which is no date that calendars reach: give it, "
            "`--end 2027-03-01`.",
            words=_shown([finish or "–"]),
        )
    if "StatusDate" in plan.odd.settings and document.get("StatusDate"):
        yield _(
            "the plan’s status date ({words}) is no date that calendars reach: it is passed over.",
            words=_shown([document.get("StatusDate")]),
        )
    if day and board.day_minutes is None:
        yield _(
            "the plan’s day of {words} minutes is none: one day is what the configuration says.", words=_shown([day])
        )


def _of_calendars(document: Record, plan: Plan) -> Iterator[str]:
    if plan.usual is None:
        yield _("the plan brings no calendar with working hours: those of the configuration hold.")
    idle = [name for uid, name in plan.calendars.idle.items() if uid != document.get("CalendarUID")]
    if idle:
        yield plural(
            "{count} calendar ({names}) is missing or never worked: the plan’s own stands for it.",
            "{count} calendars ({names}) are missing or never worked: the plan’s own stands for them.",
            len(idle),
            names=_shown(idle),
        )
    if plan.calendars.unread:
        words = _shown(list(dict.fromkeys(plan.calendars.unread)))
        yield _("hours or dates of calendars could not be read: {words}.", words=words)


def _of_constraints(plan: Plan) -> Iterator[str]:
    odd = plan.odd
    if odd.undated:
        yield plural(
            "{count} task ({names}) has a constraint without a date that calendars reach: it is not followed.",
            "{count} tasks ({names}) have a constraint without a date that calendars reach: it is not followed.",
            len(odd.undated),
            names=_shown(odd.undated),
        )
    if odd.unknown:
        yield plural(
            "{count} task ({names}) has a constraint of a kind that does not exist: it begins as soon as it can.",
            "{count} tasks ({names}) have a constraint of a kind that does not exist: they begin as soon as they can.",
            len(odd.unknown),
            names=_shown(odd.unknown),
        )
    if odd.spans:
        yield plural(
            "{count} summary ({names}) has a constraint that summaries cannot have: only “start no earlier than” and "
            "“finish no later than” are followed.",
            "{count} summaries ({names}) have a constraint that summaries cannot have: only “start no earlier than” "
            "and “finish no later than” are followed.",
            len(odd.spans),
            names=_shown(odd.spans),
        )


def _of_work(document: Record, plan: Plan) -> Iterator[str]:
    assigned: dict[str, list[Record]] = {}
    for assignment in document.all("Assignments", "Assignment"):
        assigned.setdefault(assignment.get("TaskUID"), []).append(assignment)
    delayed, cut, shaped = list[str](), list[str](), list[str]()
    for uid, record in plan.records.items():
        if _delayed(record):
            delayed.append(plan.name(record))
        if split(plan, record, assigned.get(uid, ())):
            cut.append(plan.name(record))
        if any(whole(each.get("WorkContour")) for each in assigned.get(uid, ())):
            shaped.append(plan.name(record))
    if delayed:
        yield plural(
            "{count} task ({names}) has a levelling delay, which is not followed.",
            "{count} tasks ({names}) have a levelling delay, which is not followed.",
            len(delayed),
            names=_shown(delayed),
        )
    if cut:
        yield plural(
            "{count} task ({names}) is split: its work is taken as one piece.",
            "{count} tasks ({names}) are split: their work is taken as one piece.",
            len(cut),
            names=_shown(cut),
        )
    if shaped:
        yield plural(
            "{count} task ({names}) has work that is spread unevenly: it is taken as even over its duration.",
            "{count} tasks ({names}) have work that is spread unevenly: it is taken as even over their duration.",
            len(shaped),
            names=_shown(shaped),
        )


def _of_rows(plan: Plan, tasks: Sequence[Task]) -> Iterator[str]:
    rows = plan.records.values()
    outside = [plan.name(record) for record in rows if flag(record.get("ExternalTask"))]
    inserted = [plan.name(each) for each in rows if each.get("SubprojectName") or flag(each.get("IsSubproject"))]
    spoilt = [task.title for task in tasks if any(each.field != "constraint" for each in task.unreadable)]
    said = (
        (outside, plural("{count} task ({names}) is another project’s: what follows it here goes by its stored dates.",
                         "{count} tasks ({names}) are other projects’: what follows them here goes by their stored "
                         "dates.", len(outside), names=_shown(outside))),
        (plan.odd.loose, plural("{count} task ({names}) waits for another project’s, which is not followed: its own "
                                "constraint stands, or no date is stored.",
                                "{count} tasks ({names}) wait for another project’s, which is not followed: their own "
                                "constraint stands, or no date is stored.",
                                len(plan.odd.loose), names=_shown(plan.odd.loose))),
        (inserted, plural("{count} inserted project ({names}) is read as one task: give its file as well.",
                          "{count} inserted projects ({names}) are read as one task each: give their files as well.",
                          len(inserted), names=_shown(inserted))),
        (plan.odd.repeated, plural("{count} task ({names}) has the id of another: it was left out.",
                                   "{count} tasks ({names}) have the id of another: they were left out.",
                                   len(plan.odd.repeated), names=_shown(plan.odd.repeated))),
        (plan.odd.deep, plural("{count} task ({names}) lies too deep in the outline: it counts as on level 100.",
                               "{count} tasks ({names}) lie too deep in the outline: they count as on level 100.",
                               len(plan.odd.deep), names=_shown(plan.odd.deep))),
        (spoilt, plural("{count} task ({names}) has dates or numbers that could not be read: they count as empty.",
                        "{count} tasks ({names}) have dates or numbers that could not be read: they count as empty.",
                        len(spoilt), names=_shown(spoilt))),
    )  # fmt: skip
    yield from (sentence for found, sentence in said if found)


def _shown(names: Sequence[str]) -> str:
    """The first names, each cut to a length that fits a sentence."""
    short = [name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…" for name in names[:_NAMED]]
    return ", ".join(short) + (", …" if len(names) > _NAMED else "")


def _delayed(record: Record) -> bool:
    try:
        return bool(number(record.get("LevelingDelay")))
    except ValueError:
        return False
