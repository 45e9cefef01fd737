# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

require "fileutils"
require "json"
require "minitest/autorun"
require "open3"
require "rbconfig"
require "stringio"
require "timeout"
require "tmpdir"
require "voiceroll"

# What the tests share: a server, servers that misbehave, the clips.
module Shared
  PACKAGE = File.expand_path("..", __dir__)
  ROOT = File.expand_path("../..", PACKAGE)
  AUDIO = File.join(ROOT, "tests", "audio")
  # How a test starts another Ruby that finds the same package.
  RUBY = [RbConfig.ruby, "-I", File.dirname($LOADED_FEATURES.grep(%r{/lib/voiceroll\.rb\z}).first)].freeze
  COMMAND = ENV.fetch("VOICEROLL_COMMAND", File.join(ROOT, "target", "release", "voiceroll"))
  SCRIPTED = ENV.fetch("VOICEROLL_SCRIPTED", File.join(ROOT, "target", "debug", "examples", "scripted"))

  module_function

  # The path of a shipped clip.
  def clip(name) = File.join(AUDIO, name)

  # An hour of speech, or as much as is asked for.
  def long(times = 200) = File.binread(clip("ada-1.mp3")) * times

  def now = Process.clock_gettime(Process::CLOCK_MONOTONIC)

  # Seconds that a block takes.
  def spent
    started = now
    yield
    now - started
  end

  # The samples of a WAV clip of 16 bits, and their rate.
  def samples(name)
    data = File.binread(clip(name))
    format, size = data[12, 8].unpack("a4V")
    raise "no plain WAV" unless format == "fmt "

    _, channels, rate = data[20, 8].unpack("vvV")
    at = 20 + size
    at += 8 + data[at + 4, 4].unpack1("V") until data[at, 4] == "data"
    [data[at + 8, data[at + 4, 4].unpack1("V")], rate, channels]
  end

  # The arguments of `Registry.connect` from what a server says at its start.
  def login(told)
    [told["server"], %w[client_id client_secret jwt].to_h { |name| [name.to_sym, told[name]] }]
  end

  # How to log in to the server that all tests share.
  def served
    @served ||= serve(Dir.mktmpdir("served"))[:login]
  end

  # A server of its own; it ends with the tests at the latest.
  def serve(folder)
    command = [COMMAND, "serve", "--dev", "--json", "--port", "0", "--data", folder]
    out, told = IO.pipe
    process = Process.spawn({ "VOICEROLL_LOG" => "error" }, *command, out: told)
    told.close
    here = Process.pid
    Minitest.after_run { Process.kill(:KILL, process) if Process.pid == here }
    { process: process, login: login(JSON.parse(out.gets)) }
  end

  # A registry on the shared server.
  def connect(&block)
    url, credentials = served
    Voiceroll::Registry.connect(url, **credentials, &block)
  end

  # What a program prints and how it ends, in another Ruby.
  def ruby(*command, folder: Dir.pwd, env: {}, input: "")
    Open3.capture3(env, *RUBY, *command, chdir: folder, stdin_data: input)
  end

  # A server that misbehaves as a case says.
  class Scripted
    attr_reader :login

    def initialize(scripted)
      @pipe = IO.popen([SCRIPTED], "r+")
      @login = Shared.login(ask({ roll: scripted["roll"] || {}, faults: scripted["faults"] || [] }))
    end

    def ask(line)
      @pipe.puts(JSON.generate(line))
      JSON.parse(@pipe.gets)
    end

    def close = @pipe.close
  end
end

# A test with a folder of its own.
class Case < Minitest::Test
  include Shared

  def setup
    @folder = Dir.mktmpdir("voiceroll")
  end

  def teardown
    FileUtils.remove_entry(@folder)
  end

  def store = File.join(@folder, "voices.db")

  def opened(&block) = Voiceroll::Registry.open(store, &block)
end
