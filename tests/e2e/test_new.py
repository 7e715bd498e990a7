"""`retro new`: the file that it writes, what our own linter says of it, and what is said about its launch."""

import csv
import json
import re
import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest
from tests.e2e.conftest import Workspace

from retro.i18n import use
from retro.run.templates import shipped

Retro = Callable[..., Any]
NOW = ("--now", "2026-11-23")
END = ("--end", "2027-06-08")
MODELS = [template.key for template in shipped("fr")]


def lint(retro: Retro, file: str, *options: str) -> dict[str, Any]:
    """What the standard profile says of a file, without any configuration."""
    ran = retro("lint", file, "--profile", "standard", "--format", "json", *options, *NOW)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


@pytest.mark.parametrize(
    ("model", "lang"), [*((model, "fr") for model in MODELS), ("lancement-produit", "en"), ("webinar", "en")]
)
def test_the_workbook_is_read_back(retro: Retro, model: str, lang: str) -> None:
    """Our own linter has nothing above info to say of the workbook, and reads every task, link and the launch in it."""
    use(lang)
    assert retro("new", model, *END, "-o", "plan.xlsx", *NOW).code == 0
    template = next(each for each in shipped(lang) if each.key == model)
    told = lint(retro, "plan.xlsx")
    assert [each for each in told["findings"] if each["severity"] != "info"] == []
    read = json.loads(retro("export", "json", "plan.xlsx", *NOW).out)
    assert [task["title"] for task in read["tasks"] if task["milestone"]] == [template.launch]
    assert len(read["tasks"]) == len(template.tasks) + 1
    assert read["unresolved_links"] == []
    assert retro("new", model, *END, "-o", "plan.json", *NOW).code == 0
    meant = json.loads(Path("plan.json").read_text("utf-8"))
    titles = [{task["key"]: task["title"] for task in each["tasks"]} for each in (read, meant)]
    links = [
        {
            (names[link["predecessor"]], names[link["successor"]], link["type"], link["lag"]["value"])
            for link in each["links"]
        }
        for each, names in zip((read, meant), titles, strict=True)
    ]
    assert links[0] == links[1]


def test_without_a_name_for_the_file(retro: Retro) -> None:
    """The workbook is named after the template, in the language it was asked for in, and is never written over."""
    assert retro("new", "trade-show", *END, *NOW).out.startswith("trade-show.xlsx: 33 tasks\n")
    first = Path("trade-show.xlsx").read_bytes()
    refused = retro("new", "trade-show", "--end", "2027-09-07", *NOW)
    assert refused.code == 2
    assert "--force" in refused.err
    assert Path("trade-show.xlsx").read_bytes() == first
    assert retro("new", "trade-show", "--end", "2027-09-07", "--force", *NOW).code == 0
    assert Path("trade-show.xlsx").read_bytes() != first
    use("fr")
    assert retro("new", "salon", *END, *NOW).out.startswith("salon.xlsx : 33 tâches\n")
    folder = Path("mes plans à moi")
    folder.mkdir()
    assert retro("new", "salon", *END, "-o", folder, *NOW).code == 0
    assert [path.name for path in folder.iterdir()] == ["salon.xlsx"]
    assert list(Path().glob(".*")) == []


