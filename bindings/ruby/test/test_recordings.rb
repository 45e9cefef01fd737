# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

require_relative "helper"

# Everything that a recording may be handed over as.
class TestRecordings < Case
  # What an upload is to web frameworks.
  class Upload
    def initialize(data)
      @data = data
    end

    def read = @data
    def to_path = raise("it is read")
  end

  def test_a_path_bytes_and_files_are_the_same
    path = clip("ada-1.mp3")
    data = File.binread(path)
    expected = Voiceroll.inspect(path)
    File.open(path, "rb") do |file|
      [Pathname(path), StringIO.new(data), file, Upload.new(data), Voiceroll::Recording.path(Pathname(path)),
       Voiceroll::Recording.bytes(data), Voiceroll::Recording.bytes(data.dup.force_encoding("UTF-8")),
       Voiceroll::Recording.io(StringIO.new(data))].each { |source| assert_equal expected, Voiceroll.inspect(source) }
    end
  end

  def test_a_declared_encoding
    found = Voiceroll.inspect(Voiceroll::Recording.path(clip("ada-1.mp3"), encoding: "Wav"))
    assert_includes found.problems.map(&:code), "encoding_mismatch"
    assert_equal found, Voiceroll.inspect(Voiceroll::Recording.path(clip("ada-1.mp3"), encoding: :Wav))
    assert_raises(Voiceroll::InvalidInputError) do
      Voiceroll.inspect(Voiceroll::Recording.path(clip("ada-1.mp3"), encoding: "Tape"))
    end
    { path: "a", bytes: "a", io: StringIO.new }.each do |kind, source|
      error = assert_raises(TypeError) { Voiceroll::Recording.public_send(kind, source, encoding: 5) }
      assert_match "`encoding`", error.message
    end
  end

  def test_a_track_is_chosen
    data = File.binread(clip("ada-1.mp3"))
    whole = Voiceroll.inspect(clip("ada-1.mp3"))
    { path: clip("ada-1.mp3"), bytes: data, io: StringIO.new(data) }.each do |kind, source|
      assert_equal whole, Voiceroll.inspect(Voiceroll::Recording.public_send(kind, source, track: 1))
    end
    second = Voiceroll::Recording.bytes(data, track: 2)
    error = assert_raises(Voiceroll::InvalidInputError) { Voiceroll.inspect(second) }
    assert_match "track", error.message
  end

  def test_bytes_may_change_after_the_recording_was_made
    data = File.binread(clip("ada-1.mp3"))
    expected = Voiceroll.inspect(clip("ada-1.mp3"))
    recording = Voiceroll::Recording.bytes(data)
    data.clear
    assert_equal expected, Voiceroll.inspect(recording)
    assert_equal expected, Voiceroll.inspect(recording)
  end

  def test_bytes_may_change_while_a_call_copies_them
    data = long(50)
    recording = Voiceroll::Recording.bytes(data)
    writer = Thread.new { 200.times { data << ("x" * 100_000) } }
    5.times { assert_raises(Voiceroll::LimitError) { Voiceroll.inspect(recording, max_bytes: 1) } }
    writer.join
    assert_equal long(50).bytesize, recording.data.bytesize
  end

  def test_samples_of_every_kind_are_the_same_as_the_file
    data, rate, = samples("ben-1.wav")
    expected = Voiceroll.inspect(clip("ben-1.wav")).speech_seconds
    whole = data.unpack("s<*")
    floats = whole.map { |sample| sample / 32_768.0 }
    recording = Voiceroll::Recording
    [recording.samples(whole, sample_rate: rate), recording.samples(floats, sample_rate: rate),
     recording.samples(floats, sample_rate: rate, format: :f32),
     recording.samples(data, sample_rate: rate, format: :i16),
     recording.samples(floats.pack("e*"), sample_rate: rate, format: "f32"),
     recording.samples(floats.pack("E*"), sample_rate: rate, format: :f64)].each do |made|
      found = Voiceroll.inspect(made)
      assert_in_delta expected, found.speech_seconds, 1e-9
      assert_equal [rate, 1], [found.sample_rate, found.channels]
    end
    stereo = recording.samples(whole.flat_map { |sample| [sample, sample] }, sample_rate: rate, channels: 2)
    assert_equal 2, Voiceroll.inspect(stereo).channels
  end

  def test_samples_that_are_none
    recording = Voiceroll::Recording
    assert_match "Array", assert_raises(TypeError) { recording.samples(5, sample_rate: 8000) }.message
    assert_match "interleaved", assert_raises(TypeError) { recording.samples([[0, 0]], sample_rate: 8000) }.message
    assert_match "format", assert_raises(ArgumentError) { recording.samples("\0\0", sample_rate: 8000) }.message
    assert_match "u8", assert_raises(ArgumentError) { recording.samples([0], sample_rate: 8000, format: :u8) }.message
    assert_match "16 bits", assert_raises(RangeError) { recording.samples([40_000], sample_rate: 8000) }.message
    { sample_rate: "high", channels: 1.0, format: 5 }.each do |name, wrong|
      error = assert_raises(TypeError) { recording.samples([0.0], **{ sample_rate: 8000 }, name => wrong) }
      assert_match "`#{name}`", error.message
    end
    [[0, 1], [-1, 1], [8000, 0], [8000, 17]].each do |rate, channels|
      assert_raises(Voiceroll::InvalidInputError) do
        Voiceroll.inspect(recording.samples([0.0] * 100, sample_rate: rate, channels: channels))
      end
    end
    { sample_rate: [-1, 2**64], channels: [-1, 2**64] }.each do |name, numbers|
      numbers.each do |number|
        error = assert_raises(Voiceroll::InvalidInputError) do
          recording.samples([0.0], **{ sample_rate: 8000 }, name => number)
        end
        assert_equal ["`#{name}` is out of range: #{number}", "invalid_option"], [error.message, error.code]
      end
    end
    assert_raises(Voiceroll::UnreadableError) { Voiceroll.inspect(recording.samples([], sample_rate: 8000)) }
  end

  def test_what_is_no_recording_is_told
    [nil, 5, Object.new, ["a.mp3"], Dir.new(@folder)].each do |nothing|
      assert_match "a path, an IO", assert_raises(TypeError) { Voiceroll.inspect(nothing) }.message
    end
    assert_match "Recording.bytes", assert_raises(ArgumentError) { Voiceroll.inspect("RIFF\0\0\0") }.message
    assert_raises(TypeError) { Voiceroll::Recording.path(5) }
    assert_raises(TypeError) { Voiceroll::Recording.bytes(StringIO.new) }
    assert_match "NilClass", assert_raises(TypeError) { Voiceroll::Recording.io(nil) }.message
    numbers = Object.new
    def numbers.read(*) = 5
    by_pieces = numbers.clone
    def by_pieces.eof? = false
    [numbers, by_pieces].each do |io|
      assert_match "`read` must return a String", assert_raises(TypeError) { Voiceroll.inspect(io) }.message
    end
    assert_match "rb", assert_raises(ArgumentError) {
      File.open(clip("README.md"), "r:ISO-8859-1:UTF-8") { |file| Voiceroll.inspect(file) }
    }.message
    assert_raises(NoMethodError) { Voiceroll::Recording.new("a.mp3") }
    assert_raises(Voiceroll::IoError) { Voiceroll.inspect(File.join(@folder, "nowhere.mp3")) }
    assert_raises(Voiceroll::UnreadableError) { Voiceroll.inspect(StringIO.new("")) }
  end

  def test_a_file_whose_name_is_no_text
    path = File.join(@folder, "\xFF.mp3")
    FileUtils.cp(clip("ada-1.mp3"), path)
    assert_predicate Voiceroll.inspect(path).problems, :empty?
  end

  def test_several_recordings
    opened do |registry|
      registry.enroll("ada", [clip("ada-1.mp3"), Pathname(clip("ada-2.m4a"))].each)
      assert_equal 2, registry.get("ada").recordings.length
      assert_raises(Voiceroll::InvalidInputError) { registry.enroll("ben", []) }
      assert_raises(TypeError) { registry.enroll("ben", [[clip("ada-1.mp3")]]) }
    end
  end

  # An IO that says what of it was read.
  class Counted < StringIO
    attr_reader :taken

    def read(length) = super.tap { |piece| @taken = @taken.to_i + piece.to_s.bytesize }
  end

  def test_what_is_open_is_read_no_further_than_the_limit
    zeros = File.open("/dev/zero", "rb")
    counted = Counted.new("\0" * 5000)
    [zeros, counted, Upload.new("\0" * 5000)].each do |io|
      error = assert_raises(Voiceroll::LimitError) { Voiceroll.inspect(io, max_bytes: 1000) }
      assert_equal "recording_too_large", error.code
    end
    assert_equal 1001, counted.taken
    Voiceroll::Registry.open(store, max_bytes: 1000) do |registry|
      assert_raises(Voiceroll::LimitError) { registry.enroll("ada", zeros) }
    end
    assert_raises(Voiceroll::InvalidInputError) { Voiceroll.inspect(zeros, max_bytes: -1) }
    data = File.binread(clip("ada-1.mp3"))
    assert_predicate Voiceroll.inspect(Counted.new(data), max_bytes: data.bytesize).problems, :empty?
  ensure
    zeros&.close
  end

  def test_pipes_are_read_to_their_end
    expected = Voiceroll.inspect(clip("ada-1.mp3"))
    IO.popen(["cat", clip("ada-1.mp3")], "rb") { |pipe| assert_equal expected, Voiceroll.inspect(pipe) }
    reader, writer = IO.pipe(binmode: true)
    data = File.binread(clip("ada-1.mp3"))
    writing = Thread.new do
      writer.write("line\n", data)
      writer.close
    end
    assert_equal "line\n", reader.gets
    assert_equal expected, Voiceroll.inspect(reader)
    writing.join
  end

  def test_no_recording_is_shown
    [Voiceroll::Recording.bytes("RIFF"), Voiceroll::Recording.path("secret.mp3")].each do |recording|
      assert_equal "#<Voiceroll::Recording>", recording.inspect
      assert_equal "#<Voiceroll::Recording>", recording.to_s
    end
  end
end
