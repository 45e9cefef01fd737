"""Sessions on sound that is still coming."""

from __future__ import annotations

import asyncio
import gc
import json
import wave
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import clip

import voiceroll


def chunks(name: str, size: int) -> Iterator[bytes]:
    """A clip, piece by piece."""
    data = clip(name).read_bytes()
    return (data[at : at + size] for at in range(0, len(data), size))


def test_a_session_enrolls_as_a_recording_does(tmp_path: Path) -> None:
    with voiceroll.Registry.open(tmp_path / "whole.db") as registry:
        whole = registry.enroll("ada", clip("ada-1.mp3"))
    with voiceroll.Registry.open(tmp_path / "live.db") as registry:
        with registry.live_enrollment("ada") as session:
            statuses = list(session.over(chunks("ada-1.mp3", 3000)))
            enrollment = session.finish()
        assert (enrollment.speech_seconds, enrollment.quality) == (whole.speech_seconds, whole.quality)
        last = statuses[-1]
        assert isinstance(last, voiceroll.LiveStatus)
        assert last.missing_seconds == 0
        assert abs(last.speech_seconds - whole.speech_seconds) < 0.6
        assert any(problem.code == "too_short" for status in statuses for problem in status.problems)
        json.dumps(last.to_dict())
        with pytest.raises(voiceroll.InvalidInputError) as caught:
            session.push(b"more")
        assert caught.value.code == "session_ended"


def test_who_speaks_is_said_while_they_speak(tmp_path: Path) -> None:
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry:
        registry.enroll("ada", clip("ada-1.mp3"))
        session = registry.live_identification(speaker_ids=["ada"])
        segments: list[voiceroll.Segment] = []
        named = set()
        for update in session.over(chunks("ada-3.webm", 2000)):
            if update.segments:
                segments = [s for s in segments if s.start < update.segments[0].start] + list(update.segments)
            if update.speaker is not None:
                named.add(update.speaker.speaker_id)
        assert "ada" in named
        assert [s.speaker_id for s in segments] == ["ada"]
        assert session.finish() == registry.identify(clip("ada-3.webm"), speaker_ids=["ada"])


def test_arrays_of_samples_are_bytes(tmp_path: Path) -> None:
    with wave.open(str(clip("ben-1.wav"))) as file:
        rate, channels = file.getframerate(), file.getnchannels()
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry:
        session = registry.live_enrollment("ben", format="i16", sample_rate=rate, channels=channels)
        for part in np.array_split(samples[: len(samples) // channels * channels], 20):
            session.push(part)
        floats = registry.live_enrollment("bea", format="f32", sample_rate=rate, channels=channels)
        floats.push((samples / np.float32(32768)).astype("<f4"))
        assert session.finish().speech_seconds == floats.finish().speech_seconds
        with pytest.raises(TypeError):
            registry.live_enrollment("ben").push("text")  # type: ignore[arg-type]


def test_what_is_wrong_is_raised(tmp_path: Path) -> None:
    with voiceroll.Registry.open(tmp_path / "voices.db", require_consent=True) as registry:
        with pytest.raises(voiceroll.InvalidInputError):
            registry.live_enrollment("not an id")
        with pytest.raises(voiceroll.InvalidInputError):
            registry.live_enrollment("ada", format="i16")
        with pytest.raises(voiceroll.IncompleteError):
            registry.live_enrollment("ada").push(b"")
        with pytest.raises(voiceroll.NotFoundError):
            registry.live_identification(speaker_ids=["nobody"]).push(b"")
        with pytest.raises(TypeError):
            voiceroll.LiveEnrollment()
    with pytest.raises(voiceroll.InvalidInputError):
        registry.live_enrollment("ada")


def test_a_session_that_is_left_leaves_nothing(tmp_path: Path) -> None:
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry:
        with registry.live_enrollment("ada") as session:
            for _ in session.over(chunks("ada-1.mp3", 3000)):
                break
        with pytest.raises(voiceroll.InvalidInputError):
            session.finish()
        registry.live_enrollment("ada").push(clip("ada-1.mp3").read_bytes())
        gc.collect()
        with pytest.raises(voiceroll.NotFoundError):
            registry.get("ada")


def test_asyncio(tmp_path: Path) -> None:
    async def microphone(name: str) -> AsyncIterator[bytes]:
        for chunk in chunks(name, 4000):
            await asyncio.sleep(0)
            yield chunk

    async def main() -> None:
        async with voiceroll.AsyncRegistry.open(tmp_path / "voices.db") as registry:
            async with registry.live_enrollment("ada") as session:
                async for status in session.over(microphone("ada-1.mp3")):
                    assert status.duration >= 0
                assert (await session.finish()).complete
            identification = registry.live_identification()
            updates = [update async for update in identification.over(chunks("ada-3.webm", 4000))]
            assert any(update.speaker and update.speaker.speaker_id == "ada" for update in updates)
            assert (await identification.finish()).speakers == 1

    asyncio.run(main())
