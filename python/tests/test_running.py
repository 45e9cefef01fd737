"""Threads, processes, signals and asyncio."""

from __future__ import annotations

import asyncio
import collections
import contextvars
import functools
import io
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import clip, login

import voiceroll
from voiceroll import _call
from voiceroll._bridge import Bridge

LONG = clip("ada-1.mp3").read_bytes() * 200
"""An hour."""


def busy() -> float:
    """Seconds of processor time that this process has used."""
    return time.process_time()


def test_ctrl_c_ends_a_long_call_at_once() -> None:
    program = (
        "import sys, voiceroll\n"
        f"data = open({str(clip('ada-1.mp3'))!r}, 'rb').read() * 2000\n"
        "print('ready', flush=True)\n"
        "try:\n"
        "    voiceroll.inspect(data, max_seconds=1e6)\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(7)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        started = time.monotonic()
        assert process.wait(10) == 7
        assert time.monotonic() - started < 6


def test_the_interpreter_is_free_while_a_call_works() -> None:
    done = threading.Event()

    def work() -> None:
        voiceroll.inspect(LONG)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    turns = 0
    while not done.is_set():
        turns += 1
        time.sleep(0.001)
    thread.join()
    assert turns > 20


def test_many_threads_share_a_registry(tmp_path: Path) -> None:
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: registry.enroll(f"speaker_{n}", clip("ada-3.webm")), range(24)))
        assert registry.list(partial=True).total == 24
        same = list(pool.map(lambda _: registry.enroll("one", clip("ada-3.webm")), range(8)))
        assert len(same) == 8
        # The same recording counts once, however many threads bring it.
        assert len(registry.get("one").recordings) == 1


def test_cancelling_a_task_stops_the_work(tmp_path: Path) -> None:
    async def main() -> None:
        async with voiceroll.AsyncRegistry.open(tmp_path / "voices.db") as registry:
            task = asyncio.create_task(registry.enroll("ada", LONG))
            await asyncio.sleep(0.2)
            task.cancel()
            started = time.monotonic()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert time.monotonic() - started < 6
            await asyncio.sleep(0.3)
            before = busy()
            await asyncio.sleep(0.5)
            assert busy() - before < 0.2, "nobody works any more"
            with pytest.raises(LookupError):
                await registry.get("ada")
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(registry.enroll("ada", LONG), 0.1)

    asyncio.run(main())


def test_many_calls_at_once_and_the_loop_goes_on(tmp_path: Path) -> None:
    async def main() -> None:
        async with voiceroll.AsyncRegistry.open(tmp_path / "voices.db") as registry:
            turns = 0

            async def tick() -> None:
                nonlocal turns
                while True:
                    turns += 1
                    await asyncio.sleep(0.001)

            ticking = asyncio.create_task(tick())
            calls = (registry.enroll(f"speaker_{n}", clip("ada-3.webm")) for n in range(200))
            enrolled = await asyncio.gather(*calls)
            ticking.cancel()
            assert len({enrollment.speaker_id for enrollment in enrolled}) == 200
            assert [e.speaker_id async for e in registry.iterate(partial=True, per_page=30)] == sorted(
                e.speaker_id for e in enrolled
            )
            assert turns > 100

    asyncio.run(main())


def test_progress_is_told_on_the_event_loop_and_its_errors_are_raised(tmp_path: Path) -> None:
    async def main() -> None:
        here = threading.get_ident()
        seen: list[float] = []

        def report(progress: voiceroll.Progress) -> None:
            assert threading.get_ident() == here
            seen.append(progress.fraction)

        async with voiceroll.AsyncRegistry.open(tmp_path / "voices.db") as registry:
            await registry.inspect(LONG, on_progress=report)
            assert seen == sorted(seen) and seen[-1] == 1
            with pytest.raises(ZeroDivisionError):
                await registry.inspect(LONG, on_progress=lambda progress: 1 / 0)

    asyncio.run(main())
    with pytest.raises(ZeroDivisionError):
        voiceroll.inspect(LONG, on_progress=lambda progress: 1 / 0)


class Slow(io.BytesIO):
    """A file that takes its time."""

    def read(self, size: int | None = -1) -> bytes:
        """All of it, after a while."""
        time.sleep(0.5)
        return super().read(size)


def test_the_reading_of_a_file_is_part_of_its_time(tmp_path: Path) -> None:
    async def main() -> None:
        async with voiceroll.AsyncRegistry.open(tmp_path / "voices.db") as registry:
            with pytest.raises(voiceroll.TimeoutError):
                await registry.inspect(Slow(clip("ada-1.mp3").read_bytes()), timeout=0.1)
            assert (await registry.inspect(Slow(clip("ada-1.mp3").read_bytes()), timeout=20)).accepted

    asyncio.run(main())
    with pytest.raises(voiceroll.TimeoutError):
        voiceroll.inspect(Slow(clip("ada-1.mp3").read_bytes()), timeout=0.1)


