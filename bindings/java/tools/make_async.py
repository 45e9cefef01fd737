# SPDX-License-Identifier: Apache-2.0
"""Makes `AsyncRegistry` of `Registry`: the same with futures. `--check` only says whether it is up to date."""

import sys

import re
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
SOURCE = HERE / "src/main/java/dev/voiceroll/Registry.java"
MADE = HERE / "src/generated/java/dev/voiceroll/AsyncRegistry.java"
HEAD = """\
// SPDX-License-Identifier: Apache-2.0
// Made of Registry.java by tools/make_async.py; do not edit it.
package dev.voiceroll;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A {@link Registry} whose calls return futures at once; made by {@link Registry#async()}, and closed with the registry.
 *
 * <pre>{@code
 * registry.async().enroll("ada", Path.of("call.mp3")).thenAccept(System.out::println);
 * }</pre>
 *
 * <p>A future fails with what the method of {@link Registry} throws. No thread waits for it. Ending it early, as by
 * {@link CompletableFuture#cancel} or {@link CompletableFuture#orTimeout}, ends the work; ending one that was derived
 * from it does not.
 */
public final class AsyncRegistry {
    private final Bridge bridge;
    private final Executor executor;

    AsyncRegistry(Bridge bridge, Executor executor) {
        this.bridge = bridge;
        this.executor = executor;
    }

    /**
     * Tells of all enrollments, in the order of the ids, fetched a page at a time; they may be deleted meanwhile.
     *
     * @param options which
     * @param each the listener, by the executor, of one after the other; what it throws ends it
     * @return a future of the end; cancelling it ends it before the next page
     */
    public CompletableFuture<Void> forEach(ListOptions options, Consumer<? super Enrollment> each) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        turn(new Pages(options), Bridge.given("each", each), end);
        return end;
    }

    private void turn(Pages pages, Consumer<? super Enrollment> each, CompletableFuture<Void> end) {
        if (end.isDone() || !pages.more()) {
            end.complete(null);
            return;
        }
        CompletableFuture<Page> found = list(pages.next());
        Consumer<Page> tell = page -> {
            pages.read(page).forEach(each);
            turn(pages, each, end);
        };
        // The other form would tell in this thread of a page that is already there.
        CompletableFuture<Void> told =
                executor == null ? found.thenAcceptAsync(tell) : found.thenAcceptAsync(tell, executor);
        told.whenComplete((nothing, error) -> {
            if (error != null) {
                end.completeExceptionally(error.getCause());
            }
        });
    }
"""
BOXED = {"void": "Void", "long": "Long"}


def changed(pattern: str, by: str | Callable[[re.Match[str]], str], text: str) -> str:
    """The text with every match changed; there must be one."""
    text, count = re.subn(pattern, by, text)
    if count == 0:
        sys.exit(f"nothing in Registry.java matches {pattern!r} any more: correct it in tools/make_async.py")
    return text


def main() -> None:
    """Makes it, or compares."""
    calls = SOURCE.read_text().split("from here.\n", 1)[1]
    # A future throws nothing.
    calls = changed(r"     \* @throws [^@/]*?(?=     \*(?: @|/))", "", calls)
    calls = changed(r"@return (the |a )?", r"@return a future of \1", calls)
    calls = changed(r"(     \*/\n    public void )", r"     * @return a future of the end\n\1", calls)
    calls = changed(
        r"(?m)^    public (.+?) (\w+)\(",
        lambda found: f"    public CompletableFuture<{BOXED.get(found[1], found[1])}> {found[2]}(",
        calls,
    )
    calls = changed(r"(?m)^        (delete|recordConsent|withdrawConsent|expire|setRetention|backup|bridge\.run)\(", r"        return \1(", calls)
    calls = changed(r"bridge\.run\(", "bridge.start(executor, ", calls)
    calls = changed(r"bridge\.prepare\(", "bridge.startPrepare(executor, ", calls)
    text = HEAD + calls
    if "--check" not in sys.argv:
        MADE.write_text(text)
    elif not MADE.exists() or MADE.read_text() != text:
        sys.exit("AsyncRegistry.java is not what Registry.java makes: run tools/make_async.py")


main()
