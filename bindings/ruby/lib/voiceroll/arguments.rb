# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

module Voiceroll
  # Arguments as the library reads them. What of them is out of range, it says itself.
  module Arguments
    # What would pass for something else, or for nothing, where it is of another class.
    TEXTS = %i[speaker_id job content_uri url client_id client_secret jwt secret].freeze
    # Those of them that must be there.
    NEEDED = %i[speaker_id job content_uri].freeze
    # What is called otherwise here than in the library.
    NAMES = { job: :job_id }.freeze
    # The numbers that the library counts by.
    COUNTS = (0...(2**64))

    class << self
      # Named arguments as JSON has them, without those that are nil.
      def plain(args)
        given = args.reject { |name, value| value.nil? && !NEEDED.include?(name) }
        given.to_h { |name, value| [name, TEXTS.include?(name) ? text(name, value) : simple(name, value)] }
      end

      # What the library reads.
      def json(value)
        JSON.generate(value)
      rescue JSON::GeneratorError
        raise ArgumentError, "an argument contains text that is not valid UTF-8, or a number that is not finite"
      rescue JSON::NestingError
        raise ArgumentError, "an argument is nested too deeply"
      end

      # A text that must be one.
      def text(name, value) = utf8(name, string(NAMES.fetch(name, name), value))

      # The same in any encoding.
      def string(name, value)
        raise TypeError, "`#{name}` must be a String, not #{value.class}" unless value.is_a?(String)

        value
      end

      # Speaker ids. A single one is a mistake.
      def ids(name, ids)
        return if ids.nil?
        raise TypeError, "`#{name}` must be a list of ids; write [#{ids.inspect}]" if ids.is_a?(String)
        raise TypeError, "`#{name}` must be a list of ids, not #{ids.class}" unless ids.respond_to?(:map)

        ids.map { |id| text(name, id) }.to_a
      end

      # A consent record as JSON has it.
      def consent(record)
        return record if record.nil? || record.is_a?(Hash)
        return record.to_h if record.is_a?(ConsentRecord)

        raise TypeError, "`consent` must be a ConsentRecord or a Hash, not #{record.class}"
      end

      # The name of a file.
      def path(name, value)
        path = File.path(value)
        raise ArgumentError, "`#{name}` is empty" if path.empty?

        path
      end

      # Seconds; nil for no limit.
      def seconds(name, value)
        return if value.nil?

        number(name, value)
      rescue ArgumentError => e
        raise ArgumentError, "#{e.message}; omit it for no limit"
      end

      # A number that counts something.
      def whole(name, value)
        raise TypeError, "`#{name}` must be an Integer, not #{value.class}" unless value.is_a?(Integer)
        return value if COUNTS.cover?(value)

        raise InvalidInputError.new("`#{name}` is out of range: #{value}", code: "invalid_option")
      end

      # One of a few words.
      def word(name, value)
        return value if value.nil? || value.is_a?(String) || value.is_a?(Symbol)

        raise TypeError, "`#{name}` must be a String or a Symbol, not #{value.class}"
      end

      def token(cancel)
        return cancel if cancel.nil? || cancel.is_a?(CancelToken)

        raise TypeError, "`cancel` must be a Voiceroll::CancelToken, not #{cancel.class}"
      end

      private

      def simple(name, value)
        case value
        when true, false, Integer, Hash then value
        when String then utf8(name, value)
        when Symbol then value.name
        when Array then value.map { |item| simple(name, item) }
        else value.respond_to?(:to_path) ? value.to_path : number(name, value)
        end
      end

      def number(name, value)
        raise TypeError, "`#{name}` must not be #{value.class}" unless value.is_a?(Numeric)

        number = value.to_f
        raise ArgumentError, "`#{name}` is #{number} and must be a finite number" unless number.finite?

        number
      end

      def utf8(name, value)
        binary = value.encoding == Encoding::BINARY
        text = binary ? value.dup.force_encoding(Encoding::UTF_8) : value.encode(Encoding::UTF_8)
        raise ArgumentError, "`#{name}` is not valid UTF-8" unless text.valid_encoding?

        text
      rescue EncodingError
        raise ArgumentError, "`#{name}` cannot be written as UTF-8"
      end
    end
  end
  private_constant :Arguments
end
