"""What happened on the boards before today: dates that moved, comments, signs of life."""

from retro.sandbox.campaign.plan import CAMILLE, INES, MAXIME, SALOME, THEO

MOVED = (("depliant", SALOME, (4, 6, 8)),)
"""Due dates that moved: the card, who moved it, and the days it was due on before."""

EDITED = (("calendrier", INES, -1), ("maquettes", SALOME, -1), ("media", MAXIME, -2), ("hebergement", THEO, -6))
"""Signs of life: the card, who worked on it, and when."""

COMMENTS = (
    ("hebergement", THEO, -6, "Le client nous envoie les accès DNS en fin de semaine."),
    ("maquettes", CAMILLE, -1, "Accueil et produit validés en interne, on continue."),
)
"""Comments: the card, by whom, when, and what they say."""
