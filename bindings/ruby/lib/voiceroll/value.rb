# SPDX-License-Identifier: Apache-2.0
# frozen_string_literal: true

module Voiceroll
  # Parent of what calls give back: frozen, comparable values that can be taken apart with `case ... in`.
  class Value
    NONE = [].freeze
    private_constant :NONE

    class << self
      # The names of the members, in the order in which they print.
      # @return [Array<Symbol>]
      def members = kinds.keys

      # A value out of what JSON said. Members that are not known here are left out.
      # @api private
      def read(json)
        new(**kinds.to_h { |name, kind| [name, given(kind, json[name.to_s])] })
      end

      # @api private
      def hidden = @hidden || NONE

      # @api private
      def beside = @beside || NONE

      private

      def kinds = @kinds || {}

      # A `hidden` member is not printed; a `beside` member is not part of the JSON.
      # Ractors other than the main one read what is shareable only.
      def member(name, kind = nil, hidden: false, beside: false)
        @kinds = Ractor.make_shareable({ **kinds, name => kind })
        @hidden = [*self.hidden, name].freeze if hidden
        @beside = [*self.beside, name].freeze if beside
        attr_reader name
      end

      def given(kind, value)
        case kind
        when nil then value
        when Array then value.map { |item| given(kind.first, item) }.freeze
        else value && kind.read(value)
        end
      end
    end

    # Takes all members as keywords.
    def initialize(**values)
      names = self.class.members
      unknown = values.keys - names
      missing = names - values.keys
      raise ArgumentError, "unknown members: #{unknown.join(", ")}" if unknown.any?
      raise ArgumentError, "missing members: #{missing.join(", ")}" if missing.any?

      names.each { |name| instance_variable_set(:"@#{name}", values[name]) }
      freeze
    end

    # The same as hashes, arrays and plain values.
    # @return [Hash{Symbol => Object}]
    def to_h = values.transform_values { |value| plain(value) }

    # The same as JSON, but for the sound of a {Prepared}.
    # @return [String]
    def to_json(*options) = to_h.except(*self.class.beside).to_json(*options)

    # What `case ... in` looks at.
    # @return [Hash{Symbol => Object}]
    def deconstruct_keys(_names) = values

    def ==(other) = other.class == self.class && other.deconstruct_keys(nil) == values

    def eql?(other) = other.class == self.class && other.deconstruct_keys(nil).eql?(values)

    def hash = [self.class, values].hash

    # Names of people, what they say and how they sound are left out.
    # @return [String]
    def inspect
      shown = values.except(*self.class.hidden).map { |name, value| "#{name}=#{value.inspect}" }
      "#<#{[self.class.name, shown.join(", ")].reject(&:empty?).join(" ")}>"
    end
    alias to_s inspect

    # @api private
    def marshal_dump = values

    # @api private
    def marshal_load(values) = initialize(**Ractor.make_shareable(values))

    private

    def values = self.class.members.to_h { |name| [name, instance_variable_get(:"@#{name}")] }

    def plain(value)
      case value
      when Value then value.to_h
      when Label then String.new(value).freeze
      when Array then value.map { |item| plain(item) }
      else value
      end
    end
  end

  # Parent of the words of closed sets. They are frozen strings: `decision == "match"` and `decision == Decision::MATCH`
  # are the same.
  class Label < String
    private_class_method :new

    class << self
      # All there are.
      # @return [Array<Label>]
      def all = @words

      # The word that is spelled so.
      # @raise [InternalError] where there is none
      def read(text)
        all.find { |word| word == text } || raise(InternalError.new("there is no #{name} `#{text}`", code: "internal"))
      end

      private

      def word(text)
        new(text).freeze.tap { |word| @words = [*@words, word].freeze }
      end
    end
  end

  # The order of words that have one.
  module Ranked
    # The place of the word in the order, 0 for the lowest.
    # @return [Integer]
    def rank = self.class.all.index(self)

    # By rank; nil for an unknown value.
    def <=>(other)
      place = self.class.all.index(other)
      place && (rank <=> place)
    end
  end
end
