# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

require_relative "helper"
require "rack"

# The examples, and the first screen of the README, run as they stand.
class TestExamples < Case
  EXAMPLES = File.join(PACKAGE, "examples")
  README = File.read(File.join(PACKAGE, "README.md"))

  def example(name, *args, env: {})
    out, err, status = ruby(File.join(EXAMPLES, name), *args, folder: @folder, env: env)
    assert_predicate status, :success?, err
    out
  end

  def test_the_readme
    blocks = README.scan(/```ruby\n(.*?)```/m).flatten
    program = File.read(File.join(EXAMPLES, "readme.rb"))
    assert_equal program.split("\n\n", 2).last, blocks.first
    FileUtils.ln_s(File.join(ROOT, "tests"), @folder)
    assert_equal File.read(File.join(ROOT, "tests", "readme.txt")), example("readme.rb")
    blocks.each { |block| RubyVM::InstructionSequence.compile(block) }
  end

  def test_create_or_update
    url, credentials = served
    server = { "VOICEROLL_SERVER" => url }.merge(credentials.transform_keys { |name| "VOICEROLL_#{name.upcase}" })
    [{}, server].each do |env|
      first = example("create_or_update.rb", "59586", clip("ben-1.wav"), env: env)
      assert_match(/\A59586 is new\n.* s of speech are still missing\n\z/m, first)
      second = example("create_or_update.rb", "59586", clip("ben-2.ogg"), env: env)
      assert_match(/\A59586 is enrolled with [0-9.]+ s of speech\n.*"complete": true/m, second)
    end
    connect { |registry| registry.delete("59586") }
    program = File.join(EXAMPLES, "create_or_update.rb")
    _, err, status = ruby(program, "59586", clip("fault-silence.flac"), folder: @folder)
    assert_equal 1, status.exitstatus
    assert_match(/\A59586 could not be enrolled: /, err)
  end

  def test_an_upload
    application, = Dir.chdir(@folder) { Rack::Builder.parse_file(File.join(EXAMPLES, "upload.ru")) }
    upload = lambda do |name, id|
      told = Rack::MockRequest.new(application).post("/voices/#{id}", input: File.open(clip(name), "rb"))
      [told.status, JSON.parse(told.body)]
    end
    status, answer = upload.call("ada-1.mp3", "ada")
    assert_equal [200, true], [status, answer["complete"]]
    status, answer = upload.call("fault-silence.flac", "ben")
    assert_equal [422, "recording_refused", "no_speech"], [status, answer["code"], answer["problems"][0]["code"]]
    assert_equal 400, upload.call("not-text.mp3", "ada")[0]
    assert_equal 400, upload.call("ada-1.mp3", "a-b")[0]
    assert_equal 404, upload.call("ada-1.mp3", "")[0]
  end

  def test_the_package_has_what_it_needs
    package = File.dirname($LOADED_FEATURES.grep(%r{/lib/voiceroll\.rb\z}).first, 2)
    %w[README.md sig/types.rbs sig/voiceroll.rbs].each { |name| assert_path_exists File.join(package, name) }
  end
end