class Held(io.BytesIO):
    """A file that is read when the test says so."""

    def __init__(self) -> None:
        super().__init__(clip("ada-1.mp3").read_bytes())
        self.begun, self.go_on = threading.Event(), threading.Event()

    def read(self, size: int | None = -1) -> bytes:
        """All of it, when it may."""
        self.begun.set()
        assert self.go_on.wait(60)
        return super().read(size)


def test_calls_that_are_under_way_go_on_after_close(tmp_path: Path) -> None:
    registry, file = voiceroll.Registry.open(tmp_path / "voices.db"), Held()
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(registry.enroll, "ada", file)
        assert file.begun.wait(60)
        registry.close()
        with pytest.raises(voiceroll.InvalidInputError, match="closed"):
            registry.get("ada")
        assert not registry._bridge.native.closed
        file.go_on.set()
        assert call.result().complete
    assert registry._bridge.native.closed


def test_tasks_that_are_under_way_go_on_after_close(tmp_path: Path) -> None:
    async def main() -> None:
        registry, file = voiceroll.AsyncRegistry.open(tmp_path / "voices.db"), Held()
        tasks = [asyncio.create_task(registry.enroll("ada", file)), asyncio.create_task(registry.model())]
        await registry.close()
        with pytest.raises(voiceroll.InvalidInputError, match="closed"):
            await registry.get("ada")
        assert not registry._bridge.native.closed
        file.go_on.set()
        assert [bool(made) for made in await asyncio.gather(*tasks)] == [True, True]
        assert registry._bridge.native.closed

    asyncio.run(main())


def test_the_last_call_ends_the_session(served: dict[str, str]) -> None:
    registry, file = voiceroll.Registry.connect(**served), Held()
    file.go_on.set()
    with pytest.raises(ZeroDivisionError), registry:
        registry.inspect(file, on_progress=lambda _: registry.close() or 1 / 0)
    assert registry._bridge.native.closed


def test_a_registry_can_be_closed_within_its_own_call(tmp_path: Path) -> None:
    class Closing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            registry.close()
            return super().read(size)

    data = clip("ada-1.mp3").read_bytes()
    registry = voiceroll.Registry.open(tmp_path / "voices.db")
    assert registry.enroll("ada", Closing(data)).complete
    assert registry._bridge.native.closed
    registry = voiceroll.Registry.open(tmp_path / "voices.db")
    assert registry.inspect(data, on_progress=lambda _: registry.close()).accepted
    assert registry._bridge.native.closed


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_child_closes_without_waiting_for_its_parents_calls(tmp_path: Path) -> None:
    registry, file = voiceroll.Registry.open(tmp_path / "voices.db"), Held()
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(registry.inspect, file)
        assert file.begun.wait(60)
        worker = os.fork()
        if worker == 0:
            status = 1
            try:
                signal.alarm(60)
                registry.close()
                status = 0 if registry._bridge.native.closed else 1
            finally:
                os._exit(status)
        file.go_on.set()
        assert call.result().accepted
    assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == 0


class Slowly:
    """A call of the core's that goes on for a while after it was stopped."""

    def __init__(self) -> None:
        self.stopped: float | None = None

    def cancel(self) -> None:
        """Notes when."""
        self.stopped = self.stopped or time.monotonic()

    def result(self) -> tuple[str, None] | None:
        """Comes a while after that."""
        return ("null", None) if self.ended() else None

    def ended(self) -> bool:
        """Whether it has."""
        return self.stopped is not None and time.monotonic() > self.stopped + 0.2

    def progress(self) -> None:
        """None."""

    def wait(self, tell: object) -> None:
        """Ended by Ctrl-C."""
        raise KeyboardInterrupt


class SlowBridge:
    """A bridge to it."""

    call = Slowly()

    def start(self, *args: object) -> Slowly:
        """Starts it."""
        self.call, notify = Slowly(), args[-1]
        if notify is not None:
            threading.Thread(target=self.watch, args=[notify]).start()
        return self.call

    def watch(self, notify: Callable[[], None]) -> None:
        """Tells its end."""
        while not self.call.ended():
            time.sleep(0.01)
        notify()


def test_a_call_has_ended_when_its_caller_sees_that_it_was_stopped() -> None:
    native: Any = SlowBridge()
    with pytest.raises(KeyboardInterrupt):
        _call.run(Bridge(native), "get", None, {})
    assert native.call.ended()

    async def main() -> None:
        task = asyncio.create_task(_call.arun(Bridge(native), "get", None, {}))
        await asyncio.sleep(0.1)
        task.cancel()
        # A second time, too.
        asyncio.get_running_loop().call_later(0.05, task.cancel)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert native.call.ended()

    asyncio.run(main())


