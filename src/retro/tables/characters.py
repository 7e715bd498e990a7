"""Text that a workbook's XML can hold."""

import re

_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fitting(text: str) -> str:
    """A text without the characters that XML cannot hold: controls, and halves of pairs."""
    return _UNFIT.sub("", text)
