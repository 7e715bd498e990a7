"""STA104 stuck-status."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from pydantic import Field

from retro.i18n.words import fold, says_no_owner
from retro.lint import BaseRule
from retro.lint.examples import BOARD, ZONE, Bad, Case, a_task, bad, case, key_of, on
from retro.model import (
    Category,
    Finding,
    History,
    Owner,
    Seen,
    Severity,
    Standing,
    Status,
    StatusOrigin,
    Task,
    Template,
)
from retro.ports import Context
from retro_practices.touches import touched_by_people
from retro_practices.words import phrase

_FIRST = datetime(2026, 11, 2, 6, 30, tzinfo=ZONE)
_DECEMBER, _CHRISTMAS, _JANUARY = (
    datetime(2026, 12, 7, 15, tzinfo=ZONE),
    datetime(2026, 12, 21, 6, 30, tzinfo=ZONE),
    datetime(2027, 1, 6, 15, tzinfo=ZONE),
)
_NO_BALL = Template("in review since {since} at least, and nobody is named who has the ball")
_CLIENT = Template("in review since {since} at least; the ball is with the client")
_REVIEW = Template("in review since {since} at least; the ball is with {who}")


def _remembered(title: str, category: Category, since: datetime) -> History:
    standing = {key_of(title): Standing(category, since)}
    return History(boards={BOARD: Seen(first=_FIRST, standing=standing)})


class StuckStatus(BaseRule):
    """Work that stands still: under way without a change, or too long in review.

    What it says:
        A task is under way and nobody has changed anything on it for more than `days` working days (10); or it is in
        review for more than `review_days` (5), whatever is said meanwhile, and the finding says who has the ball.
        Days are those of the calendar of whoever works on it: leave and closures do not count. Retro's own reads tell
        since when a task stands where it does, and so do the tool's time stamps; what retro itself writes is no
        change, and this remark is never written on the card, where it would look like one. Nothing is said of boards
        given as files, of which nothing is remembered.

    Why:
        What does not move for two weeks waits for something that nobody says: an answer, a text, a decision. The
        meeting is there to ask; a review without an end is the usual way in which a date is lost.

    How to fix it in Notion:
        Move the row to where it stands, or write on it what it waits for, and from whom. In review, ask the reviewer
        for a date.

    How to fix it in Trello:
        Move the card to the list where it stands, or write in a comment what it waits for, and from whom. In review,
        ask the reviewer for a date.
    """

    code: ClassVar[str] = "STA104"
    name: ClassVar[str] = "stuck-status"
    french_name: ClassVar[str] = "statut figé"
    default: ClassVar[Severity] = Severity.WARNING
    comes_and_goes: ClassVar[bool] = True
    template: ClassVar[Template] = Template("under way, and nothing has changed since {since}")
    templates: ClassVar[tuple[Template, ...]] = (_REVIEW, _CLIENT, _NO_BALL)
    field: ClassVar[str | None] = "status"

    days: int = Field(default=10, ge=1, description="working days under way without a change.")
    review_days: int = Field(default=5, ge=1, description="working days in review.")

    good: ClassVar[tuple[Case, ...]] = (
        case(
            "Under way since December, but somebody worked on it last week.",
            a_task("[Web] FAQ", section="À produire", updated=_JANUARY),
            history=_remembered("[Web] FAQ", Category.DOING, _DECEMBER),
        ),
        case(
            "Sent for review on Wednesday.",
            a_task("[Print] Flyer", section="En validation", updated=_JANUARY),
            history=_remembered("[Print] Flyer", Category.REVIEW, _JANUARY),
        ),
        case(
            "To do since December: it is not under way.",
            a_task("[SEO] Audit", updated=_DECEMBER),
            history=_remembered("[SEO] Audit", Category.TODO, _DECEMBER),
        ),
        case("A file: nothing is remembered of it.", a_task("[Web] FAQ", section="À produire", updated=_DECEMBER)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Nobody has touched it since the beginning of December.",
                a_task("[Web] FAQ", section="À produire", updated=_DECEMBER),
                history=History(boards={BOARD: Seen(first=_JANUARY)}),
            ),
            on("[Web] FAQ", since=date(2026, 12, 7)),
        ),
        bad(
            case(
                "In review since before Christmas, though it is spoken of: the reviewer has the ball.",
                replace(
                    a_task("[Print] Flyer", section="En validation", updated=_JANUARY),
                    reviewer=Owner("client", "Mme Roy (client)"),
                ),
                history=_remembered("[Print] Flyer", Category.REVIEW, _CHRISTMAS),
            ),
            on("[Print] Flyer", since=date(2026, 12, 21), who=("Mme Roy (client)",)),
        ),
        bad(
            case(
                "In review at the client's: the ball is with them, whoever owns the card.",
                replace(
                    a_task("[Print] Flyer", owners=("Léa Martin",), updated=_CHRISTMAS),
                    status=Status("Chez le client", Category.REVIEW, StatusOrigin.MAPPED),
                ),
                history=_remembered("[Print] Flyer", Category.REVIEW, _CHRISTMAS),
            ),
            on("[Print] Flyer", since=date(2026, 12, 21)),
        ),
        bad(
            case(
                "Only retro wrote on it since: that is no change.",
                a_task("[SEO] Audit", section="À produire", updated=_JANUARY),
                own_touches={key_of("[SEO] Audit"): _JANUARY},
                history=History(boards={BOARD: Seen(first=_FIRST, people={key_of("[SEO] Audit"): _DECEMBER})}),
            ),
            on("[SEO] Audit", since=date(2026, 12, 7)),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Count working days since the last change, or since the review began."""
        if context.history is None:
            return
        boards, today = context.history.boards, context.today
        most = {Category.DOING: self.days, Category.REVIEW: self.review_days}
        recent = {category: context.now - timedelta(days=days) for category, days in most.items()}
        for task in self.base(context):
            category = task.status.category
            if category not in most or task.key in context.parents:
                continue
            seen = boards.get(task.board)
            standing = seen.standing.get(task.key) if seen is not None else None
            since = _since(task, standing, context)
            if since is None or since > recent[category]:
                continue
            day = context.day(since)
            if context.calendar_of(task).working_days_between(day, today) > most[category]:
                yield self._said(task, day)

    def _said(self, task: Task, since: date) -> Finding:
        if task.status.category is Category.DOING:
            return self.on_task(task, {"since": since})
        if task.reviewer is None and phrase("ritual", "client").search(fold(task.status.raw or "")):
            return self.on_task(task, {"since": since}, template=_CLIENT)
        who = tuple(owner.name for owner in task.busy if not says_no_owner(owner.name))
        if not who:
            return self.on_task(task, {"since": since}, template=_NO_BALL)
        return self.on_task(task, {"since": since, "who": who}, template=_REVIEW)


def _since(task: Task, standing: Standing | None, context: Context) -> datetime | None:
    """Since when, at the latest, a task under way has not changed, or one in review has been there.

    It came to where it stands by a touch: the last one bounds when that was, and so does the first read that found it
    there.
    """
    touched = touched_by_people(task, context)
    found = standing.since if standing is not None and standing.category is task.status.category else None
    if task.status.category is Category.DOING:
        since = touched or found
    else:
        since = min((each for each in (touched, found) if each is not None), default=None)
    # A run that looked back in time (`--now`) found it there before it was made.
    return since if since is None or task.created is None else max(since, task.created)
