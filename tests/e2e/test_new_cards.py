"""`retro new --create-in`: a plan as cards of a Trello board or rows of a Notion base: shown, made once, taken back."""

import json
import shlex
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.plan_room import COUNT, ENGLISH, PlanRoom, owners, plan_room

from retro.cli.app import run
from retro.i18n import use
from retro.run.templates import shipped
from retro.sandbox.faults import Fault, Kind

TOOLS = ("trello", "notion")
ALIAS = {"trello": "contenus", "notion": "base"}
PLAN = ("new", "gala", "--end", "2027-06-08")


class Told:
    """What a command line in the room did and said."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Say = Callable[..., Told]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[PlanRoom]:
    """A French board and base, nothing on them."""
    with plan_room(tmp_path) as made:
        yield made


@pytest.fixture
def say(room: PlanRoom, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a command line in the room."""

    def ran(*arguments: object) -> Told:
        capsys.readouterr()
        code = room.retro(*arguments)
        said = capsys.readouterr()
        return Told(code, said.out, said.err)

    return ran


@pytest.fixture(autouse=True)
def _waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English, and nobody waits for a pace."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    use("en")
    yield
    use("en")


def create(say: Say, tool: str, *more: object, yes: bool = True) -> Told:
    """The gala's plan on a tool's board, with an owner for every role."""
    return say(*PLAN, *owners(), "--create-in", f"{tool}:{ALIAS[tool]}", *(["--yes"] if yes else []), *more)


def sandbox(room: PlanRoom, tool: str) -> Any:
    """The look-alike."""
    return room.trello if tool == "trello" else room.notion


def exported(say: Say) -> dict[str, Any]:
    """Everything, as it is read back from the boards."""
    told: dict[str, Any] = json.loads(say("export", "json").out)
    return told


@pytest.mark.parametrize("tool", TOOLS)
def test_a_plan_is_shown_made_and_made_once(room: PlanRoom, say: Say, tool: str) -> None:
    """--dry-run makes nothing; --yes makes every task in one request each, after one look; again, nothing is made."""
    shown = create(say, tool, "--dry-run", yes=False)
    assert shown.code == 0
    assert shown.out.splitlines()[0].startswith(f"{COUNT} cards to make on ")
    assert len(shown.out.splitlines()) == COUNT + 1
    assert sandbox(room, tool).writes() == 0
    mark = len(sandbox(room, tool).log)
    made = create(say, tool)
    assert made.code == 0, made.err
    assert f"{COUNT} cards made on " in made.out
    assert len(sandbox(room, tool).log) - mark == {"trello": 1 + 1 + COUNT, "notion": 3 + COUNT}[tool]
    assert len(room.titles(tool)) == len(set(room.titles(tool))) == COUNT
    writes = sandbox(room, tool).writes()
    again = create(say, tool)
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith(f"Nothing to make: the {COUNT} cards of this plan are on ")
    assert sandbox(room, tool).writes() == writes


@pytest.mark.parametrize("tool", TOOLS)
def test_the_plan_is_read_back_as_it_was_meant(room: PlanRoom, say: Say, tmp_path: Path, tool: str) -> None:
    """Titles, days, owners, list, links and the milestone of what was made are the plan's own."""
    assert say(*PLAN, *owners(), "-o", tmp_path / "plan.json").code == 0
    meant = json.loads(say("export", "json", tmp_path / "plan.json").out)
    assert create(say, tool).code == 0
    read = exported(say)
    assert len(read["tasks"]) == COUNT
    by_title = {task["title"]: task for task in read["tasks"]}
    for task in meant["tasks"]:
        there = by_title[task["title"]]
        assert (there["start"] or there["due"])[:10] == (task["start"] or task["due"])[:10]
        assert there["due"][:10] == task["due"][:10]
        assert [owner["name"] for owner in there["owners"]] == [owner["name"] for owner in task["owners"]]
        assert there["milestone"] is task["milestone"]
        assert there["status"]["category"] == "todo"
        assert there["status"]["raw"] == {"trello": "À planifier", "notion": "À faire"}[tool]
        assert there["channel"] == task["channel"]
    links = []
    for document in (meant, read):
        titles = {task["key"]: task["title"] for task in document["tasks"]}
        links.append(
            {
                (titles[link["predecessor"]], titles[link["successor"]], link["lag"]["value"])
                for link in document["links"]
            }
        )
    assert links[0] == links[1]
    assert read["unresolved_links"] == []


