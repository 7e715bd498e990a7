"""From pages to tasks."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from tests.connectors.notion.documents import PAGE, pair, runs, status_config, task, uuid

from retro.model import Category, EstimateOrigin, LinkDirection, OwnerKind, Role, StatusOrigin
from retro_notion.settings import BoardSettings

RANGE: dict[str, Any] = {"Échéance": "date"}


def dated(start: str, end: str | None = None, zone: str | None = None) -> dict[str, Any]:
    """A date cell."""
    return {"Échéance": ("date", {"start": start, "end": end, "time_zone": zone})}


def test_one_column_is_a_range() -> None:
    """A lone date is the due date; a range is start and due."""
    assert task(RANGE, dated("2027-02-01")).due == date(2027, 2, 1)
    assert task(RANGE, dated("2027-02-01")).start is None
    both = task(RANGE, dated("2027-02-01", "2027-02-05"))
    assert (both.start, both.due) == (date(2027, 2, 1), date(2027, 2, 5))


def test_two_columns_are_start_and_due() -> None:
    """Each column gives its date; a plain date stays one."""
    columns: dict[str, Any] = {"Échéance": "date", "Début": "date"}
    found = task(columns, {**dated("2027-02-05"), "Début": ("date", {"start": "2027-02-01"})})
    assert (found.start, found.due) == (date(2027, 2, 1), date(2027, 2, 5))
    assert not isinstance(found.due, datetime)


def test_instants_keep_their_offset() -> None:
    """An hour comes with an offset, is read in the zone beside it, or in the workspace's."""
    told = task(RANGE, dated("2027-06-27T17:57:00.000+01:00")).due
    assert told == datetime(2027, 6, 27, 17, 57, tzinfo=timezone(timedelta(hours=1)))
    beside = task(RANGE, dated("2027-06-27T17:57:00", zone="America/New_York")).due
    assert beside == datetime(2027, 6, 27, 21, 57, tzinfo=UTC)
    assert task(RANGE, dated("2027-06-27T17:57:00")).due == datetime(2027, 6, 27, 15, 57, tzinfo=UTC)


def test_a_date_that_is_none_is_shown_as_text() -> None:
    """An impossible date is no date, and its words stay."""
    found = task(RANGE, dated("2027-02-31"))
    assert found.due is None
    assert found.extra["Échéance"] == "2027-02-31"


@pytest.mark.parametrize(
    ("option", "category", "origin"),
    [
        ("À planifier", Category.TODO, StatusOrigin.NATIVE),
        ("Étape A", Category.TODO, StatusOrigin.NATIVE),
        ("En tournage", Category.DOING, StatusOrigin.NATIVE),
        ("Retour client", Category.REVIEW, StatusOrigin.MAPPED),
        ("Attente validation", Category.REVIEW, StatusOrigin.MAPPED),
        ("Bouclé à la main", Category.DONE, StatusOrigin.NATIVE),
        ("Annulé", Category.CANCELLED, StatusOrigin.MAPPED),
    ],
)
def test_groups_give_categories_and_names_refine_them(option: str, category: Category, origin: StatusOrigin) -> None:
    """An unknown name has its group's category; a known one says it better, even in the wrong group."""
    config = status_config(
        To_do=["À planifier", "Étape A"],
        In_progress=["En tournage", "Retour client"],
        Complete=["Bouclé à la main", "Attente validation", "Annulé"],
    )
    cell = {"État": ("status", {"id": f"o-{option}", "name": option})}
    found = task({"État": ("status", config)}, cell)
    assert (found.status.raw, found.status.category, found.status.origin) == (option, category, origin)
    assert found.section == option


def test_the_configuration_maps_options_first() -> None:
    """A name that the configuration gives goes before group and words."""
    settings = BoardSettings(status={Category.REVIEW: ["Chez Paul"]})
    found = task({"Statut": "select"}, {"Statut": ("select", {"id": "x", "name": "chez paul"})}, settings)
    assert (found.status.category, found.status.origin) == (Category.REVIEW, StatusOrigin.MAPPED)


