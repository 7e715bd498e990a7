"""What the keys of a file's tasks begin with: the file's name, so that they do not depend on where retro runs."""

from pathlib import PurePath

from retro.ports import Clock


class SourceNames:
    """Short names of the sources of one run, which share its clock, all different."""

    def __init__(self) -> None:
        self._named: tuple[Clock, dict[str, str]] | None = None

    def of(self, source: str, clock: Clock) -> str:
        """A source's name without its folder.

        A second file of that name in one run has its folder's name too, and so on until no other has it.
        """
        if self._named is None or self._named[0] is not clock:
            self._named = (clock, {})
        taken = self._named[1]
        parts = PurePath(source).parts
        name = source
        for count in range(1, len(parts) + 1):
            name = "/".join(parts[-count:])
            if taken.setdefault(name, source) == source:
                break
        return name
