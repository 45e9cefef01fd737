# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

# What an application server does that loads the application first: opens a registry, works with it, forks workers, and
# uses the registry in all of them. Its arguments: the folder of the clips, and a store file, or a server's
# address and what to log in with.

require "voiceroll"

audio, where, *credentials = ARGV
clip = File.join(audio, "ada-1.mp3")
registry =
  if credentials.empty?
    Voiceroll::Registry.open(where)
  else
    Voiceroll::Registry.connect(where, **%i[client_id client_secret jwt].zip(credentials).to_h)
  end
registry.enroll("parent", clip)
Array.new(2) { Thread.new { registry.inspect(clip) } }.each(&:join)

workers = (0...3).map do |number|
  fork do
    Thread.new do
      sleep 60
      exit!(9)
    end
    threads = Array.new(2) { Thread.new { registry.get("parent").complete? } }
    registry.enroll("worker_#{number}", clip, force: true)
    GC.start
    exit(threads.all?(&:value))
  end
end
puts workers.map { |worker| Process.wait2(worker)[1].exitstatus.inspect }.join(" ")
puts "#{registry.count} enrolled"
%w[parent worker_0 worker_1 worker_2].each { |name| registry.delete(name) }
registry.close
