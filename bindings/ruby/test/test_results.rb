# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

require "bigdecimal"
require "openssl"
require_relative "helper"

# What calls give back, and what they raise.
class TestResults < Case
  def test_results_are_frozen_comparable_and_can_be_marshalled
    opened do |registry|
      enrollment = registry.enroll("ada", [clip("ada-1.mp3"), clip("fault-silence.flac")])
      two = clip("fault-two-speakers.mp3")
      [enrollment, registry.list, registry.inspect(clip("fault-clipped.mp3")), registry.prepare(clip("ada-1.mp3")),
       registry.verify("ada", clip("ada-2.m4a")), registry.identify(two), registry.diarize(two)].each do |result|
        again = Marshal.load(Marshal.dump(result))
        assert_equal [result, true, true], [again, again.eql?(result), again.frozen?]
        assert_equal result.hash, again.hash
        assert(Ractor.shareable?(result) && Ractor.shareable?(again))
        assert_equal result.to_h.keys, result.class.members
        assert_raises(FrozenError) { result.instance_variable_set(:@id, 1) }
      end
      assert_raises(FrozenError) { enrollment.recordings << 1 }
      assert_raises(FrozenError) { enrollment.speaker_id << "x" }
      refute_equal enrollment, registry.get("ada")
    end
  end

  def test_results_are_of_use_in_other_ractors
    program = <<~'RUBY'
      require "voiceroll"
      # All that can be done with a result.
      module Uses
        def self.of(result)
          again = Marshal.load(Marshal.dump(result))
          apart = case result
                  in { problems: [{ severity: "warn" | "refuse" => severity }, *] } then severity
                  in { quality: } then [quality.rank, quality > "Poor", Voiceroll::Quality.all]
                  else result.deconstruct_keys(nil)
                  end
          [again == result, again.eql?(result), again.hash == result.hash, result.to_h, result.to_json, result.inspect,
           result.class.members, apart, result.is_a?(Voiceroll::Inspection) && result.accepted?]
        end
      end
      word = Voiceroll::Word.new(word: "hush", start: 0.0, end: 1.0, speaker_id: nil)
      job = Voiceroll::JobRequest.identify("https://media.example.com/1", ["ada"])
      Voiceroll::Registry.open(ARGV.shift) do |registry|
        ada, clipped, two = ARGV
        [registry.enroll("ada", ada), registry.list, registry.inspect(clipped), registry.prepare(ada),
         registry.verify("ada", ada), registry.diarize(two), word, Ractor.make_shareable(job)].each do |result|
          there = Ractor.new(result) { |it| Uses.of(it) }.take
          puts "#{result.class}: #{there == Uses.of(result)} #{there.first(3).uniq}"
        end
      end
    RUBY
    clips = %w[ada-1.mp3 fault-clipped.mp3 fault-two-speakers.mp3].map { |name| clip(name) }
    out, err, = ruby("-W:no-experimental", "-e", program, store, *clips)
    assert_empty err
    kinds = %w[Enrollment Page Inspection Prepared Verification Diarization Word JobRequest]
    assert_equal kinds.map { |kind| "Voiceroll::#{kind}: true [true]" }, out.lines(chomp: true)
  end

  def test_an_inspection_says_whether_it_would_enroll
    good = Voiceroll.inspect(clip("ada-1.mp3"))
    assert_predicate good, :accepted?
    refute_includes good.to_h.keys, :accepted
    refute_predicate Voiceroll.inspect(clip("fault-silence.flac")), :accepted?
  end

  def test_results_can_be_taken_apart
    problems = Voiceroll.inspect(clip("fault-clipped.mp3")).problems
    case problems.find { |problem| problem.code == "clipped" }
    in { severity: "warn" | "refuse", measured: Float => measured, limit: }
      assert_operator measured, :>, limit
    end
    case Voiceroll.inspect(clip("fault-silence.flac"))
    in { problems: [{ code: "no_speech", severity: Voiceroll::Severity::REFUSE }, *] } then pass
    end
  end

  def test_a_result_as_a_hash_is_what_the_command_prints
    printed, status = Open3.capture2(COMMAND, "--json", "inspect", clip("fault-clipped.mp3"))
    assert_predicate status, :success?
    found = JSON.parse(Voiceroll.inspect(clip("fault-clipped.mp3")).to_json)
    found["problems"].each { |problem| problem.delete("speaker_id") }
    assert_equal JSON.parse(printed), found
    severity = Voiceroll.inspect(clip("fault-clipped.mp3")).to_h[:problems][0][:severity]
    assert_equal [String, true], [severity.class, severity.frozen?]
    prepared = Voiceroll.prepare(clip("ada-1.mp3"))
    assert_equal prepared.wav, prepared.to_h[:wav]
    plain = { "start" => prepared.start, "end" => prepared.end, "speech_seconds" => prepared.speech_seconds }
    assert_equal [plain], JSON.parse(JSON.generate([prepared]))
  end

  def test_values_can_be_made
    progress = Voiceroll::Progress.new(recording: 0, recordings: 2, fraction: 0.5)
    assert_equal "#<Voiceroll::Progress recording=0, recordings=2, fraction=0.5>", progress.inspect
    assert_match "missing members: fraction", assert_raises(ArgumentError) {
      Voiceroll::Progress.new(recording: 0, recordings: 2)
    }.message
    assert_match "unknown members: share", assert_raises(ArgumentError) {
      Voiceroll::Progress.new(recording: 0, recordings: 2, fraction: 0.5, share: 1)
    }.message
  end

  def test_members_of_a_newer_library_are_left_out_and_words_are_a_closed_set
    told = { "code" => "brand_new", "severity" => "warn", "measured" => nil, "limit" => nil, "advice" => "Wait.",
             "colour" => "blue" }
    problem = Voiceroll::Problem.read(told)
    assert_equal ["brand_new", nil], [problem.code, problem.speaker_id]
    error = assert_raises(Voiceroll::InternalError) { Voiceroll::Problem.read(told.merge("severity" => "dire")) }
    assert_equal "internal", error.code
  end

  # What `pp` shows.
  def printed(value) = capture_io { pp value }[0]

  def test_words_have_an_order_and_are_texts
    quality = Voiceroll::Quality
    assert_equal %w[Poor Average Good High], quality.all
    assert_equal quality.all, quality.all.reverse.sort
    assert_same quality::HIGH, quality.all.max
    assert_operator quality::POOR, :<, quality::AVERAGE
    assert_operator quality::GOOD, :>=, "Good"
    assert_operator quality::GOOD, :<, "High"
    assert_raises(ArgumentError) { quality::GOOD < "Splendid" }
    assert_equal "Good", quality::GOOD
    assert_equal "it is Good", "it is #{quality::GOOD}"
    assert_predicate quality::GOOD, :frozen?
    assert_raises(NoMethodError) { quality.new("Splendid") }
    assert_equal 3, quality::HIGH.rank
  end

  def test_nothing_printed_holds_a_voice_a_name_or_words
    opened do |registry|
      registry.enroll("ada", clip("ada-1.mp3"))
      prepared = registry.prepare(clip("ada-1.mp3"))
      assert_equal ["RIFF", Encoding::BINARY], [prepared.wav[0, 4], prepared.wav.encoding]
      found = registry.identify_call({ id: 1, to: { name: "Somebody", extensionId: "ada" } }, clip("ada-2.m4a"))
      assert_equal "Somebody", found.segments[0].name
      shown = [prepared, found, registry, Voiceroll].flat_map { |it| [it.inspect, it.to_s, printed(it)] }.join
      %w[RIFF wav Somebody voices.db].each { |word| refute_includes shown, word }
    end
    word = Voiceroll::Word.new(word: "hush", start: 0.0, end: 1.0, speaker_id: "ada")
    told = Voiceroll::Utterance.new(text: "hush", start: 0.0, end: 1.0, speaker_id: "ada", confidence: 1.0)
    said = Voiceroll::Transcript.new(text: "hush", confidence: 1.0, words: [word], utterances: [told])
    [word, told, said, [said]].each { |value| refute_includes value.inspect + printed(value), "hush" }
    job = Voiceroll::JobRequest.identify("https://media.example.com/1?token=secret", ["ada"], webhook: "https://me/hook")
    refute_match(/secret|hook/, job.inspect)
    refute_includes Voiceroll::Callbacks.new(secret: "hidden").inspect, "hidden"
    assert_equal %w[Voiceroll #<Voiceroll::Registry>], [Voiceroll.inspect, opened(&:inspect)]
  end

  def test_errors_say_what_to_do
    silence = clip("fault-silence.flac")
    error = opened { |registry| assert_raises(Voiceroll::RefusedError) { registry.enroll("ada", silence) } }
    case error
    in { code: "recording_refused", problems: [{ code: "no_speech", advice: String }], retryable: false } then pass
    end
    refute_predicate error, :retryable?
    refute_predicate error, :outcome_unknown?
    assert_predicate error.problems, :frozen?
    assert_equal "no_speech", JSON.parse(JSON.generate(error.to_h))["problems"][0]["code"]
    assert_includes error.backtrace.join("\n"), __FILE__
  end

  def test_an_unknown_kind_becomes_the_parent
    told = { "code" => "odd", "kind" => "Odd", "message" => "Something new.", "retryable" => true, "mood" => 1 }
    error = Voiceroll::Error.read(told)
    assert_instance_of Voiceroll::Error, error
    assert_equal ["odd", "Odd", "Something new.", true], [error.code, error.kind, error.message, error.retryable?]
    made = Class.new(Voiceroll::Error)
    assert_equal "gone", assert_raises(made) { raise made, "gone" }.message
  end

  def test_a_defect_of_ours_is_an_ordinary_exception
    opened do |registry|
      %i[panic panic_later].each do |verb|
        error = assert_raises(Voiceroll::InternalError) { registry.instance_variable_get(:@bridge).ask(verb) }
        assert_equal "internal", error.code
        refute_includes error.message, "a defect, for a test"
      end
      assert_equal 0, registry.list.total
    end
  end

  def test_everybody_can_be_deleted_while_the_roll_is_read
    opened do |registry|
      ids = (0...7).map { |number| "speaker_#{number}" }
      ids.each { |id| registry.enroll(id, clip("ada-3.webm")) }
      assert_equal ids, registry.each(partial: true, per_page: 2).map(&:speaker_id)
      assert_equal ids.first(2), registry.each(partial: true).lazy.map(&:speaker_id).first(2)
      assert_empty registry.to_a
      assert_equal [0, 7, 1], [registry.count, registry.count(partial: true), registry.count(partial: true) do |one|
        one.speaker_id == ids.last
      end]
      assert_equal 1, registry.count(registry.get(ids.first), partial: true)
      assert_equal [ids.first, 7], [registry.each(partial: true).first.speaker_id, registry.each(partial: true).count]
      assert_raises(StopIteration) { registry.each(partial: true) { |record| raise StopIteration if record } }
      assert_same(registry, registry.each(partial: true, per_page: 2) { |record| registry.delete(record.speaker_id) })
      assert_equal 0, registry.list(partial: true).total
    end
  end

  def test_wrong_arguments_are_told
    deep = 200.times.reduce([]) { |inner, _| [inner] }
    assert_raises(NoMethodError) { Voiceroll::Registry.new }
    opened do |registry|
      wrong = { TypeError => { "`speaker_id` must be a String" => [-> { registry.get(5) }, -> { registry.get(:ada) },
                                                                   -> { registry.get(nil) }],
                               "`job_id` must be a String" => [-> { registry.job(nil) }, -> { registry.wait(5) }],
                               '["ada"]' => [-> { registry.identify(clip("ada-1.mp3"), speaker_ids: "ada") },
                                             -> { Voiceroll::JobRequest.identify("https://media.example.com", "ada") }],
                               "a list of ids" => [-> { registry.identify(clip("ada-1.mp3"), speaker_ids: 5) }],
                               "JobRequest" => [-> { registry.submit("https://media.example.com/1") }],
                               "`record` must be a Hash" => [-> { registry.identify_call("{}") }],
                               "`cancel`" => [-> { registry.list(cancel: true) }],
                               "`timeout`" => [-> { registry.list(timeout: "soon") }] },
                ArgumentError => { "time_out" => [-> { registry.get("ada", time_out: 5) }],
                                   "force" => [-> { registry.get("ada", force: true) }],
                                   "omit it for no limit" => [-> { registry.list(timeout: Float::NAN) },
                                                              -> { registry.list(timeout: Float::INFINITY) }],
                                   "finite" => [-> { Voiceroll::Registry.open(store, false_accept_rate: Float::NAN) }],
                                   "nested" => [-> { registry.identify_call({ id: deep }) }],
                                   "UTF-8" => [-> { registry.get("\xFF") }, -> { registry.get("\xFF".b) },
                                               -> { registry.identify_call({ id: "\xFF" }) }],
                                   "model" => [-> { Voiceroll::Registry.open(store, modell: "x") }] },
                Voiceroll::InvalidInputError => { "omit it for no limit" => [-> { registry.list(timeout: -1) },
                                                                             -> { registry.list(timeout: 1e20) }],
                                                  "page" => [-> { registry.list(page: "first") }] } }
      wrong.each do |kind, told|
        told.each { |text, calls| calls.each { |call| assert_includes assert_raises(kind, &call).message, text } }
      end
      registry.enroll("ada", clip("ada-1.mp3"))
      found = registry.identify(clip("ada-2.m4a"), speaker_ids: ["ada"].lazy)
      assert_equal "ada", found.segments[0].speaker_id
      [3, 3.0, Rational(3), BigDecimal(3)].each { |limit| assert_equal 1, registry.list(timeout: limit).total }
    end
  end

  def test_registries_that_cannot_be_opened
    credentials = { client_id: "a", client_secret: "b", jwt: "c" }
    [["https://voices.example.com", credentials.slice(:client_id), "client_secret"],
     ["http://voices.example.com", credentials, "http"]].each do |url, given, text|
      error = assert_raises(Voiceroll::InvalidInputError) { Voiceroll::Registry.connect(url, **given) }
      assert_includes error.message, text
      assert_includes error.backtrace.join("\n"), __FILE__
    end
    assert_raises(TypeError) { Voiceroll::Registry.connect(5) }
    assert_raises(Voiceroll::StoreError) { Voiceroll::Registry.open(@folder) }
    assert_raises(ArgumentError) { Voiceroll::Registry.open("") }
    assert_raises(ArgumentError) { Voiceroll::Registry.open("a\0b") }
    assert_raises(TypeError) { Voiceroll::Registry.open(nil) }
    assert_raises(Voiceroll::InvalidInputError) { Voiceroll::Registry.open(store, false_accept_rate: 2) }
    error = assert_raises(Voiceroll::InvalidInputError) { Voiceroll::Callbacks.new(secret: "") }
    assert_includes error.message, "secret is empty"
  end

  def test_a_registry_is_closed_once
    registry = opened
    refute_predicate registry, :closed?
    2.times { assert_nil registry.close }
    assert_predicate registry, :closed?
    error = assert_raises(Voiceroll::InvalidInputError) { registry.list }
    assert_includes error.message, "closed"
    assert_equal(5, opened { 5 })
    kept = nil
    assert_raises(KeyError) do
      opened do |it|
        kept = it
        raise KeyError
      end
    end
    assert_predicate kept, :closed?
    Voiceroll::Registry.open(Pathname(File.join(@folder, "\xFF.db"))) { |it| assert_equal 0, it.list.total }
  end

  def test_a_callback_is_taken_and_waited_for
    callbacks = Voiceroll::Callbacks.new
    job = callbacks.take('{"jobId":"6f1e","status":"Success","response":{"utterances":[]}}')
    assert_equal ["6f1e", Voiceroll::JobStatus::SUCCESS], [job.id, job.status]
    assert_equal [], callbacks.wait("6f1e", timeout: 5).segments
    assert_raises(Voiceroll::TimeoutError) { callbacks.wait("another", timeout: 0.05) }
    assert_raises(Voiceroll::UnsupportedError) { callbacks.take("[]") }
    assert_match "`body`", assert_raises(TypeError) { callbacks.take(nil) }.message
    assert_match "`timestamp`", assert_raises(TypeError) { callbacks.take("{}", timestamp: Time.now.to_i) }.message
    assert_match "`signature`", assert_raises(TypeError) { callbacks.take("{}", signature: 1) }.message
    signed = Voiceroll::Callbacks.new(secret: "a secret")
    assert_raises(Voiceroll::UnauthorizedError) { signed.take("{}") }
    assert_raises(Voiceroll::UnauthorizedError) { signed.take("{}", timestamp: "1", signature: "sha256=00") }
    assert_raises(Voiceroll::UnauthorizedError) { signed.take("{}", timestamp: "1", signature: "\xFF".b) }
    body = '{"jobId":"6f1e","status":"InProgress"}'
    time = Time.now.to_i.to_s
    mark = "sha256=#{OpenSSL::HMAC.hexdigest("SHA256", "a secret", "#{time}.#{body}")}"
    assert_equal "InProgress", signed.take(body, timestamp: time, signature: mark).status
  end

  def test_a_job_of_the_server
    connect do |registry|
      job = registry.submit(Voiceroll::JobRequest.diarize("http://nowhere.invalid/1.mp3"))
      assert_equal job, registry.job(job).id
      error = assert_raises(Voiceroll::Error) { registry.wait(job, timeout: 30) }
      assert_equal "job_failed", error.code
    end
  end
end
