# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

require "etc"
require_relative "helper"

# Threads, processes, signals, timeouts and memory.
class TestRunning < Case
  class Stop < StandardError; end

  # Seconds of processor time that this process has used.
  def busy = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)

  # Fails unless the work that was left ends soon.
  def assert_nobody_works
    sleep 0.3
    before = busy
    sleep 0.5
    assert_operator busy - before, :<, 0.2
  end

  # Runs what fails with an exception `after` seconds, and asserts that it failed at once then.
  def assert_ends(kind, after, &call)
    took = spent { assert_raises(kind, &call) }
    assert_operator took, :>=, after
    assert_operator took, :<, after + 0.4
  end

  # The memory that this process holds, in MB.
  def memory = File.read("/proc/self/statm").split[1].to_i * 4096 / 1e6

  def test_the_timeout_of_the_language_ends_a_call_and_its_work
    data = StringIO.new(long)
    opened do |registry|
      assert_ends(Timeout::Error, 0.3) { Timeout.timeout(0.3) { registry.enroll("ada", data) } }
      assert_nobody_works
      assert_raises(Voiceroll::NotFoundError) { registry.get("ada") }
    end
  end

  def test_our_own_timeout
    data = Voiceroll::Recording.bytes(long)
    assert_ends(Voiceroll::TimeoutError, 0.2) { Voiceroll.inspect(data, timeout: 0.2) }
    assert_nobody_works
    slow = Object.new
    def slow.read = sleep(0.3) && File.binread(Shared.clip("ada-1.mp3"))
    assert_raises(Voiceroll::TimeoutError) { Voiceroll.inspect(slow, timeout: 0.1) }
    assert_empty Voiceroll.inspect(slow, timeout: 20).problems
  end

  def test_an_io_that_stands_still_is_left
    reader, writer = IO.pipe
    writer.write("abc")
    still = Object.new
    def still.read(*) = sleep
    gets = Object.new
    def gets.read(*) = (sleep rescue retry) # rubocop:disable Style/RescueModifier
    def gets.gets = nil
    opened do |registry|
      [reader, still, gets].each do |io|
        error = assert_raises(Voiceroll::TimeoutError) { registry.enroll("ada", io, timeout: 0.1) }
        assert_equal ["timed_out", true], [error.code, error.retryable?]
      end
      token = Voiceroll::CancelToken.new
      Thread.new { sleep(0.1) && token.cancel }
      assert_raises(Voiceroll::CancelledError) { registry.enroll("ada", reader, cancel: token) }
      sources = [clip("ada-1.mp3"), StringIO.new].each
      assert_raises(Voiceroll::CancelledError) { registry.enroll("ada", sources, cancel: token) }
    end
  ensure
    writer&.close
  end

  def test_an_exception_from_another_thread_ends_a_call
    data = Voiceroll::Recording.bytes(long)
    thread = Thread.new { Voiceroll.inspect(data) }
    thread.report_on_exception = false
    sleep 0.3
    thread.raise(Stop)
    assert_ends(Stop, 0) { thread.value }
    killed = Thread.new { Voiceroll.inspect(data) }
    sleep 0.2
    assert_operator spent { killed.kill.join }, :<, 0.2
    assert_nobody_works
  end

  def test_a_token_cancels_calls_of_several_threads
    data = Voiceroll::Recording.bytes(long)
    token = Voiceroll::CancelToken.new
    threads = Array.new(3) do
      Thread.new { assert_raises(Voiceroll::CancelledError) { Voiceroll.inspect(data, cancel: token) } }
    end
    sleep 0.3
    token.cancel
    assert_operator(spent { threads.each { |thread| assert_equal "cancelled", thread.value.code } }, :<, 0.3)
    assert_predicate token, :cancelled?
    assert_nobody_works
    opened do |registry|
      error = assert_raises(Voiceroll::CancelledError) { registry.delete("ada", cancel: token) }
      assert_predicate error, :retryable?
    end
  end

  def test_a_token_may_be_cancelled_by_a_signal_handler
    token = Voiceroll::CancelToken.new
    before = trap(:USR1) { token.cancel }
    Thread.new { sleep(0.2) && Process.kill(:USR1, Process.pid) }
    assert_ends(Voiceroll::CancelledError, 0.2) do
      Voiceroll.inspect(Voiceroll::Recording.bytes(long), cancel: token)
    end
  ensure
    trap(:USR1, before || "DEFAULT")
  end

  def test_ctrl_c_ends_a_long_call_at_once
    program = <<~RUBY
      require "voiceroll"
      data = File.binread(ARGV[0]) * 2000
      puts "ready"
      $stdout.flush
      begin
        Voiceroll.inspect(Voiceroll::Recording.bytes(data), max_seconds: 1e6)
      rescue Interrupt
        exit 7
      end
    RUBY
    IO.popen([*RUBY, "-e", program, clip("ada-1.mp3")]) do |process|
      assert_equal "ready\n", process.gets
      sleep 0.5
      Process.kill(:INT, process.pid)
      assert_operator(spent { Process.wait(process.pid) }, :<, 1)
      assert_equal 7, Process.last_status.exitstatus
    end
  end

  def test_progress_rises_in_the_thread_of_the_call_and_its_errors_are_raised
    data = Voiceroll::Recording.bytes(long(20))
    told = []
    Voiceroll.inspect(data) { |progress| told << [progress.fraction, Thread.current] }
    assert_equal told.map(&:first).sort, told.map(&:first)
    assert_equal [1.0, [Thread.current]], [told.last.first, told.map(&:last).uniq]
    assert_raises(ZeroDivisionError) { Voiceroll.inspect(data) { 1 / 0 } }
    assert_raises(StopIteration) { Voiceroll.inspect(data) { raise StopIteration } }
    assert_equal(:left, Voiceroll.inspect(data) { break :left })
    assert_nobody_works
  end

  def test_others_run_while_a_call_works
    turns = 0
    working = Thread.new { Voiceroll.inspect(Voiceroll::Recording.bytes(long(60))) }
    while working.alive?
      turns += 1
      sleep 0.001
    end
    assert_in_delta 1064.4, working.value.duration, 2
    assert_operator turns, :>, 50
  end

  def test_threads_work_in_parallel
    skip "there is one processor" if Etc.nprocessors < 2
    data = Voiceroll::Recording.bytes(long(50))
    threads = Array.new(2) do
      Thread.new do
        times = []
        Voiceroll.inspect(data) { times << now }
        times
      end
    end
    first, second = threads.map(&:value)
    assert_operator first[first.length / 4], :<, second[second.length * 3 / 4]
    assert_operator second[second.length / 4], :<, first[first.length * 3 / 4]
  end

  def test_many_threads_share_a_registry
    opened do |registry|
      threads = (0...24).each_slice(3).map do |numbers|
        Thread.new { numbers.each { |number| registry.enroll("speaker_#{number}", clip("ada-3.webm")) } }
      end
      threads.each(&:join)
      assert_equal 24, registry.list(partial: true).total
      same = Array.new(8) { Thread.new { registry.enroll("one", clip("ada-3.webm")) } }.map(&:value)
      assert_equal 8, same.length
      # The same recording counts once, however many threads bring it.
      assert_equal 1, registry.get("one").recordings.length
    end
  end

  def test_a_registry_opened_before_the_fork_serves_its_workers
    url, credentials = served
    [[store], [url, *credentials.values]].each do |where|
      out, err, status = ruby(File.join(PACKAGE, "test", "prefork.rb"), AUDIO, *where)
      assert_equal ["0 0 0\n4 enrolled\n", "", true], [out, err, status.success?]
    end
  end

  def test_no_child_hangs_whatever_other_threads_do_at_its_birth
    out, err, = ruby(File.join(PACKAGE, "test", "forks.rb"), AUDIO, store)
    assert_equal ["1000 worked, 0 heard an error, 0 hung\n", ""], [out, err]
  end

  def test_a_program_may_end_before_its_calls
    program = <<~RUBY
      require "voiceroll"
      recording = Voiceroll::Recording.bytes(File.binread(ARGV[0]) * 200)
      registry = Voiceroll::Registry.open(ARGV[1])
      2.times { Thread.new { registry.inspect(recording) { |progress| progress } } }
      sleep 0.1
    RUBY
    3.times do
      took = spent do
        out, err, status = ruby("-e", program, clip("ada-1.mp3"), store)
        assert_equal ["", "", true], [out, err, status.success?]
      end
      assert_operator took, :<, 5
    end
  end

  def test_a_server_that_hangs_is_left_soon
    server = serve(@folder)
    url, credentials = server[:login]
    registry = Voiceroll::Registry.connect(url, **credentials)
    assert_equal 0, registry.list.total
    Process.kill(:STOP, server[:process])
    sleep 0.01 until File.read("/proc/#{server[:process]}/stat")[/\) (.)/, 1] == "T"
    assert_ends(Timeout::Error, 0.2) { Timeout.timeout(0.2) { registry.list } }
    took = spent do
      registry.close
    rescue Voiceroll::Error => e
      assert_predicate e, :outcome_unknown?
    end
    assert_operator took, :<, 8
  ensure
    Process.kill(:KILL, server[:process])
  end

  def test_memory_stays_flat
    recording = Voiceroll::Recording.bytes(File.binread(clip("fault-silence.flac")))
    opened do |registry|
      registry.enroll("ada", clip("ada-3.webm"))
      round = lambda do |times|
        times.times do
          registry.get("ada")
          assert_raises(Voiceroll::NotFoundError) { registry.get("nobody") }
          assert_raises(Voiceroll::LimitError) { Voiceroll.inspect(recording, max_bytes: 1) }
          Voiceroll::Callbacks.new
        end
        GC.start
      end
      round.call(500)
      before = memory
      round.call(2000)
      assert_operator memory - before, :<, 10, "MB more after 8,000 calls"
    end
  end

  def test_abandoned_calls_are_freed
    recording = Voiceroll::Recording.bytes(long(20))
    round = lambda do |times|
      times.times { assert_raises(Stop) { Voiceroll.inspect(recording) { raise Stop } } }
      GC.start
    end
    round.call(20)
    before = memory
    round.call(60)
    # Each was handed 1.7 MB.
    assert_operator memory - before, :<, 30, "MB more after 60 calls"
    Thread.new { Voiceroll.inspect(recording, timeout: 10) }.join
    assert_nobody_works
  end

  def test_the_library_is_the_one_that_the_package_was_written_for
    _, err, status = ruby("-e", "require 'voiceroll'", env: { "VOICEROLL_LIBRARY" => File.join(@folder, "none.so") })
    refute_predicate status, :success?
    assert_includes err, "Voiceroll::UnsupportedError"
    text = File.join(@folder, "text.so")
    File.write(text, "no library")
    _, err, = ruby("-e", "require 'voiceroll'", env: { "VOICEROLL_LIBRARY" => text })
    assert_match(/cannot be used: .*; install the package again.*Voiceroll::UnsupportedError/m, err)
    # An empty name is none: what came with the package is loaded, if anything did.
    _, err, = ruby("-e", "require 'voiceroll'", env: { "VOICEROLL_LIBRARY" => "" })
    assert_match(%r{\A\z|/voiceroll/native/}, err)
    told = lambda do |function, other|
      ruby("-e", <<~RUBY).first
        require "ffi"
        class FFI::DynamicLibrary
          prepend(Module.new { def find_function(name) = super(name.to_s == "#{function}" ? "#{other}" : name) })
        end
        begin
          require "voiceroll"
        rescue StandardError => error
          puts error.class, error.code, error.message
        end
      RUBY
    end
    assert_match(/Voiceroll::UnsupportedError\nnot_supported\n.*its ABI is \d+, and this package needs ABI 1/,
                 told.call("voiceroll_abi", "getppid"))
    assert_match(/Voiceroll::UnsupportedError\nnot_supported\n.*voiceroll_cancel/,
                 told.call("voiceroll_cancel", "voiceroll_none"))
  end
end