def test_an_empty_or_unknown_status_is_assumed() -> None:
    """No option, or one that nobody knows, counts as todo and says that this is assumed."""
    for value in (None, {"id": "x", "name": "Zzz"}):
        found = task({"Statut": "select"}, {"Statut": ("select", value)})
        assert found.status.category is Category.TODO
        assert found.assumed == {"status"}


@pytest.mark.parametrize(("ticked", "category"), [(True, Category.DONE), (False, Category.TODO)])
def test_a_checkbox_is_a_status(category: Category, *, ticked: bool) -> None:
    """Ticked is done, whether the column is called Status or Fait."""
    for name in ("Status", "Fait"):
        found = task({name: "checkbox"}, {name: ("checkbox", ticked)})
        assert (found.status.category, found.status.origin) == (category, StatusOrigin.NATIVE)


def test_owners_come_in_any_form() -> None:
    """People with and without names, groups, texts and options; words for nobody are nobody."""
    users = [
        {"object": "user", "id": uuid(1), "name": "Léa Martin", "type": "person", "person": {"email": "lea@x.fr"}},
        {"object": "user", "id": uuid(2)},
        {"object": "group", "id": uuid(3), "name": "Studio"},
    ]
    found = task({"Responsable": "people"}, {"Responsable": ("people", users)}).owners
    assert [(each.key, each.name, each.email) for each in found] == [
        (f"notion:{uuid(1)}", "Léa Martin", "lea@x.fr"),
        (f"notion:{uuid(2)}", uuid(2), None),
        (f"notion:{uuid(3)}", "Studio", None),
    ]
    assert found[2].kind is OwnerKind.TEAM
    text = task({"Responsable": "rich_text"}, {"Responsable": ("rich_text", runs("Léa, Paul et Zoé"))}).owners
    assert [each.name for each in text] == ["Léa", "Paul", "Zoé"]
    assert {each.kind for each in text} == {OwnerKind.TEXT}
    assert task({"Qui": "select"}, {"Qui": ("select", {"id": "x", "name": "À définir"})}).owners == ()


def test_relations_are_references_both_ways() -> None:
    """A predecessor's and a successor's handle, with their direction."""
    columns: dict[str, Any] = {"Bloqué par": ("relation", pair("a", "X")), "Bloque": ("relation", pair("b", "Y"))}
    cells = {"Bloqué par": ("relation", [{"id": uuid(1)}]), "Bloque": ("relation", [{"id": uuid(2)}])}
    found = task(columns, cells).references
    assert [(each.target, each.direction) for each in found] == [
        (f"notion:/{uuid(1).replace('-', '')}", LinkDirection.PREDECESSOR),
        (f"notion:/{uuid(2).replace('-', '')}", LinkDirection.SUCCESSOR),
    ]


def test_a_text_names_pages_of_any_tool() -> None:
    """Addresses as written, Notion's as handles, numbers of this database, titles; a mention is a page."""
    columns: dict[str, Any] = {"Dépend de": "rich_text", "ID": ("unique_id", {"prefix": "COM"})}
    text = f"https://trello.com/c/AbCd1234/x, https://www.notion.so/Brief-{'b' * 32}?pvs=4; COM-12\nRédiger la charte"
    found = task(columns, {"Dépend de": ("rich_text", runs(text)), "ID": ("unique_id", {"prefix": "COM", "number": 7})})
    assert [(each.target, each.by_title) for each in found.references] == [
        ("https://trello.com/c/AbCd1234/x", False),
        (f"notion:/{'b' * 32}", False),
        ("#12", False),
        ("Rédiger la charte", True),
    ]
    assert found.handles == (f"notion:/{PAGE.replace('-', '')}", "#7")
    mention = [{"type": "mention", "mention": {"type": "page", "page": {"id": uuid(5)}}, "plain_text": "Brief"}]
    by_mention = task({"Dépend de": "rich_text"}, {"Dépend de": ("rich_text", mention)}).references
    assert [each.target for each in by_mention] == [f"notion:/{uuid(5).replace('-', '')}"]


