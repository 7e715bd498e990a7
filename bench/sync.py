"""The nightly run over hundreds of boards of a Trello look-alike: requests, time against the allowed rate, and memory.

    python bench/sync.py [--boards N] [--tasks N] [--accounts N] [--written N] [--latency SECONDS] [--faster N]

The look-alike runs in a process of its own, with Trello's limits (a window `--faster` times as short, for both sides).
A first run by hand writes on `--written` boards; then `retro sync` runs with nothing changed, and its figures are
printed. 1 where it writes, asks more than a request a board, needs more than 1 GB, or takes more than 1.05 times what
the allowed rate takes: the reads, and the whole run. Time is judged where the limit binds, which it does where neither
the processor nor the answers alone take as long; the figures say which it is.
"""

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from retro.sandbox.exchange import Reply
from retro.sandbox.pace import Rate
from retro.sandbox.trello import BoardBuilder, CardMade, Limits, State, TrelloSandbox, new_state
from retro_trello.capabilities import CAPABILITIES

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 4, 9, tzinfo=PARIS)
FIRST_LAUNCH = date(2027, 3, 1)
TOKEN, KEY = Rate(100, 10), Rate(300, 10)
UNBOUND = 1_000.0
"""How much faster the first run, by hand, may go: it is not what is measured."""
MOST_RATIO, MOST_MEGABYTES = 1.05, 1_000
HANDS = 4
"""People on each board, each of whom is on the next three as well."""
LISTS = ("À planifier", "À produire", "En validation", "Prêt pour lancement", "Terminé")
CHANNELS = ("SEO", "SEA", "Social", "Email", "Web", "Print")
WORK = ("Brief", "Rédaction", "Maquette", "Relecture", "Intégration", "Envoi au client")
MISLAID, BEHIND = 12, 15
"""One row in so many is dated against its own order; one card in so many is not through when its date has passed."""
PROSE = (
    "Ce qui est attendu, pour qui, et où en sont les textes.",
    "Le client relit sous deux jours ; au-delà, la date de livraison glisse d'autant.",
    "Reprendre les visuels de la dernière campagne, au format carré et vertical.",
    "Voir avec le graphiste pour les déclinaisons, puis envoyer les fichiers sources.",
    "Les accroches sont dans le dossier partagé, à valider avant la mise en page.",
    "Prévoir une version courte pour mobile et une version longue pour le bureau.",
    "Le budget média est de 3 000 euros, réparti sur trois semaines.",
)


class Ran(NamedTuple):
    """What one run took."""

    code: int
    seconds: float
    cpu: float
    megabytes: float
    said: str


def launch(place: int) -> date:
    """The date that a board works to: they are spread over a year."""
    return FIRST_LAUNCH + timedelta(days=place * 5 % 365)


def _list_of(day: date, number: int) -> str:
    """Where a card of a due date stands: what is past is through, but for one in so many."""
    ahead = (day - NOW.date()).days
    if ahead < 0 and number % BEHIND:
        return LISTS[-1]
    # Nobody has begun what is three weeks off.
    return LISTS[0] if ahead > 21 else LISTS[1 + number % 3]


def fill(state: State, place: int, tasks: int) -> str:
    """A board of so many cards, six in a row waiting for one another, most in the order of their dates; its address."""
    name = f"Campagne {place}"
    board = BoardBuilder(name, state)
    lists = {title: board.list(title) for title in LISTS}
    before: CardMade | None = None
    for number in range(tasks):
        row, step = divmod(number, len(WORK))
        day = launch(place) - timedelta(days=12 + row * 11 % 90 + 5 * (len(WORK) - 1 - step))
        if row % MISLAID == 0:
            day -= timedelta(days=8 * step)
        state_of = _list_of(day, number)
        before = lists[state_of].card(
            f"[{CHANNELS[row % len(CHANNELS)]}] {WORK[step]} {number} de {name}",
            due=day,
            members=[f"Personne {place + number % HANDS}"],
            labels=[CHANNELS[row % len(CHANNELS)]],
            desc=" ".join(f"{PROSE[(number * turn + place) % len(PROSE)]} ({number})" for turn in range(1, 5)),
            done=state_of == LISTS[-1],
            depends_on=[before] if before is not None and step else [],
        )
    return board.url