@pytest.mark.parametrize("tool", TOOLS)
def test_the_linter_has_nothing_to_say_of_it(room: PlanRoom, say: Say, tool: str) -> None:
    """In the standard profile nothing above info is said of a plan on a board, and every task has time enough."""
    assert create(say, tool).code == 0
    found = json.loads(say("lint", "--profile", "standard", "--format", "json").out)
    assert [each for each in found["findings"] if each["severity"] != "info"] == []
    schedule = json.loads(say("schedule", "--format", "json").out)
    assert [anchor["feasible"] for anchor in schedule["anchors"]] == [True]
    due = {task["title"]: task["due"] for task in exported(say)["tasks"]}
    for task in schedule["tasks"]:
        assert task["latest_finish"] is None or due[task["title"]][:10] <= task["latest_finish"][:10]
    if tool == "notion":  # which holds the work in a column; on Trello half a day is a day
        assert say(*PLAN, *owners(), "-o", room.folder / "plan.json").code == 0
        meant = json.loads(say("schedule", room.folder / "plan.json", "--format", "json").out)
        dates = ("latest_start", "latest_finish", "advised_start", "advised_finish")
        told = [{task["title"]: [task[name] for name in dates] for task in each["tasks"]} for each in (schedule, meant)]
        assert told[0] == told[1]


@pytest.mark.parametrize("key", [template.key for template in shipped("fr")])
def test_every_template_lints_clean_on_a_board(room: PlanRoom, say: Say, key: str) -> None:
    """Each shipped plan, on a Trello board with somebody for every role: nothing above info."""
    template = next(each for each in shipped("fr") if each.key == key)
    assert say("new", key, "--end", "2027-06-08", *owners(template.roles), "--create-in", "contenus", "--yes").code == 0
    assert len(room.cards) == len(template.tasks) + 1
    told = json.loads(say("lint", "--profile", "standard", "--format", "json").out)["findings"]
    # Several roles of one person may fill their week: that is said of the person, and of no card.
    assert [each["code"] for each in told if each["severity"] != "info" and each["code"][:3] != "CAP"] == []


def test_a_card_tells_what_it_is_about(room: PlanRoom, say: Say) -> None:
    """Deliverable, role, phase and work stand in the description, in the plan's language; so do links, with waits."""
    use("fr")
    assert say("--lang", "fr", *PLAN, "--create-in", "contenus", "--yes").code == 0
    cards = {card["desc"].splitlines()[-1].rpartition("/")[2]: card for card in room.cards}
    assert list(cards) == ["brief", "text", "menu", "launch", "debrief"]  # by their dates
    address = {name: f"https://trello.com/c/{card['shortLink']}" for name, card in cards.items()}
    assert cards["text"]["desc"].splitlines() == [
        f"Dépend de : {address['brief']}",
        "",
        "Livrable : Écrire 4 textes",
        "Rôle : Rédactrice",
        "Phase : Production",
        "Charge : 2 jours ouvrés",
        "",
        "retro · gala/2027-06-08/text",
    ]
    assert cards["menu"]["desc"].splitlines()[0] == f"Dépend de : {address['brief']} +2 j"
    assert cards["menu"]["desc"].splitlines()[5] == "Charge : 0,5 jour ouvré"
    assert set(cards["launch"]["desc"].splitlines()[0].removeprefix("Dépend de : ").split(" · ")) == {
        f"{address['text']} +10 j",
        f"{address['menu']} +1 j",
    }
    assert [label["name"] for label in cards["launch"]["labels"]] == ["Jalon"]


