"""Enrolls somebody under an extension id: reads the enrollment, and creates or updates it.

    python create_or_update.py 59586 monday.mp3

With VOICEROLL_SERVER and its credentials in the environment the roll is kept on that server, otherwise in voices.db.
"""

import json
import os
import sys

import voiceroll


def main(speaker_id: str, recording: str) -> None:
    on_server = "VOICEROLL_SERVER" in os.environ
    with voiceroll.Registry.connect() if on_server else voiceroll.Registry.open("voices.db") as registry:
        try:
            found = registry.get(speaker_id)
            print(f"{speaker_id} is enrolled with {found.speech_seconds:.1f} s of speech")
            enrollment = registry.update(speaker_id, recording)
        except voiceroll.NotFoundError:
            print(f"{speaker_id} is new")
            enrollment = registry.create(speaker_id, recording)
    print(json.dumps(enrollment.to_dict(), indent=2))
    if not enrollment.complete:
        print(f"{enrollment.missing_seconds:.1f} s of speech are still missing")


if __name__ == "__main__":
    main(*sys.argv[1:])