def test_parents_and_parts() -> None:
    """The parent's handle, the parts' handles; other relations are merely related."""
    columns: dict[str, Any] = {
        "Élément parent": ("relation", pair("a", "X")),
        "Sous-éléments": ("relation", pair("b", "Y")),
        "Ressources": ("relation", {}),
    }
    cells = {name: ("relation", [{"id": uuid(number)}]) for number, name in enumerate(columns)}
    found = task(columns, cells)
    handles = [f"notion:/{uuid(number).replace('-', '')}" for number in range(3)]
    assert (found.parent, found.children, found.related) == (handles[0], (handles[1],), (handles[2],))


def test_sizes_come_with_the_unit_of_their_heading() -> None:
    """Days, hours, no unit, points in the title, a T-shirt size."""
    columns: dict[str, Any] = {"Charge (jours)": "number", "Temps estimé (h)": "number", "Taille": "select"}
    cells = {
        "Charge (jours)": ("number", 2.5),
        "Temps estimé (h)": ("number", 4),
        "Taille": ("select", {"id": "x", "name": "XL"}),
    }
    found = task(columns, cells, title="(3) Article").estimates
    assert [(each.origin, each.value, each.unit, each.text) for each in found] == [
        (EstimateOrigin.NUMBER, 2.5, "days", ""),
        (EstimateOrigin.NUMBER, 4.0, "hours", ""),
        (EstimateOrigin.POINTS, 3.0, "", ""),
        (EstimateOrigin.SIZE, None, "", "XL"),
    ]
    assert task({"Genre": "select"}, {"Genre": ("select", {"id": "x", "name": "M"})}).estimates == ()


def test_a_milestone_is_told_by_type_label_or_tick() -> None:
    """Any of the three."""
    jalon = {"id": "x", "name": "Jalon"}
    assert task({"Type": "select"}, {"Type": ("select", jalon)}).milestone
    assert task({"Tags": "multi_select"}, {"Tags": ("multi_select", [jalon])}).milestone
    assert task({"Milestone": "checkbox"}, {"Milestone": ("checkbox", True)}).milestone
    assert not task({"Type": "select"}, {"Type": ("select", {"id": "y", "name": "Tâche"})}).milestone


def test_opting_out() -> None:
    """A checkbox or an option of that name; an unticked box is none."""
    assert task({"retro:off": "checkbox"}, {"retro:off": ("checkbox", True)}).opted_out
    assert task({"Tags": "multi_select"}, {"Tags": ("multi_select", [{"id": "x", "name": "Retro:OFF"}])}).opted_out
    assert not task({"retro:off": "checkbox"}, {"retro:off": ("checkbox", False)}).opted_out


def test_what_is_set_aside_or_informs() -> None:
    """Trash and archive in the words of any version; separators and read-me's by title."""
    assert task({}, {}, in_trash=True).archived
    assert task({}, {}, archived=True).archived
    assert task({}, {}, title="——————").role is Role.SEPARATOR
    assert task({}, {}, title="À LIRE avant de commencer").role is Role.INFORMATIVE


def test_the_channel_of_a_title_stands_in_brackets() -> None:
    """`[SEO] …` where no column tells the channel."""
    assert task({}, {}, title="[SEO] Article").channel == "SEO"
    assert (
        task({"Canal": "select"}, {"Canal": ("select", {"id": "x", "name": "SEA"})}, title="[SEO] A").channel == "SEA"
    )


def test_a_revision_is_of_what_people_decide() -> None:
    """Formulas, stamps and editors move none; a title, a date, an own value do."""
    columns: dict[str, Any] = {"Jours": "formula", "retro · au plus tard": "date", **RANGE}
    base = task(columns, {"Jours": ("formula", {"type": "number", "number": 3}), **dated("2027-02-01")})
    other = task(
        columns,
        {"Jours": ("formula", {"type": "number", "number": 4}), **dated("2027-02-01")},
        last_edited_time="2027-01-05T09:00:00.000Z",
        last_edited_by={"object": "user", "id": uuid(9)},
    )
    assert base.revision == other.revision
    assert base.extra != other.extra
    moved = task(columns, dated("2027-02-02"))
    own = task(columns, {**dated("2027-02-02"), "retro · au plus tard": ("date", {"start": "2027-02-01"})})
    assert len({base.revision, moved.revision, own.revision}) == 3
    assert own.own == {"latest": date(2027, 2, 1)}
