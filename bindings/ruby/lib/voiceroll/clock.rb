# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

module Voiceroll
  # What bounds a call: its time, which the reading of an IO is part of, and its token.
  class Clock
    # From here on the library cannot count seconds.
    ENDLESS = 2.0**64
    UNTOUCHED = "the call was cancelled; nothing was changed"
    LATE = "the recording could not be read within the timeout; allow more time"
    private_constant :ENDLESS, :UNTOUCHED, :LATE

    def initialize(timeout = nil, cancel = nil)
      @started = now
      @cancel = Arguments.token(cancel)
      @limit = Arguments.seconds("timeout", timeout)
      return if @limit.nil? || (@limit >= 0 && @limit < ENDLESS)

      raise InvalidInputError.new("`timeout` is #{@limit} seconds; pass a number from 0 on, or omit it for " \
                                  "no limit", code: "invalid_option")
    end

    # Seconds that are left; nil for no limit.
    def left = @limit && [0.0, @limit - (now - @started)].max

    def cancelled? = !@cancel.nil? && @cancel.cancelled?

    # The library has no call that is cancelled before it starts.
    def assert_not_cancelled
      raise CancelledError.new(UNTOUCHED, code: "cancelled", retryable: true) if cancelled?
    end

    # What is read before the library is called is over in time, or not at all.
    def assert_not_over
      late if left&.zero?
    end

    def late = raise(TimeoutError.new(LATE, code: "timed_out", retryable: true))

    private

    def now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
  end
  private_constant :Clock
end