def test_roles_without_a_person_are_named(room: PlanRoom, say: Say) -> None:
    """Whom the board does not know is told, and the card says the role; nobody is guessed."""
    told = say(*PLAN, "--owner", "writer=Personne Inconnue", "--create-in", "contenus", "--yes")
    assert told.code == 0
    assert "Not known to Trello, so without an owner: Chef de projet, Personne Inconnue." in told.err
    assert all(card["idMembers"] == [] for card in room.cards)
    (card,) = (each for each in room.cards if each["desc"].endswith("/text"))
    assert "Personne Inconnue" in card["desc"]


def test_an_english_board_and_a_board_of_another_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """“To do” is found; where no list is known, the command says which words to add, and adding them does it."""
    with plan_room(tmp_path, ENGLISH) as room:
        assert room.retro("--lang", "en", *PLAN, "--create-in", "contenus", "--yes") == 0
        assert any(card["desc"].startswith("Depends on: https://trello.com/c/") for card in room.cards)
        lists = {each["id"]: each["name"] for each in room.board.document["lists"]}
        assert {lists[card["idList"]] for card in room.cards} == {"To do"}
        assert room.cards[-1]["name"] == "[Gala] Hold the debrief"
    german = tmp_path / "de"
    german.mkdir()
    with plan_room(german, ("Einfälle", "Vorrat", "Fertig")) as room:
        capsys.readouterr()
        assert room.retro(*PLAN, "--create-in", "contenus", "--yes") == 2
        said = capsys.readouterr().err
        assert 'status = { todo = ["Einfälle"] }' in said
        assert "Einfälle, Vorrat, Fertig" in said
        assert room.cards == []
        text = (german / "retro.toml").read_text("utf-8")
        line = f'at = "{room.board.url}"\n'
        (german / "retro.toml").write_text(text.replace(line, f'{line}status = {{ todo = ["Vorrat"] }}\n'), "utf-8")
        assert room.retro(*PLAN, "--create-in", "contenus", "--yes") == 0
        assert len(room.cards) == COUNT


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize(
    ("kind", "after"), [(Kind.LOST, 0), (Kind.LOST, 3), (Kind.HALF, 3), (Kind.BROKEN, 0), (Kind.DROP, 3)], ids=str
)
def test_a_lost_answer_makes_no_second_card(room: PlanRoom, say: Say, tool: str, kind: Kind, after: int) -> None:
    """Where no good answer came to a creation, the run ends with 3 and says so; the next one makes what is missing."""
    box = sandbox(room, tool)
    path = "/1/cards" if tool == "trello" else "/v1/pages"
    box.faults.add(Fault(kind=kind, left=1, after=after, method="POST", path=path))
    broken = create(say, tool)
    assert broken.code == 3
    assert "looks whether it is there" in broken.err
    assert len(room.titles(tool)) in (after, after + 1)
    box.faults.clear()
    mended = create(say, tool)
    assert mended.code == 0, mended.err
    assert len(room.titles(tool)) == len(set(room.titles(tool))) == COUNT
    writes = box.writes()
    assert create(say, tool).out.startswith("Nothing to make")
    assert box.writes() == writes
    read = exported(say)
    assert (len(read["links"]), read["unresolved_links"]) == (len(_links(say, room.folder)), [])


def _links(say: Say, folder: Path) -> list[Any]:
    """The links of the plan as a file."""
    assert say(*PLAN, "-o", folder / "plan.json", "--force").code == 0
    found: list[Any] = json.loads(say("export", "json", folder / "plan.json").out)["links"]
    return found


@pytest.mark.parametrize("tool", TOOLS)
def test_a_lost_answer_and_a_night_between(room: PlanRoom, say: Say, tool: str) -> None:
    """A nightly run between an interruption and its repetition settles nothing wrongly."""
    box = sandbox(room, tool)
    path = "/1/cards" if tool == "trello" else "/v1/pages"
    box.faults.add(Fault(kind=Kind.LOST, left=1, after=2, method="POST", path=path))
    assert create(say, tool).code == 3
    box.faults.clear()
    assert say("sync").code == 0
    assert create(say, tool).code == 0
    assert len(room.titles(tool)) == COUNT