def test_a_table_for_notion(retro: Retro) -> None:
    """The CSV has commas in French too, days as Notion reads them, and a milestone without work; it lints clean."""
    use("fr")
    assert retro("new", "newsletter", *END, "-o", "plan.csv", *NOW).code == 0
    with Path("plan.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:6] == ["Tâche", "Canal", "Phase", "Responsable", "Début", "Échéance"]
    assert rows[0]["Tâche"] == "[Contenu] Proposer 6 sujets"
    assert all(date.fromisoformat(row["Échéance"]) for row in rows)
    (launch,) = [row for row in rows if row["Type"] == "Jalon"]
    assert (launch["Échéance"], launch["Début"], launch["Estimation (jours)"]) == ("2027-06-08", "", "")
    assert launch["Prédécesseurs"] == "[CRM] Programmer l’envoi à 12 000 contacts +1j"
    assert lint(retro, "plan.csv")["summary"]["tasks"] == len(rows)


def test_the_margin_of_a_table(retro: Retro) -> None:
    """It is the working days between a task's due date and the latest one: nobody has to know what a buffer is."""
    use("fr")
    assert retro("new", "salon", *END, "-o", "plan.csv", *NOW).code == 0
    with Path("plan.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["Tâche"]: row for row in csv.DictReader(file)}
    stand = rows["[Design] Concevoir le stand (3 panneaux)"]
    assert (stand["Échéance"], stand["retro · au plus tard"], stand["retro · marge (jours)"]) == (
        "2027-05-05",
        "2027-05-10",
        "2",  # the sixth is Ascension Day, the eighth and ninth a weekend
    )
    before = [row for row in rows.values() if row["retro · au plus tard"] and row["Type"] != "Jalon"]
    assert all(int(row["retro · marge (jours)"]) >= 1 for row in before)
    assert rows["[Salon] Animer le débrief du salon"]["retro · marge (jours)"] == ""


def test_days_for_a_calendar(retro: Retro) -> None:
    """The feed has a day for each task and one for the launch."""
    assert retro("new", "newsletter", *END, "-o", "plan.ics", *NOW).code == 0
    found = icalendar.Calendar.from_ical(Path("plan.ics").read_bytes()).walk("VEVENT")
    days = {str(each["SUMMARY"]): each.decoded("DTSTART") for each in found}
    assert len(days) == 20
    assert [day for title, day in days.items() if "Sending of the newsletter" in title] == [date(2027, 6, 8)]


def test_names_for_roles(retro: Retro) -> None:
    """Roles get names, in any case and accents; what is no role is answered with the roles that there are."""
    use("fr")
    ran = retro(
        *("new", "newsletter", *END, "-o", "plan.json", *NOW),
        *("--owner", "REDACTRICE=Léa Martin", "--owner", "crm = Paul Durand"),
    )
    assert ran.code == 0
    names = {task["owners"][0]["name"] for task in json.loads(Path("plan.json").read_text("utf-8"))["tasks"]}
    assert names == {"Léa Martin", "Paul Durand", "Chef de projet", "Directrice marketing", "Graphiste"}
    assert "Chef de projet=NOM" in retro("new", "newsletter", *END, *NOW).out
    for wrong in ("Vidéaste=Zoé", "Léa", "Rédactrice="):
        refused = retro("new", "newsletter", *END, "-o", "b.xlsx", "--owner", wrong, *NOW)
        assert refused.code == 2
        assert "Graphiste" in refused.err
    assert not Path("b.xlsx").exists()


def test_people_and_language_of_the_workspace(retro: Retro, tmp_path: Path) -> None:
    """With a retro.toml the plan is in its language, a person's key means them, and their leave is kept."""
    config = tmp_path / "retro.toml"
    config.write_text(
        'version = 1\n[people.lea]\nname = "Léa Martin"\nleave = ["2027-05-17..2027-06-04"]\n', encoding="utf-8"
    )
    ran = retro("-c", config, "new", "newsletter", *END, "-o", "plan.json", "--owner", "crm=lea", *NOW)
    assert ran.code == 0
    tasks = json.loads(Path("plan.json").read_text("utf-8"))["tasks"]
    hers = [task for task in tasks if task["owners"][0]["key"] == "lea" and task["start"]]
    assert {task["owners"][0]["name"] for task in hers} == {"Léa Martin"}
    assert tasks[0]["title"] == "[Contenu] Proposer 6 sujets"
    assert not [task for task in hers if "2027-05-17" <= task["due"] <= "2027-06-04"]


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2027-03-05", "is a Friday"),
        ("2027-08-11", "In August"),
        ("2027-05-01", "public holiday"),
        ("2027-12-28", "end of the year"),
        ("2027-05-05", "eve of a day off"),
        ("2027-06-06", "Nobody works"),
    ],
)
def test_a_day_that_does_not_suit(retro: Retro, end: str, said: str) -> None:
    """It is planned all the same, and one sentence says why not that day, and which one would be better."""
    ran = retro("new", "webinar", "--end", end, *NOW)
    assert ran.code == 0
    (line,) = ran.err.splitlines()
    assert said in line
    assert "A better day: " in line
    assert retro("new", "salon", "--end", end, *NOW).err == ""


def test_an_end_that_is_too_near(retro: Retro) -> None:
    """The plan is written, late as it is: what is missing, what helps, and the day from which all fits are told."""
    use("fr")
    ran = retro("new", "webinar", "--end", "2026-12-01", *NOW)
    assert ran.code == 0
    assert "trop proche : il manque" in ran.err
    assert "tout tient, marges comprises" in ran.err
    assert Path("webinar.xlsx").exists()


def test_what_is_asked_wrongly(retro: Retro) -> None:
    """No model: the list. No date, one that has passed, an unknown model or format: a sentence, and no file."""
    listed = retro("new")
    assert listed.code == 0
    assert "  page-redesign  " in listed.out
    use("fr")
    listed = retro("new")
    assert all(f"  {model} " in listed.out for model in MODELS)
    use("en")
    assert "--end 2027-03-01" in retro("new", "webinar", *NOW).err
    assert "still to come" in retro("new", "webinar", "--end", "2026-11-23", *NOW).err
    assert "“webinar”" in retro("new", "webinr", *END, *NOW).err
    assert ".xlsx" in retro("new", "webinar", *END, "-o", "plan.docx", *NOW).err
    assert list(Path().iterdir()) == []


