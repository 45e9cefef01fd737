# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

module Voiceroll
  # How a verb is asked of the library and waited for.
  class Door
    # Milliseconds for which the library waits at a time. In between, Ruby handles signals and time-outs.
    SLICE = 50
    # The members of a result that is no {Value} are as JSON has them.
    PLAIN = Module.new { def self.read(json) = json }

    # A registry as `settings` say, in the file `path` unless that is nil.
    def self.open(path, settings)
      new(Native.open(path, Arguments.plain(settings)))
    end

    def initialize(registry)
      @registry = registry
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
      started = now
      Arguments.token(cancel)
      args = Arguments.plain(args)
      limit = Arguments.seconds("timeout", timeout)
      heard = Recording.all(sources)
      # The library has no call that is cancelled before it starts.
      raise CancelledError.new(UNTOUCHED, code: "cancelled", retryable: true) if cancel&.cancelled?

      call = start(heard) do
        # A negative limit is the library's to refuse. The reading of files was part of the time.
        args[:timeout] = limit.negative? ? limit : [0.0, limit - (now - started)].max if limit
        { verb: verb, args: args, progress: !progress.nil? }
      end
      wait(call, kind, cancel, &progress)
    ensure
      call&.free
    end

    private

    def start(heard)
      Native.recordings do |list|
        heard.each { |recording| Native.add(list, recording.source, recording.data) }
        Native.start(@registry, yield, list)
      end
    end

    def wait(call, kind, cancel)
      loop do
        Native.voiceroll_cancel(call) if cancel&.cancelled?
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

    def now = Process.clock_gettime(Process::CLOCK_MONOTONIC)

    UNTOUCHED = "the work was cancelled; nothing was changed"
    private_constant :UNTOUCHED
  end
  private_constant :Door
end
