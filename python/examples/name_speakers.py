"""Says who spoke when in a recorded call, with the names of its call-log record.

    python name_speakers.py record.json call.mp3

The speakers must be enrolled under their extension ids. Without a recording, a server fetches it.
"""

import json
import os
import sys
from pathlib import Path

import voiceroll


def main(record: str, recording: str | None = None) -> None:
    told = json.loads(Path(record).read_text())
    on_server = "VOICEROLL_SERVER" in os.environ
    with voiceroll.Registry.connect() if on_server else voiceroll.Registry.open("voices.db") as registry:
        found = registry.identify_call(told, recording)
    for turn in found.segments:
        print(f"{turn.start:7.1f} {turn.end:7.1f}  {turn.name or turn.speaker_id or 'somebody else'}")
    for speaker_id in found.not_enrolled:
        print(f"not enrolled: {speaker_id}")


if __name__ == "__main__":
    main(*sys.argv[1:])
