"""A board of 300 cards as a marketing team leaves it after two years, half French, half English: nobody's, made up."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import count, cycle
from typing import Any

from retro.sandbox.trello.build import PARIS, BoardBuilder

CARDS = 300
NOW = datetime(2026, 11, 23, 9, tzinfo=PARIS)
BEFORE, AFTER = date(2026, 9, 1), date(2027, 1, 8)

INFORMS = (
    "📌 À LIRE AVANT DE CRÉER UNE CARTE", "Mode d’emploi du board", "Liens utiles", "Charte graphique 2025",
    "Accès et mots de passe", "Légende des étiquettes",
)  # fmt: skip
SEPARATORS = ("---", "━━━━━━━━━━", "--- SEMAINE 48 ---", "•••", "=====")
MODELS = ("Modèle – Post LinkedIn", "[Modèle] Newsletter", "Template: blog post", "Gabarit – Flyer")
IDEAS = (
    "Podcast avec les clients ?", "TikTok", "Jeu-concours de Noël", "une vidéo drone du siège",
    "Collab influenceurs", "Refaire le site un jour", "Webinar RGPD", "QUIZ INSTAGRAM",
    "https://exemple.org/inspiration", "Escape game", "Guest post on a partner blog", "Goodies",
    "idées Julie (voir mail)", "Parrainage", "Livre blanc n°2",
)  # fmt: skip
VAGUE = (
    "Divers", "contenus à produire", "À voir", "WIP", "voir avec Julie", "Finaliser", "site", "com", "photos",
    "Misc", "Content", "TBD", "modifs", "URGENT", "à faire", "suite", "Relances", "Visuels ?",
)  # fmt: skip
WORK = (
    "Newsletter de décembre", "[SEO] Article sur la refonte du blog", "Landing page salon Vivatis",
    "Flyer A5 portes ouvertes", "SEO : Audit des pages produits", "[Social] Posts de la semaine 49",
    "Rédiger le communiqué de presse", "Kakémono", "[Ads] Campagne Google de janvier",
    "Brief + design + intégration LP", "Envoyer le mail à Paul", "Appeler l’imprimeur",
    "Video testimonial – Studio Lumen", "Case study: Hôtel des Pins", "[Socail] Carrousel produits",
    "Update the pricing page", "Plaquette commerciale", "[Web] Intégration de la page Tarifs",
    "Traduire la FAQ en anglais", "Print brochure", "BAT signé du catalogue", "Mise en ligne de la page emploi",
    "Stand : commander la moquette", "Emailing de relance", "[CLIENT A] Bannières", "Photos du nouveau local",
    "Mettre à jour la signature mail", "Kick-off refonte", "(seo) Maillage interne", "Dossier de presse",
    "Blog post about accessibility", "Press release spring offer", "Tournage interview fondatrice",
    "Montage vidéo 30 s", "Instagram reels", "LE NOUVEAU LOGO DOIT ÊTRE PARTOUT AVANT NOËL",
    "Préparer le COPIL de janvier", "Invitation cards", "Étude de cas Moulins du Val", "Calendrier de l’Avent",
)  # fmt: skip
PEOPLE = ("Léa Martin", "Karim Benali", "Julie Roy", "Équipe Com", "Tom Reed")
LABELS = ("urgent", "client", "SEO", "print", "à revoir", "social", "")
NOTES = (
    "",
    "",
    "",
    "voir le drive",
    "après validation du logo",
    "Brief : https://exemple.org/brief",
    "cf. mail de Paul",
)
UNDER_WAY = ("En cours", "En validation", "Chez le client")
WAITING = ("À faire", "Vrac Julie", "À planifier", "URGENT", "Prêt à publier")


def messy_board() -> dict[str, Any]:
    """The board's export: three hundred cards in some fifteen lists, with all that two years leave behind."""
    board = BoardBuilder("COM 2026 🚀 (ne pas toucher)", now=lambda: NOW)
    _aside(board)
    dates = cycle(_dates())
    works = _numbered(WORK)
    for name, share in zip(("Terminé – novembre", "DONE", "Livré"), (35, 20, 15), strict=True):
        for title in _take(works, share):
            board.list(name).card(title, due=next(dates), done=name != "DONE")
    for title in _take(works, 12):
        board.list("Annulé").card(title)
    for title in _take(works, 15):
        board.list("À faire").card(title, closed=True)
    people = cycle(((), (), (PEOPLE[0],), (), (PEOPLE[1], PEOPLE[2]), (PEOPLE[3],), (), (PEOPLE[4],)))
    labels, notes = cycle(LABELS), cycle(NOTES)
    vague = cycle(VAGUE)
    lists = cycle((*WAITING, *UNDER_WAY, "Vrac Julie", "À faire"))
    for number in count():
        if len(board.document["cards"]) == CARDS:
            break
        label = next(labels)
        board.list(next(lists)).card(
            next(vague) if number % 4 == 0 else next(works),
            due=next(dates) if number % 3 == 0 else None,
            members=next(people),
            labels=[label] if label else [],
            desc=next(notes),
            checklists={"À faire": [f"étape {each}" for each in range(1, 4)]} if number % 11 == 0 else None,
        )
    return board.document


def exported(document: dict[str, Any]) -> str:
    """A board as the file that its export is."""
    return json.dumps(document, ensure_ascii=True)


def _aside(board: BoardBuilder) -> None:
    """What is never work: to be read, models, lines, ideas."""
    for title in INFORMS:
        board.list("📌 À LIRE").card(title, desc="Merci de lire !")
    for title in ("Logo vectoriel", "Banque d’images", "Compte rendu du 3/11"):
        board.list("Ressources").card(title)
    for title in MODELS:
        board.list("Modèles").card(title, template=title.startswith("Template"))
    for title in IDEAS:
        board.list("Boîte à idées").card(title)
    for title in SEPARATORS:
        board.list("À faire").card(title)
    board.list("À faire").card("https://trello.com/b/AbCd1234", role="link")
    board.list("À faire").card("Refonte (miroir)", role="mirror")


def _numbered(titles: Iterable[str]) -> Iterator[str]:
    """The titles once, then again with what people put behind a title that is already there; some stay the same."""
    known = tuple(titles)
    for turn in count(1):
        for number, title in enumerate(known):
            again = turn > 1 and (turn + number) % 5
            yield f"{title} (v{turn})" if again else title


def _take(titles: Iterator[str], number: int) -> list[str]:
    return [next(titles) for _each in range(number)]


def _dates() -> list[date]:
    """Days long past, past and to come; some of them on a weekend."""
    days = (AFTER - BEFORE).days
    return [BEFORE + timedelta(days=each) for each in range(0, days, 4)]
