"""A calendar of sixty dated posts, as a Trello export and as a sheet, in French and in English: made up."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO
from itertools import cycle
from typing import Any

from retro.sandbox.trello.build import PARIS, BoardBuilder

POSTS = 60
FIRST = date(2026, 11, 2)
NOW = datetime(2026, 11, 23, 9, tzinfo=PARIS)
_SUBJECTS = {
    "fr": (
        "La vérité sur nos circuits courts", "3 recettes d’automne", "Portrait : Inès, cheffe d’atelier",
        "Coulisses du shooting", "Notre bilan carbone expliqué", "Foire aux questions : la livraison",
    ),
    "en": (
        "The truth about short supply chains", "3 autumn recipes", "Portrait: Inès, workshop lead",
        "Behind the shoot", "Our carbon footprint explained", "Questions and answers: delivery",
    ),
}  # fmt: skip
_CHANNELS = ("Instagram", "LinkedIn", "Blog")
_LISTS = {
    "fr": ("Idées", "À produire", "En validation", "Prêt à publier", "Publié"),
    "en": ("Ideas", "To do", "In review", "Ready to publish", "Published"),
}
_NAMES = {"fr": "Calendrier éditorial 2027", "en": "Editorial calendar 2027"}
_HEADINGS = {
    "fr": ("Titre", "Responsable", "Date de publication", "Statut", "Canal"),
    "en": ("Title", "Owner", "Due date", "Status", "Channel"),
}


def posts(lang: str) -> list[tuple[str, date, str, str]]:
    """Title, day, list and channel of each post: every second day, weekends included, the past ones out."""
    subjects, channels = cycle(_SUBJECTS[lang]), cycle(_CHANNELS)
    _ideas, *lists, out = _LISTS[lang]
    waiting = cycle(lists)
    made = []
    for number in range(POSTS):
        day = FIRST + timedelta(days=2 * number)
        place = out if number < POSTS // 6 else next(waiting)
        channel = next(channels)
        made.append((f"[{channel}] {next(subjects)} #{number + 1}", day, place, channel))
    return made


def editorial_export(lang: str) -> dict[str, Any]:
    """The calendar as a Trello board."""
    board = BoardBuilder(_NAMES[lang], now=lambda: NOW)
    for name in _LISTS[lang]:
        board.list(name)
    for title, day, place, channel in posts(lang):
        board.list(place).card(title, due=day, members=["Inès Faure"], labels=[channel], done=place == _LISTS[lang][-1])
    return board.document


def editorial_sheet(lang: str) -> str:
    """The calendar as a sheet."""
    target = StringIO()
    out = csv.writer(target)
    out.writerow(_HEADINGS[lang])
    for title, day, place, channel in posts(lang):
        out.writerow([title, "Inès Faure", day.isoformat(), place, channel])
    return target.getvalue()