@pytest.mark.parametrize("tool", TOOLS)
def test_too_many_requests_are_waited_for(room: PlanRoom, say: Say, tool: str) -> None:
    """A 429 says that nothing was made: the card is sent again, and made once."""
    sandbox(room, tool).faults.add(Fault(kind=Kind.LIMITED, left=2, after=2, method="POST"))
    assert create(say, tool).code == 0
    assert len(room.titles(tool)) == len(set(room.titles(tool))) == COUNT


@pytest.mark.parametrize("tool", TOOLS)
def test_a_token_that_may_only_read(room: PlanRoom, say: Say, tool: str) -> None:
    """Exit 2 with what to do, nothing on the board; with a token that may write, the same command makes all."""
    box = sandbox(room, tool)
    room.secret(f"{tool}-token", box.read_token)
    refused = create(say, tool)
    assert refused.code == 2
    assert f"retro connect {tool} --write" in refused.err
    assert room.titles(tool) == []
    room.secret(f"{tool}-token", box.token)
    assert create(say, tool).code == 0
    assert len(room.titles(tool)) == COUNT


def test_a_run_on_trello_is_taken_back(room: PlanRoom, say: Say) -> None:
    """An undo archives the cards at which nobody has been since, names the others, and a new run makes those again."""
    assert create(say, "trello").code == 0
    first = [card["id"] for card in room.cards]
    room.clock[0] += timedelta(hours=1)
    room.trello.state.edit_card(first[3], idMembers=[])
    shown = say("undo", "last", "--dry-run", "--all")
    assert shown.code == 0
    assert sum(card["closed"] for card in room.cards) == 0
    undone = say("undo", "last", "--yes")
    assert undone.code == 0, undone.err
    assert "Kept, because someone changed it since:" in undone.out
    assert [card["id"] for card in room.cards if not card["closed"]] == [first[3]]
    assert len(room.cards) == COUNT  # none was deleted
    again = create(say, "trello")
    assert again.code == 0, again.err
    standing = [card["name"] for card in room.cards if not card["closed"]]
    assert len(standing) == len(set(standing)) == COUNT
    assert create(say, "trello").out.startswith("Nothing to make")


def test_an_interrupted_run_is_taken_back_whole(room: PlanRoom, say: Say) -> None:
    """The card whose making was not answered goes with the others."""
    room.trello.faults.add(Fault(kind=Kind.LOST, left=1, after=2, method="POST", path="/1/cards"))
    assert create(say, "trello").code == 3
    room.trello.faults.clear()
    assert len(room.cards) == 3
    assert say("undo", "last", "--yes").code == 0
    assert all(card["closed"] for card in room.cards)
    assert create(say, "trello").code == 0
    assert len([card for card in room.cards if not card["closed"]]) == COUNT


def test_a_run_on_notion_leaves_its_rows(room: PlanRoom, say: Say) -> None:
    """Notion's trash is a deletion in a month: an undo leaves the rows, and lists them with their addresses."""
    assert create(say, "notion").code == 0
    writes = room.notion.writes()
    undone = say("undo", "last", "--all")
    assert undone.code == 0
    assert "retro deletes none" in undone.out
    assert undone.out.count("https://www.notion.so/") == COUNT
    assert room.notion.writes() == writes
    assert create(say, "notion").out.startswith("Nothing to make")


