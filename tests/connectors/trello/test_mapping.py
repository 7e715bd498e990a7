"""Trello's documents become the common model, whatever their year."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from tests.connectors.trello import documents as made
from tests.connectors.trello.conftest import read

from retro.model import Category, DueMove, EstimateOrigin, Owner, Role, StatusOrigin, Task
from retro_trello.mapping import snapshot
from retro_trello.settings import BoardSettings

Tasks = Callable[..., dict[str, Task]]
ARTICLE = "🎯 [SEO] Article de fond (2)"


def test_counts_of_an_old_board() -> None:
    """Archived cards, cards of archived lists and separators are set aside; a 2015 export needs no newer field."""
    document = made.board_of_2015()
    found = snapshot(read(document), source="s", read_at=datetime(2027, 1, 4, tzinfo=UTC), archived_known=True)
    counted = [task for task in found.tasks if task.counts]
    assert len(found.tasks) == len(document["cards"]) == 5
    assert sum(task.archived for task in found.tasks) == 2
    assert [task.title for task in counted] == ["(3) Logo", "Site"]
    assert [task.title for task in counted if task.is_open] == ["(3) Logo"]


def test_keys_and_handles(tasks: Tasks) -> None:
    """Cards are known by Trello's ids, and other cards may name them by link or, on their board, by number."""
    task = tasks(made.board_of_2026())[ARTICLE]
    assert task.key == f"trello:{made.card_id(1)}"
    assert task.board == f"trello:{made.BOARD}"
    assert task.handles == ("trello:/c/Lnk00001", "#1")
    assert task.created == datetime(2020, 9, 13, 12, 26, 41, tzinfo=UTC)


def test_dates_are_never_shifted(tasks: Tasks) -> None:
    """Due and start stay the instants that Trello holds, in UTC."""
    task = tasks(made.board_of_2026())[ARTICLE]
    assert task.due == datetime(2027, 2, 1, 22, 30, tzinfo=UTC)
    assert task.start == datetime(2027, 1, 20, 8, 0, tzinfo=UTC)


def test_owners(tasks: Tasks) -> None:
    """An owner has a full name, else a user name; one who left the board without a trace keeps the id."""
    found = tasks(made.board_of_2026())
    assert found[ARTICLE].owners == (
        Owner(f"trello:{made.LEA}", "Léa Martin"),
        Owner(f"trello:{made.GONE}", made.GONE),
    )
    assert found["Charte graphique"].owners == (Owner(f"trello:{made.KARIM}", "karimb"),)


def test_an_owner_who_left_keeps_the_name(tasks: Tasks) -> None:
    """Whoever wrote a comment and then left the board is known by the name that it bears."""
    wrote = made.action(1, "commentCard", 1, {"text": "Relu"}) | {
        "idMemberCreator": made.GONE,
        "memberCreator": {"id": made.GONE, "fullName": "Anna Roy"},
    }
    found = tasks(made.board(made.card(1, "a", idMembers=[made.GONE]), actions=[wrote]))
    assert found["a"].owners == (Owner(f"trello:{made.GONE}", "Anna Roy"),)


def test_roles(tasks: Tasks) -> None:
    """Templates, mirrors, separators and cards that inform are told from work."""
    found = {**tasks(made.board_of_2015()), **tasks(made.board_of_2026())}
    assert found["---"].role is Role.SEPARATOR
    assert found["Modèle d’article"].role is Role.TEMPLATE
    assert found["Miroir"].role is Role.MIRROR
    assert found["Horaires du salon"].role is Role.INFORMATIVE
    assert found["Site"].role is Role.TASK


def test_a_mapped_list_is_work_whatever_its_name(tasks: Tasks) -> None:
    """A list that the configuration maps holds tasks, even one called Infos."""
    settings = BoardSettings(status={Category.DOING: ["infos"]})
    task = tasks(made.board_of_2026(), settings)["Horaires du salon"]
    assert (task.role, task.status.category) == (Role.TASK, Category.DOING)


