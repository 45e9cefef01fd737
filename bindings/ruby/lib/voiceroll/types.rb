# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

# Made by tools/types.py from the schema.

module Voiceroll
  # What a comparison of two voices comes to. These four are all there will be.
  class Decision < Label
    # The same person, at the false-accept rate that was asked for.
    MATCH = word("match")
    # The voices neither agree nor differ enough: ask for more speech, or for other proof.
    UNDECIDED = word("undecided")
    # Another person.
    NO_MATCH = word("no_match")
    # Too little speech to compare.
    TOO_LITTLE_SPEECH = word("too_little_speech")
  end

  # Whether a job is done. These three are all there will be, as in the old contract.
  class JobStatus < Label
    # It waits or runs.
    IN_PROGRESS = word("InProgress")
    # It was done.
    SUCCESS = word("Success")
    # It could not be done.
    FAIL = word("Fail")
  end

  # How much an enrollment can be relied on.
  class Quality < Label
    include Ranked

    # Not to be relied on: see what is missing.
    POOR = word("Poor")
    # Usable.
    AVERAGE = word("Average")
    # Reliable.
    GOOD = word("Good")
    # As good as it gets.
    HIGH = word("High")
  end

  # How bad a `Problem` is, in the order from worst to mildest. These three are all there will be.
  class Severity < Label
    # The recording is not enrolled.
    REFUSE = word("refuse")
    # It is enrolled, but recognition will suffer.
    WARN = word("warn")
    # Good to know.
    NOTE = word("note")
  end

  # A turn of somebody in a call. Its `inspect` leaves the name out.
  class CallSegment < Value
    # Where it starts, in seconds from the start of the recording.
    # @return [Float]
    member :start

    # Where it ends.
    # @return [Float]
    member :end

    # Who speaks. `diarize` calls voices that it does not name `speaker_1`, `speaker_2` and so on; `identify` leaves
    # them out.
    # @return [String, nil]
    member :speaker_id

    # How sure that is, 0 to 1.
    # @return [Float]
    member :confidence

    # Whether `speaker_id` is an enrolled speaker.
    # @return [Boolean]
    member :enrolled
    alias enrolled? enrolled

    # Which channel, from 1, where each channel is one speaker.
    # @return [Integer, nil]
    member :channel

    # What the record, or else the platform, calls the speaker.
    # @return [String, nil]
    member :name, hidden: true
  end

  # Who spoke when in a call.
  class CallIdentification < Value
    # All turns, in the order of their starts, those of unknown voices too.
    # @return [Array<CallSegment>]
    member :segments, [CallSegment]

    # Who of the record could not be looked for: not enrolled, or not completely.
    # @return [Array<String>]
    member :not_enrolled
  end

  # A stretch of a recording in which one person speaks.
  class Segment < Value
    # Where it starts, in seconds from the start of the recording.
    # @return [Float]
    member :start

    # Where it ends.
    # @return [Float]
    member :end

    # Who speaks. `diarize` calls voices that it does not name `speaker_1`, `speaker_2` and so on; `identify` leaves
    # them out.
    # @return [String, nil]
    member :speaker_id

    # How sure that is, 0 to 1.
    # @return [Float]
    member :confidence

    # Whether `speaker_id` is an enrolled speaker.
    # @return [Boolean]
    member :enrolled
    alias enrolled? enrolled

    # Which channel, from 1, where each channel is one speaker.
    # @return [Integer, nil]
    member :channel
  end

  # One thing that is wrong with a recording: what was measured, where the limit is, what to do.
  class Problem < Value
    # Which problem.
    # @return [String]
    member :code

    # How bad it is.
    # @return [Severity]
    member :severity, Severity

    # The measured value, in the unit that `ProblemCode` gives; none where nothing is measured.
    # @return [Float, nil]
    member :measured

    # The limit it was held against, in the same unit.
    # @return [Float, nil]
    member :limit

    # What to do about it, in one sentence.
    # @return [String]
    member :advice

    # Whose voice it is, where that is the problem.
    # @return [String, nil]
    member :speaker_id
  end

  # Who speaks when in a recording, one at a time.
  class Diarization < Value
    # Length of the recording in seconds.
    # @return [Float]
    member :duration

    # How many people speak.
    # @return [Integer]
    member :speakers

    # Their turns, in the order of their starts. They overlap only where each channel is one speaker.
    # @return [Array<Segment>]
    member :segments, [Segment]

    # What is wrong with the recording for this purpose.
    # @return [Array<Problem>]
    member :problems, [Problem]
  end

  # One recording of an enrollment: accepted and on the roll, or refused and why. Its audio is not kept.
  class Sample < Value
    # Its number on the roll, for `remove_sample`; none where the recording was refused.
    # @return [Integer, nil]
    member :id

    # Which recording of this call it was, from 0; none for those on the roll from before.
    # @return [Integer, nil]
    member :input

    # Whether it is on the roll.
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

    # When it was enrolled, in seconds since 1970; none where the recording was refused.
    # @return [Integer, nil]
    member :enrolled_at

    # What was wrong with it. Empty for a good recording.
    # @return [Array<Problem>]
    member :problems, [Problem]
  end

  # What is on the roll for one speaker.
  class Enrollment < Value
    # The speaker's id.
    # @return [String]
    member :speaker_id

    # How much the enrollment can be relied on.
    # @return [Quality]
    member :quality, Quality

    # Whether there is speech enough to recognise the voice: at least 12 s.
    # @return [Boolean]
    member :complete
    alias complete? complete

    # Seconds of speech on the roll.
    # @return [Float]
    member :speech_seconds

    # Seconds of all recordings on the roll, pauses included.
    # @return [Float]
    member :total_seconds

    # Seconds of speech still missing to be complete; 0 once it is.
    # @return [Float]
    member :missing_seconds

    # The model that made the voiceprints. Another model's cannot be mixed in.
    # @return [String]
    member :model

    # The recordings on the roll, oldest first, and behind them those that this very call refused.
    # @return [Array<Sample>]
    member :recordings, [Sample]
  end

  # Where in a recording enrolled speakers speak, and where others do.
  class Identification < Value
    # Length of the recording in seconds.
    # @return [Float]
    member :duration

    # How many people speak, enrolled or not.
    # @return [Integer]
    member :speakers

    # All turns, in the order of their starts, those of unknown voices too.
    # @return [Array<Segment>]
    member :segments, [Segment]
  end

  # What was measured in a recording, and the problems found in it.
  class Inspection < Value
    # What the bytes are stored in: `mp3`, `mp4`, `m4a`, `mov`, `3gp`, `adts`, `wav`, `aiff`, `flac`, `ogg`, `webm`,
    # `matroska`, `w64`, `caf`, `au`, `avi`, `gsm` or `amr`.
    # @return [String]
    member :container

    # How the sound is coded: `mp3`, `aac`, `opus`, `vorbis`, `flac`, `alac`, `pcm_s16le`, `pcm_mulaw`, `adpcm_ms` and
    # so on.
    # @return [String]
    member :codec

    # Number of channels. They are averaged before listening.
    # @return [Integer]
    member :channels

    # Samples a second, as decoded. HE-AAC is read as its core, at half the nominal rate.
    # @return [Integer]
    member :sample_rate

    # The highest frequency that carries voice, in Hz, at most 8000; none without speech.
    # @return [Float, nil]
    member :bandwidth_hz

    # Length of what could be decoded, in seconds.
    # @return [Float]
    member :duration

    # Seconds of speech, in steps of 16 ms. A pause under 300 ms inside speech counts as speech, and so do many voices
    # at once.
    # @return [Float]
    member :speech_seconds

    # Longest stretch without speech, in seconds, at the start and the end too.
    # @return [Float]
    member :longest_pause

    # RMS level of the speech (of everything, where there is none) in the loudest channel, in dB relative to a
    # full-scale square wave; none for digital silence.
    # @return [Float, nil]
    member :level_dbfs

    # Largest sample of any channel, in dB relative to full scale; none for digital silence.
    # @return [Float, nil]
    member :peak_dbfs

    # Share of samples cut off at a level, 0 to 1, in the worst channel.
    # @return [Float]
    member :clipped_ratio

    # Speech level over noise level in dB, from where the speech detector hears no voice.
    # @return [Float, nil]
    member :snr_db

    # The same from the distribution of amplitudes alone (WADA), as a second opinion.
    # @return [Float, nil]
    member :snr_blind_db

    # Mean of the samples, -1 to 1, in the worst channel: 0 unless the recorder has a fault.
    # @return [Float]
    member :dc_offset

    # Samples of a float recording that were no number; they count as 0.
    # @return [Integer]
    member :nonfinite_samples

    # Size of the recording in base64, as the old contract sends it.
    # @return [Integer]
    member :base64_bytes

    # How many people speak in it, by 60 s of its speech; none with under 1 s of speech, or with a network of your
    # own.
    # @return [Integer, nil]
    member :speakers

    # What is wrong with the recording, the worst first; empty for a good one.
    # @return [Array<Problem>]
    member :problems, [Problem]

    # Whether it would be accepted for enrollment.
    # @return [Boolean]
    def accepted? = problems.none? { |problem| problem.severity == Severity::REFUSE }
  end

  # A word of a `Transcript`.
  class Word < Value
    # As it is written.
    # @return [String]
    member :word, hidden: true

    # Where it starts, in seconds.
    # @return [Float]
    member :start

    # Where it ends.
    # @return [Float]
    member :end

    # Who says it.
    # @return [String, nil]
    member :speaker_id
  end

  # What one speaker says without a long pause.
  class Utterance < Value
    # What is said.
    # @return [String]
    member :text, hidden: true

    # Where it starts, in seconds.
    # @return [Float]
    member :start

    # Where it ends.
    # @return [Float]
    member :end

    # Who says it.
    # @return [String, nil]
    member :speaker_id

    # How sure that is, 0 to 1.
    # @return [Float]
    member :confidence
  end

  # What is said in a recording. Its `inspect` leaves the words out.
  class Transcript < Value
    # All of it.
    # @return [String]
    member :text, hidden: true

    # How sure it is who speaks, 0 to 1.
    # @return [Float]
    member :confidence

    # Each word.
    # @return [Array<Word>]
    member :words, [Word], hidden: true

    # What each speaker says at a time; empty where nobody asked who speaks.
    # @return [Array<Utterance>]
    member :utterances, [Utterance], hidden: true
  end

  # What a job found.
  class JobResult < Value
    # How many people speak, where that was asked.
    # @return [Integer, nil]
    member :speakers

    # Who speaks when, in the order of the starts. Voices that are not known are `speaker_1`, `speaker_2` and so on,
    # or nobody where only enrolled ones were asked for.
    # @return [Array<Segment>]
    member :segments, [Segment]

    # What is said, where that was asked.
    # @return [Transcript, nil]
    member :transcript, Transcript
  end

  # How a job stands.
  class Job < Value
    # As `submit` returned it.
    # @return [String]
    member :id

    # Whether it is done.
    # @return [JobStatus]
    member :status, JobStatus

    # When it was submitted, as RFC 3339; empty where the server does not say.
    # @return [String]
    member :created_at

    # When it ended.
    # @return [String, nil]
    member :completed_at

    # When the server forgets it.
    # @return [String]
    member :expires_at

    # What was found, once it succeeded.
    # @return [JobResult, nil]
    member :result, JobResult

    # Why it failed, if it did: the server's code.
    # @return [String, nil]
    member :error_code

    # The same in words.
    # @return [String, nil]
    member :error_message
  end

  # One page of enrollments, in the order of their ids.
  class Page < Value
    # The enrollments; empty behind the last page.
    # @return [Array<Enrollment>]
    member :records, [Enrollment]

    # Which page this is, from 1.
    # @return [Integer]
    member :page

    # How many enrollments a page has.
    # @return [Integer]
    member :per_page

    # How many pages there are.
    # @return [Integer]
    member :total_pages

    # How many enrollments there are on all pages.
    # @return [Integer]
    member :total

    # After whom the next page begins: to be given back as `after`. None on the last page, and from a server that
    # knows its pages by number alone.
    # @return [String, nil]
    member :next_after
  end

  # What `prepare` cut out; its sound goes beside it.
  class Prepared < Value
    # A WAV file: 16 kHz, mono, 16 bit.
    # @return [String]
    member :wav, hidden: true, beside: true

    # Where the stretch starts, in seconds.
    # @return [Float]
    member :start

    # Where it ends.
    # @return [Float]
    member :end

    # Seconds of speech in it.
    # @return [Float]
    member :speech_seconds
  end

  # How far a call has come.
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

  # Whether a recording is of an enrolled speaker.
  class Verification < Value
    # The speaker it was held against.
    # @return [String]
    member :speaker_id

    # What it comes to.
    # @return [Decision]
    member :decision, Decision

    # The chance that it is this person, 0 to 1, if that was as likely as not beforehand; none where there is too
    # little speech.
    # @return [Float, nil]
    member :confidence

    # How much likelier the recording is from this person than from another, as a natural logarithm; none where there
    # is too little speech.
    # @return [Float, nil]
    member :llr

    # The `llr` from which on it is a match, at the false-accept rate asked for.
    # @return [Float]
    member :match_llr

    # The `llr` below which it is no match.
    # @return [Float]
    member :no_match_llr

    # Cosine of the two voiceprints, -1 to 1; none where there is too little speech.
    # @return [Float, nil]
    member :score

    # Seconds of speech in the recording.
    # @return [Float]
    member :speech_seconds

    # What is wrong with the recording, the worst first.
    # @return [Array<Problem>]
    member :problems, [Problem]
  end
end