def test_a_person_is_asked(room: PlanRoom, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal, “no” makes nothing; “yes” makes the plan, unless a colleague made it while the question stood."""
    monkeypatch.setattr("retro.cli.new.cards.may_ask", lambda: True)
    asked: list[str] = []

    def answer(said: bool, act: Callable[[], object] = lambda: None) -> None:  # noqa: FBT001 - what is said
        def told(question: str) -> bool:
            asked.append(question)
            act()
            return said

        monkeypatch.setattr("retro.cli.new.cards.agreed", told)

    answer(said=False)
    assert create(say, "trello", yes=False).out.endswith("Nothing was written.\n")
    hand = room.board.list("À produire")
    answer(said=True, act=lambda: hand.card("[Gala] Écrire 4 textes", due=date(2027, 5, 1)))
    changed = create(say, "trello", yes=False)
    assert "The board has changed meanwhile" in changed.out
    assert len(room.cards) == 1
    room.cards.clear()
    answer(said=True)
    assert create(say, "trello", yes=False).code == 0
    assert len(room.cards) == COUNT
    assert asked == [f"Make {COUNT} cards?"] * 3


def test_what_people_did_to_cards_is_respected(room: PlanRoom, say: Say) -> None:
    """Renamed, moved, done and archived cards are not made again; the archived one is told, and comes with --force."""
    assert create(say, "trello").code == 0
    room.clock[0] += timedelta(days=1)
    ids = [card["id"] for card in room.cards]
    done = next(each["id"] for each in room.board.document["lists"] if each["name"] == "Terminé")
    room.trello.state.edit_card(ids[0], name="Brief", desc="")
    room.trello.state.edit_card(ids[1], idList=done)
    room.trello.state.edit_card(ids[2], closed=True)
    room.trello.state.edit_card(ids[4], due="2027-05-28T15:00:00.000Z")
    again = create(say, "trello")
    assert again.code == 0
    assert "1 card that was made is no longer on the board" in again.err
    assert len(room.cards) == COUNT
    assert create(say, "trello", "--force").code == 0
    assert len(room.cards) == COUNT + 1


@pytest.mark.parametrize("tool", TOOLS)
def test_a_lost_state_makes_nothing_twice(room: PlanRoom, say: Say, tool: str) -> None:
    """With the state deleted the cards are known again, on either tool, and those missing are made."""
    assert create(say, tool).code == 0
    for file in sorted((room.folder / ".retro").rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    if tool == "trello":
        room.trello.state.edit_card(room.cards[2]["id"], name="Programme, v2", due=None)
    assert create(say, tool).out.startswith("Nothing to make")
    assert len(room.titles(tool)) == COUNT


def test_another_day_is_another_plan_only_if_it_is_said(room: PlanRoom, say: Say) -> None:
    """The same plan for another day, while the first is open, is held with exit 3; --force makes it beside."""
    assert create(say, "trello").code == 0
    other = ("new", "gala", "--end", "2027-09-07", *owners(), "--create-in", "contenus", "--yes")
    held = say(*other)
    assert held.code == 3
    assert "Is it another plan?" in held.err
    assert len(room.cards) == COUNT
    assert say(*other, "--force").code == 0
    assert len(room.cards) == 2 * COUNT
    assert say(*other).out.startswith("Nothing to make")
    assert create(say, "trello").out.startswith("Nothing to make")


def test_a_board_whose_project_ends_before(room: PlanRoom, say: Say) -> None:
    """A date of the board's project that comes before the plan's launch is told first; a later one is not."""
    project = '[projects.salon]\nname = "Salon"\nboards = ["contenus"]\nanchors = [{{ date = {} }}]'
    room.configure(project.format("2027-01-28"))
    told = create(say, "trello", "--dry-run", yes=False).err
    assert "This board belongs to “Salon”, whose date is 28 Jan" in told
    room.configure(project.format("2027-12-28"))
    assert "Salon" not in create(say, "trello", "--dry-run", yes=False).err


def test_a_board_that_guests_see(room: PlanRoom, say: Say) -> None:
    """It needs its second line, or --force, like every write there."""
    room.board.member("Cliente", kind="observer")
    held = create(say, "trello")
    assert held.code == 3
    assert "write_where_guests_see" in held.err
    assert room.cards == []
    text = (room.folder / "retro.toml").read_text("utf-8")
    line = f'at = "{room.board.url}"\n'
    (room.folder / "retro.toml").write_text(text.replace(line, f"{line}write_where_guests_see = true\n"), "utf-8")
    assert create(say, "trello").code == 0
    assert len(room.cards) == COUNT


def test_addresses_and_accounts(room: PlanRoom, say: Say) -> None:
    """A board is meant by its address, with or without its tool, also where retro.toml does not name it."""
    room.configure(boards=False)
    missing = say(*PLAN, "--create-in", "contenus", "--yes")
    assert missing.code == 2
    assert "--create-in trello:https://trello.com/b/…" in missing.err
    nowhere = say(*PLAN, "--create-in", "trello:https://trello.com/b/ZZZZZZZZ/rien", "--yes")
    assert nowhere.code == 3
    assert "Trello knows no board" in nowhere.err
    told = say(*PLAN, *owners(), "--create-in", f"trello:{room.board.url}", "--yes")
    assert told.code == 0, told.err
    assert "retro init" in told.out
    assert len(room.cards) == COUNT
    for words in (room.board.url, f"equipe:{room.board.url}", f"trello:{room.board.id}"):
        assert say(*PLAN, "--create-in", words, "--yes").out.startswith("Nothing to make"), words
    room.configure()
    for words in ("contenus", "trello:contenus", "equipe:contenus", "Contenus"):
        assert say(*PLAN, "--create-in", words, "--yes").out.startswith("Nothing to make"), words
    undone = say("undo", "last", "--yes")
    assert undone.code == 0
    assert all(card["closed"] for card in room.cards)


def test_what_cannot_be_meant(room: PlanRoom, say: Say, tmp_path: Path) -> None:
    """No terminal, a file beside, offline, no such account, several, a source of files: each its sentence, exit 2."""
    asks = say(*PLAN, "--create-in", "contenus")
    assert (asks.code, "--dry-run" in asks.err) == (2, True)
    assert say(*PLAN, "--create-in", "contenus", "--yes", "-o", tmp_path / "plan.csv").code == 2
    assert say("--offline", *PLAN, "--create-in", "contenus", "--yes").code == 2
    assert say("new", "--from-board", "contenus", "--create-in", "base").code == 2
    assert say(*PLAN, "--dry-run").code == 2
    assert say("new", "--create-in", "base", "--yes").code == 2
    (tmp_path / "plan.csv").write_text("Titre,Échéance\nBrief,2027-03-01\n", "utf-8")
    file = (
        f'[sources.plan]\nkind = "file"\npath = "{tmp_path / "plan.csv"}"\n[boards.feuille]\nsource = "plan"\nat = ""\n'
    )
    room.configure(file)
    only_read = say(*PLAN, "--create-in", "feuille", "--yes")
    assert only_read.code == 2
    assert "it makes no cards there" in only_read.err
    room.configure(
        '[sources.autre]\nkind = "trello"\nkey = { file = "trello-key" }\ntoken = { file = "trello-token" }\n'
    )
    several = say(*PLAN, "--create-in", "trello:https://trello.com/b/ZZZZZZZZ/rien", "--yes")
    assert several.code == 2
    assert "--create-in equipe:https://trello.com/b/ZZZZZZZZ/rien" in several.err
    text = (room.folder / "retro.toml").read_text("utf-8")
    (room.folder / "retro.toml").write_text(text[: text.index("[sources.equipe]")], "utf-8")
    nobody = say(*PLAN, "--create-in", "trello:https://trello.com/b/ZZZZZZZZ/rien", "--yes")
    assert nobody.code == 2
    assert "retro connect trello --write" in nobody.err
    assert room.cards == []


def test_without_a_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    """Without a retro.toml nothing is remembered, and so nothing is made: exit 2 with what to do."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RETRO_CONFIG", raising=False)
    plan = ["new", "webinar", "--end", "2027-06-08", "--now", "2026-11-23"]
    assert run([*plan, "--create-in", "trello:https://trello.com/b/ZZZZZZZZ/x", "--yes"]) == 2
    assert "retro init" in capsys.readouterr().err
    assert not (tmp_path / ".retro").exists()


