# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

require_relative "helper"

# The contract that every language passes: `tests/cases`, in all places.
class TestCases < Case
  FILES = Dir[File.join(ROOT, "tests", "cases", "*.json")]
  CASES = FILES.flat_map { |file| JSON.parse(File.read(file))["cases"] }
  CLASSES = JSON.parse(File.read(File.join(ROOT, "tests", "errors.json")))["classes"].to_h { |row| [row["kind"], row] }
  # Cases that this runner cannot do yet, and why.
  MISSING = {}.freeze
  # What the methods take first, and not as keywords.
  FIRST = %w[speaker_id record job].freeze
  POSITIONAL = %i[consent at seconds export to].freeze

  CASES.each do |given|
    (given["where"] || %w[embedded server]).each do |where|
      define_method("test_#{given["name"]}, #{where}") { place(given, where) }
    end
  end

  def test_every_class_of_the_table_is_there
    names = CLASSES.values.map { |row| row["ruby"] }
    assert_equal names.sort, Voiceroll::Error.subclasses.map { |kind| kind.name.delete_prefix("Voiceroll::") }.sort
    CLASSES.each { |kind, row| assert_equal kind, Voiceroll.const_get(row["ruby"]).new("nobody").kind }
  end

  def test_the_list_of_missing_cases_is_empty
    assert_empty MISSING
    assert_operator CASES.length, :>, 80
  end

  private

  def place(given, where)
    case where
    when "free" then check(Voiceroll, given, where)
    when "embedded" then on_file(given)
    when "server" then on_server(given, where)
    when "scripted" then on_scripted(given, where)
    else flunk "there is no place #{where}"
    end
  end

  def on_file(given)
    Dir.mktmpdir do |folder|
      kept = { "$FOLDER" => folder }
      registry = open_as({ "path" => "#{folder}/voices.db", **filled(given.fetch("open", {}), kept) })
      given.fetch("given", []).each { |step| registry = step(registry, step, kept) }
      check(registry, given.merge("call" => filled(given["call"], kept)), "embedded")
    ensure
      registry&.close
    end
  end

  # Makes a preparatory call, which may open another registry.
  def step(registry, step, kept)
    call = filled(step, kept)
    case call["verb"]
    when "open"
      registry.close
      return open_as(call["args"])
    when "edit" then edit(**call["args"].transform_keys(&:to_sym))
    else
      found = perform(registry, call)
      kept[step["keep"]] = found if step.key?("keep")
    end
    registry
  end

  def open_as(args) = Voiceroll::Registry.open(args["path"], **args.except("path").transform_keys(&:to_sym))

  # A part of a case with what its texts stand for.
  def filled(value, kept)
    case value
    when String then kept.reduce(value) { |text, (name, held)| text.gsub(name) { held } }
    when Array then value.map { |item| filled(item, kept) }
    when Hash then value.transform_values { |member| filled(member, kept) }
    else value
    end
  end

  # Changes what a file has in all places.
  def edit(file:, from:, to:)
    data = File.binread(file)
    changed = data.gsub(from.b, to.b)
    refute_equal data, changed
    File.binwrite(file, changed)
  end

  def on_server(given, where)
    connect do |registry|
      run_case(registry, given, where)
    ensure
      registry.each(partial: true) { |enrollment| registry.delete(enrollment.speaker_id) }
    end
  end

  def on_scripted(given, where)
    scripted = Scripted.new(given)
    url, credentials = scripted.login
    Voiceroll::Registry.connect(url, **credentials, inspect: false) do |registry|
      run_case(registry, given, where)
      given["expect"].fetch("requests", {}).each do |method, count|
        assert_equal count, scripted.ask("counts").fetch(method, 0), method
      end
    end
  ensure
    scripted&.close
  end

  def run_case(registry, given, where)
    given.fetch("given", []).each { |before| perform(registry, before) }
    check(registry, given, where)
  end

  # Makes the call of a case and holds what comes of it against what is expected.
  def check(registry, given, where)
    expect = given["expect"]
    told = []
    time = spent do
      if (foreign = given["call"]["foreign"])
        # The language's own error, before the core sees it; or that of the signatures, where they are checked.
        own = [ArgumentError, *(RBS::Test::Tester::TypeError if defined?(RBS::Test::Tester))]
        error = assert_raises(*own) { perform(registry, given["call"], told) }
        assert_match foreign, error.message if error.is_a?(ArgumentError)
        note(given, where, "error" => expect["error"]["code"])
      elsif expect.key?("error")
        error = assert_raises(Voiceroll::Error) { perform(registry, given["call"], told) }
        note(given, where, "error" => error.code)
        refused(error, expect["error"])
      else
        found = plain(perform(registry, given["call"], told))
        note(given, where, "result" => wire(found))
        assert matches(found, expect["result"]), found.inspect
      end
    end
    assert_operator time, :<, expect.fetch("within", 60)
    return unless expect["progress"]

    fractions = told.map(&:fraction)
    assert_equal fractions.sort, fractions
    assert_in_delta 1, fractions.last, 0
  end

  def refused(error, expected)
    assert_instance_of Voiceroll.const_get(CLASSES.fetch(error.kind)["ruby"]), error
    assert matches(plain(error.to_h), expected), error.to_h
  end

  # Makes a call through the package's public face.
  def perform(registry, call, told = [])
    verb = call["verb"].to_sym
    args = call.fetch("args", {})
    first = args.values_at(*FIRST).compact
    options = args.except(*FIRST).transform_keys(&:to_sym)
    recordings = call.fetch("recordings", []).map { |source| source(source, call["encoding"]) }
    options[:cancel] = cancelled(call["cancel_after"]) if call.key?("cancel_after")
    progress = told.method(:<<).to_proc if call["progress"]
    return registry.each(**options).to_a if call["iterate"]
    return registry.submit(request(options)) if verb == :submit
    return registry.outdated(**options).to_a if verb == :outdated

    return open_as(args) if verb == :open
    return Voiceroll.restore(options.delete(:backup), options.delete(:path), **options) if verb == :restore

    POSITIONAL.each { |name| first << options.delete(name) if options.key?(name) && !%i[enroll create].include?(verb) }
    first << options.delete(:sample) if verb == :remove_sample
    recordings = [recordings] if %i[enroll create update].include?(verb) && recordings.length != 1
    registry.public_send(verb, *first, *recordings, **options, &progress)
  end

  def request(options)
    uri = options.delete(:content_uri)
    ids = options.delete(:speaker_ids) if options[:api] == "identify"
    Voiceroll::JobRequest.public_send(options.delete(:api), uri, *[ids].compact, **options)
  end

  def cancelled(after)
    token = Voiceroll::CancelToken.new
    return token.tap(&:cancel) if after.zero?

    Thread.new do
      sleep after
      token.cancel
    end
    token
  end

  # A recording as a case describes it.
  def source(told, encoding)
    return encoded(clip(told), encoding) if told.is_a?(String)

    case told.transform_keys(&:to_sym)
    in { bytes: name } then Voiceroll::Recording.bytes(File.binread(clip(name)), encoding: encoding)
    in { stream: name } then encoded(File.open(clip(name), "rb"), encoding)
    in { text: } then Voiceroll::Recording.bytes(text, encoding: encoding)
    in { repeat: name, times: } then Voiceroll::Recording.bytes(File.binread(clip(name)) * times, encoding: encoding)
    in { missing: name } then encoded(clip(name), encoding)
    in { samples: name, format: } then sampled(name, format)
    end
  end

  def encoded(source, encoding)
    return source if encoding.nil?

    Voiceroll::Recording.public_send(source.is_a?(String) ? :path : :io, source, encoding: encoding)
  end

  def sampled(name, format)
    data, rate, channels = samples(name)
    array = data.unpack("s<*")
    array = array.map { |sample| sample / 32_768.0 } if format == "f32"
    Voiceroll::Recording.samples(array, sample_rate: rate, channels: channels, format: format.to_sym)
  end

  # A result as the cases write it.
  def plain(value)
    case value
    when Voiceroll::Value then plain(value.to_h)
    when Hash then value.to_h { |name, member| [name.to_s, plain(member)] }
    when Array then value.map { |item| plain(item) }
    else value
    end
  end

  # The same as JSON has it, for the table of all languages.
  def wire(found)
    found.is_a?(Hash) && found.key?("wav") ? found.merge("wav" => found["wav"].bytesize) : found
  end

  def note(given, where, came)
    file = ENV.fetch("VOICEROLL_RESULTS", nil)
    return unless file && %w[embedded free].include?(where)

    line = { "case" => given["name"], "where" => where, **came }
    File.open(file, "a") { |out| out.puts(JSON.generate(line)) }
  end

  TESTS = {
    "about" => ->(found, (at, off)) { found.is_a?(Numeric) && (found - at).abs <= off },
    "at_least" => ->(found, least) { found.is_a?(Numeric) && found >= least },
    "at_most" => ->(found, most) { found.is_a?(Numeric) && found <= most },
    "contains" => ->(found, text) { found.is_a?(String) && found.include?(text) },
    "one_of" => ->(found, values) { values.include?(found) },
    "length" => ->(found, length) { (found.is_a?(String) ? found.bytesize : found.length) == length }
  }.freeze

  # Whether a value is as a case says; `tests/README.md` has the rules.
  def matches(found, expected)
    case expected
    when Array
      found.is_a?(Array) && found.length == expected.length && found.zip(expected).all? { |pair| matches(*pair) }
    when Hash
      return tested(found, expected) if (expected.keys & [*TESTS.keys, "any"]).any?

      found.is_a?(Hash) && expected.all? { |name, value| found.key?(name) && matches(found[name], value) }
    else
      found == expected
    end
  end

  def tested(found, expected)
    expected.all? do |name, value|
      next TESTS.fetch(name).call(found, value) unless name == "any"

      found.is_a?(Array) && value.all? { |item| found.any? { |one| matches(one, item) } }
    end
  end
end
