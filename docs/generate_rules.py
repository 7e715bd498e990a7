"""Write the pages of the rules and their table: `python docs/generate_rules.py`."""  # noqa: INP001 - a script beside the pages it writes

from pathlib import Path

from retro import registry
from retro.lint.pages import documents

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Write every page, and remove those of rules that are gone."""
    wanted = documents(registry.rule_types())
    for stale in (ROOT / "docs" / "rules").rglob("*.md"):
        if stale.relative_to(ROOT).as_posix() not in wanted:
            stale.unlink()
    for place, text in wanted.items():
        target = ROOT / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