def test_a_base_of_few_columns(room: PlanRoom, say: Say) -> None:
    """What a base has no column for is told and left out; without due dates nothing is made at all."""
    columns = room.base.document["properties"]
    for name in ("Bloqué par", "Bloque", "Responsable", "Description", "Jalon", "Charge (jours)", "Début"):
        del columns[next(key for key, one in columns.items() if one["name"] == name)]
    told = create(say, "notion")
    assert told.code == 0, told.err
    for words in (
        "no column for people",
        "no relation",
        "no column of text",
        "no way to say that a card is a milestone",
    ):
        assert words in told.err
    assert len(room.pages) == COUNT
    read = exported(say)["tasks"]
    assert all(task["start"] or task["due"] for task in read)
    del columns[next(key for key, one in columns.items() if one["name"] == "Échéance")]
    refused = say("new", "newsletter", "--end", "2027-06-08", "--create-in", "base", "--yes")
    assert refused.code != 0
    assert len(room.pages) == COUNT


def test_the_log_tells_of_it(room: PlanRoom, say: Say) -> None:
    """A run is in the log with its command and every card, in words and as JSON."""
    assert create(say, "trello").code == 0
    runs = json.loads(say("log", "--format", "json").out)["runs"]
    assert (runs[0]["writes"], runs[0]["command"][:30]) == (COUNT, "new gala --end 2027-06-08 --cr")
    changes = json.loads(say("log", "--run", "last", "--format", "json").out)["changes"]
    assert {each["state"] for each in changes} == {"acknowledged"}
    assert {each["returned"] for each in changes} == {f"trello:{card['id']}" for card in room.cards}
    words = say("log", "--run", "last").out
    assert words.count("card made") == COUNT
    assert say("log", "brief").out.count("2027-06-08") > 0