def test_dependencies_in_order(tasks: Tasks) -> None:
    """Checklist, then text field; links, numbers and exact titles; each target once."""
    task = tasks(made.board_of_2026())[ARTICLE]
    assert [(each.target, each.by_title, each.origin) for each in task.references] == [
        ("trello:/c/Lnk00002", False, "checklist"),
        ("Charte graphique", True, "checklist"),
        ("#2", False, "field"),
    ]


def test_a_description_names_a_predecessor_by_link_only(tasks: Tasks) -> None:
    """A line "Bloqué par :" counts where a link or number follows, prose never."""
    document = made.board(
        made.card(1, "a", desc=f"Contexte\n- **Dépend de :** {made.address(2)} et #3\nAprès validation #4"),
        made.card(2, "b", desc="Après : la fin du mois\nVoir #1"),
    )
    found = tasks(document)
    assert [each.target for each in found["a"].references] == ["trello:/c/Lnk00002", "#3"]
    assert found["b"].references == ()


def test_children_and_their_checklist(tasks: Tasks) -> None:
    """Cards in a checklist of parts are children, not predecessors; other lines of it stay checklist items."""
    task = tasks(made.board_of_2026())["Charte graphique"]
    assert task.children == ("trello:/c/Lnk00001",)
    assert task.references == ()
    assert [item.title for item in task.checklist] == ["Choisir la police"]


def test_attached_cards_are_related_only(tasks: Tasks) -> None:
    """An attached card is related: it is no dependency, whichever way it points."""
    task = tasks(made.board_of_2026())[ARTICLE]
    assert task.related == ("trello:/c/Lnk00003",)
    assert [each.name for each in task.attachments] == ["carte", "brief.pdf"]


def test_estimates(tasks: Tasks) -> None:
    """Number fields with the unit of their name, points in a title, T-shirt labels, in this order."""
    task = tasks(made.board_of_2026())[ARTICLE]
    assert [(each.origin, each.value, each.unit, each.text, each.field) for each in task.estimates] == [
        (EstimateOrigin.NUMBER, 2.5, "days", "", "JH"),
        (EstimateOrigin.POINTS, 2.0, "", "", ""),
        (EstimateOrigin.SIZE, None, "", "M", ""),
    ]


@pytest.mark.parametrize("title", ["Salon (2026)", "Lot (12) suite", "Version (v3)", "3) Plan", "()"])
def test_other_numbers_are_no_points(tasks: Tasks, title: str) -> None:
    """Points stand at a title's beginning or end, and a year is none."""
    assert tasks(made.board(made.card(1, title)))[title].estimates == ()


def test_custom_fields_of_every_kind(tasks: Tasks) -> None:
    """All five kinds become text; retro's own are set apart; a channel field gives the channel."""
    task = tasks(made.board_of_2026())[ARTICLE]
    assert task.extra == {
        "JH": "2.5",
        "Prérequis": "#2; Charte graphique",
        "Urgent": "true",
        "Canal": "Social",
        "Parution": "2027-03-01",
    }
    assert task.own == {"latest": date(2027, 1, 29)}
    assert task.channel == "Social"


def test_pins_go_before_names(tasks: Tasks) -> None:
    """A pinned id is retro's own field whatever it is called now; the field of that name is then the team's."""
    document = made.board_of_2026()
    pinned = tasks(document, latest=made.field(6, "", "date")["id"])[ARTICLE]
    assert pinned.own == {"latest": date(2027, 3, 1)}
    assert "retro · au plus tard" in pinned.extra


@pytest.mark.parametrize("text", ["[" + " " * 16_000, "(3)" + "!" * 16_000 + "a", " (" * 8_000, "#1 " * 5_000])
def test_the_longest_texts_are_read_at_once(tasks: Tasks, text: str) -> None:
    """A title, a list and a description made to keep patterns busy for minutes are a task like any other."""
    found = tasks(made.board(made.card(1, text, desc=text), lists=[{"id": made.TODO, "name": text}]))
    assert [task.channel for task in found.values()] == [None]


def test_channel_from_brackets(tasks: Tasks) -> None:
    """A bracket at the title's beginning names the channel, an emoji before it allowed; elsewhere it does not."""
    found = tasks(
        made.board(made.card(1, "🎙️ [Podcast] Pilote"), made.card(2, "Pilote [Podcast]"), made.card(3, "[] x"))
    )
    assert [task.channel for task in found.values()] == ["Podcast", None, None]


