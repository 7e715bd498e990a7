"""A "Projets" base beside the base of tasks: its rows are projects, found by the relation alone."""

from datetime import date

from tests.connectors.notion.conftest import Live

from retro.config.load import parse
from retro.model import AnchorOrigin, Portfolio, Role
from retro.run.projects import projects
from retro.run.read import Target, join, read
from retro.sandbox.notion import DatabaseBuilder
from retro_notion.settings import BoardSettings


def portfolio(live: Live, rows: DatabaseBuilder) -> Portfolio:
    """Both bases, the one of tasks first."""
    at = {"taches": live.database.url, "projets": rows.url}
    boards = tuple(BoardSettings(at=address, alias=alias) for alias, address in at.items())
    targets = [Target(source="base", at=address, alias=alias) for alias, address in at.items()]
    reading = read(targets, {"base": live.connector(boards=boards)})
    return join(reading, parse("", "retro.toml"), lambda _url: None)


def test_rows_are_projects_with_anchor_client_and_guardian(live: Live) -> None:
    """The launch of the row is the anchor, its select the client, its owner the guardian; tasks belong by relation."""
    rows = DatabaseBuilder("Projets", live.database.state)
    rows.column("Échéance", "date", role="due")
    rows.column("Date de lancement", "date", role="launch")
    rows.column("Client", "select", options=["Ondalie"])
    rows.column("Type", "select", options=["Lancement", "Salon"])
    rows.column("Chef·fe de projet", "people", role="owners")
    salon = rows.page(
        "Salon du goût",
        owners=["Zoé Petit"],
        values={
            "Échéance": date(2027, 5, 1),
            "Date de lancement": date(2027, 4, 1),
            "Client": "Ondalie",
            "Type": "Salon",
        },
    )
    live.database.relation("Projet", inverse="Tâches", to=rows, role="project")
    live.database.state.edit_page(live.brief.id, values={"Projet": [salon]})
    live.database.state.edit_page(live.article.id, values={"Projet": [salon]})
    found = portfolio(live, rows)
    assert {task.title for task in found.tasks if task.role is Role.PROJECT} == {"Salon du goût"}
    made = {project.name: project for project in projects(parse("", "retro.toml"), found.boards, found.tasks)}
    assert set(made) == {"Salon du goût", "Campagne"}
    project = made["Salon du goût"]
    assert (project.client, project.type) == ("Ondalie", "Salon")
    names = {person.key: person.name for person in found.people}
    assert names[project.guardian] == "Zoé Petit"
    assert [(each.date, each.origin) for each in project.anchors] == [(date(2027, 4, 1), AnchorOrigin.ROW)]
    titles = {task.key: task.title for task in found.tasks}
    assert {titles[key] for key in project.tasks} == {"[SEO] Brief", "Article"}


def test_a_lone_launch_date_is_the_anchor(live: Live) -> None:
    """A base whose one date is "Lancement" has its anchor there; on a base of tasks the same column is the due date."""
    rows = DatabaseBuilder("Campagnes", live.database.state)
    rows.column("Lancement 🚀", "date", role="due")
    row = rows.page("Noël", due=date(2027, 11, 1))
    live.database.relation("Campagne", to=rows, role="project")
    live.database.state.edit_page(live.brief.id, values={"Campagne": [row]})
    found = portfolio(live, rows)
    (noel,) = (task for task in found.tasks if task.role is Role.PROJECT)
    assert (noel.launch, noel.due) == (date(2027, 11, 1), date(2027, 11, 1))


def test_a_base_that_is_not_read_leaves_tasks_to_their_board(live: Live) -> None:
    """Where the base of projects is none of the boards, every task stays in its board's project."""
    rows = DatabaseBuilder("Projets", live.database.state)
    row = rows.page("Salon")
    live.database.relation("Projet", to=rows, role="project")
    live.database.state.edit_page(live.brief.id, values={"Projet": [row]})
    pulled = live.connector().pull(live.database.url).snapshot
    (project,) = projects(parse("", "retro.toml"), (pulled.board,), pulled.tasks)
    assert len(project.tasks) == 3


def test_a_base_of_projects_that_is_no_board_is_named(live: Live) -> None:
    """Once, with the lines that make it one; not where nothing relates to it, nor once it is a board."""
    rows = DatabaseBuilder("Projets", live.database.state)
    row = rows.page("Salon")
    live.database.relation("Projet", to=rows, role="project")
    tasks = BoardSettings(at=live.database.url, alias="taches")

    def said(*boards: BoardSettings) -> tuple[str, ...]:
        return live.connector(boards=boards).pull(live.database.url).snapshot.board.warnings

    assert said(tasks) == ()
    live.database.state.edit_page(live.brief.id, values={"Projet": [row]})
    (warning,) = said(tasks)
    assert f'[boards.projects] with the lines source = "base" and at = "{rows.url}"' in warning
    (warning,) = said(tasks, BoardSettings(at="https://www.notion.so/" + "0" * 32, alias="projects"))
    assert "[boards.projects-2]" in warning
    for at in (rows.url, rows.source, rows.id):
        assert said(tasks, BoardSettings(at=at, alias="projets")) == ()
    assert said(tasks, BoardSettings(at="https://www.notion.so/" + "1" * 32, alias="p", data_source=rows.source)) == ()
    assert said() == ()
