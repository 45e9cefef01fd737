// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import com.google.gson.JsonObject;
import java.util.function.Consumer;

/** Which enrollments are listed. */
public final class ListOptions extends Options<ListOptions> {
    /** Options as they are by default. */
    public ListOptions() {
        this(new JsonObject(), null);
    }

    private ListOptions(JsonObject args, Consumer<? super Progress> listener) {
        super(args, listener);
    }

    @Override
    ListOptions made(JsonObject args, Consumer<? super Progress> listener) {
        return new ListOptions(args, listener);
    }

    /**
     * Lists incomplete enrollments too.
     *
     * @param partial true for that
     * @return the options
     */
    public ListOptions partial(boolean partial) {
        return with("partial", partial);
    }

    /**
     * Which page of them. {@link Registry#iterate()} begins there.
     *
     * @param page its number, from 1, which is the default
     * @return the options
     */
    public ListOptions page(int page) {
        return with("page", page);
    }

    /**
     * How many of them a page has.
     *
     * @param perPage 1 to 1000; 100 by default
     * @return the options
     */
    public ListOptions perPage(int perPage) {
        return with("per_page", perPage);
    }

    /**
     * Lists only those whose ids come after this one, whatever the number of the page.
     *
     * @param speakerId an id, such as {@link Page#nextAfter()}
     * @return the options
     */
    public ListOptions after(String speakerId) {
        return with("after", Bridge.given("speakerId", speakerId));
    }
}