def test_milestones_and_opt_out(tasks: Tasks) -> None:
    """A label names a milestone; the opt-out label keeps retro's hands off."""
    found = tasks(made.board_of_2026())
    assert [task.title for task in found.values() if task.milestone] == ["Mise en ligne"]
    assert [task.title for task in found.values() if task.opted_out] == ["Charte graphique"]


def test_history(tasks: Tasks) -> None:
    """Moves of the due date and comments come from the actions, oldest first."""
    task = tasks(made.board_of_2026())[ARTICLE]
    first, second = datetime(2027, 1, 25, 16, tzinfo=UTC), datetime(2027, 2, 1, 22, 30, tzinfo=UTC)
    assert task.due_history == (
        DueMove(datetime(2021, 1, 4, 10, tzinfo=UTC), "Léa Martin", None, first),
        DueMove(datetime(2021, 1, 5, 10, tzinfo=UTC), "Léa Martin", first, second),
    )
    assert task.comments == ("Relu",)


def test_without_actions_comments_were_not_read(tasks: Tasks) -> None:
    """An export without actions says nothing of comments: not read, rather than none."""
    assert tasks(made.board(made.card(1, "a")))["a"].comments is None


@pytest.mark.parametrize(
    ("section", "labels", "done", "category", "origin"),
    [
        (made.TODO, [], False, Category.TODO, StatusOrigin.MAPPED),
        (made.TODO, [], True, Category.DONE, StatusOrigin.NATIVE),
        (made.DONE, [], False, Category.DONE, StatusOrigin.MAPPED),
        (made.CLIENT, [], False, Category.TODO, StatusOrigin.INFERRED),
        (made.CLIENT, ["En cours"], False, Category.DOING, StatusOrigin.MAPPED),
        (made.CLIENT, ["En cours", "Terminé"], False, Category.TODO, StatusOrigin.INFERRED),
        (made.TODO, ["En cours"], False, Category.TODO, StatusOrigin.MAPPED),
        ("5f00000000000000000002ee", [], False, Category.TODO, StatusOrigin.INFERRED),
    ],
)
def test_status(
    tasks: Tasks, section: str, labels: list[str], *, done: bool, category: Category, origin: StatusOrigin
) -> None:
    """The list's word, else the one label that is a status; a tick is done; what no list knows is assumed."""
    names = [{"id": name, "name": name} for name in labels]
    task = tasks(made.board(made.card(1, "a", idList=section, labels=names, dueComplete=done)))["a"]
    assert (task.status.category, task.status.origin) == (category, origin)
    assert task.assumed == ({"status"} if origin is StatusOrigin.INFERRED else frozenset())


def test_the_configuration_goes_first(tasks: Tasks) -> None:
    """A configured label goes before a configured list, which goes before the word lists."""
    settings = BoardSettings(status={Category.REVIEW: ["Chez Paul"], Category.READY: ["a produire"]})
    paul = made.card(1, "a", labels=[{"id": "x", "name": "chez paul"}])
    found = tasks(made.board(paul, made.card(2, "b")), settings)
    assert [task.status.category for task in found.values()] == [Category.REVIEW, Category.READY]


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"prefs": {"permissionLevel": "public"}}, True),
        ({"prefs": {"permissionLevel": "org"}}, False),
        ({}, False),
        ({"memberships": [{"idMember": made.LEA, "memberType": "observer"}]}, True),
        ({"prefs": {}}, None),
    ],
)
def test_who_can_see_the_board(change: made.Document, *, seen: bool | None) -> None:
    """Public boards and boards with observers are seen from outside; without preferences nobody can tell."""
    on = read(made.board(made.card(1, "a"), **change))
    found = snapshot(on, source="s", read_at=datetime(2027, 1, 4, tzinfo=UTC), archived_known=True)
    assert found.board.guests_see is seen


