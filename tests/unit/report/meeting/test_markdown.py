"""The notes as Markdown: their words, their forty lines, and that no title is markup in them."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests import marketing_team, titles_to_escape
from tests.marketing_team import owner

from retro.i18n import use
from retro.model import (
    Assessment,
    EndBasis,
    EndSlip,
    Happened,
    Link,
    Moved,
    PlanEnd,
    Point,
    ProjectSlip,
    Slippage,
    SourceStatus,
    TaskSlip,
    Told,
)
from retro.report.meeting import Since, notes
from retro.report.meeting.markdown import MOST_LINES, write
from retro.report.untrusted import inline_markdown, printable

FRENCH = """\
# Point du 11 janv. 2027

**Salon Bio & Sens ne tient pas sa date** · 4 décisions à prendre · 2 tâches en retard · 8 à rendre cette semaine
*Données vieilles de 1 jour : ce qui a changé depuis n’y figure pas · base : données du dim. 10 janv. 07:00*

## Tient-on les dates ?
- **Salon Bio & Sens** · 28 janv. 2027 (J−17) · Il manque 3 jours ouvrés
  - Ce qui bloque : \\[Print\\] Maquette de la plaquette 8 pages → \\[Print\\] Relecture de la plaquette → \
\\[Print\\] Impression de 2 000 plaquettes → \\[Événementiel\\] Livraison sur le stand
  - Pistes : Réduire « \\[Print\\] Impression de 2 000 plaquettes » : jusqu’à 2 jours ouvrés de gain · \
Commencer « \\[Print\\] Relecture de la plaquette » avant la fin de « \\[Print\\] Maquette de la plaquette 8 pages » : \
jusqu’à 1 jour ouvré de gain · Déplacer la date au 2 févr. 2027
- **Lancement Brise** · 1er mars 2027 (J−49) · Tient de justesse : 5 jours ouvrés de marge · marge 16 %, 20 % visés
- **Nouveau site** · 15 avr. 2027 (J−94) · Dans les temps : 43 jours ouvrés de marge · \
plus de marge que de travail restant