def test_a_call_that_nobody_waits_for_any_more_is_given_up_in_silence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        registry = voiceroll.AsyncRegistry.open(tmp_path / "voices.db")
        call = registry.inspect(LONG)
        waiting = call.__await__()
        next(waiting)
        await registry.close()
        call.close()
        assert registry._bridge.native.closed

    asyncio.run(main())
    assert caplog.text == ""


def test_progress_is_told_in_the_context_of_the_call(tmp_path: Path) -> None:
    request = contextvars.ContextVar("request", default="none")
    seen: set[str] = set()

    async def main() -> None:
        request.set("ours")
        async with voiceroll.AsyncRegistry.open(tmp_path / "voices.db") as registry:
            await registry.inspect(LONG, on_progress=lambda _: seen.add(request.get()))
            with pytest.raises(RuntimeError, match="StopIteration"):
                await registry.inspect(LONG, on_progress=lambda _: next(iter(())))
            short = clip("ada-1.mp3")
            await registry.inspect(short, on_progress=lambda _: asyncio.ensure_future(asyncio.sleep(0)))

    asyncio.run(main())
    assert seen == {"ours"}


class Later:
    """What is called, but has to be awaited."""

    async def __call__(self, progress: voiceroll.Progress) -> None:
        """Nothing."""


def test_progress_is_told_to_what_can_be_called(tmp_path: Path) -> None:
    async def later(progress: voiceroll.Progress) -> None:
        """Nothing."""

    wrong: list[Any] = [5, later, Later(), functools.partial(later)]

    async def main() -> None:
        async with voiceroll.AsyncRegistry.open(tmp_path / "voices.db") as registry:
            for report in wrong:
                file = io.BytesIO(LONG)
                with pytest.raises(TypeError, match=r"`on_progress` (must|is not awaited)"):
                    await registry.inspect(file, on_progress=report)
                assert file.tell() == 0
            with pytest.raises(TypeError, match="async"):
                await registry.inspect(LONG, on_progress=lambda progress: later(progress))

    asyncio.run(main())
    for report in wrong:
        file = io.BytesIO(LONG)
        with pytest.raises(TypeError, match=r"`on_progress` (must|is not awaited)"):
            voiceroll.inspect(file, on_progress=report)
        assert file.tell() == 0
    with pytest.raises(TypeError, match="async"):
        voiceroll.inspect(LONG, on_progress=lambda progress: later(progress))


class Watched(bytes):
    """Bytes that say when they are given up."""

    def __del__(self) -> None:
        """Says so."""
        gone.set()


gone = threading.Event()


def test_no_voice_is_kept_after_a_cancelled_call(tmp_path: Path) -> None:
    async def main() -> None:
        async with voiceroll.AsyncRegistry.open(tmp_path / "voices.db") as registry:
            task = asyncio.create_task(registry.inspect(Watched(LONG)))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            del task
            assert await asyncio.to_thread(gone.wait, 2)

    asyncio.run(main())


