# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

require_relative "lib/voiceroll/version"

Gem::Specification.new do |gem|
  gem.name = "voiceroll"
  gem.version = Voiceroll::VERSION
  gem.platform = Gem::Platform.new(ENV.fetch("VOICEROLL_PLATFORM", "x86_64-linux"))
  gem.summary = "Speaker enrollment, verification, identification and diarization, offline, with reasons"
  gem.description = "Inspects recordings, enrolls speakers, and says who speaks: inside a program, offline, with no " \
                    "account, or against a server that speaks the contract of RingCentral's retired service."
  gem.authors = ["The Voiceroll authors"]
  gem.license = "Apache-2.0"
  gem.required_ruby_version = ">= 3.1"
  gem.files = Dir["lib/**/*.rb", "lib/voiceroll/{models,native}/*", "sig/*.rbs", "README.md", "LICENSE"]
  gem.metadata = { "rubygems_mfa_required" => "true" }
  gem.add_dependency "ffi", "~> 1.15"
end