class Watched(TrelloSandbox):
    """Knows when requests came."""

    came: tuple[float, ...] = ()
    """When the first and the last one did, in seconds."""

    def handle(self, method: str, target: str, headers: Mapping[str, str], raw: bytes) -> Reply | None:
        """Note the time, then answer."""
        now = time.monotonic()
        self.came = (*self.came[:1], now)
        return super().handle(method, target, headers, raw)


def serve(line: Connection, boards: int, tasks: int, accounts: int, latency: float) -> None:
    """Be the look-alike: tell addresses and tokens, then on each message put other limits in force."""
    state = new_state(lambda: NOW)
    people = [state.add_member(f"Compte {number}", f"compte{number}") for number in range(accounts)]
    tokens = [state.add_token(person["id"]).value for person in people]
    urls = [fill(state, number, tasks) for number in range(boards)]
    while True:
        asked: float | None = line.recv()
        if asked is None:
            return
        limits = Limits(token=_shorter(TOKEN, asked), key=_shorter(KEY, asked))
        with Watched(state, limits=limits, ticks=time.monotonic) as trello:
            if latency:
                trello.faults.add(f"slow:{latency}")
            line.send({"url": trello.url, "key": trello.key, "tokens": tokens, "boards": urls})
            line.recv()
            log = trello.requests_since(0)
            refused = sum(access.status == 429 for access in log)
            span = max(trello.came, default=0.0) - min(trello.came, default=0.0)
            line.send({"requests": len(log), "writes": trello.writes(), "refused": refused, "span": span})


def _shorter(rate: Rate, faster: float) -> Rate:
    return Rate(rate.most, rate.seconds / faster)


def configuration(told: dict[str, Any], written: int) -> str:
    """A retro.toml over the look-alike's boards, each a project of its own."""
    return "\n".join(_sections(told, written))


def _sections(told: dict[str, Any], written: int) -> Iterator[str]:
    yield 'version = 1\n[lint]\nfail_on = "never"'
    for number in range(len(told["tokens"])):
        yield f'[sources.s{number}]\nkind = "trello"\nurl = "{told["url"]}"'
        yield f'key = {{ env = "BENCH_KEY" }}\ntoken = {{ env = "BENCH_TOKEN_{number}" }}'
    for number, url in enumerate(told["boards"]):
        yield f'[boards.b{number}]\nsource = "s{number % len(told["tokens"])}"\nat = "{url}"'
        if number < written:
            yield 'write = { own = ["latest"] }'
        yield f'[projects.p{number}]\nname = "Campagne {number}"\nboards = ["b{number}"]'
        yield f'anchors = [{{ name = "Lancement", date = {launch(number)} }}]'


def retro(folder: Path, told: dict[str, Any], faster: float, *arguments: str, script: str = __file__) -> Ran:
    """Run one command line in a process of its own, through `script`."""
    secrets = {f"BENCH_TOKEN_{number}": token for number, token in enumerate(told["tokens"])}
    command = [sys.executable, str(Path(script).resolve()), "--run", str(faster), *arguments]
    began = time.monotonic()
    with (folder / "said").open("w+") as said:
        child = subprocess.Popen(  # noqa: S603 - this very file
            command, cwd=folder, env={**os.environ, **secrets, "BENCH_KEY": told["key"]}, stdout=said, stderr=said
        )
        _pid, status, used = os.wait4(child.pid, 0)
        seconds = time.monotonic() - began
        said.seek(0)
        text = said.read()
    return Ran(os.waitstatus_to_exitcode(status), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text)


