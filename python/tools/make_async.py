"""Makes `_async.py` of `_sync.py`: the same with `await` in front. `--check` only says whether it is up to date."""

import re
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "voiceroll"
CHANGES = [
    (
        r"The registry for callers without asyncio\. `_async\.py` is made from this file by `tools/make_async\.py`\.",
        "The registry for asyncio. Made from `_sync.py` by `tools/make_async.py`; do not edit it.",
    ),
    (
        r"It can be used from many threads at once\. The GIL is released during a call, and Ctrl-C ends it\.",
        "The event loop runs on during a call; cancelling the task that awaits it stops the work.",
    ),
    (r"\bRegistry\b", "AsyncRegistry"),
    (r"class Callbacks", "class AsyncCallbacks"),
    (r">>> with", ">>> async with"),
    (r"enrollment = registry", "enrollment = await registry"),
    (r"\bLive(Enrollment|Identification)\b", r"AsyncLive\1"),
    (r"    def (?!open|connect|__init__|take|live_)", "    async def "),
    (r"__(enter|exit)__", r"__a\1__"),
    (r"(?<!import )\brun\((?=self)", "await arun("),
    (r"(?<!import )\bend\((?=self)", "await aend("),
    (r"EnrollOptions, end, run\b", "EnrollOptions, aend, arun"),
    (r"\bself\.(close|list)\(", r"await self.\1("),
    (r"Iterable, Iterator, Mapping", "Iterator, Iterable, Mapping"),
    (r"Iterator", "AsyncIterator"),
]


def main() -> None:
    """Makes it, or compares."""
    text = (PACKAGE / "_sync.py").read_text()
    for pattern, change in CHANGES:
        text, count = re.subn(pattern, change, text)
        if count == 0:
            sys.exit(f"nothing in _sync.py matches {pattern!r} any more: correct it in tools/make_async.py")
    made = subprocess.run(["ruff", "format", "-"], input=text, capture_output=True, text=True, check=True, cwd=PACKAGE)
    text = made.stdout
    there = PACKAGE / "_async.py"
    if "--check" not in sys.argv:
        there.write_text(text)
    elif there.read_text() != text:
        sys.exit("_async.py is not what _sync.py makes: run python tools/make_async.py")


main()
