"""retro.toml is read strictly, and every fault is one sentence with its place."""

from pathlib import Path

import pytest

from retro.config.load import find, load, parse
from retro.config.shape import Settings
from retro.ports import ConfigurationError

ROOT = Path(__file__).parents[3]


def test_the_example_loads() -> None:
    """The shipped example is a valid configuration."""
    settings = parse((ROOT / "config.example.toml").read_text("utf-8"), "config.example.toml")
    assert settings.boards["contenus"].write.own == ["latest", "review"]
    assert settings.projects["lancement"].guardian == "camille"


def test_the_example_names_every_key() -> None:
    """No key of the shape is missing from the example."""
    text = (ROOT / "config.example.toml").read_text("utf-8")
    for name, field in Settings.model_fields.items():
        section = field.annotation
        keys = list(getattr(section, "model_fields", {}))
        assert not [key for key in (name, *keys) if key not in text]


def test_defaults_are_the_contract() -> None:
    """An empty file gives the documented defaults."""
    settings = parse("", "retro.toml")
    assert settings.workspace.timezone == "Europe/Paris"
    assert settings.calendar.day.minutes(0) == 420
    assert settings.schedule.point.minutes(420) == 210
    assert settings.lint.profile == "douce"
    assert settings.sync.quiet.minutes(420) == 10
    assert not settings.sync.health_url


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[workspac]", 'workspac: unknown key "workspac". Did you mean "workspace"?'),
        ('[sources.a]\nkind="trello"\n[boards.x]\nsource="a"\nstats={}', 'boards.x.stats: unknown key "stats"'),
        ('[sources.b]\nkind="trelo"', "one of these is expected: 'trello', 'notion', 'file'"),
        ('[calendar]\nweek={mon="9h"}', "hours are written as pairs"),
        ('[calendar]\nday="1d"', "given in hours"),
        ('[schedule]\nmargin="a"', "a number is expected"),
        ("[lint]\nselect=1", "a list is expected"),
        ('[workspace]\ntimezone="Paris"', '"Paris" is no time zone'),
        ('[sources.b]\nkind="trello"\n[boards.y]\nsource="c"', '"c" is defined nowhere in this file. Known here: b.'),
        ('[sources.b]\nkind="trello"\ntoken={env="A",file="b"}', "a secret has one place"),
        ("[boards.y]\nkind='flow'", 'the key "source" is missing'),
        ('[sync]\nquiet_hours="night"', "20:00-07:00"),
        ('[lint]\nmeeting="monday"', "mon 10:00"),
        ('[sources.b]\nkind="trello"\n[boards.y]\nsource="b"\nestimate=["feild:JH"]', "field:NAME=days"),
        ('[sources.b]\nkind="trello"\n[projects.y]\nfilter="zzz"', "label:NAME"),
        ("a =", "this is not valid TOML"),
    ],
)
def test_a_fault_is_one_sentence(text: str, said: str) -> None:
    """Each fault names file, key and remedy."""
    with pytest.raises(ConfigurationError) as raised:
        parse(text, "retro.toml")
    assert said in str(raised.value)
    assert str(raised.value).startswith("retro.toml")
    assert "\n" not in str(raised.value)


def test_found_upwards(tmp_path: Path) -> None:
    """A retro.toml counts for every folder below it."""
    (tmp_path / "retro.toml").write_text("version = 1")
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find(deep) == tmp_path / "retro.toml"


def test_as_notepad_saves_it(tmp_path: Path) -> None:
    """A mark before the text, and lines that end in two signs, are read as the same file."""
    path = tmp_path / "retro.toml"
    path.write_bytes('[workspace]\r\nlang = "en"\r\n'.encode("utf-8-sig"))
    assert load(path).settings.workspace.lang == "en"


def test_named_file_that_is_not_there(tmp_path: Path) -> None:
    """A configuration that is named must exist."""
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load(tmp_path / "other.toml")


def test_no_file_no_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a retro.toml there is nowhere to keep a state."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RETRO_CONFIG", raising=False)
    configuration = load()
    assert configuration.path is None
    assert configuration.state is None


def test_a_deadline_counts_by_the_clock() -> None:
    """A day of a deadline is 24 hours, whatever a working day is."""
    sync = parse('[sync]\ndeadline = "1d"\nquiet = "90min"', "retro.toml").sync
    assert (sync.deadline.elapsed.total_seconds(), sync.quiet.elapsed.total_seconds()) == (86_400, 5_400)
