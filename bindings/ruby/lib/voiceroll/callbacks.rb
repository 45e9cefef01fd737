# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

module Voiceroll
  # Receives what servers post to the `webhook:` of a {JobRequest}: hand each request to {#take}, and answer 200.
  class Callbacks
    # @param secret [String, nil] takes only callbacks that are signed with it: the app's, of
    #   `voiceroll apps callback-secret`
    def initialize(secret: nil)
      @bridge = Bridge.open(nil, { callbacks: true, secret: secret })
    end

    # Takes in a request.
    # @param body [String] its body
    # @param timestamp [String, nil] its header `Voiceroll-Timestamp`
    # @param signature [String, nil] its header `Voiceroll-Signature`
    # @return [Job]
    # @raise [UnauthorizedError] for a signature that is missing, wrong or older than five minutes: answer 401
    # @raise [UnsupportedError] for a body that is not a job: answer 400
    def take(body, timestamp: nil, signature: nil)
      Arguments.string("body", body)
      { timestamp: timestamp, signature: signature }.compact.each { |name, value| Arguments.string(name, value) }
      @bridge.take(timestamp, signature, body)
    end

    # Waits until the result of a job has come.
    # @param job_id [String]
    # @param timeout [Numeric, nil] seconds, after which it fails with {TimeoutError}
    # @param cancel [CancelToken, nil]
    # @return [JobResult]
    def wait(job_id, timeout: nil, cancel: nil)
      @bridge.ask(:wait, JobResult, { job: job_id }, timeout: timeout, cancel: cancel)
    end

    # @return [String]
    def inspect = "#<Voiceroll::Callbacks>"
    alias to_s inspect
  end
end
