"""Small boards in Trello's shapes, made up: one as exports were in 2015, one as they are in 2026."""

from typing import Any

Document = dict[str, Any]

LEA = "5f0000000000000000000001"
KARIM = "5f0000000000000000000002"
GONE = "5f00000000000000000000ff"
BOARD = "5f0000000000000000000100"
TODO, DONE, ARCHIVED, INFOS, CLIENT = (f"5f00000000000000000002{n:02d}" for n in range(5))


def card_id(number: int) -> str:
    """The id of card `number`: made on 13 September 2020, a second apart."""
    return f"{0x5F5E1000 + number:08x}{number:016x}"


def link(number: int) -> str:
    """The short link of card `number`."""
    return f"Lnk{number:05d}"


def address(number: int) -> str:
    """The address of card `number`."""
    return f"https://trello.com/c/{link(number)}/{number}-carte"


def old_card(number: int, name: str, **more: Any) -> Document:
    """A card as of 2015: neither dueComplete nor start, no custom fields, no roles."""
    return {
        "id": card_id(number),
        "idShort": number,
        "shortLink": link(number),
        "shortUrl": f"https://trello.com/c/{link(number)}",
        "url": address(number),
        "name": name,
        "desc": "",
        "closed": False,
        "due": None,
        "idBoard": BOARD,
        "idList": TODO,
        "idMembers": [],
        "idLabels": [],
        "idChecklists": [],
        "labels": [],
        "attachments": [],
        "badges": {"comments": 0},
        "dateLastActivity": "2021-01-05T08:00:00.000Z",
        "pos": number * 100,
        **more,
    }


def card(number: int, name: str, **more: Any) -> Document:
    """A card as of 2026."""
    newer: Document = {
        "dueComplete": False,
        "start": None,
        "dateCompleted": None,
        "isTemplate": False,
        "cardRole": None,
        "mirrorSourceId": None,
        "customFieldItems": [],
        "pluginData": [],
    }
    return old_card(number, name, **{**newer, **more})


def board(*cards: Document, **more: Any) -> Document:
    """A board with five lists and two members."""
    return {
        "id": BOARD,
        "name": "Campagne de printemps",
        "desc": "",
        "closed": False,
        "idOrganization": None,
        "shortLink": "BrdLink1",
        "shortUrl": "https://trello.com/b/BrdLink1",
        "url": "https://trello.com/b/BrdLink1/campagne",
        "labelNames": {},
        "dateLastActivity": "2021-01-05T08:00:00.000Z",
        "prefs": {"permissionLevel": "private"},
        "lists": [
            {"id": TODO, "name": "À produire", "closed": False, "pos": 1},
            {"id": DONE, "name": "Terminé", "closed": False, "pos": 2},
            {"id": ARCHIVED, "name": "Vieilles idées", "closed": True, "pos": 3},
            {"id": INFOS, "name": "Infos", "closed": False, "pos": 4},
            {"id": CLIENT, "name": "Maison Aubier", "closed": False, "pos": 5},
        ],
        "labels": [],
        "members": [
            {"id": LEA, "fullName": "Léa Martin", "username": "leamartin"},
            {"id": KARIM, "fullName": "", "username": "karimb"},
        ],
        "memberships": [
            {"id": "5f0000000000000000000301", "idMember": LEA, "memberType": "admin"},
            {"id": "5f0000000000000000000302", "idMember": KARIM, "memberType": "normal"},
        ],
        "checklists": [],
        "cards": list(cards),
        **more,
    }


def checklist(number: int, name: str, *items: str, **more: Any) -> Document:
    """A checklist on card `number`."""
    return {
        "id": f"5f0000000000000000004{number:03d}",
        "idCard": card_id(number),
        "name": name,
        "checkItems": [
            {"id": f"5f000000000000000005{number:02d}{place:02d}", "name": item, "state": "incomplete", **more}
            for place, item in enumerate(items)
        ],
    }


def field(number: int, name: str, kind: str, *options: str) -> Document:
    """The definition of a custom field."""
    return {
        "id": f"5f00000000000000000006{number:02d}",
        "idModel": BOARD,
        "modelType": "board",
        "name": name,
        "type": kind,
        "options": [
            {"id": f"5f000000000000000007{number:02d}{n:02d}", "value": {"text": o}} for n, o in enumerate(options)
        ],
    }


def item(number: int, /, **value: str) -> Document:
    """A custom field's value on a card."""
    return {"id": "5f0000000000000000000800", "idCustomField": f"5f00000000000000000006{number:02d}", "value": value}


def chosen(number: int, option: int) -> Document:
    """A choice of a list field."""
    return {
        "idCustomField": f"5f00000000000000000006{number:02d}",
        "idValue": f"5f000000000000000007{number:02d}{option:02d}",
    }