## À décider aujourd’hui
- Salon Bio & Sens : quelle piste choisit-on, et qui s’en charge ?
- Léa Martin : pour quand la validation de [\\[CRM\\] Invitation de 450 clients](https://trello.com/c/t:s8) ? \
(attendue le mar. 12 janv., Karim Benali attend)
- Léa Martin : pour quand la validation de [\\[Newsletter\\] Édition de janvier](https://trello.com/c/t:f1) ? \
(attendue le jeu. 14 janv., Camille Roy attend)
- Thomas Nguyen, semaine du 11/01 : 7,4 jours de travail, de la place pour 4 ; que décale-t-on ?

## En retard
- mer. 6 janv. · [\\[Print\\] Carte de vœux](https://trello.com/c/t:f4) · Inès Duval
- ven. 8 janv. · [\\[Print\\] Maquette de la plaquette 8 pages](https://trello.com/c/t:s3) · Inès Duval

## Qui attend qui
- **Camille Roy** attend **Inès Duval** · [\\[Print\\] Maquette de la plaquette 8 pages](https://trello.com/c/t:s3) · \
ven. 8 janv. · à prévenir
- **Sofia Almeida** attend **Camille Roy** · [\\[Print\\] Relecture de la plaquette](https://trello.com/c/t:s4) · \
mer. 13 janv.

"""


def plain(text: str) -> str:
    """French with plain spaces, as it is typed in a test."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_page_reads_like_this(team: Assessment) -> None:
    """Verdicts with chain and ways out, decisions, late, who waits for whom: in the words of a French team."""
    assert plain(write(notes(team, Since()))).startswith(FRENCH)


def test_the_week_ends_with_whom_to_tell(team: Assessment) -> None:
    """What is due by day, then what begins soon and whose it is."""
    lines = plain(write(notes(team, Since()))).splitlines()
    week = lines[lines.index("## Cette semaine") + 1 :]
    assert (
        week[0] == "- mar. 12 janv. · [\\[CRM\\] Invitation de 450 clients](https://trello.com/c/t:s8) · Karim Benali"
    )
    assert week[-1].startswith("- **À prévenir** · Thomas Nguyen : « \\[Photo\\] Retouche des 12 visuels » dès jeu. 14")


def test_whom_to_tell_of_several_tasks_is_named_once(team: Assessment) -> None:
    """What one person begins soon stands behind their name together, in the order of days."""
    one = owner("thomas")
    tasks = tuple(replace(task, owners=(one,)) if task.owners else task for task in team.portfolio.tasks)
    page = plain(write(notes(replace(team, portfolio=replace(team.portfolio, tasks=tasks)), Since())))
    (told,) = (line for line in page.splitlines() if line.startswith("- **À prévenir**"))
    assert told.count("Thomas Nguyen") == 1
    assert told.count("» dès ") == 3


def test_last_weeks_words_are_not_repeated(team: Assessment) -> None:
    """What stands as it stood is one line a list."""
    first = notes(team, Since())
    page = plain(write(notes(team, Since(told=first.told))))
    assert "- 2 déjà signalées, sans aggravation" in page
    assert "- Toujours en suspens depuis la dernière fois : Salon Bio & Sens, « \\[CRM\\]" in page
    assert "quelle piste" not in page
    assert "Carte de vœux" not in page


def test_all_who_wait_for_a_task_share_a_line(team: Assessment) -> None:
    """And of a task that many have, the first are named."""
    links = (*team.portfolio.links, Link("t:s3", "t:s9"))
    crowd = tuple(owner(key) for key in ("ines", "karim", "lea", "thomas", "sofia"))
    tasks = tuple(replace(task, owners=crowd) if task.key == "t:f4" else task for task in team.portfolio.tasks)
    page = plain(write(notes(replace(team, portfolio=replace(team.portfolio, links=links, tasks=tasks)), Since())))
    assert "- **Camille Roy**, **Hugo Lefèvre** attendent **Inès Duval** · [\\[Print\\] Maquette" in page
    assert "Carte de vœux](https://trello.com/c/t:f4) · Inès Duval, Karim Benali, Léa Martin, 2 autres" in page


def slip(happened: Happened, title: str, was: date | None = None, now: date | None = None) -> TaskSlip:
    """What became of one task; its key is its title."""
    moved = Moved(was=was, now=now, days=(now - was).days, working_days=5) if was and now else None
    return TaskSlip(happened=happened, key=title, title=title, board="b", was=was, now=now, moved=moved)


def changes(*tasks: TaskSlip, **facts: object) -> Slippage:
    """What became of a plan."""
    named: dict[str, object] = {"name": "", "set_at": marketing_team.NOW, "then": 9, "open": 9, "kept": 3}
    return Slippage(tasks=tasks, **(named | facts))  # type: ignore[arg-type]  # fields by name


def test_what_changed_is_told_by_what_became_of_it(team: Assessment) -> None:
    """Done, new and gone by name; a date that moved with both days, and how often it has moved."""
    since = Since(
        at=marketing_team.NOW - timedelta(days=7),
        changes=changes(
            slip(Happened.MOVED, "Maquette", date(2027, 1, 8), date(2027, 1, 15)),
            slip(Happened.MOVED, "Brief", date(2027, 1, 8), date(2027, 1, 11)),
            slip(Happened.DONE, "Stand"),
            slip(Happened.NEW, "Badge"),
            slip(Happened.NEW, "Menu"),
            slip(Happened.GONE, "Vieux *tract*"),
        ),
        moves={"Maquette": 3, "Brief": 1},
    )
    page = plain(write(notes(team, since)))
    assert page.partition("## Depuis le 4 janv. 2027\n")[2] == (
        "- **1 faite** : Stand\n"
        "- **2 nouvelles** : Badge, Menu\n"
        "- **1 supprimée ou archivée** : Vieux \\*tract\\*\n"
        "- « Maquette » · 8/01 → 15/01 (+7 j, déplacée 3 fois)\n"
        "- « Brief » · 8/01 → 11/01 (+3 j)\n"
    )


def test_an_end_that_slips_from_the_baseline_is_told_once(team: Assessment) -> None:
    """By how many days and against which baseline; at the next meeting only if it slipped further."""

    def ends(now: date) -> Assessment:
        was = date(2027, 1, 28)
        moved = Moved(was=was, now=now, days=(now - was).days, working_days=5)
        end = EndSlip(
            basis=EndBasis.ANCHOR, was=PlanEnd(day=was, name="Salon"), now=PlanEnd(day=now, name="Salon"), moved=moved
        )
        project = ProjectSlip(key="salon", name="Salon Bio & Sens", ends=(end,))
        return replace(team, slippage=changes(name="kickoff", projects=(project,)))

    first = notes(ends(date(2027, 2, 4)), Since())
    said = "La fin glisse de 7 jours (5 jours ouvrés) · 28/01 → 4 févr. 2027 (« kickoff » du 11 janv. 2027)"
    assert said in plain(write(first))
    assert "glisse" not in plain(write(notes(ends(date(2027, 2, 4)), Since(told=first.told))))
    assert "glisse de 8 jours" in plain(write(notes(ends(date(2027, 2, 5)), Since(told=first.told))))


def test_no_rule_code_stands_in_the_notes(team: Assessment) -> None:
    """Remarks are counted, never quoted by their codes."""
    told = Told(at=marketing_team.NOW, points={"late:t:f4": Point()}, remarks=frozenset({"0"}))
    page = write(notes(team, Since(told=told)))
    assert not [finding.code for finding in team.findings if finding.code in page]
    assert "1 remarque réglée" in plain(page)


def test_sources_that_failed_are_named(team: Assessment) -> None:
    """Those that were not read now are told with the hour of what stands in; where all were, no hour is said."""
    fresh = tuple(replace(state, state=SourceStatus.FRESH) for state in team.portfolio.sources)
    now = replace(team, portfolio=replace(team.portfolio, sources=fresh))
    assert write(notes(now, Since())).splitlines()[3] == "*Données lues aujourd’hui*"
    failed = tuple(replace(state, state=SourceStatus.FAILED) for state in team.portfolio.sources)
    nothing = replace(team, portfolio=replace(team.portfolio, sources=failed))
    assert "equipe" in write(notes(nothing, Since())).splitlines()[3]


def test_the_page_is_written_in_english_too(team: Assessment) -> None:
    """English is the source text."""
    use("en")
    page = write(notes(team, Since()))
    assert page.startswith("# Meeting of 11 Jan 2027\n\n**Salon Bio & Sens will miss its date** · 4 decisions to take")
    assert "- Salon Bio & Sens: which way out, and who sees to it?" in page


WORDS = st.text(max_size=80) | st.sampled_from(titles_to_escape.TITLES)


@st.composite
def portfolios(draw: st.DrawFn) -> Assessment:
    """The marketing team's boards up to forty times over, with any titles and names, late to any degree."""
    team = marketing_team.team()
    copies = draw(st.integers(0, 40))
    titles = draw(st.lists(WORDS, min_size=1, max_size=5))
    tasks, links, projects, anchors, plans = [], [], [], [], {}
    for number in range(copies):
        for place, task in enumerate(team.portfolio.tasks):
            key = f"{number}/{task.key}"
            title = titles[(number + place) % len(titles)]
            tasks.append(replace(task, key=key, title=title))
            if task.key in team.schedule.tasks:
                planned = team.schedule.tasks[task.key]
                plans[key] = replace(planned, key=key, anchor=f"{number}/{planned.anchor}" if planned.anchor else None)
        links += [
            replace(link, predecessor=f"{number}/{link.predecessor}", successor=f"{number}/{link.successor}")
            for link in team.portfolio.links
        ]
        projects += [
            replace(
                project,
                key=f"{number}/{project.key}",
                name=titles[number % len(titles)],
                tasks=tuple(f"{number}/{key}" for key in project.tasks),
            )
            for project in team.portfolio.projects
        ]
        anchors += [
            replace(
                anchor,
                key=f"{number}/{anchor.key}",
                project=f"{number}/{anchor.project}",
                chain=tuple(f"{number}/{key}" for key in anchor.chain),
                levers=tuple(replace(each, task=each.task and f"{number}/{each.task}") for each in anchor.levers),
            )
            for anchor in team.schedule.anchors
            if draw(st.booleans())
        ]
    return replace(
        team,
        now=team.now + timedelta(days=draw(st.integers(-30, 120))),
        portfolio=replace(team.portfolio, tasks=tuple(tasks), links=tuple(links), projects=tuple(projects)),
        schedule=replace(team.schedule, tasks=plans, anchors=tuple(anchors)),
    )


@settings(max_examples=15, deadline=None)
@given(portfolios(), st.data())
def test_forty_lines_hold_any_workspace(assessment: Assessment, data: st.DataObject) -> None:
    """However many projects, late tasks and changes there are, and whatever they are called: forty lines at most."""
    count = data.draw(st.integers(0, 60))
    slips = (
        slip(data.draw(st.sampled_from(Happened)), f"{n}", date(2027, 1, 4), date(2027, 1, n % 27 + 1))
        for n in range(count)
    )
    since = Since(at=assessment.now - timedelta(days=7), changes=changes(*slips))
    first = notes(assessment, since)
    for found in (first, notes(assessment, replace(since, told=first.told))):
        assert len(write(found).splitlines()) <= MOST_LINES


_READER = MarkdownIt("commonmark").enable(["strikethrough", "table"])


@given(WORDS)
def test_no_title_is_markup(title: str) -> None:
    """Read as Markdown, a title within a line is its own words: no emphasis, link, code, image or HTML."""
    tokens = _READER.parse(f"- x {inline_markdown(title)} y")
    inline = [token for token in tokens if token.type == "inline"]
    assert len(inline) == 1
    children = inline[0].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    said = "".join(child.content for child in children).replace("@\u2060", "@")
    assert said.split() == f"x {printable(title)} y".split()


def test_a_name_without_end_is_cut(team: Assessment) -> None:
    """A name of a hundred thousand letters does not make a page of one line."""
    endless = [
        replace(each, owners=tuple(replace(one, name=one.name * 10_000) for one in each.owners))
        for each in team.portfolio.tasks
    ]
    page = write(notes(replace(team, portfolio=replace(team.portfolio, tasks=tuple(endless))), Since()))
    assert max(map(len, page.splitlines())) < 1_000
