# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

# What `worker.py` does, through the Ruby package: a line in, a line of JSON out.

require "json"
require "voiceroll"

NATIVE = Voiceroll.const_get(:Native)
MEGABYTE = "\0" * (1 << 20)

# Megabytes that are held now.
def memory = File.read("/proc/self/statm").split[1].to_i * 4096 / 1e6

# Seconds that a block takes.
def spent
  start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
  yield
  Process.clock_gettime(Process::CLOCK_MONOTONIC) - start
end

# Seconds of the best of three times so many rounds, for each round.
def repeat(rounds)
  Array.new(3) do
    spent do
      round = 0
      while round < rounds
        yield
        round += 1
      end
    end
  end.min / rounds
end

def work(what, data)
  case what
  when "nothing" then repeat(1_000_000) { NATIVE.voiceroll_abi }
  when "add" then repeat(1000) { NATIVE.recordings { |list| NATIVE.add(list, { source: "bytes" }, MEGABYTE) } }
  when "bytes" then spent { Voiceroll.inspect(Voiceroll::Recording.bytes(data)) }
  else raise ArgumentError, "there is no work #{what}"
  end
end

data = File.binread(ARGV.fetch(0))
$stdin.each_line(chomp: true) do |line|
  puts JSON.generate({ seconds: work(line, data), memory: memory })
  $stdout.flush
end
