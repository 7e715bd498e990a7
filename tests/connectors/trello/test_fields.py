"""Custom fields: all five kinds as stable text, work that is left, dates that stand in for a card's own."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.connectors.trello import documents as made

from retro.model import Task
from retro_trello import payload
from retro_trello.fields import field_text, uses
from retro_trello.settings import BoardSettings

Tasks = Callable[..., dict[str, Task]]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("text", {"text": "Été "}, "Été "),
        ("checkbox", {"checked": "true"}, "true"),
        ("checkbox", {"checked": "false"}, "false"),
        ("number", {"number": "3"}, "3"),
        ("number", {"number": "2.50"}, "2.5"),
        ("number", {"number": "1e3"}, "1000"),
        ("number", {"number": "1E-7"}, "0.0000001"),
        ("number", {"number": "-0.0"}, "0"),
        ("number", {"number": "12345678901234567890"}, "12345678901234567890"),
        ("number", {"number": "1e400000000"}, "1e400000000"),
        ("number", {"number": "beaucoup"}, "beaucoup"),
        ("number", {"number": "NaN"}, "NaN"),
        ("date", {"date": "2027-03-01T23:30:00.000Z"}, "2027-03-02"),
        ("date", {"date": "2027-06-30T21:59:00.000Z"}, "2027-06-30"),
        ("date", {"date": "bientôt"}, "bientôt"),
        ("date", None, ""),
        ("mystère", {"mystère": 4}, "4"),
    ],
)
def test_each_kind_as_text(kind: str, value: dict[str, object] | None, text: str) -> None:
    """A field's value is one text: days of the workspace's zone, numbers written out, true or false."""
    field = payload.CustomField.model_validate(made.field(1, "x", kind))
    held = payload.CustomFieldItem.model_validate({"idCustomField": field.id, "value": value})
    assert field_text(field, held, ZoneInfo("Europe/Paris")) == text


def test_a_choice_is_its_name() -> None:
    """A list field's value is the words of the option."""
    field = payload.CustomField.model_validate(made.field(1, "Canal", "list", "SEO", "Réseaux"))
    held = payload.CustomFieldItem.model_validate(made.chosen(1, 1))
    assert field_text(field, held, ZoneInfo("Europe/Paris")) == "Réseaux"


@pytest.mark.parametrize(
    ("name", "number", "settings", "minutes"),
    [
        ("RAF", "1.5", {}, 630),
        ("RAF", "1.5", {"number_unit": "hours"}, 90),
        ("RAF (JH)", "2", {"day_minutes": 480}, 960),
        ("Reste à faire (heures)", "3", {}, 180),
        ("Remaining (h)", "0", {}, 0),
        ("Reste", "-1", {}, None),
        ("Reste", "1e9", {}, None),
        ("Reste", "trois", {}, None),
        ("Points remaining", "3", {}, None),
        ("Budget", "3", {}, None),
    ],
)
def test_work_that_is_left(
    tasks: Tasks, name: str, number: str, settings: dict[str, object], minutes: int | None
) -> None:
    """A number field of that name tells what is left, in its own unit or the workspace's; it is no estimate."""
    document = made.board(
        made.card(1, "a", customFieldItems=[made.item(1, number=number)]), customFields=[made.field(1, name, "number")]
    )
    task = tasks(document, BoardSettings.model_validate(settings))["a"]
    assert (task.remaining, task.estimates) == (minutes, ())
    assert name in task.extra


def test_a_remainder_stands_beside_the_estimate(tasks: Tasks) -> None:
    """JH says how much it is, RAF how much of it is left."""
    document = made.board(
        made.card(1, "a", customFieldItems=[made.item(1, number="5"), made.item(2, number="2")]),
        customFields=[made.field(1, "JH", "number"), made.field(2, "RAF", "number")],
    )
    task = tasks(document)["a"]
    assert ([said.value for said in task.estimates], task.remaining) == ([5.0], 840)


DATES = [made.field(1, "Début", "date"), made.field(2, "Échéance", "date"), made.field(3, "Parution", "date")]
VALUES = [
    made.item(1, date="2027-02-01T11:00:00.000Z"),
    made.item(2, date="2027-02-05T23:30:00.000Z"),
    made.item(3, date="2027-03-01T11:00:00.000Z"),
]


def test_date_fields_fill_what_the_card_leaves_empty(tasks: Tasks) -> None:
    """Début and Échéance stand in where a card has no dates of its own, as days; other date fields never do."""
    task = tasks(made.board(made.card(1, "a", customFieldItems=VALUES), customFields=DATES))["a"]
    assert (task.start, task.due, task.assumed) == (date(2027, 2, 1), date(2027, 2, 6), frozenset())


def test_a_cards_own_dates_go_first(tasks: Tasks) -> None:
    """A date that the card has is the card's, whatever a field says."""
    card = made.card(1, "a", customFieldItems=VALUES, due="2027-02-03T16:00:00.000Z")
    task = tasks(made.board(card, customFields=DATES))["a"]
    assert (task.start, task.due) == (date(2027, 2, 1), datetime(2027, 2, 3, 16, tzinfo=UTC))


def test_a_due_date_that_cannot_be_read_is_not_replaced(tasks: Tasks) -> None:
    """Where the card has a date that nobody can read, no field is taken in its place."""
    card = made.card(1, "a", customFieldItems=VALUES, due="bientôt")
    assert tasks(made.board(card, customFields=DATES))["a"].due is None


def test_fields_that_say_something_of_a_card(tasks: Tasks) -> None:
    """Client, phase, priority and type are known by name in both languages."""
    document = made.board(
        made.card(
            1,
            "a",
            customFieldItems=[
                made.item(1, text="Maison Aubier"),
                made.item(2, text="Lancement"),
                made.chosen(3, 0),
                made.item(4, text="Jalon"),
            ],
        ),
        customFields=[
            made.field(1, "Annonceur", "text"),
            made.field(2, "Phase", "text"),
            made.field(3, "Priority", "list", "Haute"),
            made.field(4, "Type", "text"),
        ],
    )
    task = tasks(document)["a"]
    assert (task.client, task.phase, task.priority, task.milestone) == ("Maison Aubier", "Lancement", "Haute", True)


def test_the_board_says_what_its_fields_are_for() -> None:
    """Each of the team's fields with a meaning is told once; a field without one is not."""
    fields = [
        made.field(1, "JH", "number"),
        made.field(2, "RAF", "number"),
        made.field(3, "Prérequis", "text"),
        made.field(4, "Prérequis", "number"),
        made.field(5, "Canal", "list", "SEO"),
        made.field(6, "Échéance", "date"),
        made.field(7, "Taille", "list", "S", "M"),
        made.field(8, "Parution", "date"),
    ]
    told = list(uses(payload.CustomField.model_validate(field) for field in fields))
    assert all(use.id for use in told)
    assert [(use.name, use.role, use.type) for use in told] == [
        ("JH", "estimate", "number"),
        ("RAF", "remaining", "number"),
        ("Prérequis", "predecessors", "text"),
        ("Canal", "channel", "list"),
        ("Échéance", "due", "date"),
        ("Taille", "estimate", "list"),
    ]
