"""A marketing team that never was: two boards, seven people, four projects, about forty tasks, one Monday morning.

The dates come from a plain pass over the links, good enough to draw from; the schedule's own tests are elsewhere.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from retro.calendars import build_calendar
from retro.model import (
    Anchor,
    AnchorVerdict,
    Assessment,
    Board,
    Category,
    ChainStep,
    ConstraintType,
    EstimateOrigin,
    Finding,
    Lever,
    Link,
    LinkType,
    Membership,
    Owner,
    Person,
    Portfolio,
    Project,
    ProjectStanding,
    Schedule,
    Severity,
    SourceState,
    SourceStatus,
    Status,
    StatusOrigin,
    Tally,
    Task,
    TaskSchedule,
    Template,
    UnresolvedLink,
    Verdict,
    as_date,
)

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 11, 9, 0, tzinfo=PARIS)
DAY = 420
PEOPLE = {
    "lea": "Léa Martin",
    "karim": "Karim Benali",
    "ines": "Inès Duval",
    "hugo": "Hugo Lefèvre",
    "camille": "Camille Roy",
    "thomas": "Thomas Nguyen",
    "sofia": "Sofia Almeida",
}
LISTS = {
    "idea": ("Idées", Category.IDEA),
    "todo": ("À produire", Category.TODO),
    "doing": ("En cours", Category.DOING),
    "review": ("En validation", Category.REVIEW),
    "ready": ("Prêt pour lancement", Category.READY),
    "done": ("Terminé", Category.DONE),
}
ANCHORS = {
    "salon": ("Salon Bio & Sens", "Ouverture du salon", date(2027, 1, 28), "Maison Aubier"),
    "brise": ("Lancement Brise", "Mise en vente", date(2027, 3, 1), "Maison Aubier"),
    "site": ("Nouveau site", "Mise en ligne", date(2027, 4, 15), "Cidrerie du Phare"),
}
# id, project, board, title, owner, list, start, due, days of work, predecessors
Row = tuple[str, str, str, str, str, str, str, str, float, str]
ROWS: tuple[Row, ...] = (
    (
        "s1",
        "salon",
        "T",
        "[Événementiel] Réserver le stand de 18 m²",
        "sofia",
        "done",
        "2026-12-01",
        "2026-12-04",
        2,
        "",
    ),
    ("s2", "salon", "T", "[Print] Brief kakémono et plaquette", "lea", "done", "2026-12-14", "2026-12-16", 2, "s1"),
    (
        "s3",
        "salon",
        "T",
        "[Print] Maquette de la plaquette 8 pages",
        "ines",
        "doing",
        "2027-01-04",
        "2027-01-08",
        6,
        "s2",
    ),
    ("s4", "salon", "T", "[Print] Relecture de la plaquette", "camille", "todo", "", "2027-01-13", 2, "s3"),
    ("s5", "salon", "T", "[Print] Impression de 2 000 plaquettes", "sofia", "todo", "", "2027-01-22", 10, "s4"),
    ("s6", "salon", "T", "[Print] Maquette des 3 kakémonos", "ines", "todo", "", "2027-01-15", 3, "s2"),
    ("s7", "salon", "T", "[Événementiel] Livraison sur le stand", "sofia", "todo", "", "2027-01-27", 2, "s5,s6"),
    ("s8", "salon", "T", "[CRM] Invitation de 450 clients", "karim", "review", "2027-01-05", "2027-01-12", 2, "s1"),
    ("s9", "salon", "T", "[Social] 6 posts d’annonce du salon", "hugo", "doing", "2027-01-07", "2027-01-14", 3, "s1"),
    ("s10", "salon", "T", "[RP] Dossier de presse", "camille", "todo", "", "", 4, ""),
    ("s11", "salon", "T", "[Événementiel] Planning des présences", "", "todo", "", "2027-01-20", 1, ""),
    ("b1", "brise", "T", "[Marque] Plateforme de marque Brise", "lea", "done", "2026-11-16", "2026-11-27", 8, ""),
    ("b2", "brise", "T", "[Marque] Nom et identité validés", "lea", "done", "2026-12-01", "2026-12-11", 6, "b1"),
    (
        "b3",
        "brise",
        "T",
        "[Photo] Shooting produit, 12 visuels",
        "thomas",
        "doing",
        "2027-01-06",
        "2027-01-13",
        8,
        "b2",
    ),
    ("b4", "brise", "T", "[Photo] Retouche des 12 visuels", "thomas", "todo", "", "2027-01-21", 10, "b3"),
    (
        "b5",
        "brise",
        "T",
        "[SEO] 4 articles de fond sur les actifs marins",
        "camille",
        "doing",
        "2027-01-04",
        "2027-01-22",
        8,
        "b2",
    ),
    ("b6", "brise", "T", "[Web] Page produit Brise", "hugo", "todo", "", "2027-01-29", 10, "b4,b5"),
    ("b7", "brise", "T", "[Web] Recette de la page produit", "karim", "todo", "", "2027-02-03", 2, "b6"),
    ("b8", "brise", "T", "[SEA] Structure des campagnes Google Ads", "karim", "todo", "", "2027-02-08", 4, "b6"),
    ("b9", "brise", "T", "[CRM] 3 emails de lancement", "karim", "todo", "", "2027-02-10", 4, "b4"),
    ("b10", "brise", "T", "[Social] Calendrier et 15 posts", "hugo", "todo", "", "2027-02-12", 12, "b4"),
    ("b11", "brise", "T", "[RP] Communiqué et envoi à 80 journalistes", "camille", "todo", "", "2027-02-15", 3, "b5"),
    ("b12", "brise", "T", "[Influence] Kits pour 10 créatrices", "sofia", "todo", "", "2027-02-12", 5, "b4"),
    ("b13", "brise", "T", "[Vente] Formation des 6 conseillères", "", "todo", "", "2027-02-22", 2, "b6"),
    ("b14", "brise", "T", "[Marque] Feu vert de la direction", "lea", "todo", "", "2027-02-24", 3, "b7,b8,b9,b10,b11"),
    ("b15", "brise", "T", "[SEA] Débrief J+14", "karim", "idea", "", "", 1, ""),
    ("w1", "site", "N", "Audit SEO du site actuel", "camille", "done", "2026-12-07", "2026-12-18", 5, ""),
    ("w2", "site", "N", "Arborescence et zoning de 9 gabarits", "hugo", "done", "2026-12-14", "2027-01-06", 8, "w1"),
    (
        "w3",
        "site",
        "N",
        "Maquettes de l’accueil et de la fiche cidre",
        "ines",
        "todo",
        "2027-01-18",
        "2027-01-29",
        8,
        "w2",
    ),
    ("w4", "site", "N", "Rédaction de 12 pages", "camille", "todo", "", "2027-02-19", 8, "w2"),
    ("w5", "site", "N", "Intégration des 9 gabarits", "hugo", "todo", "", "2027-03-05", 12, "w3"),
    ("w6", "site", "N", "Plan de redirections", "karim", "todo", "", "2027-02-26", 2, "w1"),
    ("w7", "site", "N", "Recette sur 4 navigateurs", "thomas", "todo", "", "2027-03-17", 4, "w5,w4"),
    ("w8", "site", "N", "Formation de l’équipe cidrerie", "lea", "todo", "", "2027-03-24", 1, "w7"),
    ("w9", "site", "N", "Bascule du nom de domaine", "thomas", "todo", "", "2027-03-29", 1, "w7,w6"),
    ("f1", "flux", "N", "[Newsletter] Édition de janvier", "camille", "review", "2027-01-06", "2027-01-14", 2, ""),
    ("f2", "flux", "N", "[Social] Stories de la semaine", "hugo", "todo", "2027-01-11", "2027-01-15", 1, ""),
    ("f3", "flux", "N", "[CRM] Nettoyage de la base", "", "todo", "", "", 3, ""),
    ("f4", "flux", "N", "[Print] Carte de vœux", "ines", "doing", "2026-12-15", "2027-01-06", 2, ""),
    ("f5", "flux", "N", "[Data] Tableau de bord mensuel", "thomas", "todo", "", "2027-01-15", 2, ""),
    ("f6", "flux", "N", "Podcast ?", "", "idea", "", "", 5, ""),
)
CALENDAR = build_calendar()


def owner(key: str) -> Owner:
    """One of the seven."""
    return Owner(key, PEOPLE[key])


def work_minutes(person: str | None, day: date) -> int:
    """Seven hours on a working day, or those up to an instant; Karim is away for the last week of January."""
    if person == "karim" and date(2027, 1, 25) <= as_date(day, PARIS) <= date(2027, 1, 29):
        return 0
    if isinstance(day, datetime):
        return CALENDAR.minutes_between(datetime.combine(day.date(), time(), PARIS), day)
    return DAY if CALENDAR.is_working_day(day) else 0


def task(key: str, title: str, *, board: str = "trello:T", category: str = "todo", **fields: object) -> Task:
    """A task on one of the boards."""
    raw, kind = LISTS[category]
    made = Task(
        key=key,
        board=board,
        title=title,
        url=f"https://trello.com/c/{key}",
        status=Status(raw, kind, StatusOrigin.MAPPED),
        memberships=(Membership(board, raw),),
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # fields of Task, by name


def finding(code: str, severity: Severity, sentence: str, subject: str = "", **fields: object) -> Finding:
    """A remark with a plain sentence."""
    made = Finding(
        code=code,
        name=code.lower(),
        severity=severity,
        template=Template(sentence),
        subject=subject,
        task=subject or None,
        board="trello:T",
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # fields of Finding, by name


def team() -> Assessment:
    """The assessment of that Monday."""
    tasks = tuple(_row(row) for row in ROWS)
    links = tuple(Link(f"t:{before}", f"t:{row[0]}") for row in ROWS for before in row[9].split(",") if before)
    projects = tuple(
        Project(
            key=key,
            name=name,
            boards=("notion:N",) if key == "site" else ("trello:T",),
            tasks=tuple(f"t:{row[0]}" for row in ROWS if row[1] == key),
            client=client,
            guardian="lea",
            anchors=(Anchor(key=f"{key}/0", name=anchor, date=day, project=key),),
        )
        for key, (name, anchor, day, client) in ANCHORS.items()
    )
    schedule = _schedule(tasks, links)
    return Assessment(
        portfolio=Portfolio(
            sources=(
                SourceState(id="equipe", kind="trello", state=SourceStatus.FRESH, read_at=NOW, requests=1),
                SourceState(
                    id="base",
                    kind="notion",
                    state=SourceStatus.STALE,
                    read_at=NOW - timedelta(days=1, hours=2),
                    error="timeout",
                ),
            ),
            boards=(
                Board(key="trello:T", name="Lancements", source="equipe", url="https://trello.com/b/T"),
                Board(key="notion:N", name="Site et contenus", source="base", archived_known=False),
            ),
            tasks=tasks,
            people=tuple(Person(key=key, name=name, keys=(key,)) for key, name in PEOPLE.items()),
            projects=projects,
            links=links,
            unresolved=(UnresolvedLink("t:w6", "Carte supprimée"),),
        ),
        schedule=schedule,
        findings=_findings(),
        now=NOW,
        lang="fr",
        zone_name="Europe/Paris",
        day_minutes=DAY,
        work_minutes=work_minutes,
        rules={
            "END104": ("end-date-unreachable", "date inatteignable"),
            "OWN101": ("no-owner", "sans responsable"),
            "DAT103": ("overdue", "en retard"),
            "DAT101": ("no-due-date", "sans date"),
            "DEL101": ("vague-deliverable", "livrable flou"),
            "CAP101": ("overloaded-person", "personne surchargée"),
            "NAM101": ("no-channel-prefix", "sans canal"),
        },
    )


def _row(row: Row) -> Task:
    key, project, board, title, who, where, start, due, days, _before = row
    made = task(
        f"t:{key}",
        title,
        board="trello:T" if board == "T" else "notion:N",
        category=where,
        owners=(owner(who),) if who else (),
        reviewer=owner("lea") if where == "review" else None,
        start=date.fromisoformat(start) if start else None,
        due=date.fromisoformat(due) if due else None,
        channel=title[1 : title.index("]")] if title.startswith("[") else None,
        client=ANCHORS[project][3] if project in ANCHORS else None,
        remaining=round(days * DAY / 2) if where == "doing" else None,
    )
    return replace(made, completed=datetime.fromisoformat(f"{due}T17:00+01:00")) if where == "done" else made


def _schedule(tasks: tuple[Task, ...], links: tuple[Link, ...]) -> Schedule:
    days = {f"t:{row[0]}": row[8] for row in ROWS}
    project = {f"t:{row[0]}": row[1] for row in ROWS}
    scheduled = [task for task in tasks if task.status.category is not Category.IDEA]
    latest: dict[str, datetime] = {}
    advised: dict[str, datetime] = {}
    for each in reversed(scheduled):  # rows stand in the order of their links
        if project[each.key] in ANCHORS:
            end = CALENDAR.last_minute(ANCHORS[project[each.key]][2])
            after = [link.successor for link in links if link.predecessor == each.key]
            latest[each.key] = min([_shift(latest[key], -days[key]) for key in after] or [end])
            found = min([_shift(advised[key], -days[key]) for key in after] or [end])
            advised[each.key] = _shift(found, -0.2 * days[each.key])
    finish: dict[str, datetime] = {}
    plans = {}
    for each in scheduled:
        before = [finish[link.predecessor] for link in links if link.successor == each.key]
        start = max([NOW, *before])
        left = 0.0 if each.status.category is Category.DONE else days[each.key] * (0.5 if each.remaining else 1)
        finish[each.key] = NOW if not left else _shift(start, left)
        last = latest.get(each.key)
        slack = CALENDAR.minutes_between(finish[each.key], last) if last else None
        plans[each.key] = TaskSchedule(
            key=each.key,
            estimate_minutes=round(days[each.key] * DAY),
            estimate_origin=EstimateOrigin.NUMBER,
            earliest_start=start,
            earliest_finish=finish[each.key],
            latest_start=_shift(last, -days[each.key]) if last else None,
            latest_finish=last,
            advised_start=_shift(advised[each.key], -days[each.key]) if last else None,
            advised_finish=advised.get(each.key),
            total_slack_minutes=slack,
            free_slack_minutes=slack,
            margin_minutes=round(0.2 * days[each.key] * DAY) if last else None,
            cumulated_margin_minutes=CALENDAR.minutes_between(advised[each.key], last) if last else None,
            anchor=f"{project[each.key]}/0" if last else None,
        )
    least = {
        key: min(
            plans[t.key].total_slack_minutes or 0
            for t in tasks
            if project[t.key] == key and t.is_open and t.key in plans
        )
        for key in ANCHORS
    }
    for key, plan in list(plans.items()):
        low = least.get(project[key])
        if low is not None and plan.total_slack_minutes == low:
            verdict = Verdict.INFEASIBLE if low < 0 else Verdict.THIN if project[key] == "brise" else Verdict.OK
            plans[key] = replace(plan, critical=True, verdict=verdict)
    return Schedule(tasks=plans, anchors=tuple(_verdict(key, least[key]) for key in ANCHORS), rounds=2)


def _shift(at: datetime, days: float) -> datetime:
    return CALENDAR.finish_at(CALENDAR.ordinal(at) + round(days * DAY))


def _verdict(project: str, slack: int) -> AnchorVerdict:
    _, name, day, _ = ANCHORS[project]
    feasible = slack >= 0
    return AnchorVerdict(
        key=f"{project}/0",
        name=name,
        project=project,
        date=CALENDAR.last_minute(day),
        feasible=feasible,
        missing_minutes=max(0, -slack),
        chain=() if feasible else ("t:s3", "t:s4", "t:s5", "t:s7"),
        steps=()
        if feasible
        else (
            ChainStep(task="t:s3"),
            ChainStep(task="t:s4", link=LinkType.SS, lag_minutes=2 * DAY),
            ChainStep(task="t:s5", link=LinkType.FS, calendar="nobody-known"),
            ChainStep(task="t:s7", link=LinkType.FS, constraint=ConstraintType.SNET),
        ),
        levers=()
        if feasible
        else (
            Lever(kind="cut", gain_minutes=2 * DAY, task="t:s5"),
            Lever(kind="overlap", gain_minutes=DAY, task="t:s3", other="t:s4"),
            Lever(kind="move", gain_minutes=-slack, date=_shift(CALENDAR.last_minute(day), -slack / DAY)),
        ),
        slack_minutes=slack,
    )


def _findings() -> tuple[Finding, ...]:
    late = ("t:s3", "t:f4")
    return (
        finding(
            "END104", Severity.ERROR, "Le salon ne tient pas sa date.", task=None, subject="salon", project="salon"
        ),
        finding("OWN101", Severity.ERROR, "Personne n’en est responsable.", "t:s11", field="owners"),
        finding("OWN101", Severity.ERROR, "Personne n’en est responsable.", "t:b13", field="owners"),
        finding("OWN101", Severity.ERROR, "Personne n’en est responsable.", "t:f3", board="notion:N", field="owners"),
        *(
            finding("DAT103", Severity.ERROR, "Attendue le {due}.", key, params={"due": date(2027, 1, 8)})
            for key in late
        ),
        finding("DEL101", Severity.WARNING, "Le livrable n’est pas nommé.", "t:f6", board="notion:N"),
        finding(
            "CAP101",
            Severity.WARNING,
            "Inès a {hours} h de trop la semaine du 11/01.",
            task=None,
            params={"hours": 12.5},
        ),
        finding(
            "NAM101",
            Severity.INFO,
            "Neuf tâches ne disent pas leur canal.",
            task=None,
            subject="notion:N",
            board="notion:N",
            tally=Tally(count=9, base=15, keys=tuple(f"t:w{n}" for n in range(1, 10))),
        ),
        finding("DAT101", Severity.INFO, "Aucune date.", "t:s10", primary=True),
        finding("DEL101", Severity.INFO, "Sans brief.", "t:s11", primary=False),
    )


def standing(day: date, **facts: object) -> ProjectStanding:
    """How the fair stood on a day."""
    return ProjectStanding(day=day, project="salon", **facts)  # type: ignore[arg-type]  # fields by name
