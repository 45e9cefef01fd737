// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import java.util.List;

/**
 * Base class of all exceptions of Voiceroll. They are unchecked.
 *
 * <p>From a future they come as the cause of a {@link java.util.concurrent.CompletionException} or {@link
 * java.util.concurrent.ExecutionException}.
 */
public class VoicerollException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What the library said. */
    private final Fault fault;

    VoicerollException(Fault fault) {
        super(fault.message());
        this.fault = fault;
    }

    /**
     * What happened.
     *
     * @return a stable name such as {@code speaker_exists}, the same in every language
     */
    public String code() {
        return fault.code();
    }

    /**
     * What kind of thing it is.
     *
     * @return a word such as {@code Conflict}, the same in every language
     */
    public String kind() {
        return fault.kind();
    }

    /**
     * Whether the same call may succeed later. Never where a part was done, or may have been.
     *
     * @return true if a retry may help
     */
    public boolean retryable() {
        return fault.retryable();
    }

    /**
     * HTTP status with which a server refused.
     *
     * @return the status, or {@code null}
     */
    public Integer status() {
        return fault.status();
    }

    /**
     * The id of the request in the server's log.
     *
     * @return the number, or {@code null}
     */
    public String requestId() {
        return fault.requestId();
    }

    /**
     * How long to wait before a retry, if known.
     *
     * @return seconds, or {@code null}
     */
    public Double retryAfter() {
        return fault.retryAfter();
    }

    /**
     * How many recordings of the call were added before it failed.
     *
     * @return their number
     */
    public int added() {
        return fault.added();
    }

    /**
     * Whether it is not known what a server did: read the enrollment to know.
     *
     * @return true if it is not known
     */
    public boolean outcomeUnknown() {
        return fault.outcomeUnknown();
    }

    /**
     * Why a recording was refused.
     *
     * @return the problems, the worst first
     */
    public List<Problem> problems() {
        return fault.problems();
    }

    /** The class, the sentence that says what to do, and the code. */
    @Override
    public String toString() {
        return super.toString() + " [" + code() + "]";
    }
}
