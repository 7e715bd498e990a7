"""The people, lists and vocabulary of the demo's campaign.

Days are counted in working days: day 0 is the first one from today on, negative days are past.
"""

from dataclasses import dataclass

LAUNCH = 46
"""Working days from day 0 to the launch: nine to ten weeks."""

CONTENTS, SITE, VIDEO = "contenus", "site", "video"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teammate:
    """Someone of the team; `leave` is the first and last day off, `share` the part of full time."""

    name: str
    username: str
    id: str
    leave: tuple[int, int] | None = None
    share: float = 1.0

    @property
    def email(self) -> str:
        """The address that Notion knows them by; Trello shows none."""
        return f"{self.username}@agence.example"


CAMILLE = Teammate(name="Camille Roussel", username="camilleroussel", id="5e8c4a10b7d21f0043a9c1e1")
HUGO = Teammate(name="Hugo Lemaire", username="hugolemaire", id="5e8c4a2c55f0aa3f6e21d9b2")
INES = Teammate(name="Inès Benali", username="inesbenali", id="5e8c4a3f7c1b8e0f52d4a673")
THEO = Teammate(name="Théo Marchand", username="theomarchand", id="5e8c4a5190e64b7d1c38f2a4", leave=(32, 33))
SALOME = Teammate(name="Salomé Girard", username="salomegirard", id="5e8c4a66ed37c90b84f105d5")
MAXIME = Teammate(name="Maxime Perrot", username="maximeperrot", id="5e8c4a7d01a94cd8be67e3f6")
AUDE = Teammate(name="Aude Kerjean", username="audekerjean", id="5e8c4a93c86fd215f07b94c7", leave=(12, 16), share=0.8)
TEAM = (CAMILLE, HUGO, INES, THEO, SALOME, MAXIME, AUDE)

IDEAS, PLAN, MAKE, DOING = "Idées", "À planifier", "À produire", "En cours"
REVIEW, READY, DONE, PARKING = "En validation", "Prêt pour lancement", "Terminé", "Parking"
LISTS = {
    CONTENTS: (IDEAS, PLAN, MAKE, DOING, REVIEW, READY, DONE),
    SITE: (IDEAS, PLAN, MAKE, DOING, REVIEW, READY, DONE, PARKING),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One card: `work` in days (JH), `after` the keys of the cards it waits for, `said` what its text says."""

    key: str
    title: str
    list: str
    who: tuple[Teammate, ...] = ()
    work: float | None = None
    start: int | None = None
    due: int | None = None
    after: tuple[str, ...] = ()
    said: str = ""
    labels: tuple[str, ...] = ()
    role: str | None = None
    template: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPage:
    """One page of the Notion base: `after` the keys of pages, `after_card` that of a card, `touched` who and when."""

    key: str
    title: str
    status: str
    channel: str
    who: tuple[Teammate, ...] = ()
    work: float | None = None
    due: int | None = None
    after: tuple[str, ...] = ()
    after_card: str = ""
    touched: tuple[Teammate, int] | None = None
