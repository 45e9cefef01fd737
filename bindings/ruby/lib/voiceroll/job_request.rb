# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

module Voiceroll
  # A job for {Registry#submit}: what a server is asked to do with a recording that it fetches itself. Its `inspect`
  # leaves the addresses out: a token may stand in them.
  class JobRequest < Value
    # `identify`, `diarize` or `transcribe`.
    # @return [String]
    member :api

    # Where the server fetches the recording.
    # @return [String]
    member :content_uri, hidden: true

    # Who is looked for.
    # @return [Array<String>]
    member :speaker_ids

    # The number of speakers, 1 to 20, if known.
    # @return [Integer, nil]
    member :speakers

    # Whether each channel is one speaker.
    # @return [Boolean]
    member :per_channel
    alias per_channel? per_channel

    # One of Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg. Default: by the end of the address.
    # @return [String, nil]
    member :encoding

    # The language spoken, of a transcript.
    # @return [String, nil]
    member :language

    # Where the server posts the result; see {Callbacks}. Default: nowhere, it is asked for.
    # @return [String, nil]
    member :webhook, hidden: true

    # Finds the segments in which these speakers speak. All need a complete enrollment.
    def self.identify(content_uri, speaker_ids, encoding: nil, webhook: nil)
      new(api: "identify", content_uri: content_uri, speaker_ids: speaker_ids, encoding: encoding, webhook: webhook)
    end

    # Finds out who speaks when in a recording.
    def self.diarize(content_uri, **options)
      new(api: "diarize", content_uri: content_uri, **options)
    end

    # Transcribes a recording, with the speakers if `speaker_ids:` or `speakers:` are given.
    def self.transcribe(content_uri, language: "en-US", **options)
      new(api: "transcribe", content_uri: content_uri, language: language, **options)
    end

    # @see .identify
    def initialize(api:, content_uri:, speaker_ids: [], speakers: nil, per_channel: false, encoding: nil, language: nil,
                   webhook: nil)
      super(api: api, content_uri: content_uri, speaker_ids: Arguments.ids("speaker_ids", speaker_ids).freeze,
            speakers: speakers, per_channel: per_channel, encoding: encoding, language: language, webhook: webhook)
    end
  end
end
