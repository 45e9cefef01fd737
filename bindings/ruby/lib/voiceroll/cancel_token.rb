# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

module Voiceroll
  # Stops calls from another thread or from a signal's handler: give it to them as `cancel:`. They then fail with
  # {CancelledError}, within a tenth of a second. Nothing was changed then, or, on a server, `outcome_unknown?` says
  # that this is not known.
  class CancelToken
    def initialize
      @cancelled = false
    end

    # Stops all calls that were given this token, and those that will be.
    # @return [nil]
    def cancel
      @cancelled = true
      nil
    end

    # Whether it was cancelled.
    # @return [Boolean]
    def cancelled? = @cancelled
  end
end
