# SPDX-License-Identifier: Apache-2.0
"""Makes the recordings that compare.py and memory.py measure on, from the project's own clips.

Needs ffmpeg. The files go to target/bench and are made anew each time.
Limits: two synthetic utterances of one voice, without noise; the hour is the half minute, looped.
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