def test_a_template_of_ones_own(retro: Retro) -> None:
    """A file that stands beside the plan is a template: one that follows a shipped one's shape lints clean, too."""
    Path("gala.toml").write_text(
        'name = "Gala"\nlaunch = { role = "lead", fr = "[Gala] Soirée" }\n'
        '[roles]\nlead = "Cheffe de projet"\nboss = "Directrice"\n[tasks]\n"Préparer" = [\n'
        '  { id = "list", role = "lead", days = 1, fr = "[Gala] Inviter 80 personnes" },\n'
        '  { id = "ok", role = "boss", days = 1, after = ["list+2d"], fr = "[Gala] Valider le menu", wait = 4 },\n]\n'
        '"Après" = [\n'
        '  { id = "debrief", role = "lead", days = 1, after = ["launch+1d"], fr = "[Gala] Animer le débrief" },\n]\n',
        encoding="utf-8",
    )
    use("fr")
    assert retro("new", "./gala.toml", *END, *NOW).out.startswith("gala.xlsx : 4 tâches")
    assert [each for each in lint(retro, "gala.xlsx")["findings"] if each["severity"] != "info"] == []


def test_a_template_learnt_from_a_file(retro: Retro) -> None:
    """What is learnt from a plan makes the same plan again, on its new dates; the file is never written over."""
    use("fr")
    assert retro("new", "refonte-page", *END, "-o", "site 2027.xlsx", *NOW).code == 0
    ran = retro("new", "--from-board", "site 2027.xlsx", "-o", "refonte maison.toml", "--now", "2027-09-01")
    assert ran.out.startswith("refonte maison.toml : 26 tâches\n")
    assert retro("new", "--from-board", "site 2027.xlsx", "-o", "refonte maison.toml").code == 2
    assert retro("new", "./refonte maison.toml", "--end", "2027-10-12", "-o", "b.xlsx", *NOW).code == 0
    assert [each for each in lint(retro, "b.xlsx")["findings"] if each["severity"] != "info"] == []
    titles = [
        {task["title"] for task in json.loads(retro("export", "json", file, *NOW).out)["tasks"]}
        for file in ("site 2027.xlsx", "b.xlsx")
    ]
    assert titles[0] == titles[1]


def test_a_template_learnt_from_a_board(retro: Retro, workspace: Workspace) -> None:
    """A configured board is found by its alias; an unknown one, a model beside it, or another format is refused."""
    alias = next(
        line.removeprefix("[boards.").removesuffix("]")
        for line in workspace.config.read_text("utf-8").splitlines()
        if line.startswith("[boards.")
    )
    ran = retro(*workspace.arguments("new", "--from-board", alias, "--end", "2026-12-18"))
    assert ran.code == 0, ran.err
    assert retro(*workspace.arguments("new", f"./{alias}.toml", "--end", "2027-06-08")).code == 0
    for wrong in (
        ("--from-board", "nowhere"),
        ("webinar", "--from-board", alias),
        ("--from-board", alias, "--end", "2026-12-18", "-o", "plan.xlsx"),
    ):
        assert retro(*workspace.arguments("new", *wrong)).code == 2
    assert sorted(path.name for path in Path().iterdir()) == [f"{alias}.toml", f"{alias}.xlsx"]


def test_the_page_of_the_command(retro: Retro) -> None:
    """Every command of its page that writes a file runs; the template that it shows is one, its plan lints clean."""
    page = (Path(__file__).parents[2] / "docs" / "new.md").read_text("utf-8")
    blocks = re.findall(r"```(\w+)\n(.*?)```", page, re.DOTALL)
    commands = [
        shlex.split(line, comments=True)[1:] for kind, text in blocks if kind == "sh" for line in text.splitlines()
    ]
    commands = [command for command in commands if "--create-in" not in command]  # those have boards: test_new_cards
    assert len(commands) == 8
    for command in commands:
        use("fr" if {"lancement-produit", "Graphiste=Léa Martin"} & set(command) else "en")
        assert retro(*command, *(("--force",) if len(command) > 1 else ()), *NOW).code == 0, command
    (template,) = [text for kind, text in blocks if kind == "toml"]
    Path("gala.toml").write_text(template, encoding="utf-8")
    assert retro("new", "./gala.toml", *END, *NOW).code == 0
    assert [each for each in lint(retro, "gala.xlsx")["findings"] if each["severity"] != "info"] == []
