"""The dates that projects work to and the margin before them, in the cases that examples do not show."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from retro.lint.examples import (
    ZONE,
    Case,
    a_board,
    a_link,
    a_schedule,
    a_task,
    case,
    key_of,
    planned,
    verdict_on,
)
from retro.model import Anchor, AnchorOrigin, BoardKind, Category, Finding, Status, StatusOrigin, Task
from retro.ports import Context
from retro_practices.buf.crowded_end_date import CrowdedEndDate
from retro_practices.buf.delivers_on_the_day import DeliversOnTheDay
from retro_practices.buf.late_validation import LateValidation
from retro_practices.end.end_date_invisible import EndDateInvisible
from retro_practices.end.end_date_on_day_off import EndDateOnDayOff
from retro_practices.ends import ends, is_launch, is_validation

if TYPE_CHECKING:
    from retro.lint import BaseRule

MONDAY = date(2027, 3, 1)
END = datetime(2027, 3, 1, 17, tzinfo=ZONE)
CONFIGURED = AnchorOrigin.CONFIGURATION


def of(rule: "BaseRule", shown: Case | Context) -> list[Finding]:
    """What a rule says."""
    return list(rule.check(shown.context() if isinstance(shown, Case) else shown))


def test_a_configured_date_is_shown_by_any_card_that_bears_it() -> None:
    """An hour of that day counts, a done card counts, an idea does not."""
    page = a_task("[Web] Page")

    def hidden(*tasks: Task) -> bool:
        return bool(of(EndDateInvisible(), case("", page, *tasks, end=MONDAY, end_origin=CONFIGURED)))

    assert hidden()
    assert not hidden(a_task("A", due=END))
    assert not hidden(a_task("A", due=MONDAY, section="Terminé"))
    assert hidden(a_task("A", due=MONDAY, section="Idées"))
    assert not hidden(replace(a_task("A"), launch=MONDAY))


def test_the_card_that_an_anchor_names_may_stand_on_another_project() -> None:
    """A launch card of another board shows the date all the same."""
    boards = (a_board(), a_board("Lancements", key="notion:l", kind=BoardKind.FLOW))
    context = case("", a_task("[Web] Page"), a_task("Go", on="notion:l", due=MONDAY), boards=boards).context()
    (project,) = context.portfolio.projects
    anchor = Anchor(key="a", name="Go", date=MONDAY, project="p", origin=CONFIGURED, task=key_of("Go"))
    project = replace(project, anchors=(anchor,))
    shown = replace(context, portfolio=replace(context.portfolio, projects=(project,)))
    assert of(EndDateInvisible(), shown) == []


def test_ends_are_told_once_and_in_order() -> None:
    """An anchor that the schedule judged is the one of the configuration; milestones join it."""
    shown = case(
        "",
        a_task("Salon", due=date(2027, 2, 1), milestone=True),
        end=MONDAY,
        schedule=a_schedule(
            anchors=(
                verdict_on("Salon", date(2027, 2, 1)),
                replace(verdict_on("Lancement", MONDAY), key="lancement"),
            )
        ),
    )
    found = ends(shown.context())["p"]
    assert [(end.key, end.day, end.task) for end in found] == [
        (key_of("Salon"), date(2027, 2, 1), key_of("Salon")),
        ("lancement", MONDAY, None),
    ]


def test_a_day_off_is_told_of_a_holiday_and_not_of_a_date_gone_by() -> None:
    """The calendar decides; yesterday's date is no news."""
    page = a_task("[Web] Page", due=None)
    sunday = date(2027, 1, 10)
    assert of(EndDateOnDayOff(), case("", page, end=sunday)) == []
    assert len(of(EndDateOnDayOff(), case("", page, end=sunday, now=datetime(2027, 1, 10, 9, tzinfo=ZONE)))) == 1
    assert of(EndDateOnDayOff(), case("", a_task("A", section="Terminé"), end=date(2027, 2, 27))) == []


def chain(
    due: date = MONDAY, *, title: str = "[Web] Intégration", section: str = "À planifier", work: int = 420
) -> Case:
    """Two tasks, the second due on a day, before a launch that a card stands for."""
    return case(
        "",
        a_task("[Web] Maquettes", due=date(2027, 2, 10)),
        a_task(title, due=due, section=section),
        a_task("Mise en ligne", due=MONDAY, milestone=True),
        links=(a_link("[Web] Maquettes", title), a_link(title, "Mise en ligne")),
        schedule=a_schedule(
            planned(title, latest=END, anchor=key_of("Mise en ligne"), work=work),
            anchors=(verdict_on("Mise en ligne", MONDAY),),
        ),
    )


def test_the_last_work_may_end_on_any_day_but_the_last() -> None:
    """Only the day of the launch itself is told; what is ready may be there."""
    assert len(of(DeliversOnTheDay(), chain())) == 1
    assert of(DeliversOnTheDay(), chain(MONDAY - timedelta(3))) == []
    assert of(DeliversOnTheDay(), chain(section="Prêt pour lancement", work=0)) == []


