# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

# A Rack application that enrolls uploaded recordings.
#
#     gem install rack puma
#     rackup upload.ru
#     curl --data-binary @monday.mp3 localhost:9292/voices/ada
#
# The registry is opened before the server forks its workers, and serves them all.

require "json"
require "voiceroll"

STATUS = {
  Voiceroll::InvalidInputError => 400,
  Voiceroll::UnreadableError => 400,
  Voiceroll::RefusedError => 422,
  Voiceroll::LimitError => 413,
  Voiceroll::NotFoundError => 404,
  Voiceroll::TimeoutError => 503
}.freeze

registry = Voiceroll::Registry.open("voices.db", max_seconds: 600, max_bytes: 32 * 1024 * 1024)

answer = lambda do |status, body|
  [status, { "content-type" => "application/json" }, [JSON.generate(body)]]
end

run lambda { |env|
  speaker_id = env["PATH_INFO"][%r{\A/voices/([^/]+)\z}, 1] if env["REQUEST_METHOD"] == "POST"
  next answer.call(404, { message: "post a recording to /voices/ID" }) unless speaker_id

  begin
    answer.call(200, registry.enroll(speaker_id, env["rack.input"], timeout: 60).to_h)
  rescue Voiceroll::Error => e
    answer.call(STATUS.fetch(e.class, 500), e.to_h.slice(:code, :message, :retryable, :problems))
  end
}