def test_the_board_says_what_was_not_read() -> None:
    """Power-Up data that retro cannot read is said; a truncated history is dated, for the run to judge."""
    actions = [made.action(n, "updateCard", 1, {}) for n in range(1000)]
    on = read(made.board(made.card(1, "a", pluginData=[{"value": "{}"}]), actions=actions))
    found = snapshot(on, source="s", read_at=datetime(2027, 1, 4, tzinfo=UTC), archived_known=True)
    assert len(found.board.warnings) == 1
    assert found.history_since == datetime(2021, 1, 4, 10, tzinfo=UTC)
    read_whole = read(made.board(made.card(1, "a"), actions=actions[:999]))
    whole = snapshot(read_whole, source="s", read_at=datetime(2027, 1, 4, tzinfo=UTC), archived_known=True)
    assert whole.history_since is None


@pytest.mark.parametrize(
    "change",
    [
        {"name": "autre"},
        {"due": "2027-02-02T16:00:00.000Z"},
        {"start": None},
        {"idList": made.DONE},
        {"idMembers": [made.LEA]},
        {"closed": True},
        {"dueComplete": True},
        {"labels": []},
        {"customFieldItems": []},
        {"desc": f"Dépend de : {made.address(7)}"},
    ],
)
def test_what_decisions_read_moves_the_revision(change: made.Document) -> None:
    """Title, dates, list, people, labels, fields and links are in the revision."""
    before, after = made.board_of_2026(), made.board_of_2026()
    after["cards"][0].update(change)
    revisions = [next(iter(snapshot_tasks(document))).revision for document in (before, after)]
    assert revisions[0] != revisions[1]


@pytest.mark.parametrize(
    "change", [{"dateLastActivity": "2027-01-01T00:00:00.000Z"}, {"pos": 1}, {"badges": {"comments": 4}}, {"desc": "x"}]
)
def test_the_rest_leaves_the_revision(change: made.Document) -> None:
    """Comments, drags within a list and prose block no write."""
    before, after = made.board_of_2026(), made.board_of_2026()
    after["cards"][0].update(change)
    after["actions"] = []
    assert [task.revision for task in snapshot_tasks(before)] == [task.revision for task in snapshot_tasks(after)]


def snapshot_tasks(document: made.Document) -> tuple[Task, ...]:
    """The tasks of a board."""
    return snapshot(read(document), source="s", read_at=datetime(2027, 1, 4, tzinfo=UTC), archived_known=True).tasks


def test_labels_that_agree_tell_the_status(tasks: Tasks) -> None:
    """Where lists are clients, several labels of one category tell it; a label of a subject tells nothing."""
    labels = [{"id": name, "name": name} for name in ("Bloqué", "En attente", "Live")]
    found = tasks(
        made.board(
            made.card(1, "a", idList=made.CLIENT, labels=labels),
            made.card(2, "b", idList=made.CLIENT, labels=labels[2:]),
        )
    )
    assert (found["a"].status.category, found["a"].status.raw) == (Category.DOING, "Bloqué")
    assert found["b"].assumed == {"status"}


def test_moves_through_an_application_count(tasks: Tasks) -> None:
    """A move made through an API key may well be a person's on a telephone: it is kept."""
    document = made.board_of_2026()
    document["actions"] = [{**action, "appCreator": {"id": made.GONE}} for action in document["actions"]]
    assert len(tasks(document)[ARTICLE].due_history) == 2


def test_who_has_left_is_known() -> None:
    """A closed account, and somebody who has a card but is no member, are gone; without members nobody can tell."""
    gone = "5f0000000000000000000209"
    closed = [{"idMember": made.LEA, "memberType": "normal", "deactivated": True}]
    cards = (made.card(1, "a", idMembers=[made.LEA, gone]), made.card(2, "b", idMembers=[made.KARIM]))
    when = datetime(2027, 1, 4, tzinfo=UTC)
    found = snapshot(read(made.board(*cards, memberships=closed)), source="s", read_at=when, archived_known=True)
    assert {person.key: person.left for person in found.people} == {
        f"trello:{made.LEA}": True,
        f"trello:{made.KARIM}": False,
        f"trello:{gone}": True,
    }
    alone = snapshot(read(made.board(*cards, members=[])), source="s", read_at=when, archived_known=True)
    assert not any(person.left for person in alone.people)
