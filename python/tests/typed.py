"""A program as its author's type checkers see it; nobody runs it."""

import asyncio
import io
from pathlib import Path
from typing import assert_type

import numpy as np

import voiceroll

registry = voiceroll.Registry.open(Path("voices.db"), false_accept_rate=0.001)
assert_type(registry, voiceroll.Registry)
enrollment = registry.enroll("ada", ["a.mp3", b"...", io.BytesIO(), Path("b.wav")], force=True, timeout=20.0)
assert_type(enrollment, voiceroll.Enrollment)
assert_type(enrollment.recordings[0].problems[0].measured, float | None)
assert_type(enrollment.quality, voiceroll.Quality)
registry.enroll("ada", "a.mp3", on_progress=lambda progress: print(progress.fraction), cancel=voiceroll.CancelToken())
registry.update("ada", voiceroll.Recording.from_samples(np.zeros(16_000, dtype=np.float32), 16_000))
assert_type(registry.list(partial=True).records, tuple[voiceroll.Enrollment, ...])
assert_type([record.speaker_id for record in registry.iterate()], list[str])
assert_type(registry.diarize("call.mp3", known="all", speakers=2).segments[0].speaker_id, str | None)
assert_type(registry.identify_call({"id": "1"}, memoryview(b"")).segments[0].name, str | None)
assert_type(registry.wait(registry.submit(voiceroll.JobRequest.identify("https://x", ["ada"]))), voiceroll.JobResult)
assert_type(voiceroll.inspect(bytearray()), voiceroll.Inspection)
registry.get("ada", force=True)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
registry.enroll("ada", 5)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]

try:
    registry.get("ada")
except voiceroll.NotFoundError as error:
    assert_type(error.request_id, str | None)
    assert_type(error.problems, tuple[voiceroll.Problem, ...])


async def main() -> None:
    async with voiceroll.AsyncRegistry.connect("https://voices.example.com") as remote:
        assert_type(remote, voiceroll.AsyncRegistry)
        assert_type(await remote.verify("ada", "a.mp3", timeout=5), voiceroll.Verification)
        async for record in remote.iterate(partial=True):
            assert_type(record, voiceroll.Enrollment)


asyncio.run(main())