def test_what_still_waits_is_not_the_last() -> None:
    """A task that another piece of work waits for is in the middle of its chain."""
    shown = chain()
    context = shown.context()
    more = replace(
        context.portfolio,
        tasks=(*context.portfolio.tasks, a_task("[Web] Recette mobile", due=MONDAY)),
        links=(*context.portfolio.links, a_link("[Web] Intégration", "[Web] Recette mobile")),
    )
    assert of(DeliversOnTheDay(), replace(context, portfolio=more)) == []


def crowd(due: int, base: int, share: float = 0.3) -> list[Finding]:
    """What BUF104 says of `base` tasks of which some are due on the last day."""
    tasks = (a_task(f"[Web] {number}", due=MONDAY if number < due else date(2027, 2, 1)) for number in range(base))
    return of(CrowdedEndDate(share=share), case("", *tasks, end=MONDAY))


@pytest.mark.parametrize(("due", "base", "speaks"), [(3, 10, False), (4, 13, True), (3, 9, True), (2, 2, False)])
def test_a_crowd_is_more_than_its_share_and_three_at_least(due: int, base: int, *, speaks: bool) -> None:
    """Exactly the share is no crowd, nor are two tasks of two."""
    assert bool(crowd(due, base)) is speaks
    assert crowd(due, base, share=0.9) == [] or due == base


def test_what_happens_on_the_day_is_no_crowd() -> None:
    """Publications, milestones and the debrief stand on or after the day by their nature."""
    tasks = (
        *(a_task(f"[Social] Publier le post {number}", due=MONDAY) for number in range(6)),
        a_task("Jalon", due=MONDAY, milestone=True),
        a_task("Débrief", due=MONDAY),
        *(a_task(f"[Web] {number}", due=date(2027, 2, 1)) for number in range(4)),
    )
    assert of(CrowdedEndDate(), case("", *tasks, end=MONDAY)) == []


def test_a_crowd_of_dates_that_were_only_assumed_is_information() -> None:
    """Where the sure dates alone make none, the finding rests on an assumption."""
    tasks = [replace(a_task(f"[Web] {number}", due=MONDAY), assumed=frozenset({"due"})) for number in range(4)]
    (found,) = of(CrowdedEndDate(), case("", *tasks, end=MONDAY))
    assert found.assumed


@pytest.mark.parametrize(
    ("due", "speaks"),
    [
        (date(2027, 2, 24), False),
        (date(2027, 2, 25), True),
        (date(2027, 2, 27), True),
        (MONDAY, True),
        (date(2027, 3, 2), False),
    ],
)
def test_three_working_days_are_left_after_a_validation(due: date, *, speaks: bool) -> None:
    """Thursday leaves Friday and Monday, which are two; after the launch it is another rule's business."""
    assert bool(of(LateValidation(), case("", a_task("Validation client", due=due), end=MONDAY))) is speaks


def test_the_validation_that_is_the_launch_is_none() -> None:
    """A milestone that stands for the end date cannot come before it."""
    shown = case(
        "",
        a_task("[Web] Page"),
        a_task("Validation finale", due=MONDAY, milestone=True),
        schedule=a_schedule(anchors=(verdict_on("Validation finale", MONDAY),)),
    )
    assert of(LateValidation(), shown) == []


def test_a_validation_that_is_done_is_over() -> None:
    """Only what is open can be late."""
    done = replace(a_task("Validation client", due=MONDAY), status=Status("Fait", Category.DONE, StatusOrigin.MAPPED))
    assert of(LateValidation(), case("", a_task("[Web] Page"), done, end=MONDAY)) == []


@pytest.mark.parametrize(
    "title",
    [
        "mise en ligne",
        "mise en ligne de la landing page",
        "lancement de la campagne",
        "site en ligne",
        "envoi de la newsletter",
        "go live",
        "launch day",
        "publier le teaser",
        "salon de l'agriculture",
        "webinaire partenaires",
        "send newsletter",
    ],
)
def test_launches_by_their_words(title: str) -> None:
    """The launch, what is done on its day, and what takes place then."""
    assert is_launch(title)


@pytest.mark.parametrize(
    "title",
    [
        "maquettes",
        "communique de presse",
        "kit de lancement",
        "plan de diffusion",
        "integration",
        "launching pad design",
    ],
)
def test_work_before_a_launch_is_no_launch(title: str) -> None:
    """A word of the launch within a title is not the launch."""
    assert not is_launch(title)


@pytest.mark.parametrize(
    "title",
    [
        "validation client",
        "valider la maquette",
        "faire valider le script",
        "bat signe",
        "bat affiche 4x3",
        "site : validation du client",
        "maquettes validees",
        "legal approval of the claims",
        "client sign-off",
        "landing page approved",
        "approve final artwork",
        "envoyer le dossier pour validation",
    ],
)
def test_validations_by_their_words(title: str) -> None:
    """Somebody has to say yes, at the beginning, the end, or in so many words."""
    assert is_validation(title)


@pytest.mark.parametrize(
    "title",
    [
        "email de validation d'inscription",
        "validation de formulaire",
        "bateau",
        "battle de danse",
        "signaletique",
        "accords mets et vins",
        "contrat signe",
        "form validation",
        "approvisionnement du stand",
        "visage de la marque",
        "invalider les anciens codes",
    ],
)
def test_what_only_sounds_like_a_validation(title: str) -> None:
    """Whole words, and the false friends of the list."""
    assert not is_validation(title)