@pytest.mark.parametrize("tool", TOOLS)
def test_the_nightly_run_goes_on_with_it(room: PlanRoom, say: Say, tool: str) -> None:
    """After a plan was made, retro's own fields are written on its cards, dates stay, a second night is still."""
    text = (room.folder / "retro.toml").read_text("utf-8")
    at = room.board.url if tool == "trello" else room.base.url
    own = 'write = { own = ["latest", "review"], fill = ["start", "due"] }\n'
    (room.folder / "retro.toml").write_text(text.replace(f'at = "{at}"\n', f'at = "{at}"\n{own}'), "utf-8")
    assert create(say, tool).code == 0
    before = {task["title"]: (task["start"], task["due"]) for task in exported(say)["tasks"]}
    room.clock[0] += timedelta(days=1)
    assert say("apply", "--yes").code == 0
    after = {task["title"]: (task["start"], task["due"]) for task in exported(say)["tasks"]}
    assert before == after
    writes = sandbox(room, tool).writes()
    room.clock[0] += timedelta(days=1)
    assert say("sync").code == 0
    assert sandbox(room, tool).writes() == writes
    assert create(say, tool).out.startswith("Nothing to make")


def test_every_command_of_the_page(room: PlanRoom, say: Say) -> None:
    """Each command that the page shows for boards makes its plan, or shows it, on boards of these kinds."""
    page = (Path(__file__).parents[2] / "docs" / "new.md").read_text("utf-8")
    commands = [shlex.split(line, comments=True)[1:] for line in page.splitlines() if line.startswith("retro new")]
    commands = [command for command in commands if "--create-in" in command]
    assert len(commands) == 5
    room.configure('[workspace]\nlang = "en"')
    for command in commands:
        at = command.index("--create-in") + 1
        tool, colon, _address = command[at].partition(":")
        if colon:
            command[at] = f"{tool}:{room.board.url if tool == 'trello' else room.base.url}"
        assert say(*command, *([] if {"--yes", "--dry-run"} & set(command) else ["--yes"])).code == 0, command
    assert len(room.cards) == len(room.pages) > COUNT


def test_the_launch_is_not_ahead(room: PlanRoom, say: Say) -> None:
    """A launch that has passed is refused before the board is read."""
    mark = len(room.trello.log)
    assert say("new", "gala", "--end", str(date(2026, 11, 2)), "--create-in", "contenus", "--yes").code == 2
    assert len(room.trello.log) == mark