def test_a_server_that_hangs_is_left_soon(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "voiceroll", "serve", "--dev", "--json", "--port", "0", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        registry = voiceroll.Registry.connect(**login(json.loads(process.stdout.readline())))
        assert registry.list().total == 0
        process.send_signal(signal.SIGSTOP)
        started = time.monotonic()
        registry.close()
        assert time.monotonic() - started < 8
        process.kill()


def test_a_loop_may_end_before_its_calls(tmp_path: Path) -> None:
    async def main() -> None:
        registry = voiceroll.AsyncRegistry.open(tmp_path / "voices.db")
        tasks.append(asyncio.create_task(registry.inspect(LONG)))
        await asyncio.sleep(0.05)

    tasks: list[asyncio.Task[voiceroll.Inspection]] = []
    asyncio.run(main())
    assert tasks[0].cancelled()
    assert voiceroll.inspect(clip("ada-1.mp3")).accepted


@pytest.mark.parametrize("how", ["task", "thread"])
def test_a_program_may_end_before_its_calls(tmp_path: Path, how: str) -> None:
    program = (
        "import asyncio, sys, threading, time, voiceroll\n"
        f"data = open({str(clip('ada-1.mp3'))!r}, 'rb').read() * 200\n"
        "registry = voiceroll.AsyncRegistry.open(sys.argv[1])\n"
        "async def main():\n"
        "    asyncio.ensure_future(registry.inspect(data, on_progress=print))\n"
        "    await asyncio.sleep(0.1)\n"
        "if sys.argv[2] == 'task':\n"
        "    asyncio.run(main())\n"
        "else:\n"
        "    threading.Thread(target=voiceroll.inspect, args=[data], daemon=True).start()\n"
        "    time.sleep(0.1)\n"
    )
    for _ in range(5):
        command = [sys.executable, "-c", program, str(tmp_path / "voices.db"), how]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (ended.returncode, ended.stderr) == (0, "")


def child(path: str, name: str) -> bool:
    """What a worker process does with a store of its own making."""
    with voiceroll.Registry.open(path) as registry:
        return registry.enroll(name, clip("ada-1.mp3")).complete


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_processes_made_by_multiprocessing(tmp_path: Path, method: str) -> None:
    path = str(tmp_path / "voices.db")
    assert child(path, "parent")
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert all(pool.starmap(child, [(path, f"child_{n}") for n in range(4)]))
    with voiceroll.Registry.open(path) as registry:
        assert registry.list().total == 5


@pytest.mark.parametrize("where", ["embedded", "server"])
def test_a_registry_opened_before_the_fork_serves_its_workers(
    tmp_path: Path, where: str, served: dict[str, str]
) -> None:
    opened = (
        voiceroll.Registry.open(tmp_path / "voices.db") if where == "embedded" else voiceroll.Registry.connect(**served)
    )
    with opened as registry:
        registry.enroll("parent", clip("ada-1.mp3"))
        workers = []
        for number in range(3):
            worker = os.fork()
            if worker == 0:
                status = 1
                try:
                    signal.alarm(60)
                    registry.enroll(f"worker_{number}", clip("ada-1.mp3"), force=True)
                    later = voiceroll.AsyncRegistry.__new__(voiceroll.AsyncRegistry)
                    later._bridge = registry._bridge
                    status = 0 if asyncio.run(later.get("parent")).complete else 1
                finally:
                    os._exit(status)
            workers.append(worker)
        assert [os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) for worker in workers] == [0, 0, 0]
        for name in ("parent", "worker_0", "worker_1", "worker_2"):
            registry.delete(name)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_no_child_hangs_whatever_other_threads_do_at_its_birth(tmp_path: Path) -> None:
    with voiceroll.Registry.open(tmp_path / "voices.db") as registry:
        registry.enroll("parent", clip("ada-3.webm"))
        over = threading.Event()

        def whirl(work: Callable[[], object]) -> threading.Thread:
            def again() -> None:
                while not over.is_set():
                    work()

            thread = threading.Thread(target=again)
            thread.start()
            return thread

        def write() -> None:
            registry.enroll("whirl", clip("ada-3.webm"), force=True)
            registry.delete("whirl")

        threads = [whirl(lambda: registry.get("parent")), whirl(lambda: registry.list(partial=True)), whirl(write)]
        ends: list[int] = []
        children: list[int] = []
        for number in range(1000):
            child = os.fork()
            if child == 0:
                status = 4
                try:
                    # One that hangs is ended by that.
                    signal.alarm(20)
                    registry.get("parent") if number % 2 else registry.list(partial=True)
                    status = 0
                except voiceroll.Error:
                    status = 3
                finally:
                    os._exit(status)
            children.append(child)
            while len(children) > (15 if number < 999 else 0):
                for one in list(children):
                    ended, status = os.waitpid(one, os.WNOHANG)
                    if ended:
                        children.remove(one)
                        ends.append(os.waitstatus_to_exitcode(status))
                time.sleep(0.001)
        over.set()
        for thread in threads:
            thread.join()
        assert collections.Counter(ends) == {0: 1000}


@pytest.mark.parametrize("there", [True, False])
def test_a_compiled_part_that_cannot_be_loaded_is_said(tmp_path: Path, there: bool) -> None:
    package = tmp_path / "voiceroll"
    shutil.copytree(Path(voiceroll.__file__).parent, package)
    for file in package.glob("_native*.so"):
        file.write_text("no library") if there else file.unlink()
    program = "try:\n    import voiceroll\nexcept ImportError as error:\n    print(error)"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", program]
    told = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "no compiled part that this Python can load" in told.stdout
    assert "reinstall it with `pip install --force-reinstall voiceroll`" in told.stdout


def test_the_command(tmp_path: Path) -> None:
    def voiceroll_command(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "voiceroll", "--db", str(tmp_path / "voices.db"), *args]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert voiceroll_command("--version").stdout.split() == ["voiceroll", voiceroll.__version__]
    assert voiceroll_command("enroll", "ada", str(clip("ada-1.mp3"))).stdout.startswith("ada: complete")
    assert voiceroll_command("show", "nobody").returncode == 7
    assert voiceroll_command("nonsense").returncode == 2
    assert voiceroll_command("inspect", os.fsdecode(b"\xff.mp3")).returncode == 10
