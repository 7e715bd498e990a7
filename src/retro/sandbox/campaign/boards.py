"""Builds the campaign's boards, so that they tell the same story whatever the day.

An agency launches «Ondalie», a filtering flask. Most cards are sound; about a dozen are not, one for each thing that
retro remarks. Every date is placed by working days (weekends and French public holidays apart) around the given day.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from retro.sandbox.campaign import contents, past, plan, site
from retro.sandbox.trello import cards, comments
from retro.sandbox.trello.build import BoardBuilder, new_state
from retro.sandbox.trello.build_cards import DUE
from retro.sandbox.trello.history import Hand
from retro.sandbox.trello.ids import stamp
from retro.sandbox.trello.state import State

if TYPE_CHECKING:
    from retro.sandbox.trello.build_cards import CardMade

NAME = "Lancement Ondalie"
BOARD_NAMES = {plan.CONTENTS: "Ondalie – contenus", plan.SITE: "Ondalie – site & média"}
BOARD_LINKS = {plan.CONTENTS: "Ond4Cont", plan.SITE: "Ond4Site"}
VISIBILITY = {plan.CONTENTS: "private", plan.SITE: "org"}
WORK_FIELD = "JH"
"""The number field of both boards: days of work."""

_PARIS = ZoneInfo("Europe/Paris")
_MORNING = time(9)
_CREATED = -25
_NOTICED = time(16, 30)
_MOVE_EVERY = 4
"""Working days between two moves of a due date, the last one as long ago."""


class WorkingDays:
    """Days counted in French working days from the first one on or after `today`."""

    def __init__(self, today: date) -> None:
        import holidays  # noqa: PLC0415 - slow to import, and this module is read for its names too

        self._off = holidays.country_holidays("FR", years=range(today.year - 1, today.year + 2))
        self._zero = today
        while not self._works(self._zero):
            self._zero += timedelta(days=1)

    def _works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self._off  # noqa: PLR2004 - Saturday is 5

    def day(self, offset: int) -> date:
        """The working day `offset` working days after day 0."""
        day, step = self._zero, timedelta(days=1 if offset > 0 else -1)
        for _ in range(abs(offset)):
            day += step
            while not self._works(day):
                day += step
        return day


def launch(today: date) -> date:
    """The day of the launch, nine to ten weeks after `today`."""
    return WorkingDays(today).day(plan.LAUNCH)


def leave(today: date) -> dict[str, tuple[date, date]]:
    """First and last day of leave, by the full name of those who take some before the launch."""
    days = WorkingDays(today)
    return {one.name: (days.day(one.leave[0]), days.day(one.leave[1])) for one in plan.TEAM if one.leave is not None}


def build(today: date, zone: tzinfo = _PARIS) -> State:
    """The two boards as they stand on the morning of `today`, which is the state's now (09:00 in `zone`)."""
    return _Campaign(today, zone).state


class _Campaign:
    def __init__(self, today: date, zone: tzinfo) -> None:
        self.days = WorkingDays(today)
        self.zone = zone
        now = datetime.combine(today, _MORNING, zone)
        self.state = new_state(lambda: now, seed=NAME)
        for who in plan.TEAM:
            self.state.add_member(who.name, who.username, who.id)["idOrganizations"] = [self.state.organization]
        self.boards = {key: self._board(key) for key in BOARD_NAMES}
        self.made: dict[str, CardMade] = {}
        self._on: dict[str, BoardBuilder] = {}
        for key, planned in ((plan.CONTENTS, contents.CARDS), (plan.SITE, site.CARDS)):
            self._cards(self.boards[key], planned)
        for one in (*contents.CARDS, *site.CARDS):
            self._link(one)
        self._past()

    def _at(self, offset: int, hour: time = _NOTICED) -> datetime:
        return datetime.combine(self.days.day(offset), hour, self.zone)

    def _board(self, key: str) -> BoardBuilder:
        board = BoardBuilder(
            BOARD_NAMES[key],
            self.state,
            zone=self.zone,
            link=BOARD_LINKS[key],
            visibility=VISIBILITY[key],
            created=self._at(_CREATED, _MORNING),
        )
        for one in plan.TEAM:
            board.member(one.name, kind="admin" if one is plan.CAMILLE else "normal")
        board.label("jalon", "red")
        board.field(WORK_FIELD, "number")
        for name in plan.LISTS[key]:
            board.list(name)
        return board

    def _cards(self, board: BoardBuilder, planned: Iterable[plan.Planned]) -> None:
        for one in planned:
            self._on[one.key] = board
            self.made[one.key] = board.list(one.list).card(
                one.title,
                start=None if one.start is None else self.days.day(one.start),
                due=None if one.due is None else self.days.day(one.due),
                members=[who.name for who in one.who],
                labels=one.labels,
                desc=one.said.format_map({key: card.number for key, card in self.made.items()}),
                closed=one.archived,
                template=one.template,
                role=one.role,
                values={} if one.work is None else {WORK_FIELD: one.work},
            )

    def _link(self, one: plan.Planned) -> None:
        if one.after:
            self._on[one.key].depend(self.made[one.key], *(self.made[key] for key in one.after))

    def _past(self) -> None:
        """What happened before today: cards ticked off, due dates that moved, comments, cards worked on."""
        for one in (*contents.CARDS, *site.CARDS):
            if one.list == plan.DONE and one.due is not None:
                of = self.made[one.key].document
                cards.update(self._on[one.key].document, of, {"dueComplete": True}, self._hand(one.who[0], one.due))
        for key, who, before in past.MOVED:
            on, of = self._on[key].document, self.made[key].document
            dues = [*(stamp(self._at(day, DUE)) for day in before), of["due"]]
            of["due"] = dues[0]
            for turn, due in enumerate(dues[1:], start=1 - len(dues)):
                cards.update(on, of, {"due": due}, self._hand(who, _MOVE_EVERY * turn))
        for key, who, day in past.EDITED:
            of = self.made[key].document
            cards.update(self._on[key].document, of, {"pos": of["pos"] + 1}, self._hand(who, day))
        for key, who, day, text in past.COMMENTS:
            comments.add(self._on[key].document, self.made[key].document, text, self._hand(who, day))

    def _hand(self, who: plan.Teammate, offset: int) -> Hand:
        return self.state.hand(who.id, self._at(offset))
