"""New cards: one request each, with all that they hold; before the first milestone of a board without one, its label.

What a card waits for stands in a line of its description ("Dépend de : https://trello.com/c/…"), which goes out with
the card: a checklist would take a request for itself and one for each of its lines.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any

from pydantic import ValidationError

from retro.i18n import text as _
from retro.i18n.words import says_milestone
from retro.model import Category, Day, Reference, StatusOrigin, Task, as_date
from retro.model.values import arrived
from retro.ports import ConfigurationError, ReadOnlyError, SourceError, WriteUncertainError
from retro_trello import payload
from retro_trello.card_labels import names_on
from retro_trello.client import Client, JsonObject
from retro_trello.errors import INVALID, not_trello
from retro_trello.mapping import BoardReading, native_id
from retro_trello.status import section_status
from retro_trello.writing import lists_by_name, moment

COLOUR = "purple"
_CARD = "trello:/c/"
_ADDRESS = "https://trello.com/c/"


def check_new(tasks: Iterable[Task], on: BoardReading) -> None:
    """Raise ConfigurationError or SourceError where a card cannot be made as asked for, before any is."""
    for task in tasks:
        if task.own:
            raise ConfigurationError(
                _("retro’s own fields are written on a Trello card once it is there, not with it."), where=task.title
            )
        list_of(task, on)


def list_of(task: Task, on: BoardReading) -> str:
    """The id of the list that a new card goes to: the one that it names, else the board's first for things to do.

    Raises SourceError where there is none.
    """
    known = lists_by_name(on.lists.values())
    wanted = [task.section] if task.section else [each for each in known if _is_todo(each, on)]
    found = next((known[name] for name in wanted if name in known), None)
    if found is None:
        raise SourceError(
            _("the board has no list, or several, called “{name}”.", name=task.section)
            if task.section
            else _("no list of this board is known to be for things to do."),
            where=on.board.name,
            status=INVALID,
        )
    return found


def _is_todo(name: str, on: BoardReading) -> bool:
    status = section_status(name, on.settings)
    return status.category is Category.TODO and status.origin is not StatusOrigin.INFERRED


def with_milestone_label(on: BoardReading, task: Task, client: Client) -> tuple[BoardReading, str]:
    """The board with a label that says milestone, and that label's id; one is made where there is none."""
    label = next((each.id for each in on.board.labels if each.id and says_milestone(each.name)), "")
    if label:
        return on, label
    name = next(iter(task.labels), "") or _("Milestone")
    made = payload.Label.model_validate(client.create_label(on.board.id, name, COLOUR))
    if not made.id:
        raise not_trello(on.board.name, writing=True)
    board = on.board.model_copy(update={"labels": [*on.board.labels, made]})
    return replace(on, board=board, labels=names_on(board)), made.id


def make(client: Client, task: Task, on: BoardReading, zone: tzinfo, *, label: str, lang: str | None) -> payload.Card:
    """Make the card of a task; `label` is that of a milestone, `lang` the language of what it waits for.

    Raises ReadOnlyError where the token may not write, WriteUncertainError where it is not known whether the card was
    made whole, SourceError where Trello refuses it.
    """
    card = _read(client.create_card(on.board.id, body(task, on, zone, label=label, lang=lang)), on)
    if more := mended_start(task, card, zone):
        try:
            card = _read(client.update_card(card.id, more), on)
        except (SourceError, ReadOnlyError) as error:
            raise WriteUncertainError(error.what, where=error.where, remedy=error.remedy) from None
    return card


def _read(document: JsonObject, on: BoardReading) -> payload.Card:
    try:
        return payload.Card.model_validate(document)
    except ValidationError:
        raise not_trello(on.board.name, writing=True) from None


def body(task: Task, on: BoardReading, zone: tzinfo, *, label: str, lang: str | None) -> dict[str, Any]:
    """The body of the request that makes a card; `lang` is the language of the line of what it waits for."""
    members = {member.id for member in on.board.members}
    found: dict[str, Any] = {
        "idList": list_of(task, on),
        "name": task.title,
        "desc": _description(task, on.settings.day_minutes, lang),
        "pos": "bottom",
        "idMembers": [id_ for owner in task.owners if (id_ := native_id(owner.key)) in members],
        "idLabels": [label] if label else [],
        "start": _first_day(task.start, zone) if task.start is not None else None,
        "due": moment("due", task.due, zone) if task.due is not None else None,
    }
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _first_day(start: Day, zone: tzinfo) -> str:
    """The start of a new card, which Trello takes as a day alone: one whose midnight in UTC is that day in `zone`."""
    day = as_date(start, zone)
    midnight = datetime.combine(day, time(), UTC)
    return (day if as_date(midnight, zone) == day else day + timedelta(days=1)).isoformat()


def mended_start(task: Task, card: payload.Card, zone: tzinfo) -> dict[str, Any]:
    """What is still to be written of a card just made, where Trello took its start for another day or hour."""
    if task.start is None or (card.start is not None and arrived(card.start, task.start, zone)):
        return {}
    return {"start": moment("start", task.start, zone)}


def _description(task: Task, day_minutes: int, lang: str | None) -> str:
    """What was asked for, after a line of the cards that it waits for, each with the working days in between."""
    links = [_link(each, day_minutes, lang) for each in task.references if each.target.startswith(_CARD)]
    line = _("Depends on: {cards}", lang=lang, cards=" · ".join(links)) if links else ""
    return "\n\n".join(part for part in (line, task.description or "") if part)


def _link(reference: Reference, day_minutes: int, lang: str | None) -> str:
    address = f"{_ADDRESS}{reference.target.removeprefix(_CARD)}"
    if reference.lag.value <= 0:
        return address
    days = f"{reference.lag.value / day_minutes:.2f}".rstrip("0").rstrip(".")
    return f"{address} {_('+{days} d', lang=lang, days=days)}"
