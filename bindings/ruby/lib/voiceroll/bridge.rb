# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

module Voiceroll
  # How a verb is asked of the library and waited for.
  class Bridge
    # Milliseconds for which the library waits at a time. In between, Ruby handles signals and timeouts.
    SLICE = 50
    # The members of a result that is no {Value} are as JSON has them.
    PLAIN = Module.new { def self.read(json) = json }

    # Reads a list of values.
    def self.list(kind)
      Module.new { define_singleton_method(:read) { |json| json.map { |item| kind.read(item) }.freeze } }
    end

    # A registry as `settings` say, in the file `path` unless that is nil.
    def self.open(path, settings)
      new(Native.open(path, Arguments.plain(settings)), settings[:max_bytes])
    end

    def initialize(registry, max_bytes = nil)
      @registry = registry
      @max_bytes = max_bytes
      @closed = false
    end

    def closed? = @closed

    def close
      @closed = true
      Native.voiceroll_close(@registry)
    end

    def take(timestamp, signature, body)
      Job.read(Native.take_callback(@registry, timestamp, signature, body))
    end

    # Does a verb in the calling thread, and lets others run.
    def ask(verb, kind = PLAIN, args = {}, sources = [], timeout: nil, cancel: nil, &progress)
      clock = Clock.new(timeout, cancel)
      args = Arguments.plain(args)
      heard = Recording.all(sources, clock, most(args))
      call = start(heard) { { verb: verb, args: { **args, timeout: clock.left }.compact, progress: !progress.nil? } }
      wait(call, kind, clock, &progress)
    ensure
      call&.free
    end

    private

    # The limit of bytes to read from an IO, if given. The library rejects a value that is not a number.
    def most(args) = args[:max_bytes].is_a?(Integer) ? args[:max_bytes] : @max_bytes

    def start(heard)
      Native.recordings do |list|
        heard.each { |recording| Native.add(list, recording.source, recording.data) }
        Native.start(@registry, yield, list)
      end
    end

    # Not by `loop`, which would take a StopIteration of the block for the end.
    def wait(call, kind, clock)
      while true
        Native.voiceroll_cancel(call) if clock.cancelled?
        news, told, sound = Native.look(call, SLICE)
        case news
        when Native::NOTHING then next
        when Native::PROGRESS then yield Progress.read(told)
        when Native::RESULT then return told && kind.read(sound ? told.merge("wav" => sound) : told)
        when Native::ERROR then raise Error.read(told)
        else raise InternalError.new("the call ended without a result", code: "internal")
        end
      end
    end
  end
  private_constant :Bridge
end
