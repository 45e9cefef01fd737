"""What calls give back, and what they raise."""

from __future__ import annotations

import copy
import dataclasses
import decimal
import fractions
import io
import json
import logging
import operator
import os
import pickle
import subprocess
import sys
import typing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import clip

import voiceroll
from voiceroll import _call


def test_results_are_frozen_comparable_and_picklable(tmp_path: Path) -> None:
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry:
        enrollment = registry.enroll("ada", [clip("ada-1.mp3"), clip("fault-silence.flac")])
        results = [
            enrollment,
            registry.list(),
            registry.inspect(clip("fault-clipped.mp3")),
            registry.prepare(clip("ada-1.mp3")),
            registry.verify("ada", clip("ada-2.m4a")),
            registry.identify(clip("fault-two-speakers.mp3")),
            registry.diarize(clip("fault-two-speakers.mp3")),
        ]
    for result in results:
        assert pickle.loads(pickle.dumps(result)) == result
        assert copy.deepcopy(result) == result
        assert hash(result) == hash(copy.copy(result))
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(result, dataclasses.fields(result)[0].name, None)
        with pytest.raises(dataclasses.FrozenInstanceError):
            result.nosuch = 1  # type: ignore[attr-defined]
        with pytest.raises(dataclasses.FrozenInstanceError):
            del result.nosuch  # type: ignore[attr-defined]
    with pytest.raises(dataclasses.FrozenInstanceError):
        voiceroll.JobRequest.identify("https://media.example.com/1", ["ada"]).nosuch = 1  # type: ignore[attr-defined]
    assert results[0] != dataclasses.replace(enrollment, speaker_id="ben")


def test_a_result_as_dictionaries_is_what_the_command_prints() -> None:
    command = [sys.executable, "-m", "voiceroll", "--json", "inspect", str(clip("fault-clipped.mp3"))]
    printed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    found = voiceroll.inspect(clip("fault-clipped.mp3")).to_dict()
    for problem in found["problems"]:
        problem.pop("speaker_id")
    assert found == printed
    json.dumps(found)


def test_words_have_an_order_and_are_texts() -> None:
    quality = voiceroll.Quality
    assert quality.POOR < quality.AVERAGE < quality.GOOD < quality.HIGH
    assert max(quality) is quality.HIGH and quality.GOOD >= quality.GOOD
    assert quality.GOOD == "Good" and f"{quality.GOOD}" == "Good"
    assert quality.GOOD > "Average" and quality.GOOD < "High"
    for compare in (operator.lt, operator.le, operator.gt, operator.ge):
        with pytest.raises(ValueError, match="Foo"):
            compare(quality.GOOD, "Foo")
        with pytest.raises(TypeError):
            compare(quality.GOOD, 5)


def test_nothing_printed_holds_a_voice_a_name_or_words(tmp_path: Path) -> None:
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry:
        registry.enroll("ada", clip("ada-1.mp3"))
        prepared = registry.prepare(clip("ada-1.mp3"))
        record = {"id": "1", "to": {"name": "Somebody", "extensionId": "ada"}}
        call = registry.identify_call(record, clip("ada-2.m4a"))
        assert call.segments[0].name == "Somebody"
        assert "Somebody" not in repr(call)
        assert "wav" not in repr(prepared) and prepared.wav[:4] == b"RIFF"
        assert "voices.db" not in repr(registry)
    job = voiceroll.JobRequest.identify("https://media.example.com/1?token=secret", ["ada"], webhook="https://me/hook")
    assert "secret" not in repr(job) and "hook" not in repr(job)


def test_notebooks_show_tables(tmp_path: Path) -> None:
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry:
        shown = registry.enroll("ada", clip("ada-1.mp3"))._repr_html_()
    assert "<table>" in shown and "missing_seconds" in shown and "14.6 s" in shown
    shown = voiceroll.inspect(clip("fault-clipped.mp3"))._repr_html_()
    assert "clipped" in shown and "advice" in shown


def test_errors_are_picklable_and_say_what_to_do(tmp_path: Path) -> None:
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry, pytest.raises(voiceroll.RefusedError) as caught:
        registry.enroll("ada", clip("fault-silence.flac"))
    error = caught.value
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is voiceroll.RefusedError
    assert (again.code, again.problems, str(again)) == (error.code, error.problems, str(error))
    assert error.problems[0].code == "no_speech" and error.problems[0].advice
    assert "recording_refused" in str(error)


