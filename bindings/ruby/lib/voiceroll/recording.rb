# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

module Voiceroll
  # A recording that can be listened to. Wherever one is asked for, a String or Pathname is the path of a file, and an
  # IO, or whatever else has `read`, is read to its end; this class is for the rest.
  #
  # `encoding:` is what the sender says it is: one of Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi, Ogg. The bytes decide; where
  # they contradict, the inspection has a problem that says so. `track:` chooses the audio track of a file that has
  # several, counted from 1; by default the first one with speech is used.
  class Recording
    # How Array#pack writes the samples of a format.
    PACKED = { i16: "s<*", f32: "e*", f64: "E*" }.freeze
    private_constant :PACKED
    private_class_method :new

    # @api private
    attr_reader :source, :data

    class << self
      # A file, which is read when a call listens to it.
      # @param path [String, Pathname]
      # @param encoding [String, Symbol, nil]
      # @param track [Integer, nil]
      def path(path, encoding: nil, track: nil)
        path = path.respond_to?(:to_path) ? path.to_path : path
        raise TypeError, "a path must be a String or a Pathname, not #{path.class}" unless path.is_a?(String)
        raise ArgumentError, "not a path; pass bytes with Voiceroll::Recording.bytes(...)" if path.b.include?("\0")

        new({ source: "path", encoding: Arguments.word("encoding", encoding), track: track }, path)
      end

      # What stands in a file.
      # @param bytes [String]
      # @param encoding [String, Symbol, nil]
      # @param track [Integer, nil]
      def bytes(bytes, encoding: nil, track: nil)
        raise TypeError, "bytes must be a String, not #{bytes.class}" unless bytes.is_a?(String)

        new({ source: "bytes", encoding: Arguments.word("encoding", encoding), track: track }, bytes)
      end

      # An open file, a StringIO, an upload: whatever has `read`. It is read here, to its end, however far that is:
      # `max_bytes:` and `timeout:` bound the reading of an IO only where a call is given that IO itself.
      # @param io [#read]
      # @param encoding [String, Symbol, nil]
      # @param track [Integer, nil]
      def io(io, encoding: nil, track: nil)
        raise TypeError, "an IO needs the method `read`, which #{io.class} does not have" unless io.respond_to?(:read)

        bytes(whole(io, Clock.new, nil), encoding: encoding, track: track)
      end

      # Samples as they are, such as those from a microphone.
      # @param samples [Array<Integer>, Array<Float>, String] integers of 16 bits, floats from -1 to 1, or either of
      #   them packed with the lowest byte first; channels are interleaved
      # @param sample_rate [Integer] samples a second, in Hz
      # @param channels [Integer] how many channels, 1 to 16
      # @param format [:i16, :f32, :f64, nil] how they are packed; an Array needs none
      def samples(samples, sample_rate:, channels: 1, format: nil)
        format = Arguments.word("format", format)&.to_sym
        case samples
        when String
          raise ArgumentError, "packed samples need a `format:`; use i16, f32 or f64" if format.nil?
        when Array
          format ||= samples.all?(Integer) ? :i16 : :f64
          samples = pack(samples, format)
        else
          raise TypeError, "samples must be an Array or a packed String, not #{samples.class}"
        end
        new({ source: "samples", format: format, channels: Arguments.whole("channels", channels),
              sample_rate: Arguments.whole("sample_rate", sample_rate) }, samples)
      end

      # One or several of what may be handed over, as recordings. What is open is read in the time of the call.
      # @api private
      def all(sources, clock, most)
        single = sources.is_a?(Pathname) || sources.respond_to?(:read) || !sources.respond_to?(:each)
        heard = []
        (single ? [sources] : sources).each do |source|
          clock.assert_not_cancelled
          heard << of(source, clock, most)
        end
        clock.assert_not_cancelled
        heard
      end

      private

      def of(source, clock, most)
        case source
        when Recording then return source
        when String, Pathname then return path(source)
        when Dir then nil
        else
          return bytes(whole(source, clock, most)) if source.respond_to?(:read)
          return path(source) if source.respond_to?(:to_path)
        end
        raise TypeError, "a recording must be a path, an IO or a Voiceroll::Recording, not #{source.class}"
      end

      def whole(io, clock, most)
        if io.respond_to?(:internal_encoding) && io.internal_encoding
          raise ArgumentError, "the file is open for text; open it with mode \"rb\""
        end

        Reading.new(io, clock, most).all
      end

      def pack(samples, format)
        packed = PACKED.fetch(format) { raise ArgumentError, "there is no format #{format}; use i16, f32 or f64" }
        unless samples.all?(format == :i16 ? Integer : Numeric)
          raise TypeError, "samples must be all Integers or all Floats, with interleaved channels"
        end
        if format == :i16 && samples.any? { |sample| !sample.between?(-32_768, 32_767) }
          raise RangeError, "integer samples must be from -32768 to 32767 (16 bits)"
        end

        samples.pack(packed)
      end
    end

    def initialize(source, data)
      @source = source.compact.freeze
      # Shares its bytes until one of the two is changed.
      @data = data.dup.freeze
      freeze
    end

    # Neither path nor sound is shown.
    # @return [String]
    def inspect = "#<Voiceroll::Recording>"
    alias to_s inspect
  end
end
