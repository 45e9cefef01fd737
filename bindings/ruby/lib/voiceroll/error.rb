# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

module Voiceroll
  # Base class of all errors of Voiceroll. `message` is a sentence that says what to do.
  class Error < StandardError
    # Stable name of what happened, such as `speaker_exists`; the same in every language.
    # @return [String]
    attr_reader :code

    # What kind of thing it is, such as `Conflict`: the class's name without `Error`.
    # @return [String]
    attr_reader :kind

    # HTTP status with which a server refused.
    # @return [Integer, nil]
    attr_reader :status

    # The id of the request in the server's log.
    # @return [String, nil]
    attr_reader :request_id

    # Seconds to wait before a retry, where that is known.
    # @return [Float, nil]
    attr_reader :retry_after

    # How many recordings of the call were added before it failed.
    # @return [Integer]
    attr_reader :added

    # Why a recording was refused.
    # @return [Array<Problem>]
    attr_reader :problems

    # The error from the library.
    # @api private
    def self.read(json)
      told = json.transform_keys(&:to_sym)
      problems = told.fetch(:problems, []).map { |problem| Problem.read(problem) }
      KINDS.fetch(told[:kind], Error).new(told[:message], **told.slice(*MEMBERS), problems: problems)
    end

    def initialize(message = nil, code: "", kind: nil, retryable: false, status: nil, request_id: nil, retry_after: nil,
                   added: 0, outcome_unknown: false, problems: [])
      super(message)
      @code = code
      @kind = kind || self.class.name.to_s.split("::").last.to_s.delete_suffix("Error")
      @retryable = retryable
      @status = status
      @request_id = request_id
      @retry_after = retry_after
      @added = added
      @outcome_unknown = outcome_unknown
      @problems = problems.freeze
    end

    # Whether the same call may succeed later. Never where a part was done, or may have been.
    # @return [Boolean]
    def retryable? = @retryable

    # Whether it is not known what a server did: read the enrollment to know.
    # @return [Boolean]
    def outcome_unknown? = @outcome_unknown

    # The same as hashes, arrays and plain values.
    # @return [Hash{Symbol => Object}]
    def to_h = deconstruct_keys(nil).merge(problems: problems.map(&:to_h))

    # What `case ... in` looks at.
    # @return [Hash{Symbol => Object}]
    def deconstruct_keys(_names)
      { message: message, **MEMBERS.to_h { |name| [name, instance_variable_get(:"@#{name}")] } }
    end

    MEMBERS = %i[code kind retryable status request_id retry_after added outcome_unknown problems].freeze
    private_constant :MEMBERS
  end

  # An argument is invalid, such as a speaker id with a space in it.
  class InvalidInputError < Error; end

  # The recording cannot be read: unsupported format, no audio, or damaged.
  class UnreadableError < Error; end

  # The recording can be read, but is not fit to enroll; `problems` says why.
  class RefusedError < Error; end

  # A limit was exceeded, such as the duration of a recording.
  class LimitError < Error; end

  # The speaker id is already enrolled.
  class ConflictError < Error; end

  # There is no such speaker, recording or job.
  class NotFoundError < Error; end

  # The speaker was already deleted, or has expired.
  class GoneError < Error; end

  # The enrollment lacks speech for comparisons, or a consent.
  class IncompleteError < Error; end

  # Voiceprints made by different models cannot be compared or mixed.
  class ModelMismatchError < Error; end

  # The store could not be read or written.
  class StoreError < Error; end

  # A file could not be read or written.
  class IoError < Error; end

  # The call was stopped by a {CancelToken}.
  class CancelledError < Error; end

  # The call took longer than its `timeout:`.
  class TimeoutError < Error; end

  # The server rejected the credentials.
  class UnauthorizedError < Error; end

  # The server cannot be reached, is busy or failed; try again later.
  class UnavailableError < Error; end

  # The server does not support this, or is not a compatible server.
  class UnsupportedError < Error; end

  # A defect in Voiceroll itself.
  class InternalError < Error; end

  # An application may have children of its own, so only those of here.
  KINDS = Error.subclasses.to_h { |kind| [kind.name.split("::").last.delete_suffix("Error"), kind] }.freeze
  private_constant :KINDS
end