def action(number: int, kind: str, on: int, data: Document, at: str = "2021-01-04T10:00:00.000Z") -> Document:
    """Something that Léa did to card `on`."""
    return {
        "id": f"5f0000000000000000009{number:03d}",
        "type": kind,
        "date": at,
        "idMemberCreator": LEA,
        "memberCreator": {"id": LEA, "fullName": "Léa Martin"},
        "data": {"card": {"id": card_id(on), "shortLink": link(on)}, **data},
    }


def board_of_2015() -> Document:
    """A board as it was exported in 2015: no custom fields at all."""
    return board(
        old_card(1, "(3) Logo", idMembers=[LEA], due="2021-02-01T16:00:00.000Z"),
        old_card(2, "Site", idList=DONE, desc=f"Bloqué par : {address(1)}"),
        old_card(3, "---"),
        old_card(4, "Archivée", closed=True),
        old_card(5, "Rangée", idList=ARCHIVED),
        actions=[action(1, "commentCard", 1, {"text": "Bravo"})],
    )


def board_of_2026() -> Document:
    """A board as it is exported in 2026, with everything that retro reads on it."""
    return board(
        card(
            1,
            "🎯 [SEO] Article de fond (2)",
            idMembers=[LEA, GONE],
            due="2027-02-01T22:30:00.000Z",
            start="2027-01-20T08:00:00.000Z",
            labels=[{"id": "5f0000000000000000000401", "name": "Taille M"}, {"id": "x", "name": ""}],
            customFieldItems=[
                item(1, number="2.5"),
                item(2, text="#2; Charte graphique"),
                item(3, date="2027-01-29T11:00:00.000Z"),
                item(4, checked="true"),
                chosen(5, 1),
                item(6, date="2027-03-01T10:00:00.000Z"),
            ],
            attachments=[
                {"name": "carte", "url": address(3)},
                {"name": "brief.pdf", "url": "https://exemple.fr/brief.pdf"},
            ],
        ),
        card(2, "Plan du site", dueComplete=True, dateCompleted="2027-01-08T09:00:00.000Z"),
        card(3, "Charte graphique", idMembers=[KARIM], labels=[{"id": "y", "name": "retro:off"}]),
        card(4, "Modèle d’article", isTemplate=True),
        card(5, "Miroir", cardRole="mirror", mirrorSourceId=card_id(1)),
        card(6, "Horaires du salon", idList=INFOS),
        card(7, "Mise en ligne", labels=[{"id": "z", "name": "🏁 Jalon"}], due="2027-03-01T16:00:00.000Z"),
        checklists=[
            checklist(1, "Dépendances", address(2), "Charte graphique"),
            checklist(3, "Sous-tâches", address(1), "Choisir la police"),
            checklist(7, "À vérifier", "Liens", due="2027-02-26T16:00:00.000Z", idMember=KARIM),
        ],
        customFields=[
            field(1, "JH", "number"),
            field(2, "Prérequis", "text"),
            field(3, "retro · au plus tard", "date"),
            field(4, "Urgent", "checkbox"),
            field(5, "Canal", "list", "SEO", "Social"),
            field(6, "Parution", "date"),
        ],
        actions=[
            action(
                1,
                "updateCard",
                1,
                {"old": {"due": None}, "card": {"id": card_id(1), "due": "2027-01-25T16:00:00.000Z"}},
            ),
            action(
                2,
                "updateCard",
                1,
                {
                    "old": {"due": "2027-01-25T16:00:00.000Z"},
                    "card": {"id": card_id(1), "due": "2027-02-01T22:30:00.000Z"},
                },
                at="2021-01-05T10:00:00.000Z",
            ),
            action(3, "commentCard", 1, {"text": "Relu"}),
        ],
    )


def older_shapes() -> Document:
    """A board whose cards hold less than today's: colours for labels, ids alone, dates on badges, bare checklists."""
    bare = old_card(1, "Affiche", labels=["red", "Urgent"])
    by_id = old_card(2, "Flyer", idLabels=["5f0000000000000000000a01"], idChecklists=["5f0000000000000000004002"])
    del by_id["labels"]
    badged = old_card(3, "Salon", badges={"due": "2021-02-01T16:00:00.000Z", "dueComplete": True})
    del badged["due"]
    nested = old_card(4, "Bâche", members=[{"id": LEA, "fullName": "Léa Martin"}])
    del nested["idMembers"]
    coloured = old_card(5, "Stand", labels=[{"color": "green", "name": ""}, {"color": "blue"}])
    found = checklist(2, "Étapes", "Maquette", "Impression")
    del found["idCard"]
    return board(
        bare,
        by_id,
        badged,
        nested,
        coloured,
        labelNames={"red": "Print", "green": "Web", "blue": ""},
        labels=[{"id": "5f0000000000000000000a01", "name": "Salon", "color": "green"}],
        checklists=[found],
    )
