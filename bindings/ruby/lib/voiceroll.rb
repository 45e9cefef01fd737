# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

require "json"
require "pathname"
require "set"

require_relative "voiceroll/version"
require_relative "voiceroll/error"
require_relative "voiceroll/value"
require_relative "voiceroll/types"
require_relative "voiceroll/arguments"
require_relative "voiceroll/cancel_token"
require_relative "voiceroll/clock"
require_relative "voiceroll/native"
require_relative "voiceroll/reading"
require_relative "voiceroll/recording"
require_relative "voiceroll/bridge"
require_relative "voiceroll/job_request"
require_relative "voiceroll/registry"
require_relative "voiceroll/callbacks"

# Speaker enrollment, verification, identification and diarization, offline and without an account.
#
# {Registry} is a registry of enrolled speakers. {inspect} measures a recording and tells whether it would be enrolled;
# {prepare} cuts its best stretch out.
#
#     registry = Voiceroll::Registry.open("voices.db")
#     enrollment = registry.enroll("ada", ["monday.mp3", "tuesday.m4a"])
#     enrollment.complete?       # => true
#     enrollment.missing_seconds # => 0.0
module Voiceroll
  FREE = Bridge.new(nil)
  # In place of what was not given.
  UNTOLD = Object.new.freeze
  private_constant :FREE, :UNTOLD

  class << self
    # Measures a recording and says whether it would be enrolled, without a registry. Without a recording, it is what
    # `p` prints.
    # @param recording [String, Pathname, #read, Recording] a path, an open file, or a recording
    # @param max_seconds [Numeric, nil] the longest recording that is read, in seconds. Default: two hours
    # @param max_bytes [Integer, nil] the largest file that is read. Default: 2 GiB
    # @param timeout [Numeric, nil] as for all calls: see {Registry}
    # @param cancel [CancelToken, nil] the same
    # @yieldparam progress [Progress]
    # @return [Inspection]
    # @raise [UnreadableError, LimitError, IoError] where it cannot be read at all; faults such as noise are in
    #   `problems`
    def inspect(recording = UNTOLD, max_seconds: nil, max_bytes: nil, **options, &progress)
      return super() if UNTOLD.equal?(recording)

      listen(:inspect, Inspection, recording, { max_seconds: max_seconds, max_bytes: max_bytes }, **options, &progress)
    end

    # Cuts the stretch with the most continuous speech, at most 30 s, out of a recording; see {inspect}.
    # @return [Prepared]
    def prepare(recording, max_seconds: nil, max_bytes: nil, **options, &progress)
      listen(:prepare, Prepared, recording, { max_seconds: max_seconds, max_bytes: max_bytes }, **options, &progress)
    end

    # Puts a backup in the place of a store that nobody has open. Speakers who were deleted from the replaced store
    # since the backup are erased from the restored one.
    # @param backup [String, Pathname]
    # @param path [String, Pathname] the store file
    # @param replace [Boolean] whether a store that exists is moved aside
    # @return [Restored]
    # @raise [StoreError] where the backup is damaged or the key is wrong
    # @raise [InvalidInputError] where a store exists and `replace` is not set
    def restore(backup, path, replace: false, key_folder: nil, key_file: nil, key_variable: nil, key_command: nil,
                audit: nil, actor: nil, **options, &progress)
      args = { backup: Arguments.path("backup", backup), path: Arguments.path("path", path), replace: replace,
               key_folder: key_folder, key_file: key_file, key_variable: key_variable, key_command: key_command,
               audit: audit, actor: actor }
      FREE.ask(:restore, Restored, args, **options, &progress)
    end

    private

    def listen(verb, kind, recording, args, **options, &progress)
      FREE.ask(verb, kind, args, [recording], **options, &progress)
    end
  end
end
