"""`retro connect`: page by page to a token that is checked against the look-alikes, and kept in a keyring or a file."""

import io
import os
import select
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
import typer
from tests.e2e.conftest import NOW, Campaign, Ran, Ring

from retro.config.load import load
from retro.i18n import use

Retro = Callable[..., Ran]


class Nothing(Ring):
    """A keyring that keeps nothing, and says nothing of it."""

    priority = 1

    def set_password(self, service: str, username: str, password: str) -> None:
        """Let it go."""


class Person:
    """Somebody at a terminal, with a browser: answers in order, and remembers what was asked and opened."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.asked: list[tuple[str, bool]] = []
        self.opened: list[str] = []

    def prompt(self, question: str, *, hide_input: bool = False, **_more: Any) -> str:
        """The next answer."""
        self.asked.append((question, hide_input))
        return self.answers.pop(0)

    def open(self, address: str) -> bool:
        """The browser."""
        self.opened.append(address)
        return True


@pytest.fixture
def ring() -> Iterator[Ring]:
    """The system's keyring, empty."""
    before, mine = keyring.get_keyring(), Ring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


@pytest.fixture
def room(campaign_of_three: Campaign, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Campaign:
    """The look-alikes in the tools' place, no secret anywhere, and a user's folder of its own."""
    for name in ("TRELLO_KEY", "TRELLO_TOKEN", "NOTION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RETRO_TRELLO_URL", campaign_of_three.server.url)
    monkeypatch.setenv("RETRO_NOTION_URL", campaign_of_three.base.url)
    monkeypatch.setenv("RETRO_NOW", NOW.isoformat())
    monkeypatch.setenv("TZ", "Europe/Paris")
    monkeypatch.setattr(typer, "get_app_dir", lambda name: str(tmp_path / "réglages" / name))
    return campaign_of_three


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody sits there."""
    somebody = Person()
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("retro.cli.asking.may_ask", lambda: True)
    monkeypatch.setattr("typer.prompt", somebody.prompt)
    monkeypatch.setattr("retro.cli.asking.agreed", lambda *_args, **_more: True)
    monkeypatch.setattr("webbrowser.open", somebody.open)
    return somebody


def _only_reads(room: Campaign) -> str:
    """The member's one token, which may only read."""
    tokens = room.server.state.tokens
    for value in [each.value for each in tokens.values() if each.write]:
        del tokens[value]
    (token,) = tokens.values()
    return token.value


def test_trello_from_nothing(retro: Retro, room: Campaign, ring: Ring, person: Person) -> None:
    """Two pages, the second for reading alone and without an end; boards are shown, the keyring holds both secrets."""
    key, token = room.server.key, _only_reads(room)
    person.answers = [key, token]
    mark = room.server.log.mark()
    done = retro("connect", "trello")
    assert (done.code, done.err) == (0, "")
    assert person.opened[0] == "https://trello.com/power-ups/admin"
    assert "scope=read&" in person.opened[1]
    assert "expiration=never" in person.opened[1]
    assert person.opened[1].endswith(f"key={key}")
    assert person.opened[1] in done.out
    assert all(hidden for _question, hidden in person.asked)
    assert token not in done.out
    assert "2 boards" in done.out
    assert "Ondalie – contenus – last activity on 20 Nov 2026" in done.out
    assert ring.held == {("retro", "trello-key"): key, ("retro", "trello"): token}
    assert not Path(typer.get_app_dir("retro")).exists()
    assert len(room.server.requests_since(mark)) == 3
    assert room.server.writes() == 0
    assert "retro init --one" in done.out


def test_what_was_kept_is_found_by_init(retro: Retro, room: Campaign, ring: Ring, person: Person) -> None:
    """`retro init` starts from the keyring, and the configuration says where the secrets are, not what they are."""
    person.answers = [room.base.token]
    assert retro("connect", "notion").code == 0
    person.answers = [""] * 20
    assert retro("init", "notion", "-o", "-").code == 0
    done = retro("init", "notion", "-o", "-")
    assert 'token = { keyring = "retro/notion" }' in done.out
    assert room.base.token not in done.out


def test_notion_asks_for_reading_alone(retro: Retro, room: Campaign, ring: Ring, person: Person) -> None:
    """The clicks name the two capabilities to read, and how a database is shared."""
    person.answers = [room.base.token]
    done = retro("connect", "notion")
    assert done.code == 0
    assert "Read content only" in done.out
    assert "Update content" not in done.out
    assert person.opened == ["https://www.notion.so/profile/integrations"]
    assert room.base.token not in done.out + done.err


def test_a_message_for_an_owner(retro: Retro, room: Campaign, ring: Ring, person: Person) -> None:
    """Who may not make a connection gets a message to forward, in her language, and nothing is kept."""
    use("fr")
    person.answers = [""]
    done = retro("connect", "notion")
    assert done.code == 2
    assert "Bonjour" in done.out
    assert "https://www.notion.so/profile/integrations" in done.out
    assert not ring.held


def test_databases_that_are_not_shared(retro: Retro, room: Campaign, ring: Ring, person: Person) -> None:
    """A connection that sees nothing looks again once something is shared; a database that is missing is named."""
    sources = dict(room.base.state.sources)
    room.base.state.sources.clear()

    def share(question: str, **more: Any) -> str:
        if not person.answers:
            room.base.state.sources.update(sources)
        return Person.prompt(person, question, **more) if person.answers else ""

    person.prompt = share  # type: ignore[method-assign]  # this person shares when asked
    person.answers = [room.base.token]
    typer.prompt = share  # type: ignore[assignment]  # put back by the fixture
    missing = "https://www.notion.so/agence/0123456789abcdef0123456789abcdef"
    done = retro("connect", "notion", missing)
    assert done.code == 3
    assert "sees no board yet" in done.out
    assert "1 board:" in done.out
    assert f"does not see {missing}: open the database in Notion, click •••" in done.out
    assert ring.held


def test_a_wrong_token_may_be_pasted_again(retro: Retro, room: Campaign, ring: Ring, person: Person) -> None:
    """What cannot be a token is asked for again without a request, one that is refused with its sentence."""
    key, token = room.server.key, _only_reads(room)
    person.answers = ["retro", key, key, "ATTA" + "0" * 72, key, token]
    done = retro("connect", "trello")
    assert done.code == 0
    assert "not an API key of Trello" in done.out
    assert "not a token of Trello" in done.out
    assert "Trello refuses this token" in done.err
    assert ring.held["retro", "trello"] == token
    assert "ATTA0" not in done.out + done.err


def test_what_a_copy_brings_along(retro: Retro, room: Campaign, ring: Ring, person: Person) -> None:
    """Blanks, quotation marks of any kind and marks that do not show around a key or token do no harm."""
    key, token = room.server.key, _only_reads(room)
    person.answers = [f' "{key}"\u00a0', f"\ufeff« {token} »\n"]
    assert retro("connect", "trello").code == 0
    assert ring.held == {("retro", "trello-key"): key, ("retro", "trello"): token}


def test_enter_without_a_paste(retro: Retro, room: Campaign, ring: Ring, person: Person) -> None:
    """Where nothing came in, as of Ctrl+V in an old console of Windows, it is said how to paste, and asked again."""
    key, token = room.server.key, _only_reads(room)
    person.answers = ["", key, "", "\x16", token]
    done = retro("connect", "trello")
    assert done.code == 0
    assert done.out.count("a right click") == 3
    assert ring.held == {("retro", "trello-key"): key, ("retro", "trello"): token}


def test_a_token_that_has_ended(retro: Retro, room: Campaign, ring: Ring, person: Person) -> None:
    """An expired token has its sentence, three times at most; nothing is kept."""
    state = room.server.state
    (member,) = {each.id_member for each in state.tokens.values()}
    ended = state.add_token(member, write=False, expires=NOW)
    person.answers = [room.server.key, ended.value] * 3
    done = retro("connect", "trello")
    assert done.code == 3
    assert "it has expired" in done.err
    assert not ring.held
    assert ended.value not in done.out + done.err


def test_writing_is_another_token_of_the_same_key(retro: Retro, room: Campaign, ring: Ring, person: Person) -> None:
    """`--write` asks Trello for writing too; the key that is known serves, a token that may only read does not."""
    reads = _only_reads(room)
    ring.held = {("retro", "trello-key"): room.server.key, ("retro", "trello"): reads}
    person.answers = [reads, room.server.key, reads, room.server.key, reads]
    refused = retro("connect", "trello", "--write")
    assert refused.code == 2
    assert "may read but not write" in refused.err
    assert ring.held["retro", "trello"] == reads
    state = room.server.state
    (member,) = {each.id_member for each in state.tokens.values()}
    writes = state.add_token(member)
    person.answers = [reads, room.server.key, reads, room.server.key, reads]
    assert "the token that was there already" in retro("connect", "trello", "--write").err.replace("Trello ", "")
    del state.tokens[reads]
    person.opened, person.answers = [], [writes.value]
    done = retro("connect", "trello", "--write")
    assert done.code == 0
    (page,) = person.opened
    assert "scope=read,write&" in page
    assert "It may write." in done.out
    assert ring.held["retro", "trello"] == writes.value
    assert "retro plan" in done.out


def test_writing_in_notion_is_ticked(retro: Retro, room: Campaign, ring: Ring, person: Person) -> None:
    """`--write` keeps the token: more capabilities are ticked, and that Notion does not tell them is said."""
    ring.held = {("retro", "notion"): room.base.token}
    person.answers = [""]
    done = retro("connect", "notion", "--write")
    assert done.code == 0
    assert "Update content, Insert content, Read comments and Insert comments" in done.out
    assert "does not tell what a connection may do" in done.out
    assert ring.held == {("retro", "notion"): room.base.token}


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Standard input is what another program wrote."""

    def pipe(text: str) -> None:
        lines = iter(text.splitlines(keepends=True))

        class Pipe:
            def isatty(self) -> bool:
                return False

            def readline(self) -> str:
                return next(lines, "")

        monkeypatch.setattr("sys.stdin", Pipe())

    return pipe


def test_through_a_pipe_without_a_keyring(
    retro: Retro, room: Campaign, piped: Callable[[str], None], tmp_path: Path
) -> None:
    """Lines of a pipe serve as answers; without a keyring they go to files that their owner alone can read."""
    before = keyring.get_keyring()
    keyring.set_keyring(Nothing())
    try:
        piped(f"{room.server.key}\n{room.server.token}\n")
        done = retro("connect", "trello")
        assert (done.code, done.err) == (0, "")
        file = tmp_path / "réglages" / "retro" / "retro-trello"
        assert file.read_text("utf-8") == room.server.token
        assert str(file) in done.out
        assert "this machine has no keyring" in done.out
        if os.name == "posix":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert room.server.token not in done.out
    finally:
        keyring.set_keyring(before)


def test_what_is_no_text_is_no_secret(retro: Retro, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file as PowerShell writes it, of two bytes a letter, is told as any other thing that is no secret."""
    said = io.TextIOWrapper(io.BytesIO("ntn_geheim".encode("utf-16")), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", said)
    done = retro("connect", "notion")
    assert (done.code, "Traceback" in done.err, "geheim" in done.err) == (2, False, False)
    assert "ntn_" in done.err


def test_no_file_stays_beside_a_keyring(
    retro: Retro, room: Campaign, ring: Ring, piped: Callable[[str], None], tmp_path: Path
) -> None:
    """A token that a file had held goes into the keyring once there is one, and the file is gone."""
    file = tmp_path / "réglages" / "retro" / "retro-notion"
    file.parent.mkdir(parents=True)
    file.write_text("ntn_" + "0" * 40, encoding="utf-8")
    piped(f"{room.base.token}\n")
    assert retro("connect", "notion").code == 0
    assert not file.exists()
    assert ring.held == {("retro", "notion"): room.base.token}


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    ("told", "said"),
    [
        (("trello", ""), "nobody can be asked"),
        (("trello", "no key at all\n"), "not an API key of Trello"),
        (("notion", "short\n"), "not a secret of Notion"),
        (("notion", "ntn_" + "0" * 46 + "\n"), "Notion refuses this token"),
        (("jira", ""), "There are: trello, notion"),
    ],
)
def test_what_a_pipe_cannot_bring(
    retro: Retro, ring: Ring, piped: Callable[[str], None], told: tuple[str, str], said: str
) -> None:
    """Nothing, something else, a token that is refused, a tool that is none: a sentence each, and nothing is kept."""
    tool, given = told
    piped(given)
    done = retro("connect", tool)
    assert done.code in (2, 3)
    assert said in done.err
    assert not ring.held


def test_a_source_is_appended(retro: Retro, room: Campaign, ring: Ring, person: Person) -> None:
    """A retro.toml without the tool gets its table at the end; every line that it had is as it was."""
    path = Path("retro.toml")
    path.write_bytes("# à nous\r\nversion = 1\r\n[workspace] # ici\r\nlang = 'fr'".encode())
    before = path.read_bytes()
    person.answers = [room.base.token]
    assert retro("connect", "notion").code == 0
    assert path.read_bytes().startswith(before)
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    source = load().settings.sources["notion"]
    assert source.token.keyring == "retro/notion"
    assert room.base.token.encode() not in path.read_bytes()
    person.answers = [room.base.token]
    whole = path.read_bytes()
    again = retro("connect", "notion")
    assert path.read_bytes() == whole
    assert "in place of" not in again.out


def test_a_source_that_is_there_is_not_changed(retro: Retro, room: Campaign, ring: Ring, person: Person) -> None:
    """Where retro.toml looks elsewhere for the token, what to put there is shown, and the file is untouched."""
    whole = room.config.read_bytes()
    person.answers = [_only_reads(room)]
    done = retro("-c", room.config, "connect", "trello")
    assert done.code == 0
    assert room.config.read_bytes() == whole
    assert 'token = { keyring = "retro/trello" }' in done.out


def test_the_keyring_that_is_locked(
    room: Campaign, retro: Retro, piped: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A keyring that breaks in its own way is none; a folder that cannot be written is said, and the token nowhere."""

    def broken(*_arguments: str) -> None:
        raise RuntimeError("dbus")

    monkeypatch.setattr(keyring, "set_password", broken)
    (tmp_path / "réglages").write_text("a file in the way", encoding="utf-8")
    piped(f"{room.base.token}\n")
    done = retro("connect", "notion")
    assert done.code == 2
    assert "this machine has no keyring" in done.err
    assert room.base.token not in done.out + done.err


def test_help(retro: Retro) -> None:
    """The page stands in the command's help, with examples."""
    done = retro("connect", "--help")
    assert "retro connect trello --write" in done.out


@pytest.mark.skipif(os.name != "posix", reason="a terminal of this kind is POSIX's alone")
def test_nothing_shows_of_a_token_at_a_real_terminal(room: Campaign, tmp_path: Path) -> None:
    """At a terminal of the system itself, with a browser of its own, the pasted token appears nowhere on the screen."""
    import pty  # noqa: PLC0415 - POSIX has it alone

    mine, theirs = pty.openpty()
    environ = {name: value for name, value in os.environ.items() if name not in ("CI", "RETRO_NOW")}
    environ |= {
        "BROWSER": "true",
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "réglages"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "RETRO_LANG": "en",
    }
    running = subprocess.Popen(
        [sys.executable, "-m", "retro.cli", "connect", "notion"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environ,
        start_new_session=True,
    )
    os.close(theirs)
    screen = b""
    typed = False
    while select.select([mine], [], [], 30)[0]:
        try:
            read = os.read(mine, 4096)
        except OSError:  # how Linux says that the other end is closed
            break
        if not read:
            break
        screen += read
        if not typed and b"then Enter: " in screen:  # the blank comes once nothing shows any more
            os.write(mine, room.base.token.encode() + b"\n")
            typed = True
    os.close(mine)  # which ends what still waits there
    assert running.wait(30) == 0
    assert b"1 board:" in screen
    assert room.base.token.encode() not in screen
    assert room.base.token[:12].encode() not in screen
    kept = list((tmp_path / "réglages").rglob("retro-notion")) or list(tmp_path.rglob("retro-notion"))
    assert [file.read_text("utf-8") for file in kept] == [room.base.token]
