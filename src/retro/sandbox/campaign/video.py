"""The Notion base of video and press, which both boards of cards wait for and are waited for by."""

from retro.sandbox.campaign.plan import AUDE, CAMILLE, HUGO, INES, LAUNCH, MAXIME, SALOME, PlannedPage

VIDEO, PRESS = "Vidéo", "Presse"
IDEA, TODO, DOING, REVIEW, DONE = "Idée", "À faire", "En cours", "En validation", "Terminé"
STATUSES = {IDEA: "To-do", TODO: "To-do", DOING: "In progress", REVIEW: "In progress", DONE: "Complete"}
"""Names of options to Notion's own groups."""

CARD_AFTER = ("pages", "tuto-montage")
"""The card that waits for a page, and the page."""

PAGES = (
    PlannedPage(
        key="note",
        title="[Vidéo] Note d’intention du film – 2 pages",
        status=DONE,
        channel=VIDEO,
        who=(INES,),
        work=1,
        due=-11,
        touched=(INES, -11),
    ),
    PlannedPage(
        key="tournage",
        title="[Vidéo] Tournage du film – 2 lieux",
        status=DOING,
        channel=VIDEO,
        who=(SALOME,),
        work=2,
        due=4,
        after=("note",),
        touched=(SALOME, -2),
    ),
    PlannedPage(
        key="montage",
        title="[Vidéo] Montage du film – 45 secondes",
        status=TODO,
        channel=VIDEO,
        who=(INES,),
        work=4,
        due=16,
        after=("tournage",),
    ),
    PlannedPage(
        key="tuto-scenario",
        title="[Vidéo] Scénario de 3 tutoriels",
        status=TODO,
        channel=VIDEO,
        who=(AUDE,),
        work=1,
        # The last day on which the tutorials are not late: nothing of the margin is left.
        due=23,
        after_card="articles",
    ),
    PlannedPage(
        key="tuto-tournage",
        title="[Vidéo] Tournage de 3 tutoriels",
        status=TODO,
        channel=VIDEO,
        who=(INES,),
        work=1,
        due=24,
        after=("tuto-scenario",),
    ),
    PlannedPage(
        key="tuto-montage",
        title="[Vidéo] Montage de 3 tutoriels",
        status=TODO,
        channel=VIDEO,
        who=(INES,),
        work=2,
        due=26,
        after=("tuto-tournage",),
    ),
    PlannedPage(
        key="fichier",
        title="[Presse] Fichier de 60 journalistes",
        status=DOING,
        channel=PRESS,
        who=(MAXIME,),
        work=2,
        due=9,
        touched=(MAXIME, -1),
    ),
    PlannedPage(
        key="dossier",
        title="[Presse] Dossier de presse – 8 pages",
        status=TODO,
        channel=PRESS,
        who=(HUGO,),
        work=3,
        due=36,
        after=("fichier",),
    ),
    PlannedPage(
        key="revue",
        title="[Presse] Revue de presse J+15",
        status=TODO,
        channel=PRESS,
        who=(CAMILLE,),
        work=1,
        due=LAUNCH + 15,
    ),
    PlannedPage(key="interview", title="[Presse] Interview croisée des fondateurs", status=IDEA, channel=PRESS),
)
