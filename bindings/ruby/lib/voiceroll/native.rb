# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

require "ffi"
require "json"

module Voiceroll
  # The functions of the library, as `voiceroll.h` has them.
  #
  # What may take its time lets other threads run (`blocking`). Ruby may raise in its place as soon as it has returned,
  # so such a function gives what it made to a struct that is freed in any case, never as its value.
  module Native
    extend FFI::Library

    # What this file was written for.
    ABI = 1
    NAME = "#{FFI::Platform::LIBPREFIX}voiceroll_c.#{FFI::Platform::LIBSUFFIX}".freeze
    # What `voiceroll_next` finds.
    NOTHING = 0
    PROGRESS = 1
    RESULT = 2
    ERROR = 3

    # A library that cannot be used.
    def self.unusable(why)
      sentence = "the Voiceroll library cannot be used: #{why}; install the package again, or correct VOICEROLL_LIBRARY"
      UnsupportedError.new(sentence, code: "not_supported", kind: "Unsupported")
    end

    named = ENV.fetch("VOICEROLL_LIBRARY", "")
    begin
      ffi_lib named.empty? ? File.join(__dir__, "native", NAME) : named
      attach_function :voiceroll_abi, [], :uint32
    rescue LoadError, FFI::NotFoundError => e
      raise unusable(e.message)
    end

    # Text or bytes of the library.
    class Bytes < FFI::Struct
      layout :data, :pointer, :length, :size_t, :capacity, :size_t

      # Room for several, which is given back when the block ends.
      def self.lend(count = 1)
        lent = Array.new(count) { new }
        yield(*lent)
      ensure
        lent&.each { |bytes| Native.voiceroll_bytes_free(bytes) }
      end

      # A copy; nil where there is nothing.
      def read = self[:length].zero? ? nil : self[:data].read_bytes(self[:length]).freeze

      # What stands there as JSON; nil where there is nothing.
      def parse = self[:length].zero? ? nil : JSON.parse(self[:data].read_bytes(self[:length]), freeze: true)
    end

    unless (found = voiceroll_abi) == ABI
      raise unusable("its ABI is #{found}, and this package needs ABI #{ABI}")
    end

    text = %i[pointer size_t]
    begin
      attach_function :voiceroll_version, [], :string
      attach_function :voiceroll_bytes_free, [Bytes.by_ref], :void
      attach_function :voiceroll_models_in, [*text, Bytes.by_ref], :bool
      attach_function :voiceroll_open, [*text, *text, Bytes.by_ref], :pointer, blocking: true
      attach_function :voiceroll_close, [:pointer], :void
      attach_function :voiceroll_free, [:pointer], :void
      attach_function :voiceroll_take_callback, [:pointer, *text, *text, *text, Bytes.by_ref], :int
      attach_function :voiceroll_recordings_new, [], :pointer
      attach_function :voiceroll_recordings_add, [:pointer, *text, *text, Bytes.by_ref], :bool, blocking: true
      attach_function :voiceroll_recordings_free, [:pointer], :void
      attach_function :voiceroll_start, [:pointer, *text, :pointer, :pointer, :uint64], :pointer
      attach_function :voiceroll_next, [:pointer, :uint32, Bytes.by_ref, Bytes.by_ref], :int, blocking: true
      attach_function :voiceroll_cancel, [:pointer], :void
      attach_function :voiceroll_call_free, [:pointer], :void
    rescue FFI::NotFoundError => e
      raise unusable(e.message)
    end

    # A released gem brings the most accurate model.
    models = File.join(__dir__, "models")
    voiceroll_models_in(models, models.bytesize, nil) if File.directory?(models)

    class << self
      # Opens a registry, in a thread that nothing interrupts, so that what it made is not lost.
      def open(path, settings)
        settings = Arguments.json(settings)
        opening = Thread.new do
          Bytes.lend do |error|
            made = voiceroll_open(path, path&.bytesize || 0, settings, settings.bytesize, error)
            made.null? ? error.parse : owned(made, :voiceroll_free)
          end
        end
        made = opening.value
        made.is_a?(Hash) ? raise(Error.read(made)) : made
      end

      # Lends a list of recordings. It is freed when the block ends, unless a call took it over.
      def recordings
        list = owned(voiceroll_recordings_new, :voiceroll_recordings_free)
        yield list
      ensure
        list.free if list&.autorelease?
      end

      # Adds a recording, which is copied.
      def add(list, source, data)
        source = Arguments.json(source)
        Bytes.lend do |error|
          added = voiceroll_recordings_add(list, source, source.bytesize, data, data.bytesize, error)
          raise Error.read(error.parse) unless added
        end
      end

      # Starts a call, whose the recordings are from now on.
      def start(registry, request, list)
        request = Arguments.json(request)
        list.autorelease = false
        owned(voiceroll_start(registry, request, request.bytesize, list, nil, 0), :voiceroll_call_free)
      end

      # Waits for news of a call: which it is, its JSON, and its sound.
      def look(call, milliseconds)
        Bytes.lend(2) do |json, sound|
          news = voiceroll_next(call, milliseconds, json, sound)
          [news, json.parse, sound.read]
        end
      end

      # The job of a callback, as JSON says it.
      def take_callback(registry, timestamp, signature, body)
        texts = [timestamp, signature, body].flat_map { |text| [text, text&.bytesize || 0] }
        Bytes.lend do |reply|
          found = voiceroll_take_callback(registry, *texts, reply)
          found == RESULT ? reply.parse : raise(Error.read(reply.parse))
        end
      end

      private

      # What is freed with its object at the latest, but not in a child that was forked: it is the parent's there.
      def owned(pointer, free)
        process = Process.pid
        FFI::AutoPointer.new(pointer, ->(made) { public_send(free, made) if Process.pid == process })
      end
    end
  end
  private_constant :Native
end
