# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

require "io/wait"
require "timeout"

module Voiceroll
  # Reads what is open to its end, in the time of a call, and no more of it than shows that it is too large.
  class Reading
    PIECE = 1 << 20
    # Seconds for which it is waited at a time.
    SLICE = 0.05

    # What ends a `read` that has no limit of its own. No `rescue` in there takes it for an error.
    class Late < Exception; end # rubocop:disable Lint/InheritException
    private_constant :PIECE, :SLICE, :Late

    # @param most [Integer, nil] the bytes that are taken
    def initialize(io, clock, most)
      @io = io
      @clock = clock
      @most = most
      @data = String.new(encoding: Encoding::BINARY)
    end

    # All that was read; where that is more than the limit, the library refuses it.
    def all
      if waitable? then by_waiting
      elsif pieces? then within { by_pieces }
      else
        @clock.assert_not_cancelled
        return text(within { @io.read } || "")
      end
      @data
    end

    private

    def waitable? = @io.respond_to?(:wait_readable) && @io.respond_to?(:read_nonblock)

    # Whether its `read` takes a length, as that of an IO does.
    def pieces? = @io.respond_to?(:gets) || @io.respond_to?(:eof?)

    def by_waiting
      while (wanted = wanted_now).positive?
        case (piece = @io.read_nonblock(wanted, exception: false))
        when nil then return
        when :wait_readable then @io.wait_readable(SLICE)
        when :wait_writable then @io.wait_writable(SLICE)
        else @data << piece
        end
      end
    end

    def by_pieces
      while (wanted = wanted_now).positive?
        piece = text(@io.read(wanted) || "")
        return if piece.empty?

        @data << piece.b
      end
    end

    def text(read)
      raise TypeError, "`read` must return a String, not #{read.class}" unless read.is_a?(String)

      read
    end

    # Bytes to ask for: one over the limit is enough.
    def wanted_now
      @clock.assert_not_cancelled
      @clock.assert_not_over
      @most ? [PIECE, @most + 1 - @data.bytesize].min : PIECE
    end

    def within(&read)
      @clock.assert_not_over
      Timeout.timeout(@clock.left, Late, &read)
    rescue Late
      @clock.late
    end
  end
  private_constant :Reading
end
