// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Iterates over all pages; speakers may be deleted meanwhile. */
final class Pages {
    private final ListOptions options;
    private final Set<String> seen = new HashSet<>();
    private int page;
    private String after;
    private long total;
    private boolean more = true;

    Pages(ListOptions options) {
        this.options = Bridge.given("options", options);
        this.page = options.args.has("page") ? options.args.get("page").getAsInt() : 1;
        this.after = options.args.has("after") ? options.args.get("after").getAsString() : null;
    }

    boolean more() {
        return more;
    }

    /** Which page is to be listed next. */
    ListOptions next() {
        return after == null ? options.page(page) : options.page(page).after(after);
    }

    /** What is new on that page. */
    List<Enrollment> read(Page found) {
        long missing = total - found.total();
        total = found.total();
        if (after == null && missing > 0 && page > 1) {
            // Some are gone, and those behind them have moved up.
            page = (int) Math.max(1, page - (missing + found.perPage() - 1) / found.perPage());
            return List.of();
        }
        more = found.nextAfter() != null || after == null && page < found.totalPages();
        after = found.nextAfter();
        page++;
        return found.records().stream()
                .filter(record -> seen.add(record.speakerId()))
                .toList();
    }
}
