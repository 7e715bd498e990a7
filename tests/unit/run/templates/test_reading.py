"""Templates of one's own: what is read of them, and the sentence for each fault."""

from pathlib import Path

import pytest

from retro.model.plan_template import After
from retro.ports import ConfigurationError
from retro.run.templates import shipped, template_named, template_of

OWN = """
name = "Gala"
launch = { role = "lead", fr = "[Gala] Soirée", en = "[Gala] Evening" }
[roles]
lead = "Cheffe de projet"
[tasks]
"Préparer" = [
  { id = "list", role = "lead", days = 1, fr = "[Gala] Inviter 80 personnes" },
  { id = "hall", role = "lead", days = 2, after = ["list + 2,5d"], fr = "[Gala] Louer 1 salle", wait = 20 },
]
"""


def read(text: str) -> None:
    """Read a template."""
    template_of(text, key="gala", where="gala.toml", lang="en")


def test_one_language_is_enough() -> None:
    """A text in one language serves for both; phases are called as the file calls them; waits may have a comma."""
    template = template_of(OWN, key="gala", where="gala.toml", lang="en")
    assert (template.name, template.launch, template.roles) == ("Gala", "[Gala] Evening", {"lead": "Cheffe de projet"})
    hall = template.tasks[1]
    assert (hall.title, hall.phase, hall.wait, hall.after) == (
        "[Gala] Louer 1 salle",
        "Préparer",
        20,
        (After("list", 2.5),),
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "Gala"', "", "“name”"),
        ('name = "Gala"', 'name = "Gala"\nnam = 1', "nam"),
        ('name = "Gala"', 'name = { fr = "" }', "French"),
        ("days = 1", "days = 0", "too small"),
        ("days = 1", 'days = "one"', "number"),
        ('id = "hall"', 'id = "list"', "“list”"),
        ('id = "hall"', 'id = "launch"', "“launch”"),
        ("list + 2,5d", "nobody", "“nobody”"),
        ("list + 2,5d", "list + soon", "brief+3d"),
        ("list + 2,5d", "hall", "wait for each other"),
        ('id = "hall", role = "lead"', 'id = "hall", role = "boss"', "“boss”"),
        ('{ role = "lead"', '{ role = "boss"', "“boss”"),
        ("[roles]", "[roles", "TOML"),
    ],
)
def test_faults_are_named(old: str, new: str, said: str) -> None:
    """Each fault of a file is one sentence that names the file, and what is wrong there."""
    assert old in OWN
    with pytest.raises(ConfigurationError) as caught:
        read(OWN.replace(old, new))
    assert "gala.toml" in str(caught.value)
    assert said in str(caught.value).replace('"name"', "“name”")


def test_a_template_without_tasks() -> None:
    """A template that has nothing to plan is refused."""
    with pytest.raises(ConfigurationError, match="no task"):
        read(OWN[: OWN.index('"Préparer"')])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_name_of_a_template_means_it(lang: str) -> None:
    """French key, English alias, and full name mean the same template, capitals, accents and blanks aside."""
    for template in shipped(lang):
        for name in (template.key, template.alias, template.name, template.key.replace("-", " ").upper()):
            assert template_named(name, lang) is template


def test_a_name_that_means_none() -> None:
    """A slip of the keyboard is answered with the nearest template, anything else with all of them."""
    with pytest.raises(ConfigurationError, match="“webinar”"):
        template_named("webinaire", "en")
    with pytest.raises(ConfigurationError, match=r"page-redesign.*webinar"):
        template_named("xyzzy", "en")


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    """A file is read by its path, with accents, spaces and a byte order mark; one that is not there is told."""
    path = tmp_path / "modèle de gala.toml"
    path.write_text("\ufeff" + OWN, encoding="utf-8")
    assert template_named(str(path), "fr").launch == "[Gala] Soirée"
    with pytest.raises(ConfigurationError, match="cannot be read"):
        template_named(str(tmp_path / "nowhere.toml"), "fr")
