#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Make the synthetic recordings the tests and the demo use.

Needs, on Debian: apt-get install ffmpeg espeak-ng flite; and numpy for Python.
Run:  python3 make.py
It writes every clip and manifest.jsonl into its own folder, replacing what is
there. The same tool versions give the same bytes.
"""
import functools
import io
import json
import pathlib
import struct
import subprocess
import tempfile
import wave
import zipfile
from dataclasses import dataclass, replace

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
RATE = 16000
FRAME = RATE // 100

# Playing a stretched voice faster raises pitch and formants together, which
# turns a flite voice into one that flite does not have.
VOICES = {
    "ada": ("flite", "slt", 1.0),
    "ben": ("flite", "rms", 1.0),
    "cleo": ("flite", "awb", 1.2),
    "dan": ("espeak-ng", "en-us+m3", 1.0),
}

TEXT = """
The kettle is warm and full.
Every window in the library looks out on the river.
The morning train leaves the station at ten past seven.
Put the blue cups on the second shelf, next to the plates.
We walked along the coast until the rain began.
A quiet garden needs water, patience, and a good fence.
The bakery on the corner sells bread, butter and plum jam.
Please turn left after the bridge and follow the yellow signs.
Seven large boats were waiting outside the harbour.
Nobody expected snow in the valley so late in the spring.
The recipe asks for three eggs and half a cup of sugar.
My new bicycle has a brass bell and a wooden basket.
Old maps often show islands that were never there.
The meeting was moved to Thursday because of the holiday.
Bright lamps hung above the market from end to end.
She measured the table twice before cutting the board.
""".strip().splitlines()


@dataclass(frozen=True)
class Sound:
    samples: np.ndarray  # (frames,) or (frames, channels), at RATE
    clean: np.ndarray    # the speech alone, what speech_seconds is measured on
    voices: tuple

    @property
    def seconds(self):
        return len(self.samples) / RATE


# Speech

def levels(x):
    frames = x[: len(x) // FRAME * FRAME].reshape(-1, FRAME)
    return np.sqrt((frames ** 2).mean(axis=1))


def active(x):
    """Which 10 ms frames hold speech, pauses under 300 ms included."""
    level = levels(x)
    on = level > max(level.max(initial=0) * 0.01, 1e-9)
    edges = np.flatnonzero(on)
    for a, b in zip(edges, edges[1:]):
        if b - a <= 30:
            on[a:b] = True
    return on


@functools.cache
def speak(voice, line):
    engine, name, speed = VOICES[voice]
    with tempfile.NamedTemporaryFile(suffix=".wav") as f:
        if engine == "flite":
            cmd = ["flite", "-voice", name, "--setf", f"duration_stretch={speed}", "-t", TEXT[line], "-o", f.name]
        else:
            cmd = ["espeak-ng", "-v", name, "-s", "150", "-w", f.name, TEXT[line]]
        subprocess.run(cmd, check=True)
        with wave.open(f.name) as w:
            source = w.getframerate()
            x = np.frombuffer(w.readframes(w.getnframes()), "<i2") / 32768
    x = resample(x, int(RATE / speed), source)
    on = np.flatnonzero(active(x))
    x = x[on[0] * FRAME : (on[-1] + 1) * FRAME]
    loud = np.sqrt((x ** 2).mean())
    return np.clip(x * (0.08 / loud), -0.9, 0.9)


def place(phrases, pause=0.5, room=0.0004, total=None):
    """Phrases (voice, line) one after another, with a faint room under them."""
    gap = np.zeros(int(pause * RATE))
    x = np.concatenate([gap[: len(gap) // 2]] + [part for v, n in phrases for part in (speak(v, n), gap)])
    if total:
        x = np.concatenate([x, np.zeros(int(total * RATE))])[: int(total * RATE)]
    return Sound(x + room * white(len(x)), x, tuple(dict.fromkeys(v for v, _ in phrases)))


def says(voice, *lines, **how):
    return place([(voice, n) for n in lines], **how)


def join(*sounds):
    return Sound(
        np.concatenate([s.samples for s in sounds]),
        np.concatenate([s.clean for s in sounds]),
        tuple(dict.fromkeys(v for s in sounds for v in s.voices)),
    )


# Other sounds, and damage

def white(n, seed=1):
    return np.random.default_rng(seed).standard_normal(n)


def pink(n, seed=2):
    spectrum = np.fft.rfft(white(n, seed))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 1))
    x = np.fft.irfft(spectrum, n)
    return x / x.std()


def tones(*steps, seconds, level=0.2, pause=0.0):
    t = np.arange(int(seconds * RATE)) / RATE
    fade = np.minimum(1, np.minimum(t, seconds - t) / 0.01)
    gap = np.zeros(int(pause * RATE))
    parts = [p for f in steps for p in (fade * level * sum(np.sin(2 * np.pi * hz * t) for hz in f) / len(f), gap)]
    x = np.concatenate(parts)
    return Sound(x, np.zeros_like(x), ())


def silence(seconds):
    return tones((0,), seconds=seconds, level=0)


def keypad(digits):
    rows, columns, keys = (697, 770, 852, 941), (1209, 1336, 1477), "123456789*0#"
    return tones(*((rows[keys.index(d) // 3], columns[keys.index(d) % 3]) for d in digits), seconds=0.15, pause=0.1)


def chord(root):
    return [root * ratio * partial for ratio in (1, 1.26, 1.5) for partial in (1, 2, 3)]


def with_noise(sound, noise, snr_db):
    on = np.repeat(active(sound.clean), FRAME)
    power = (sound.clean[: len(on)][on] ** 2).mean()
    level = np.sqrt(power / 10 ** (snr_db / 10))
    return replace(sound, samples=sound.samples + level * noise)


def clipped(x, share=0.08):
    return np.clip(x / np.quantile(np.abs(x), 1 - share), -1, 1)


def not_finite(x):
    x = x.copy()
    x[1000::997] = np.nan
    x[1500::1999] = np.inf
    x[1600::1999] = -np.inf
    return x


def band(sound, low=300, high=3400):
    n = len(sound.samples)
    hz = np.fft.rfftfreq(n, 1 / RATE)
    gain = np.clip((hz - low) / 100 + 1, 0, 1) * np.clip((high - hz) / 200 + 1, 0, 1)
    return replace(sound, samples=np.fft.irfft(np.fft.rfft(sound.samples) * gain, n))


def scaled(sound, peak):
    return replace(sound, samples=sound.samples * (peak / np.abs(sound.samples).max()))


def stereo(sound, left, right):
    return replace(sound, samples=np.stack([sound.samples * left, sound.samples * right], axis=1))


# Encoding

def ffmpeg(args, data=b""):
    cmd = ["ffmpeg", "-v", "error", "-y", "-threads", "1", *args]
    return subprocess.run(cmd, input=data, check=True, stdout=subprocess.PIPE).stdout


def raw(channels=1, rate=RATE):
    return ["-f", "f32le", "-ar", str(rate), "-ac", str(channels), "-i", "pipe:0"]


def resample(x, rate, source=RATE):
    channels = 1 if x.ndim == 1 else x.shape[1]
    out = ffmpeg([*raw(channels, source), "-ar", str(rate), "-f", "f32le", "pipe:1"], x.astype("<f4").tobytes())
    return np.frombuffer(out, "<f4").astype(float).reshape((-1,) + x.shape[1:])


def encode(sound, suffix, args, picture=""):
    x = np.zeros(0) if sound is None else sound.samples
    source = picture.split() + (raw(1 if x.ndim == 1 else x.shape[1]) if sound else [])
    plain = ["-map_metadata", "-1", *args.split(), "-threads", "1", "-fflags", "+bitexact", "-flags", "+bitexact"]
    with tempfile.NamedTemporaryFile(suffix=suffix) as f:
        ffmpeg([*source, *plain, f.name], x.astype("<f4").tobytes())
        return pathlib.Path(f.name).read_bytes()


def pcm(x, kind):
    if kind[0] == "f":
        return x.astype("<f%d" % (int(kind[1:]) // 8)).tobytes()
    bits = int(kind[1:])
    whole = np.clip(np.round(x * 2 ** (bits - 1)), -(2 ** (bits - 1)), 2 ** (bits - 1) - 1).astype("<i8")
    if kind[0] == "u":
        whole += 2 ** (bits - 1)
    return whole.reshape(-1, 1).view("u1").reshape(-1, 8)[:, : bits // 8].tobytes()


def wav(sound, kind="s16", rate=8000, claim=None, extensible=False, size=None, damage=np.array):
    """A RIFF file; `claim` is the rate its header gives, `size` its data size."""
    x = damage(sound.samples if rate == RATE else resample(sound.samples, rate))
    channels, bits = (1 if x.ndim == 1 else x.shape[1]), int(kind[1:])
    data, tag, claim = pcm(x, kind), (3 if kind[0] == "f" else 1), claim or rate
    width = channels * bits // 8
    head = struct.pack("<HHIIHH", 0xFFFE if extensible else tag, channels, claim, claim * width, width, bits)
    if extensible:
        guid = bytes.fromhex("000000001000800000aa00389b71")
        head += struct.pack("<HHIH", 22, bits, 2 ** channels - 1, tag) + guid
    size = len(data) if size is None else size
    riff = size if size in (0, 0xFFFFFFFF) else min(size + len(head) + 20, 0xFFFFFFFF)
    return struct.pack("<4sI4s4sI", b"RIFF", riff, b"WAVE", b"fmt ", len(head)) + head + struct.pack("<4sI", b"data", size) + data


def as_he_aac(m4a):
    """Rewrite a 24 kHz mono AAC-LC file to signal SBR explicitly: AOT 5, 48 kHz."""
    config = (0b00101_0110_0001_0011_00010_000 << 7).to_bytes(4, "big")
    out = bytearray(m4a)
    es = out.index(b"esds") + 8
    assert out.index(b"mdat") < es, "chunk offsets would move"
    decoder = out.index(b"\x04\x80\x80\x80", es)
    info = out.index(b"\x05\x80\x80\x80", decoder)
    old = out[info + 4]
    for descriptor in (es, decoder, info):
        out[descriptor + 4] += len(config) - old
    out[info + 5 : info + 5 + old] = config
    for box in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"mp4a", b"esds"):
        at = out.index(box, out.index(b"moov")) - 4
        struct.pack_into(">I", out, at, struct.unpack_from(">I", out, at)[0] + len(config) - old)
    return bytes(out)


def crc(data, width, poly):
    value = 0
    for byte in data:
        value ^= byte << (width - 8)
        for _ in range(8):
            value = (value << 1) ^ (poly if value >> (width - 1) else 0)
    return value.to_bytes(width // 8, "big")


def flac_of_silence(seconds, rate=8000, block=65535):
    """Constant subframes, one per block: hours in a few kilobytes."""
    total = seconds * rate
    info = struct.pack(">HH6xQ16x", block, block, rate << 44 | 15 << 36 | total)
    out = bytearray(b"fLaC\x80\x00\x00\x22" + info)
    for number, start in enumerate(range(0, total, block)):
        length = min(block, total - start)
        coded = chr(number).encode("utf-8")
        head = b"\xff\xf8\x74\x08" + coded + struct.pack(">H", length - 1)
        frame = head + crc(head, 8, 0x107) + b"\x00\x00\x00"
        out += frame + crc(frame, 16, 0x18005)
    return bytes(out)


# Files that are not sound

def sphere_file():
    head = b"NIST_1A\n   1024\nsample_count -i 160\nsample_rate -i 16000\nchannel_count -i 1\nend_head\n"
    return head.ljust(1024) + bytes(320)


def zip_file():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr(zipfile.ZipInfo("notes.txt"), "There is no recording in here.\n")
    return out.getvalue()


def midi_file():
    notes = b"".join(bytes([0, 0x90, n, 64, 96, 0x80, n, 0]) for n in (60, 62, 64, 65, 67))
    track = notes + b"\x00\xff\x2f\x00"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, 96) + b"MTrk" + struct.pack(">I", len(track)) + track


# The clips

CLIPS = []


def write(file, data, **entry):
    (HERE / file).write_bytes(data)
    CLIPS.append({"file": file, **entry})


def clip(file, sound, how, container, codec, rate, channels=1, fault=None, duration=None, expect="readable"):
    """`how` is ffmpeg arguments or the finished bytes."""
    data = how if isinstance(how, bytes) else encode(sound, pathlib.Path(file).suffix, f"-ar {rate} {how}")
    seconds = sound.seconds if duration is None else duration
    speech = active(sound.clean[: int(seconds * RATE)]).sum() / 100
    write(file, data, container=container, codec=codec, sample_rate=rate, channels=channels, duration=round(seconds, 3),
          speech_seconds=float(round(speech, 2)), voices=list(sound.voices), fault=fault, expect=expect)


def unreadable(file, data, container=None):
    write(file, data, container=container, codec=None, sample_rate=None, channels=None, duration=None,
          speech_seconds=None, voices=[], fault="container not supported" if "supported" in file else "no sound", expect="unreadable")


def cut(data, share=0.6):
    """The start of a file, and how many seconds of it ffmpeg still decodes."""
    data = data[: int(len(data) * share)]
    with tempfile.NamedTemporaryFile() as f:
        f.write(data)
        f.flush()
        heard = subprocess.run(["ffmpeg", "-v", "quiet", "-i", f.name, "-f", "f32le", "-ac", "1", "-ar", str(RATE), "pipe:1"], stdout=subprocess.PIPE).stdout
    return data, len(heard) / 4 / RATE


MP3, MP3_PLAIN = "-c:a libmp3lame", "-c:a libmp3lame -id3v2_version 0 -write_id3v1 0"
AAC, OPUS, VORBIS = "-c:a aac", "-c:a libopus", "-c:a libvorbis"


def demo():
    clip("ada-1.mp3", says("ada", 1, 2, 3, 4, 5), f"{MP3} -b:a 40k", "mp3", "mp3", 44100)
    clip("ada-2.m4a", says("ada", 6, 7, 8, 9), f"{AAC} -b:a 32k", "mp4", "aac", 44100)
    clip("ada-3.webm", says("ada", 10, 11, 12, 13), f"{OPUS} -b:a 24k", "webm", "opus", 48000)
    ben = says("ben", 12, 14, pause=0.4)
    clip("ben-1.wav", ben, wav(ben, rate=16000), "wav", "pcm_s16", 16000)
    clip("ben-2.ogg", says("ben", 6, 9, 10, 13), f"{OPUS} -b:a 24k", "ogg", "opus", 48000)
    clip("cleo-1.flac", says("cleo", 2, 14), "-c:a flac -sample_fmt s16", "flac", "flac", 16000)
    clip("cleo-2.mp3", band(says("cleo", 1, 4, 7, 11)), f"{MP3} -b:a 40k", "mp3", "mp3", 44100, fault="telephone band")
    clip("dan-1.mp3", says("dan", 2, 7, 12, 13), f"{MP3} -b:a 32k", "mp3", "mp3", 22050)


def formats():
    full, short = says("ada", 2, 0), says("ada", 0, pause=0.3)
    tags = "-id3v2_version 3 -write_id3v1 1 -metadata title=Test"
    clip("fmt-cbr-id3.mp3", full, f"{MP3} -b:a 40k {tags}", "mp3", "mp3", 44100)
    clip("fmt-vbr-xing.mp3", full, f"{MP3_PLAIN} -q:a 7", "mp3", "mp3", 44100)
    clip("fmt-vbr-no-xing.mp3", join(full, silence(8)), f"{MP3_PLAIN} -q:a 4 -write_xing 0", "mp3", "mp3", 22050)
    clip("fmt-mpeg2-22k.mp3", full, f"{MP3} -b:a 32k", "mp3", "mp3", 22050)
    clip("fmt-mpeg2-16k.mp3", full, f"{MP3} -b:a 24k", "mp3", "mp3", 16000)
    clip("fmt-aac.m4a", full, f"{AAC} -b:a 32k", "mp4", "aac", 44100)
    clip("fmt-aac-faststart.mp4", full, f"{AAC} -b:a 32k -movflags +faststart", "mp4", "aac", 44100)
    clip("fmt-aac-fragmented.mp4", full, f"{AAC} -b:a 32k -movflags +empty_moov+default_base_moof -frag_duration 1000000", "mp4", "aac", 44100)
    clip("fmt-aac.3gp", full, f"{AAC} -b:a 24k", "3gp", "aac", 16000)
    clip("fmt-aac.mov", full, f"{AAC} -b:a 32k", "mov", "aac", 44100)
    clip("fmt-adts.aac", full, f"{AAC} -b:a 32k", "adts", "aac", 44100)
    clip("fmt-he-aac.m4a", full, as_he_aac(encode(full, ".m4a", f"-ar 24000 {AAC} -b:a 24k")), "mp4", "he-aac", 48000)
    for kind in ("u8", "s16", "s24", "s32", "f32", "f64"):
        clip(f"fmt-{kind}.wav", short, wav(short, kind), "wav", f"pcm_{kind}", 8000)
    for codec, name in (("pcm_mulaw", "mulaw"), ("pcm_alaw", "alaw"), ("adpcm_ima_wav", "adpcm-ima"), ("adpcm_ms", "adpcm-ms")):
        clip(f"fmt-{name}.wav", short, f"-c:a {codec} {'-block_size 256' * codec.startswith('adpcm')}", "wav", codec, 8000)
    both = stereo(short, 1, 0.7)
    clip("fmt-extensible.wav", both, wav(both, extensible=True), "wav", "pcm_s16", 8000, 2)
    clip("fmt-s16.aiff", short, "-c:a pcm_s16be", "aiff", "pcm_s16", 8000)
    clip("fmt-flac.flac", short, "-c:a flac -sample_fmt s16", "flac", "flac", 8000)
    clip("fmt-vorbis.ogg", full, f"{VORBIS} -q:a 1", "ogg", "vorbis", 22050)
    clip("fmt-opus.ogg", full, f"{OPUS} -b:a 24k", "ogg", "opus", 48000)
    clip("fmt-opus.webm", full, f"{OPUS} -b:a 24k", "webm", "opus", 48000)
    clip("fmt-opus-live.webm", full, f"{OPUS} -b:a 24k -live 1", "webm", "opus", 48000)
    clip("fmt-vorbis.webm", full, f"{VORBIS} -q:a 1", "webm", "vorbis", 22050)
    clip("fmt-opus.mp4", full, f"{OPUS} -b:a 24k", "mp4", "opus", 48000)
    clip("fmt-opus.mkv", full, f"{OPUS} -b:a 24k", "mkv", "opus", 48000)


def faults():
    ada, ben, cleo = says("ada", 8), says("ben", 4), says("cleo", 12)
    wide, small = "-c:a flac -sample_fmt s16", says("ada", 0, pause=0.3)
    n = len(cleo.samples)

    def hurt(file, sound, how, fault, container="flac", codec="flac", rate=16000, channels=1, **more):
        clip(f"fault-{file}", sound, how, container, codec, rate, channels, fault, **more)

    def hurt_wav(file, sound, fault, kind="s16", rate=8000, channels=1, duration=None, expect="readable", **more):
        hurt(file, sound, wav(sound, kind, rate, **more), fault, "wav", f"pcm_{kind}", more.get("claim") or rate, channels, duration=duration, expect=expect)

    hurt_wav("clipped.wav", ada, "clipped", damage=clipped)
    hurt("clipped.mp3", replace(ada, samples=1.06 * clipped(ada.samples)), f"{MP3} -b:a 64k", "clipped", "mp3", "mp3")
    hurt("white-noise.mp3", with_noise(cleo, white(n), 3), f"{MP3} -b:a 48k", "white noise, 3 dB", "mp3", "mp3")
    hurt("pink-noise.mp3", with_noise(cleo, pink(n), 10), f"{MP3} -b:a 48k", "pink noise, 10 dB", "mp3", "mp3")
    hurt("half-silent.flac", says("ben", 4, room=0, total=1.65 * ben.seconds), wide, "half silence", rate=8000)
    hurt("mostly-silent.flac", says("ada", 0, room=0, total=20), wide, "mostly silence", rate=8000)
    hurt("silence.flac", silence(5), wide, "silence only", rate=8000)
    hurt("room-only.ogg", Sound(0.0004 * white(5 * RATE), np.zeros(5 * RATE), ()), f"{OPUS} -b:a 16k", "no speech, faint noise", "ogg", "opus", 48000)
    hurt("quiet.flac", scaled(says("ben", 4, room=0), 10 ** (-50 / 20)), wide, "very quiet")
    hurt("telephone-mulaw.wav", band(ben), "-c:a pcm_mulaw", "telephone band", "wav", "pcm_mulaw", 8000)
    hurt_wav("telephone-upsampled.wav", band(small), "telephone band", rate=16000)
    hurt_wav("dc-offset.wav", small, "constant offset of 0.2", damage=lambda x: x + 0.2)
    hurt("left-only.flac", stereo(small, 1, 0), wide, "right channel silent", rate=8000, channels=2)
    hurt("anti-phase.flac", stereo(small, 1, -1), wide, "channels in opposite phase", rate=8000, channels=2)
    hurt_wav("nan.wav", small, "NaN and infinite samples", "f32", damage=not_finite)
    hurt_wav("size-zero.wav", small, "RIFF and data sizes 0", size=0)
    hurt_wav("size-streamed.wav", small, "RIFF and data sizes 0xFFFFFFFF", size=0xFFFFFFFF)
    hurt_wav("claims-hours.wav", says("ada", 0, total=1), "header claims ten hours", size=36000 * 8000 * 2)
    odd = replace(says("ada", 0, total=1), clean=np.zeros(RATE))
    hurt_wav("rate-128.wav", odd, "header claims 128 Hz", claim=128, duration=8000 / 128, expect=None)
    long = says("ada", 10, 11, 12)
    data, left = cut(encode(long, ".webm", f"{OPUS} -b:a 24k"))
    hurt("truncated.webm", long, data, "cut at 60 %", "webm", "opus", 48000, duration=left)
    data, left = cut(encode(long, ".mp4", f"-ar 44100 {AAC} -b:a 32k -movflags +faststart"))
    hurt("truncated.mp4", long, data, "cut at 60 %", "mp4", "aac", 44100, duration=left)
    two, second = join(ada, ben), f"-ar 44100 {MP3_PLAIN} -b:a 40k"
    one = encode(ada, ".mp3", second)
    hurt("joined.mp3", two, one + encode(ben, ".mp3", second), "two files joined", "mp3", "mp3", 44100)
    hurt("joined-id3.mp3", two, one + encode(ben, ".mp3", f"-ar 44100 {MP3} -b:a 40k -id3v2_version 3 -metadata title=Second"),
         "two files joined, ID3 between", "mp3", "mp3", 44100)
    links = [encode(s, ".ogg", f"{OPUS} -b:a 24k -serial_offset {i}") for i, s in enumerate((ada, ben), 1)]
    hurt("chained.ogg", two, b"".join(links), "two streams chained", "ogg", "opus", 48000)
    hurt("tone.mp3", tones((440,), seconds=4), f"{MP3} -b:a 32k", "440 Hz tone, no speech", "mp3", "mp3")
    hurt("chords.mp3", tones(*map(chord, (262, 349, 392, 262)), seconds=1.5), f"{MP3} -b:a 32k", "chords, no speech", "mp3", "mp3")
    hurt("dtmf.mp3", keypad("18002255*0#369147"), f"{MP3} -b:a 32k", "keypad tones, no speech", "mp3", "mp3")
    turns = place([("ada", 2), ("ben", 4), ("ada", 8), ("ben", 12)])
    hurt("two-speakers.mp3", turns, f"{MP3} -b:a 32k", "two speakers in turn", "mp3", "mp3", 22050)
    hurt("ten-hours.flac", Sound(np.zeros(0), np.zeros(0), ()), flac_of_silence(36000), "ten hours of silence", rate=8000, duration=36000)
    hurt("wav-named.mp3", small, wav(small), "WAV named .mp3", "wav", "pcm_s16", 8000)


def not_sound():
    hum = tones((220,), seconds=1)
    film = "-f lavfi -i testsrc=size=64x64:rate=5:duration=1"
    add("fmt-mp3.avi", encode(hum, ".avi", "-c:v mpeg4 -b:v 5k -c:a libmp3lame -b:a 16k", film), "avi", "mp3", fault="no speech")
    unreadable("not-picture.webp", encode(None, ".webp", "-frames:v 1 -c:v libwebp -quality 10", film), "webp")
    unreadable("not-sound.mp4", encode(None, ".mp4", "-c:v mpeg4 -b:v 20k", film), "mp4")
    unreadable("not-text.mp3", b"This is a note about a recording, not a recording.\n" * 8)
    unreadable("not-empty.wav", b"")
    unreadable("not-random.ogg", np.random.default_rng(4).bytes(1024))
    unreadable("not-supported.sph", sphere_file(), "sphere")
    unreadable("not-json.wav", b'{"error": {"code": 404, "message": "recording not found"}}\n')
    unreadable("not-picture.png", encode(None, ".png", "-frames:v 1", film), "png")
    unreadable("not-document.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n", "pdf")
    unreadable("not-archive.zip", zip_file(), "zip")
    unreadable("not-notes.mid", midi_file(), "midi")


if __name__ == "__main__":
    demo()
    formats()
    faults()
    not_sound()
    (HERE / "manifest.jsonl").write_text("".join(json.dumps(c) + "\n" for c in CLIPS))
    print(f"{len(CLIPS)} clips, {sum((HERE / c['file']).stat().st_size for c in CLIPS) / 1e6:.2f} MB")
