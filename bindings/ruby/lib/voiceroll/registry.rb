# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

module Voiceroll
  # A registry of enrolled speakers: {open} uses a local store file, {connect} a server.
  #
  #     Voiceroll::Registry.open("voices.db") do |registry|
  #       enrollment = registry.enroll("ada", "call.mp3") { |progress| puts progress.fraction }
  #     end
  #
  # May be used from many threads at once. Other threads run while a call works; Ctrl-C, `Timeout.timeout` and
  # `Thread#raise` end it within a tenth of a second, and the work stops. A registry that was opened before a `fork`
  # works in the children, whatever other threads were doing; the fork waits until none of them is in the store.
  #
  # Each call takes these keywords, and a block, which is called with a {Progress} as the work advances; what it raises
  # stops the call.
  #
  # - `timeout:` Seconds after which it fails with {TimeoutError}, the reading of an IO included. Nothing was changed
  #   then, or, on a server, `outcome_unknown?` says that this is not known.
  # - `cancel:` A {CancelToken}.
  class Registry
    include Enumerable

    private_class_method :new

    class << self
      # Opens a store file, and creates it and its folders if they do not exist. With a block, it is closed when the
      # block ends. Its folder is one that can be written to, even where the store is only read.
      # @param path [String, Pathname] the store file
      # @param model [String, Pathname, nil] a speaker network of your own, as ONNX
      # @param calibration [String, Pathname, nil] a calibration made by `voiceroll calibrate`
      # @param false_accept_rate [Float, nil] how often another person's voice may pass, between 0 and 1. Default: 0.01
      # @param max_seconds [Numeric, nil] the longest recording that is read, in seconds. Default: two hours
      # @param max_bytes [Integer, nil] the largest file that is read. Default: 2 GiB
      # @param read_only [Boolean, nil] whether the store is opened read-only
      # @param key_folder [String, Pathname, nil] a folder with a key file for each store. Default: what the environment
      #   says, or a folder of the user. Without the key nobody can read the voiceprints
      # @param key_file [String, Pathname, nil] instead, the file of the key; it is created if it does not exist
      # @param key_variable [String, nil] instead, the environment variable that holds the key
      # @param key_command [String, nil] instead, a command that prints the key
      # @param encrypted [Boolean, nil] whether the store is encrypted. Default: it is, unless it was created with false
      # @param require_consent [Boolean, nil] whether nobody is enrolled or recognised without a valid {ConsentRecord}
      # @param decisions_only [Boolean, nil] whether answers say no more than the decision: no confidence, no score
      # @param attempts_per_hour [Integer, nil] how often in an hour a speaker may be verified, or named as a candidate.
      #   Default: without limit
      # @param audit [String, Pathname, nil] the folder of an audit trail of every change and every recognition
      # @param actor [String, nil] the actor in the audit trail. Default: the user of the operating system
      # @return [Registry, Object] with a block, what that returns
      # @raise [StoreError, InvalidInputError]
      def open(path, model: nil, calibration: nil, false_accept_rate: nil, max_seconds: nil, max_bytes: nil,
               read_only: nil, key_folder: nil, key_file: nil, key_variable: nil, key_command: nil, encrypted: nil,
               require_consent: nil, decisions_only: nil, attempts_per_hour: nil, audit: nil, actor: nil, &block)
        settings = { model: model, calibration: calibration, false_accept_rate: false_accept_rate,
                     max_seconds: max_seconds, max_bytes: max_bytes, read_only: read_only, key_folder: key_folder,
                     key_file: key_file, key_variable: key_variable, key_command: key_command, encrypted: encrypted,
                     require_consent: require_consent, decisions_only: decisions_only,
                     attempts_per_hour: attempts_per_hour, audit: audit, actor: actor }
        lend(Arguments.path("path", path), settings, &block)
      end

      # Uses a registry on a server with RingCentral's API: `voiceroll serve`, or a compatible one. Nothing is sent
      # before the first call, which logs in. With a block, it is closed when the block ends.
      # @param url [String, nil] the server's address. Default: `VOICEROLL_SERVER` or `RINGCENTRAL_SERVER_URL`
      # @param client_id [String, nil] what to log in with. Default, as for the next two: `VOICEROLL_CLIENT_ID`,
      #   `VOICEROLL_CLIENT_SECRET` and `VOICEROLL_JWT`, or the same with `RINGCENTRAL_`
      # @param client_secret [String, nil]
      # @param jwt [String, nil]
      # @param inspect [Boolean] whether recordings are inspected here before they are sent to be enrolled
      # @param max_recording [Integer, nil] the most bytes of a recording that are sent; of a larger one its best
      #   stretch. Default: 16 MiB
      # @param request_timeout [Numeric, nil] the longest that one request may take, in seconds. Default: 300
      # @param patience [Numeric, nil] the total time that a call waits for a busy server, in seconds.
      #   Default: 120
      # @param plain_http [Boolean] whether voices and secrets may travel unencrypted to another machine
      # @param max_seconds [Numeric, nil] as for {open}
      # @param max_bytes [Integer, nil] as for {open}
      # @return [Registry, Object] with a block, what that returns
      # @raise [InvalidInputError]
      def connect(url = nil, client_id: nil, client_secret: nil, jwt: nil, inspect: true, max_recording: nil,
                  request_timeout: nil, patience: nil, plain_http: false, max_seconds: nil, max_bytes: nil, &block)
        settings = { url: url || "", client_id: client_id, client_secret: client_secret, jwt: jwt, inspect: inspect,
                     max_recording: max_recording, request_timeout: request_timeout, patience: patience,
                     plain_http: plain_http, max_seconds: max_seconds, max_bytes: max_bytes }
        lend(nil, settings, &block)
      end

      private

      def lend(path, settings)
        registry = new(Bridge.open(path, settings))
        return registry unless block_given?

        begin
          yield registry
        ensure
          registry.close
        end
      end
    end

    # Made by {open} and {connect}.
    def initialize(bridge)
      @bridge = bridge
    end

    # Closes the registry; on a server, ends the session, waiting at most 5 s. Calls that are under way
    # go on. Closing again does nothing.
    # @return [nil]
    def close
      return if @bridge.closed?

      begin
        @bridge.ask(:log_out)
      ensure
        @bridge.close
      end
      nil
    end

    # Whether it was closed.
    # @return [Boolean]
    def closed? = @bridge.closed?

    # Measures a recording and tells whether it would be enrolled. Nothing is stored. Without a recording, it is what
    # `p` prints.
    # @param recording [String, Pathname, #read, Recording]
    # @return [Inspection]
    # @raise [UnreadableError, LimitError, IoError] where it cannot be read at all; faults such as noise are in
    #   `problems`
    def inspect(recording = UNTOLD, **options, &progress)
      return to_s if UNTOLD.equal?(recording)

      listen(:inspect, Inspection, recording, {}, **options, &progress)
    end

    # @return [String]
    def to_s = "#<Voiceroll::Registry>"

    # Enrolls a speaker: creates the enrollment, or adds to an existing one. Each recording is inspected; those with
    # too little speech are refused, the others are added together.
    # @param speaker_id [String] 1 to 128 letters, digits and underscores
    # @param recordings one recording or several of the same person
    # @param force [Boolean] skips the same-speaker check
    # @param consent [ConsentRecord, Hash, nil] the consent of the speaker, which is recorded with the enrollment
    # @return [Enrollment]
    # @raise [RefusedError] where not one recording was accepted; `problems` says why. Nothing is changed then
    def enroll(speaker_id, recordings, force: false, consent: nil, **options, &progress)
      add(:enroll, speaker_id, recordings, force, consent, **options, &progress)
    end

    # Enrolls a new speaker; see {#enroll}.
    # @return [Enrollment]
    # @raise [ConflictError] where the id is enrolled
    def create(speaker_id, recordings, force: false, consent: nil, **options, &progress)
      add(:create, speaker_id, recordings, force, consent, **options, &progress)
    end

    # Adds speech to an enrollment; see {#enroll}.
    # @return [Enrollment]
    # @raise [NotFoundError] where the id is not enrolled
    def update(speaker_id, recordings, force: false, consent: nil, **options, &progress)
      add(:update, speaker_id, recordings, force, consent, **options, &progress)
    end

    # The enrollment of a speaker.
    # @return [Enrollment]
    # @raise [NotFoundError]
    def get(speaker_id, **options, &progress)
      @bridge.ask(:get, Enrollment, { speaker_id: speaker_id }, **options, &progress)
    end

    # One page of the enrollments, sorted by id; see {#each} for all of them.
    # @param partial [Boolean] whether incomplete enrollments are listed too
    # @param page [Integer] which page, from 1
    # @param per_page [Integer] how many enrollments a page has, 1 to 1000
    # @param after [String, nil] only those whose ids come after this one, such as {Page#next_after}, whatever the
    #   number of the page
    # @return [Page]
    def list(partial: false, page: 1, per_page: 100, after: nil, **options, &progress)
      args = { partial: partial, page: page, per_page: per_page, after: after }
      @bridge.ask(:list, Page, args, **options, &progress)
    end

    # All enrollments, in the order of the ids, fetched a page at a time; they may be deleted meanwhile, and
    # one who is there throughout is seen once, but for a server of another make, whose pages are numbered. So
    # `registry.map`, `registry.first(3)` and `registry.lazy` work too. They see what this sees: incomplete enrollments
    # are left out, but for `registry.each(partial: true).first(3)`.
    # @param partial [Boolean] as for {#list}
    # @param per_page [Integer] how many are fetched at a time, 1 to 1000
    # @yieldparam enrollment [Enrollment]
    # @return [self, Enumerator] without a block, an Enumerator
    def each(partial: false, per_page: 100, **options)
      return enum_for(:each, partial: partial, per_page: per_page, **options) unless block_given?

      page = 1
      total = 0
      after = nil
      seen = Set.new
      while true
        found = list(partial: partial, page: page, per_page: per_page, after: after, **options)
        missing = total - found.total
        total = found.total
        if after.nil? && missing.positive? && page > 1
          # Some are gone, and those behind them have moved up.
          page = [1, page - missing.fdiv(per_page).ceil].max
          next
        end
        found.records.each { |record| yield record if seen.add?(record.speaker_id) }
        return self if found.next_after.nil? && (after || page >= found.total_pages)

        page += 1
        after = found.next_after
      end
    end

    # How many enrollments {#each} sees, of which it takes the keywords; with an item or a block, as for Enumerable.
    # @return [Integer]
    def count(item = UNTOLD, **options, &block)
      seen = each(**options)
      UNTOLD.equal?(item) ? seen.count(&block) : seen.count(item)
    end

    # Deletes a speaker with all voiceprints and measurements.
    # @return [nil]
    # @raise [NotFoundError] where the id was never enrolled
    # @raise [GoneError] where it was deleted before
    def delete(speaker_id, **options, &progress)
      @bridge.ask(:delete, Bridge::PLAIN, { speaker_id: speaker_id }, **options, &progress)
    end

    # Removes one recording from an enrollment, by its {Sample#id}, and recomputes the enrollment from the others.
    # @return [Enrollment]
    # @raise [NotFoundError]
    def remove_sample(speaker_id, sample, **options, &progress)
      @bridge.ask(:remove_sample, Enrollment, { speaker_id: speaker_id, sample: sample }, **options, &progress)
    end

    # Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
    # @return [Prepared]
    def prepare(recording, **options, &progress)
      listen(:prepare, Prepared, recording, {}, **options, &progress)
    end

    # Whether a recording is of an enrolled speaker.
    # @return [Verification]
    # @raise [NotFoundError, IncompleteError, ModelMismatchError]
    def verify(speaker_id, recording, **options, &progress)
      listen(:verify, Verification, recording, { speaker_id: speaker_id }, **options, &progress)
    end

    # Finds the segments of a recording in which enrolled speakers speak, and those of others.
    # @param recording a conversation
    # @param speaker_ids [Array<String>, nil] who is looked for. Default: every speaker with a complete enrollment
    # @return [Identification]
    # @raise [NotFoundError, IncompleteError, ModelMismatchError] for one who is looked for; before the recording is
    #   read
    # @raise [InvalidInputError] where nobody is looked for
    def identify(recording, speaker_ids: nil, **options, &progress)
      args = { speaker_ids: Arguments.ids("speaker_ids", speaker_ids) }
      listen(:identify, Identification, recording, args, **options, &progress)
    end

    # Finds out who speaks when in a recording.
    # @param recording a conversation
    # @param speakers [Integer, nil] how many people speak, 1 to 20, where that is known
    # @param known [:all, Array<String>, nil] the enrolled speakers to search for. Default: none
    # @param per_channel [Boolean] whether each channel is one speaker
    # @return [Diarization]
    # @raise [NotFoundError, IncompleteError, ModelMismatchError] for one who is known; before the recording is read
    def diarize(recording, speakers: nil, known: nil, per_channel: false, **options, &progress)
      known = [:all, "all"].include?(known) ? "all" : Arguments.ids("known", known)
      args = { speakers: speakers, known: known, per_channel: per_channel }
      listen(:diarize, Diarization, recording, args, **options, &progress)
    end

    # The name of the model that makes this registry's voiceprints.
    # @return [String]
    def model(**options, &progress)
      @bridge.ask(:model, **options, &progress)
    end

    # The speakers that were enrolled with another model, with the name of that model; they have to be re-enrolled.
    # @return [Hash{String => String}]
    def outdated(**options, &progress)
      @bridge.ask(:outdated, **options, &progress).to_h
    end

    # Has the server fetch a recording and listen to it.
    # @param request [JobRequest]
    # @return [String] the job's id
    # @raise [UnsupportedError] where the registry is not on a server; so do {#job} and {#wait}
    # @raise [NotFoundError, IncompleteError] for one who is looked for
    def submit(request, **options, &progress)
      unless request.is_a?(JobRequest)
        raise TypeError, "`submit` needs a JobRequest, such as JobRequest.identify(content_uri, speaker_ids)"
      end

      @bridge.ask(:submit, Bridge::PLAIN, request.to_h, **options, &progress)
    end

    # The status of a job.
    # @return [Job]
    # @raise [NotFoundError]
    def job(job_id, **options, &progress)
      @bridge.ask(:job, Job, { job: job_id }, **options, &progress)
    end

    # Waits until a job is done; bound that with `timeout:`.
    # @return [JobResult]
    # @raise [Error] of the kind of what the job failed of
    def wait(job_id, **options, &progress)
      @bridge.ask(:wait, JobResult, { job: job_id }, **options, &progress)
    end

    # Finds out who spoke when in a recorded call, with names.
    # @param record [Hash] a record of the platform's call log, as its API returns it
    # @param recording the recording, where it is at hand. Default: the server fetches it from the record's address
    # @return [CallIdentification]
    def identify_call(record, recording = nil, **options, &progress)
      raise TypeError, "`record` must be a Hash, not #{record.class}" unless record.is_a?(Hash)

      sources = recording.nil? ? [] : [recording]
      @bridge.ask(:identify_call, CallIdentification, { record: record }, sources, **options, &progress)
    end

    # Consent, expiry and export also work for a registry on a server of this project. The rest of what follows needs a
    # store file; a registry on a server raises {UnsupportedError}.

    # Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.
    # @param consent [ConsentRecord, Hash] the record
    # @return [nil]
    # @raise [NotFoundError]
    def record_consent(speaker_id, consent, **options, &progress)
      args = { speaker_id: speaker_id, consent: Arguments.consent(consent) }
      @bridge.ask(:record_consent, Bridge::PLAIN, args, **options, &progress)
    end

    # What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew.
    # @return [ConsentState]
    # @raise [NotFoundError]
    def consent(speaker_id, **options, &progress)
      @bridge.ask(:consent, ConsentState, { speaker_id: speaker_id }, **options, &progress)
    end

    # Deletes a speaker at once, as {#delete} does, and keeps the proof that the consent was withdrawn.
    # @return [nil]
    # @raise [NotFoundError]
    def withdraw_consent(speaker_id, **options, &progress)
      @bridge.ask(:withdraw_consent, Bridge::PLAIN, { speaker_id: speaker_id }, **options, &progress)
    end

    # Sets when a speaker expires: from then on nobody is recognised as this speaker, and {#purge} erases.
    # @param at [Integer, nil] seconds since 1970; nil: never
    # @return [nil]
    # @raise [NotFoundError]
    def expire(speaker_id, at = nil, **options, &progress)
      @bridge.ask(:expire, Bridge::PLAIN, { speaker_id: speaker_id, at: at }, **options, &progress)
    end

    # How many seconds new speakers are kept; nil: until they are deleted.
    # @return [Integer, nil]
    def retention(**options, &progress)
      @bridge.ask(:retention, Bridge::PLAIN, {}, **options, &progress)
    end

    # Sets how many seconds speakers are kept who are enrolled from now on; nil: until they are deleted.
    # @param seconds [Integer, nil] seconds, or nil
    # @return [nil]
    def set_retention(seconds, **options, &progress)
      @bridge.ask(:set_retention, Bridge::PLAIN, { seconds: seconds }, **options, &progress)
    end

    # The speakers who have expired and whom {#purge} would erase, sorted by id.
    # @return [Array<String>]
    def expired(**options, &progress)
      @bridge.ask(:expired, Bridge::PLAIN, {}, **options, &progress)
    end

    # Erases the speakers who have expired, as {#delete} does.
    # @return [Array<String>]
    def purge(**options, &progress)
      @bridge.ask(:purge, Bridge::PLAIN, {}, **options, &progress)
    end

    # Everything that is held about a speaker, as JSON text; docs/lawful.md describes its form.
    # @param voiceprints [Boolean] whether voiceprints are included
    # @return [String]
    # @raise [NotFoundError]
    def export_speaker(speaker_id, voiceprints: false, **options, &progress)
      args = { speaker_id: speaker_id, voiceprints: voiceprints }
      @bridge.ask(:export_speaker, Bridge::PLAIN, args, **options, &progress)
    end

    # Enrolls a speaker from what {#export_speaker} of another store of the same model returned, with voiceprints. It
    # trusts the text: no recording is compared.
    # @param export [String] the text
    # @return [Enrollment]
    # @raise [ConflictError]
    def import_speaker(export, **options, &progress)
      @bridge.ask(:import_speaker, Enrollment, { export: export }, **options, &progress)
    end

    # Replaces the key of the store. `forget_old` also removes the old one from the key file: earlier backups can then
    # not be opened.
    # @param forget_old [Boolean] whether the old key is removed
    # @return [Integer]
    # @raise [StoreError]
    def rotate_key(forget_old: false, **options, &progress)
      @bridge.ask(:rotate_key, Bridge::PLAIN, { forget_old: forget_old }, **options, &progress)
    end

    # Reads the audit trail and reports entries that were changed, removed or inserted.
    # @return [AuditReport]
    # @raise [InvalidInputError]
    def verify_audit(**options, &progress)
      @bridge.ask(:verify_audit, AuditReport, {}, **options, &progress)
    end

    # The entries of the audit trail, oldest first.
    # @return [Array<AuditEntry>]
    # @raise [InvalidInputError]
    def audit_entries(**options, &progress)
      @bridge.ask(:audit_entries, Bridge.list(AuditEntry), {}, **options, &progress)
    end

    # The pseudonym of a speaker in the audit trail.
    # @return [String]
    def audit_pseudonym(speaker_id, **options, &progress)
      @bridge.ask(:audit_pseudonym, Bridge::PLAIN, { speaker_id: speaker_id }, **options, &progress)
    end

    # Writes a copy of the store into a new file, while others use it. It needs the same key; see {Voiceroll.restore}.
    # @param to [String, Pathname] the new file
    # @return [nil]
    # @raise [InvalidInputError]
    def backup(to, **options, &progress)
      @bridge.ask(:backup, Bridge::PLAIN, { to: Arguments.path("to", to) }, **options, &progress)
    end

    # Reads everything in the store, and the audit trail if there is one, and reports what was changed.
    # @return [CheckReport]
    def check(**options, &progress)
      @bridge.ask(:check, CheckReport, {}, **options, &progress)
    end

    private

    def add(verb, speaker_id, recordings, force, consent, **options, &progress)
      args = { speaker_id: speaker_id, force: force, consent: Arguments.consent(consent) }
      @bridge.ask(verb, Enrollment, args, recordings, **options, &progress)
    end

    def listen(verb, kind, recording, args, **options, &progress)
      @bridge.ask(verb, kind, args, [recording], **options, &progress)
    end
  end
end
