"""Everything that a recording may be handed over as."""

from __future__ import annotations

import array
import asyncio
import io
import os
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import clip

import voiceroll


def pcm(name: str) -> tuple[Any, int]:
    """The samples of a WAV clip, and their rate."""
    with wave.open(str(clip(name))) as file:
        data = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        return data, file.getframerate()


def test_a_path_bytes_buffers_and_files_are_the_same() -> None:
    data = clip("ada-1.mp3").read_bytes()
    expected = voiceroll.inspect(clip("ada-1.mp3"))
    with open(clip("ada-1.mp3"), "rb") as file:
        for source in (
            str(clip("ada-1.mp3")),
            data,
            bytearray(data),
            memoryview(data),
            memoryview(bytes(2 * len(data)))[::2].tobytes() and np.frombuffer(data, dtype="uint8"),
            array.array("B", data),
            io.BytesIO(data),
            file,
            voiceroll.Recording(data),
        ):
            assert voiceroll.inspect(source) == expected


def test_scattered_bytes_are_gathered() -> None:
    data = clip("ada-1.mp3").read_bytes()
    wide = bytearray(2 * len(data))
    wide[::2] = data
    assert voiceroll.inspect(memoryview(wide)[::2]) == voiceroll.inspect(data)


def test_a_buffer_may_change_after_the_call_began() -> None:
    data = bytearray(clip("ada-1.mp3").read_bytes())
    recording = voiceroll.Recording(data)
    expected = voiceroll.inspect(bytes(data))
    data[:] = bytes(len(data))
    assert voiceroll.inspect(recording) == expected


def test_samples_of_every_kind_and_shape() -> None:
    samples, rate = pcm("ben-1.wav")
    expected = voiceroll.inspect(voiceroll.Recording.from_samples(samples, rate))
    assert expected.duration == pytest.approx(len(samples) / rate, abs=0.01)
    floats = (samples / 32768).astype("float32")
    stereo = np.stack([samples, samples], axis=1)
    for made in (
        floats,
        floats.astype("float64"),
        floats[:, None],
        np.asfortranarray(stereo),
        stereo,
        array.array("h", samples.tolist()),
    ):
        found = voiceroll.inspect(voiceroll.Recording.from_samples(made, rate))
        assert found.sample_rate == rate
        assert found.speech_seconds == pytest.approx(expected.speech_seconds, abs=0.05)
        assert found.level_dbfs == pytest.approx(expected.level_dbfs, abs=0.1)
    assert voiceroll.inspect(voiceroll.Recording.from_samples(stereo, rate)).channels == 2


def test_samples_that_are_none() -> None:
    for made, rate in (
        (np.zeros(100, dtype="int32"), 16_000),
        (np.zeros(100, dtype="complex64"), 16_000),
        (np.zeros((100, 0), dtype="float32"), 16_000),
        (np.zeros((2, 16_000), dtype="float32"), 16_000),
    ):
        with pytest.raises(voiceroll.InvalidInputError):
            voiceroll.Recording.from_samples(made, rate)
    for rate in (0, -1, 2**70):
        with pytest.raises(voiceroll.InvalidInputError, match="rate"):
            voiceroll.Recording.from_samples(np.zeros(100, dtype="float32"), rate)
    for shape in ((), (2, 2, 2)):
        with pytest.raises(voiceroll.InvalidInputError, match="shape") as caught:
            voiceroll.Recording.from_samples(np.zeros(shape, dtype="float32"), 16_000)
        assert caught.value.code == "invalid_option"
    for odd in (np.zeros(100, dtype=object), np.zeros(100, dtype=">f4")):
        with pytest.raises(voiceroll.InvalidInputError, match="floats"):
            voiceroll.Recording.from_samples(odd, 16_000)
    for none in ([0.0], None, np.zeros(100, dtype="datetime64[s]")):
        with pytest.raises(TypeError, match="samples must"):
            voiceroll.Recording.from_samples(none, 16_000)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="`sample_rate`"):
        voiceroll.Recording.from_samples(np.zeros(100, dtype="float32"), 16e3)  # type: ignore[arg-type]
    empty = voiceroll.Recording.from_samples(np.zeros(0, dtype="float32"), 16_000)
    with pytest.raises(voiceroll.UnreadableError):
        voiceroll.inspect(empty)


def test_a_track_is_chosen() -> None:
    whole = voiceroll.inspect(clip("ada-1.mp3"))
    with open(clip("ada-1.mp3"), "rb") as file:
        for source in (clip("ada-1.mp3"), file):
            assert voiceroll.inspect(voiceroll.Recording(source, track=1)) == whole
    with pytest.raises(voiceroll.InvalidInputError, match="track"):
        voiceroll.inspect(voiceroll.Recording(clip("ada-1.mp3"), track=2))


def test_what_is_no_recording_is_a_type_error_that_helps() -> None:
    with pytest.raises(TypeError, match="from_samples"):
        voiceroll.inspect(np.zeros(16_000, dtype="float32"))
    with open(clip("README.md"), encoding="utf-8") as file, pytest.raises(TypeError, match="'rb'"):
        voiceroll.inspect(file)
    with pytest.raises(TypeError, match="already"):
        voiceroll.Recording(voiceroll.Recording(clip("ada-1.mp3")), encoding="Wav")
    for nothing in (None, 5, object()):
        with pytest.raises(TypeError, match="a path, bytes"):
            voiceroll.inspect(nothing)  # type: ignore[arg-type]


class Upload:
    """A file that is read asynchronously, as web frameworks have them."""

    async def read(self) -> bytes:
        """Returns all bytes."""
        await asyncio.sleep(0)
        return clip("ada-1.mp3").read_bytes()


def test_a_file_that_is_read_asynchronously(tmp_path: Path) -> None:
    async def main() -> None:
        async with voiceroll.AsyncRegistry.open(tmp_path / "voices.db") as registry:
            assert await registry.inspect(Upload()) == voiceroll.inspect(clip("ada-1.mp3"))
            assert await registry.inspect(io.BytesIO(clip("ada-1.mp3").read_bytes())) == await registry.inspect(
                Upload()
            )

    asyncio.run(main())
    with pytest.raises(TypeError, match="AsyncRegistry"):
        voiceroll.inspect(Upload())


def test_no_recording_is_shown() -> None:
    assert repr(voiceroll.Recording(b"RIFF" + bytes(100))) == "Recording(...)"
    assert os.fspath(clip("ada-1.mp3")) not in repr(voiceroll.Recording(clip("ada-1.mp3")))
