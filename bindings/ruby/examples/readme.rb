# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

require "voiceroll"

registry = Voiceroll::Registry.open("voices.db")
enrollment = registry.enroll("ada", ["tests/audio/ada-1.mp3", "tests/audio/ada-2.m4a"])
puts "#{enrollment.quality} #{enrollment.speech_seconds}"

found = registry.verify("ada", "tests/audio/ada-3.webm")
puts "#{found.decision} #{found.confidence}"
