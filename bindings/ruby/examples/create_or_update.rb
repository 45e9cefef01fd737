# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

# Enrolls somebody under an extension id: reads the enrollment, and creates or updates it.
#
#     ruby create_or_update.rb 59586 monday.mp3
#
# With VOICEROLL_SERVER and its credentials in the environment the roll is kept on that server, otherwise in voices.db.

require "json"
require "voiceroll"

def read_enrollment(registry, speaker_id)
  registry.get(speaker_id)
rescue Voiceroll::NotFoundError
  nil
end

def create_or_update(registry, speaker_id, recording)
  found = read_enrollment(registry, speaker_id)
  if found
    puts "#{speaker_id} is enrolled with #{found.speech_seconds.round(1)} s of speech"
    registry.update(speaker_id, recording)
  else
    puts "#{speaker_id} is new"
    registry.create(speaker_id, recording)
  end
end

speaker_id, recording = ARGV
abort "usage: create_or_update.rb ID FILE" unless recording

registry = ENV.key?("VOICEROLL_SERVER") ? Voiceroll::Registry.connect : Voiceroll::Registry.open("voices.db")
begin
  enrollment = create_or_update(registry, speaker_id, recording)
  puts JSON.pretty_generate(enrollment.to_h)
  puts "#{enrollment.missing_seconds.round(1)} s of speech are still missing" unless enrollment.complete?
rescue Voiceroll::Error => e
  abort "#{speaker_id} could not be enrolled: #{e.message}"
ensure
  registry.close
end
