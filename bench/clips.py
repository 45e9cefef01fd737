# SPDX-License-Identifier: Apache-2.0
"""Makes the recordings that compare.py, memory.py and hour.py measure on, from the project's own clips.

Needs ffmpeg. The files go to target/bench and are made anew each time.
Limits: synthetic utterances, without noise; the hours are loops.
"""
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[1]
FOLDER = ROOT / "target" / "bench"
AUDIO = ROOT / "tests" / "audio"
FFMPEG = ["ffmpeg", "-nostdin", "-loglevel", "error", "-y"]


def half_minute():
    """30 s, MP3, 44.1 kHz, mono, 64 kbit/s."""
    path = FOLDER / "half-minute.mp3"
    join = ["-filter_complex", "[0:a][1:a]concat=n=2:v=0:a=1", "-t", "30"]
    coding = ["-ar", "44100", "-ac", "1", "-b:a", "64k"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    inputs = ["-i", AUDIO / "ada-1.mp3", "-i", AUDIO / "ada-2.m4a"]
    subprocess.run([*FFMPEG, *inputs, *join, *coding, path], check=True)
    return path


def hour():
    """60 minutes of the same."""
    path = FOLDER / "hour.mp3"
    source = half_minute()
    subprocess.run([*FFMPEG, "-stream_loop", "-1", "-i", source, "-t", "3600", "-c", "copy", path], check=True)
    return path


def conversation():
    """60 minutes of two voices in turns, over and over, FLAC at 16 kHz."""
    path = FOLDER / "conversation.flac"
    turns = ["ada-1.mp3", "ben-1.wav", "ada-2.m4a", "ben-2.ogg"]
    inputs = [part for turn in turns for part in ("-i", AUDIO / turn)]
    join = ["-filter_complex", "".join(f"[{n}:a]" for n in range(len(turns))) + f"concat=n={len(turns)}:v=0:a=1"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    once = FOLDER / "turns.flac"
    subprocess.run([*FFMPEG, *inputs, *join, "-ar", "16000", "-ac", "1", once], check=True)
    subprocess.run([*FFMPEG, "-stream_loop", "-1", "-i", once, "-t", "3600", path], check=True)
    return path
