# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

# Forks a thousand times while other threads are inside a store, and uses it in the children. Says how many of them
# worked, heard an error of the library, and hung. Its arguments: the folder of the clips, and a store file.

require "voiceroll"

audio, where = ARGV
clip = File.join(audio, "ada-3.webm")
registry = Voiceroll::Registry.open(where)
registry.enroll("parent", clip)

over = false
whirl = ->(work) { Thread.new { work.call until over } }
threads = [
  whirl.call(-> { registry.get("parent") }),
  whirl.call(-> { registry.list(partial: true) }),
  whirl.call(lambda do
    registry.enroll("whirl", clip, force: true)
    registry.delete("whirl")
  end)
]

now = -> { Process.clock_gettime(Process::CLOCK_MONOTONIC) }
ends = Hash.new(0)
children = {}
# How a child ended; nil while it has not and may go on.
ended = lambda do |child, deadline|
  status = Process.wait2(child, Process::WNOHANG)&.last
  next status.exitstatus if status
  next if now.call < deadline

  Process.kill(:KILL, child)
  Process.wait(child)
  :hung
end
watch = lambda do |most|
  while children.size > most
    children.delete_if { |child, deadline| ended.call(child, deadline)&.then { |how| ends[how] += 1 } }
    sleep 0.001
  end
end
1000.times do |number|
  child = fork do
    number.even? ? registry.get("parent") : registry.list(partial: true)
    exit!(0)
  rescue Voiceroll::Error
    exit!(3)
  ensure
    exit!(4)
  end
  children[child] = now.call + 20
  watch.call(15)
end
watch.call(0)
over = true
threads.each(&:join)
puts "#{ends[0]} worked, #{ends[3]} heard an error, #{ends[:hung]} hung"