def run(faster: float, arguments: list[str]) -> int:
    """The command line, its pacers as much faster as the look-alike's limits are."""
    from retro.cli.app import run as command_line  # noqa: PLC0415 - in the process that is measured only
    from retro_trello import account  # noqa: PLC0415 - as above

    for name in ("TOKEN_RATE", "KEY_RATE"):
        most, window = getattr(account, name)
        setattr(account, name, (most, max(1, int(window / faster))))
    return command_line(arguments)


def main() -> int:
    """Print the figures; 1 where one is beyond what is allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--boards", type=int, default=500)
    parser.add_argument("--tasks", type=int, default=200, help="on each board")
    parser.add_argument("--accounts", type=int, default=1, help="tokens that the boards are spread over")
    parser.add_argument("--written", type=int, default=5, help="boards that retro writes on")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--faster", type=float, default=1.0, help="how much shorter the limits' windows are")
    parser.add_argument("--keep", type=Path, help="a new folder for configuration and state, to look at afterwards")
    asked = parser.parse_args()
    process = multiprocessing.get_context("spawn")
    line, other = process.Pipe()
    server = process.Process(
        target=serve, args=(other, asked.boards, asked.tasks, asked.accounts, asked.latency), daemon=True
    )
    server.start()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.keep or Path(made)
        folder.mkdir(exist_ok=True)
        if asked.written:
            first, done = night(line, folder, asked, UNBOUND, "apply", "--yes")
            print(f"first run, by hand: {told_of(first, done)}")
        again, done = night(line, folder, asked, asked.faster, "sync", "-q")
    line.send(None)
    server.join()
    return judged(again, done, asked)


def night(
    line: Connection, folder: Path, asked: argparse.Namespace, faster: float, *arguments: str
) -> tuple[Ran, dict[str, Any]]:
    """One run against a look-alike that starts to count."""
    line.send(faster)
    told = line.recv()
    (folder / "retro.toml").write_text(configuration(told, asked.written), encoding="utf-8")
    ran = retro(folder, told, faster, *arguments)
    line.send("done")
    return ran, line.recv()


def told_of(ran: Ran, done: dict[str, Any]) -> str:
    """Its figures on a line."""
    counts = f"{done['requests']} requests, {done['writes']} writes, {done['refused']} refused"
    return f"{counts}; {ran.seconds:.1f} s, {ran.cpu:.1f} s of processor, {ran.megabytes:.0f} MB"


def judged(ran: Ran, done: dict[str, Any], asked: argparse.Namespace) -> int:
    """Print the run and what is beyond; the exit code."""
    allowed = min(TOKEN.most * asked.accounts / TOKEN.seconds, KEY.most / KEY.seconds) * asked.faster
    least = max(done["requests"] / allowed, 1e-9)
    answers = done["requests"] * asked.latency / asked.accounts / CAPABILITIES.pulls_at_once
    binds = least > max(ran.cpu, answers)
    print(f"nothing changed: {told_of(ran, done)}")
    reads, whole = done["span"] / least, ran.seconds / least
    print(f"at {allowed:g} requests a second: {least:.1f} s", end="; ")
    print(f"the reads {done['span']:.1f} s, {reads:.3f} times; all of it {whole:.3f} times")
    if not binds:
        print("the limit does not bind: " + ("the processor does" if ran.cpu > answers else "the answers do"))
    faults = {
        "it failed": ran.code != 0,
        "it wrote": done["writes"] > 0,
        "it asked more than the reads": done["requests"] > asked.boards,
        "requests were refused": done["refused"] > 0,
        "too much memory": ran.megabytes > MOST_MEGABYTES,
        "the reads are too slow": binds and reads > MOST_RATIO,
        "the whole is too slow": binds and whole > MOST_RATIO,
    }
    found = [fault for fault, there in faults.items() if there]
    print("; ".join(found) or "as it should be")
    if ran.code:
        print(ran.said[-2_000:], file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        sys.exit(run(float(sys.argv[2]), sys.argv[3:]))
    sys.exit(main())
