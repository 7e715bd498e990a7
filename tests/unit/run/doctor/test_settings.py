"""Names in the configuration that lead nowhere are told, with the nearest that exists."""

from pathlib import Path

import pytest

from retro.config.load import Configuration, parse
from retro.model.check import Check, Verdict
from retro.run.doctor.settings import of_settings

CODES = ("OWN101", "OWN102", "NAM101")
HEAD = '[sources.equipe]\nkind = "trello"\n[boards.a]\nsource = "equipe"\n'


def remarks(text: str) -> list[Check]:
    """What is to be looked at in a configuration."""
    configuration = Configuration(parse(text, "retro.toml"), Path("retro.toml"))
    found = of_settings(configuration, CODES, {"trello", "notion", "file"})
    return [check for check in found if check.verdict is not Verdict.OK]


def test_a_sound_file_has_none() -> None:
    """Codes by their beginnings, sources with boards, projects with all of theirs: nothing to say."""
    assert not remarks(HEAD + '[lint]\nselect = ["OWN", "nam101"]\n')


@pytest.mark.parametrize(
    ("text", "subject", "said"),
    [
        ('[lint]\nselect = ["OWN103"]\n', "[lint] select", '"OWN103" is the code of no rule'),
        ('[lint]\noverrides = [{ ignore = ["XYZ"] }]\n', "[lint] overrides", '"XYZ" is the code of no rule'),
        ('[lint]\noverrides = [{ sources = ["equip"] }]\n', "[lint] overrides", "defined nowhere"),
        ('[people.lea]\nids = ["5abbe4b7"]\n', "[people.lea] ids", "no id of an account"),
        ("[projects.x]\nboards = []\n", "[boards.a]", "belongs to no project"),
        ('[sources.autre]\nkind = "notion"\n', "[sources.autre]", "nothing is read"),
    ],
)
def test_what_leads_nowhere(text: str, subject: str, said: str) -> None:
    """Each is one remark, with its place and what to do."""
    (check,) = remarks(HEAD + text)
    assert check.subject == subject
    assert said in check.said
    assert check.remedy


def test_the_nearest_code_is_named() -> None:
    """A slip of the keyboard shows what was meant."""
    (check,) = remarks(HEAD + '[lint]\nignore = ["OWN112"]\n')
    assert "OWN1" in check.remedy
