# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

# Made by tools/make_types.py from the schema.

module Voiceroll
  # The outcome of a verification. There will be no other variants.
  class Decision < Label
    # The same person, at the requested false-accept rate.
    MATCH = word("match")
    # The evidence is not sufficient: ask for more speech, or for other evidence.
    UNDECIDED = word("undecided")
    # Another person.
    NO_MATCH = word("no_match")
    # Too little speech to compare.
    TOO_LITTLE_SPEECH = word("too_little_speech")
  end

  # The status of a job. There will be no other variants, as in RingCentral's API.
  class JobStatus < Label
    # It is waiting or running.
    IN_PROGRESS = word("InProgress")
    # It succeeded.
    SUCCESS = word("Success")
    # It failed.
    FAIL = word("Fail")
  end

  # How reliable an enrollment is.
  class Quality < Label
    include Ranked

    # Not reliable: more or better speech is needed.
    POOR = word("Poor")
    # Usable.
    AVERAGE = word("Average")
    # Reliable.
    GOOD = word("Good")
    # The best quality.
    HIGH = word("High")
  end

  # The severity of a `Problem`, most severe first. There will be no other variants.
  class Severity < Label
    # The recording is not enrolled.
    REFUSE = word("refuse")
    # It is enrolled, but decisions will be less reliable.
    WARN = word("warn")
    # Good to know.
    NOTE = word("note")
  end

  # One line of an audit trail.
  class AuditEntry < Value
    # Its number in the trail, from 1.
    # @return [Integer]
    member :number

    # When, in seconds since 1970, by the clock of the machine.
    # @return [Integer]
    member :time

    # Who: what `RegistryOptions::actor` says, or the user of the operating system.
    # @return [String]
    member :actor

    # What: `enroll`, `delete`, `verify` and so on.
    # @return [String]
    member :action

    # What came of it: `begun` before a change, then `done`, a decision such as `match`, or the code of an error.
    # @return [String]
    member :outcome

    # How many changes the store had seen then.
    # @return [Integer]
    member :changes

    # The digest of this entry and the one before, in hexadecimal digits.
    # @return [String]
    member :digest

    # Of whom: a pseudonym, which `Registry::audit_pseudonym` makes of an id; none where it is of nobody in
    # particular.
    # @return [String, nil]
    member :speaker
  end

  # The result of verifying an audit trail.
  class AuditReport < Value
    # How many entries there are.
    # @return [Integer]
    member :entries

    # The number of the first one. More than 1 where older files were taken away.
    # @return [Integer]
    member :first

    # The faults, in words, 100 at most; empty for an intact trail.
    # @return [Array<String>]
    member :faults
  end

  # A segment of a call, with the speaker's name. Its `inspect` omits the name.
  class CallSegment < Value
    # Start in seconds from the start of the recording.
    # @return [Float]
    member :start

    # End in seconds.
    # @return [Float]
    member :end

    # The speaker. `diarize` labels unknown speakers `speaker_1`, `speaker_2` and so on; for `identify` they have no
    # id.
    # @return [String, nil]
    member :speaker_id

    # Confidence in the speaker, 0 to 1.
    # @return [Float]
    member :confidence

    # Whether `speaker_id` is an enrolled speaker.
    # @return [Boolean]
    member :enrolled
    alias enrolled? enrolled

    # The channel, from 1, if each channel is one speaker.
    # @return [Integer, nil]
    member :channel

    # The speaker's name from the record, or else from RingCentral.
    # @return [String, nil]
    member :name, hidden: true
  end

  # Who spoke when in a call.
  class CallIdentification < Value
    # All segments, sorted by start, including those of unknown speakers.
    # @return [Array<CallSegment>]
    member :segments, [CallSegment]

    # The participants that were not searched for, as they are not enrolled, or not completely.
    # @return [Array<String>]
    member :not_enrolled
  end

  # The result of checking a store.
  class CheckReport < Value
    # How many speakers were looked at.
    # @return [Integer]
    member :speakers

    # How many recordings of them.
    # @return [Integer]
    member :recordings

    # The faults, in words, 100 at most; empty for an intact store.
    # @return [Array<String>]
    member :faults
  end

  # The consent of a person to being enrolled: the proof that a registry keeps beside the voiceprint.
  class ConsentRecord < Value
    # Who consented, as your own records have it: the number of a form, or a customer's number.
    # @return [String]
    member :reference, hidden: true

    # When, in seconds since 1970.
    # @return [Integer]
    member :given_at

    # Which version of the text the person has seen.
    # @return [String]
    member :text_version

    # The SHA-256 digest of that text, in 64 hexadecimal digits.
    # @return [String]
    member :text_sha256

    # For what: `verification`, `identification`, `diarization`, or something else in words. Empty: for all that the
    # text says.
    # @return [Array<String>]
    member :purposes, hidden: true

    # Until when it is valid, in seconds since 1970; none where it is until it is withdrawn.
    # @return [Integer, nil]
    member :valid_until

    # Who collected it.
    # @return [String, nil]
    member :collected_by, hidden: true
  end

  # The proof that a consent was withdrawn, which stays when the voiceprint is gone.
  class Withdrawal < Value
    # When it was withdrawn, in seconds since 1970.
    # @return [Integer]
    member :withdrawn_at

    # What was consented to before, the oldest first. Empty where nothing was recorded.
    # @return [Array<ConsentRecord>]
    member :consents, [ConsentRecord]
  end

  # What a speaker has consented to, and how long the speaker is kept.
  class ConsentState < Value
    # The records, the oldest first.
    # @return [Array<ConsentRecord>]
    member :consents, [ConsentRecord]

    # Whether one of them is valid now.
    # @return [Boolean]
    member :valid
    alias valid? valid

    # From when on, in seconds since 1970, the speaker is not recognised and is erased by the next `purge`; none where
    # that never comes.
    # @return [Integer, nil]
    member :expires_at

    # Withdrawals under this id, the oldest first.
    # @return [Array<Withdrawal>]
    member :withdrawals, [Withdrawal]
  end

  # A stretch of a recording in which one person speaks.
  class Segment < Value
    # Start in seconds from the start of the recording.
    # @return [Float]
    member :start

    # End in seconds.
    # @return [Float]
    member :end

    # The speaker. `diarize` labels unknown speakers `speaker_1`, `speaker_2` and so on; for `identify` they have no
    # id.
    # @return [String, nil]
    member :speaker_id

    # Confidence in the speaker, 0 to 1.
    # @return [Float]
    member :confidence

    # Whether `speaker_id` is an enrolled speaker.
    # @return [Boolean]
    member :enrolled
    alias enrolled? enrolled

    # The channel, from 1, if each channel is one speaker.
    # @return [Integer, nil]
    member :channel
  end

  # A problem of a recording: the measured value, the limit, and advice.
  class Problem < Value
    # Which problem.
    # @return [String]
    member :code

    # The severity.
    # @return [Severity]
    member :severity, Severity

    # The measured value, in the unit of the `ProblemCode`; none if nothing is measured.
    # @return [Float, nil]
    member :measured

    # The limit, in the same unit.
    # @return [Float, nil]
    member :limit

    # What to do, in one sentence.
    # @return [String]
    member :advice

    # The speaker with the same voice, for `duplicate_voice`.
    # @return [String, nil]
    member :speaker_id
  end

  # Who speaks when in a recording.
  class Diarization < Value
    # Length of the recording in seconds.
    # @return [Float]
    member :duration

    # How many people speak.
    # @return [Integer]
    member :speakers

    # The segments, sorted by start. They overlap only if each channel is one speaker.
    # @return [Array<Segment>]
    member :segments, [Segment]

    # Problems of the recording for diarization.
    # @return [Array<Problem>]
    member :problems, [Problem]
  end

  # One recording of an enrollment: accepted, or refused with the reasons. Its audio is not stored.
  class Sample < Value
    # Its number in the enrollment, for `remove_sample`; none if the recording was refused.
    # @return [Integer, nil]
    member :id

    # The index of the recording in this call, from 0; none for earlier recordings.
    # @return [Integer, nil]
    member :input

    # Whether it is part of the enrollment.
    # @return [Boolean]
    member :accepted
    alias accepted? accepted

    # Seconds of speech in it.
    # @return [Float]
    member :speech_seconds

    # Its length in seconds.
    # @return [Float]
    member :total_seconds

    # Its signal-to-noise ratio in dB.
    # @return [Float, nil]
    member :snr_db

    # Its bandwidth in Hz.
    # @return [Float, nil]
    member :bandwidth_hz

    # When it was enrolled, in seconds since 1970; none if the recording was refused.
    # @return [Integer, nil]
    member :enrolled_at

    # Its problems; empty for a good recording.
    # @return [Array<Problem>]
    member :problems, [Problem]
  end

  # The enrollment of one speaker.
  class Enrollment < Value
    # The speaker's id.
    # @return [String]
    member :speaker_id

    # How reliable the enrollment is.
    # @return [Quality]
    member :quality, Quality

    # Whether there is enough speech for comparisons: at least 12 s.
    # @return [Boolean]
    member :complete
    alias complete? complete

    # Enrolled seconds of speech.
    # @return [Float]
    member :speech_seconds

    # Duration of all enrolled recordings in seconds, including pauses.
    # @return [Float]
    member :total_seconds

    # Seconds of speech still needed for a complete enrollment; 0 if it is complete.
    # @return [Float]
    member :missing_seconds

    # The model that made the voiceprints. Voiceprints of different models cannot be mixed.
    # @return [String]
    member :model

    # The enrolled recordings, oldest first, followed by those that this call refused.
    # @return [Array<Sample>]
    member :recordings, [Sample]
  end

  # The segments of a recording in which enrolled speakers speak, and those of others.
  class Identification < Value
    # Length of the recording in seconds.
    # @return [Float]
    member :duration

    # The number of speakers, enrolled or not.
    # @return [Integer]
    member :speakers

    # All segments, sorted by start, including those of unknown speakers.
    # @return [Array<Segment>]
    member :segments, [Segment]
  end

  # The measurements of a recording, and its problems.
  class Inspection < Value
    # The container: `mp3`, `mp4`, `m4a`, `mov`, `3gp`, `adts`, `wav`, `aiff`, `flac`, `ogg`, `webm`, `matroska`,
    # `w64`, `caf`, `au`, `avi`, `gsm` or `amr`.
    # @return [String]
    member :container

    # The codec: `mp3`, `aac`, `opus`, `vorbis`, `flac`, `alac`, `pcm_s16le`, `pcm_mulaw`, `adpcm_ms` and so on.
    # @return [String]
    member :codec

    # Number of channels. They are mixed before the analysis.
    # @return [Integer]
    member :channels

    # Samples per second after decoding. Of HE-AAC only the core is decoded, at half the nominal rate.
    # @return [Integer]
    member :sample_rate

    # The highest frequency with speech, in Hz, at most 8000; none without speech.
    # @return [Float, nil]
    member :bandwidth_hz

    # Decoded duration in seconds.
    # @return [Float]
    member :duration

    # Seconds of speech, in steps of 16 ms. A pause under 300 ms inside speech counts as speech, and so does babble.
    # @return [Float]
    member :speech_seconds

    # Longest stretch without speech in seconds, including the start and the end.
    # @return [Float]
    member :longest_pause

    # RMS level of the speech (of everything, where there is none) in the loudest channel, in dB relative to a
    # full-scale square wave; none for digital silence.
    # @return [Float, nil]
    member :level_dbfs

    # Largest sample of any channel, in dB relative to full scale; none for digital silence.
    # @return [Float, nil]
    member :peak_dbfs

    # Share of clipped samples, 0 to 1, in the worst channel.
    # @return [Float]
    member :clipped_ratio

    # Signal-to-noise ratio in dB: speech level over the noise level where the VAD finds no speech.
    # @return [Float, nil]
    member :snr_db

    # SNR in dB estimated from the amplitude distribution alone (WADA).
    # @return [Float, nil]
    member :snr_blind_db

    # Mean of the samples, -1 to 1, in the worst channel: 0 unless the recorder has a fault.
    # @return [Float]
    member :dc_offset

    # Samples of a float recording that are not finite numbers; they count as 0.
    # @return [Integer]
    member :nonfinite_samples

    # Size of the recording in base64, as RingCentral's API sends it.
    # @return [Integer]
    member :base64_bytes

    # Number of speakers, estimated from 60 s of speech; none with under 1 s of speech, or with a network of your own.
    # @return [Integer, nil]
    member :speakers

    # The problems of the recording, the most severe first; empty for a good one.
    # @return [Array<Problem>]
    member :problems, [Problem]

    # Whether it would be accepted for enrollment.
    # @return [Boolean]
    def accepted? = problems.none? { |problem| problem.severity == Severity::REFUSE }
  end

  # A word of a `Transcript`.
  class Word < Value
    # The word.
    # @return [String]
    member :word, hidden: true

    # Start in seconds.
    # @return [Float]
    member :start

    # End in seconds.
    # @return [Float]
    member :end

    # The speaker.
    # @return [String, nil]
    member :speaker_id
  end

  # Words of one speaker without a long pause.
  class Utterance < Value
    # The text.
    # @return [String]
    member :text, hidden: true

    # Start in seconds.
    # @return [Float]
    member :start

    # End in seconds.
    # @return [Float]
    member :end

    # The speaker.
    # @return [String, nil]
    member :speaker_id

    # Confidence in the speaker, 0 to 1.
    # @return [Float]
    member :confidence
  end

  # The transcript of a recording. Its `inspect` omits the words.
  class Transcript < Value
    # The full text.
    # @return [String]
    member :text, hidden: true

    # Confidence in the speakers, 0 to 1.
    # @return [Float]
    member :confidence

    # The words.
    # @return [Array<Word>]
    member :words, [Word], hidden: true

    # The text by speaker; empty if no speakers were requested.
    # @return [Array<Utterance>]
    member :utterances, [Utterance], hidden: true
  end

  # The result of a job.
  class JobResult < Value
    # The number of speakers, if requested.
    # @return [Integer, nil]
    member :speakers

    # Who speaks when, sorted by start. Unknown speakers are `speaker_1`, `speaker_2` and so on, or have no id if only
    # enrolled speakers were requested.
    # @return [Array<Segment>]
    member :segments, [Segment]

    # The transcript, if requested.
    # @return [Transcript, nil]
    member :transcript, Transcript
  end

  # The status of a job.
  class Job < Value
    # The id that `submit` returned.
    # @return [String]
    member :id

    # Whether it is done.
    # @return [JobStatus]
    member :status, JobStatus

    # When it was submitted, in RFC 3339 format; empty if the server does not say.
    # @return [String]
    member :created_at

    # When it finished.
    # @return [String, nil]
    member :completed_at

    # When the server deletes it.
    # @return [String]
    member :expires_at

    # The result, if it succeeded.
    # @return [JobResult, nil]
    member :result, JobResult

    # The server's error code, if it failed.
    # @return [String, nil]
    member :error_code

    # The server's error message, if it failed.
    # @return [String, nil]
    member :error_message
  end

  # One page of enrollments, sorted by id.
  class Page < Value
    # The enrollments; empty after the last page.
    # @return [Array<Enrollment>]
    member :records, [Enrollment]

    # The number of this page, from 1.
    # @return [Integer]
    member :page

    # The page size.
    # @return [Integer]
    member :per_page

    # The number of pages.
    # @return [Integer]
    member :total_pages

    # The number of enrollments on all pages.
    # @return [Integer]
    member :total

    # The id to pass as `after` for the next page. None on the last page, and from a server that supports only page
    # numbers.
    # @return [String, nil]
    member :next_after
  end

  # The stretch that `prepare` cut out; its audio is passed next to the JSON.
  class Prepared < Value
    # A WAV file: 16 kHz, mono, 16 bit.
    # @return [String]
    member :wav, hidden: true, beside: true

    # Start in seconds from the start of the recording.
    # @return [Float]
    member :start

    # End in seconds.
    # @return [Float]
    member :end

    # Seconds of speech in it.
    # @return [Float]
    member :speech_seconds
  end

  # The progress of a call.
  class Progress < Value
    # Which recording of the call is being read, from 0.
    # @return [Integer]
    member :recording

    # How many recordings the call has.
    # @return [Integer]
    member :recordings

    # How much of the whole call is done, 0 to 1.
    # @return [Float]
    member :fraction
  end

  # The result of restoring a backup.
  class Restored < Value
    # How many speakers are enrolled now.
    # @return [Integer]
    member :speakers

    # Who was in the backup and had been deleted since: they were erased again.
    # @return [Array<String>]
    member :erased

    # Whether it is known who had been deleted since. It is not where the store that was replaced could not be read:
    # then delete them again, by your own records.
    # @return [Boolean]
    member :deletions_known
    alias deletions_known? deletions_known

    # Where the store is now that was replaced. Delete it once it is not needed.
    # @return [String, nil]
    member :aside
  end

  # Whether a recording is of an enrolled speaker.
  class Verification < Value
    # The speaker that the recording was compared with.
    # @return [String]
    member :speaker_id

    # The decision.
    # @return [Decision]
    member :decision, Decision

    # Posterior probability of this speaker, 0 to 1, at a prior of 0.5; none if there is too little speech.
    # @return [Float, nil]
    member :confidence

    # Log-likelihood ratio of this speaker to another, natural logarithm; none if there is too little speech.
    # @return [Float, nil]
    member :llr

    # The `llr` from which the decision is a match, at the requested false-accept rate.
    # @return [Float]
    member :match_llr

    # The `llr` below which the decision is no match.
    # @return [Float]
    member :no_match_llr

    # Cosine of the two voiceprints, -1 to 1; none if there is too little speech.
    # @return [Float, nil]
    member :score

    # Seconds of speech in the recording.
    # @return [Float]
    member :speech_seconds

    # The problems of the recording, the most severe first.
    # @return [Array<Problem>]
    member :problems, [Problem]
  end
end