def test_errors_can_be_made_and_keep_what_was_noted() -> None:
    made = voiceroll.NotFoundError("nobody")
    assert (str(made), made.kind, made.problems) == ("nobody", "NotFound", ())
    made.add_note("by us")
    assert copy.copy(made).__notes__ == pickle.loads(pickle.dumps(made)).__notes__ == ["by us"]


class Unheard(voiceroll.StoreError):
    """One of an application's own, with a constructor of its own."""

    def __init__(self, speaker: str, *, times: int) -> None:
        super().__init__(f"{speaker} was not heard {times} times", code="unheard")
        self.times = times


def test_the_errors_of_an_application_are_picklable() -> None:
    made = Unheard("ada", times=3)
    for again in (pickle.loads(pickle.dumps(made)), copy.copy(made)):
        assert (type(again), again.times, again.code, again.args) == (Unheard, 3, "unheard", made.args)
        assert str(again) == str(made) == "ada was not heard 3 times [unheard]"


def test_the_errors_of_an_application_take_no_place(tmp_path: Path) -> None:
    class NotFoundError(voiceroll.Error):
        """One of an application's own."""

    with voiceroll.Registry.open(tmp_path / "voices.db") as registry, pytest.raises(LookupError) as caught:
        registry.get("nobody")
    assert type(caught.value) is voiceroll.NotFoundError is not NotFoundError


def test_types_can_be_read_at_run_time() -> None:
    def function(source: voiceroll.Source | None) -> None: ...

    for public in (function, voiceroll.inspect, voiceroll.Registry.enroll, voiceroll.JobRequest, voiceroll.Job):
        assert typing.get_type_hints(public)


def test_everybody_can_be_deleted_while_the_roll_is_read(tmp_path: Path) -> None:
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry:
        for number in range(7):
            registry.enroll(f"speaker_{number}", clip("ada-3.webm"))
        assert [record.speaker_id for record in registry.iterate(partial=True, per_page=2)] == [
            f"speaker_{number}" for number in range(7)
        ]
        for record in registry.iterate(partial=True, per_page=2):
            registry.delete(record.speaker_id)
        assert registry.list(partial=True).total == 0


@pytest.mark.parametrize("where", ["embedded", "server"])
def test_nobody_is_shifted_out_of_sight_while_the_roll_is_read(
    tmp_path: Path, where: str, served: dict[str, str]
) -> None:
    opened = (
        voiceroll.Registry.open(tmp_path / "voices.db") if where == "embedded" else voiceroll.Registry.connect(**served)
    )
    with opened as registry:
        for name in "bcdef":
            registry.enroll(name, clip("ada-3.webm"), force=True)
        seen = []
        for record in registry.iterate(partial=True, per_page=2):
            seen.append(record.speaker_id)
            if record.speaker_id == "c":
                # As many as are added, so that pages by number would begin later by two, and miss those.
                registry.delete("b")
                registry.delete("c")
                registry.enroll("g", clip("ada-3.webm"), force=True)
                registry.enroll("h", clip("ada-3.webm"), force=True)
        # Other tests may have speakers on the server.
        assert [speaker for speaker in seen if speaker in "bcdefgh"] == list("bcdefgh")
        after = registry.list(partial=True, after="e", per_page=2, page=5)
        assert ([record.speaker_id for record in after], after.page, after.next_after) == (["f", "g"], 5, "g")
        for name in "defgh":
            registry.delete(name)


@pytest.mark.parametrize("verb", ["panic", "panic_later"])
def test_a_defect_of_ours_is_an_ordinary_exception(tmp_path: Path, verb: str) -> None:
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry:
        with pytest.raises(voiceroll.InternalError) as caught:
            _call.run(registry._bridge, verb, None, {})
        assert caught.value.code == "internal" and "a defect, for a test" not in str(caught.value)
        assert registry.list().total == 0


def test_wrong_arguments_are_told(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="open"):
        voiceroll.Registry()
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry:
        wrong: Any = {"time_out": 5}
        with pytest.raises(TypeError, match="time_out"):
            registry.get("ada", **wrong)
        with pytest.raises(voiceroll.InvalidInputError, match="`page`"):
            registry.list(page="first")  # type: ignore[arg-type]
        odd: Any
        for odd in (5, None, b"ada"):
            with pytest.raises(TypeError, match="`speaker_id` must be a str"):
                registry.get(odd)
        with pytest.raises(TypeError, match=r"\['ada'\]"):
            registry.identify(clip("ada-1.mp3"), speaker_ids="ada")
        with pytest.raises(TypeError, match=r"\['ada'\]"):
            voiceroll.JobRequest.identify("https://media.example.com/1", "ada")
        with pytest.raises(TypeError, match="JobRequest"):
            registry.submit("https://media.example.com/1")  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="force"):
            registry.get("ada", **{"force": True})  # type: ignore[arg-type]
        for odd in (
            float("nan"),
            float("inf"),
            decimal.Decimal("sNaN"),
            10**400,
            10**5000,
            fractions.Fraction(10**400),
        ):
            file = io.BytesIO(b"...")
            with pytest.raises(voiceroll.InvalidInputError, match="`timeout`") as caught:
                registry.inspect(file, timeout=odd)
            assert (caught.value.code, file.tell()) == ("invalid_option", 0)
            with pytest.raises(voiceroll.InvalidInputError, match="`max_seconds` is") as caught:
                voiceroll.inspect(file, max_seconds=odd)
            assert "no limit" not in str(caught.value)
            with pytest.raises(voiceroll.InvalidInputError, match="`false_accept_rate`"):
                voiceroll.Registry.open(tmp_path / "voices.db", false_accept_rate=odd)
        for odd in ("5", b"5", [], {}):
            with pytest.raises(TypeError, match="`timeout` must be a number"):
                registry.list(timeout=odd)
        with pytest.raises(TypeError, match="`max_seconds`"):
            voiceroll.inspect(clip("ada-1.mp3"), max_seconds=b"5")  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="`cancel`"):
            registry.list(cancel=5)  # type: ignore[typeddict-item]
        for odd in (decimal.Decimal(3), np.float32(3), np.int64(3), fractions.Fraction(3)):
            assert registry.list(timeout=odd, page=np.int64(1), partial=np.True_).total == 0  # type: ignore[arg-type]
    with pytest.raises(voiceroll.InvalidInputError, match="closed"):
        registry.list()
    registry.close()
    with pytest.raises(KeyError), voiceroll.Registry.open(tmp_path / "voices.db") as registry:
        registry.close()
        raise KeyError("ours")
    with pytest.raises(TypeError, match="open"):
        voiceroll.Registry("voices.db")  # type: ignore[call-arg]
    assert voiceroll.Registry.open(os.fsdecode(bytes(tmp_path) + b"/\xff.db")).list().total == 0
    with pytest.raises(voiceroll.InvalidInputError, match="secret is empty"):
        voiceroll.Callbacks("")
    with pytest.raises(voiceroll.InvalidInputError, match="client_secret"):
        voiceroll.Registry.connect("https://voices.example.com", client_id="app")
    with pytest.raises(voiceroll.InvalidInputError, match="http"):
        voiceroll.Registry.connect("http://voices.example.com", client_id="a", client_secret="b", jwt="c")
    with pytest.raises(voiceroll.StoreError):
        voiceroll.Registry.open(tmp_path)


def test_the_log_is_silent_and_holds_no_secrets(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry:
        registry.enroll("ada", clip("ada-1.mp3"))
        assert capfd.readouterr() == ("", "")
        with caplog.at_level(logging.DEBUG, logger="voiceroll"), pytest.raises(voiceroll.ConflictError):
            registry.create("ada", clip("ada-1.mp3"))
    assert "create: speaker_exists after" in caplog.text
    assert "ada-1" not in caplog.text


def test_a_callback_is_taken_and_waited_for() -> None:
    callbacks = voiceroll.Callbacks()
    job = callbacks.take(b'{"jobId":"6f1e","status":"Success","response":{"utterances":[]}}')
    assert (job.id, job.status) == ("6f1e", voiceroll.JobStatus.SUCCESS)
    assert callbacks.wait("6f1e", timeout=5).segments == ()
    with pytest.raises(TimeoutError):
        callbacks.wait("another", timeout=0.05)
    with pytest.raises(voiceroll.UnsupportedError):
        callbacks.take(b"[]")
    with pytest.raises(PermissionError):
        voiceroll.Callbacks("a secret").take(b"{}", timestamp="1", signature="sha256=00")
