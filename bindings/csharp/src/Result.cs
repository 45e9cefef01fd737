// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Voiceroll
{
    /// <summary>
    /// What a call gives back: values that do not change. Two of the same values are equal. The printed form leaves out
    /// people's names, what is said, and sound.
    /// </summary>
    public abstract class Result
    {
        internal Result()
        {
        }

        /// <summary>Whether two results are of the same values.</summary>
        /// <param name="left">One, or null.</param>
        /// <param name="right">The other, or null.</param>
        /// <returns>True if so, or if both are null.</returns>
        public static bool operator ==(Result left, Result right) => Equals(left, right);

        /// <summary>Whether two results are not of the same values.</summary>
        /// <param name="left">One, or null.</param>
        /// <param name="right">The other, or null.</param>
        /// <returns>True if so, or if one alone is null.</returns>
        public static bool operator !=(Result left, Result right) => !Equals(left, right);

        /// <summary>All of it as JSON, with the names that it has in every language, such as <c>speech_seconds</c>.</summary>
        /// <returns>One object, without the sound of a <see cref="Prepared"/>.</returns>
        public string ToJson() => Json.Write(Plain(this));

        /// <inheritdoc/>
        public override bool Equals(object obj) =>
            obj is Result other && GetType() == other.GetType() && Same(Values(), other.Values());

        /// <inheritdoc/>
        public override int GetHashCode() => Hash(Values());

        /// <summary>Its values in words, for logs.</summary>
        /// <returns>A text without people's names and what is said.</returns>
        public override string ToString() =>
            GetType().Name + " { "
            + string.Join(", ", Members().Where(one => one.Shown).Select(one => one.Name + " = " + Words(one.Value)))
            + " }";

        internal abstract IEnumerable<Member> Members();

        private IEnumerable Values() => Members().Select(one => one.Value);

        private static object Plain(object value)
        {
            if (value is Result result)
            {
                return result.Members().Where(one => !(one.Value is byte[])).ToDictionary(one => one.Wire, one => Plain(one.Value));
            }
            if (value is Enum word)
            {
                return EnumWords.Of(word);
            }
            return value is IEnumerable items && !(value is string) ? items.Cast<object>().Select(Plain).ToList() : value;
        }

        private static bool Same(object one, object other)
        {
            if (one is string || !(one is IEnumerable items) || !(other is IEnumerable others))
            {
                return Equals(one, other);
            }
            var left = items.Cast<object>().ToList();
            var right = others.Cast<object>().ToList();
            return left.Count == right.Count && left.Zip(right, Same).All(same => same);
        }

        private static int Hash(object value) =>
            value is IEnumerable items && !(value is string)
                ? items.Cast<object>().Aggregate(17, (hash, item) => unchecked((hash * 31) + Hash(item)))
                : value?.GetHashCode() ?? 0;

        private static string Words(object value) =>
            value is IEnumerable items && !(value is string)
                ? "[" + string.Join(", ", items.Cast<object>().Select(Words)) + "]"
                : value == null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture);
    }

    /// <summary>One value of a result.</summary>
    internal struct Member
    {
        internal readonly string Wire;
        internal readonly string Name;
        internal readonly object Value;
        internal readonly bool Shown;

        internal Member(string wire, string name, object value, bool shown = true)
        {
            Wire = wire;
            Name = name;
            Value = value;
            Shown = shown;
        }
    }

    /// <summary>An object of the library's JSON, and the sound beside it.</summary>
    internal sealed class Fields
    {
        private readonly IDictionary<string, object> values;

        internal Fields(object value, byte[] sound = null)
        {
            values = Is<IDictionary<string, object>>(value, "the result");
            Sound = sound;
        }

        internal byte[] Sound { get; }

        /// <summary>A value as the type it must have.</summary>
        internal static T Is<T>(object value, string name) =>
            value is T found
                ? found
                : throw new InternalException(
                    $"the native library returned an unexpected `{name}`; use a library and a package of one version");

        internal string Text(string name) => Is<string>(Of(name), name);

        internal string TextOrNull(string name) => Of(name) == null ? null : Text(name);

        internal bool Boolean(string name) => Is<bool>(Of(name), name);

        internal long Long(string name) => Is<long>(Of(name), name);

        internal long? LongOrNull(string name) => Of(name) == null ? (long?)null : Long(name);

        internal int Integer(string name)
        {
            var value = Long(name);
            return value == (int)value ? (int)value : Is<int>(null, name);
        }

        internal int? IntegerOrNull(string name) => Of(name) == null ? (int?)null : Integer(name);

        internal double Number(string name) => Of(name) is long whole ? whole : Is<double>(Of(name), name);

        internal double? NumberOrNull(string name) => Of(name) == null ? (double?)null : Number(name);

        internal T Read<T>(string name, Func<Fields, T> read) => read(new Fields(Of(name)));

        internal T ReadOrNull<T>(string name, Func<Fields, T> read)
            where T : class => Of(name) == null ? null : Read(name, read);

        internal IReadOnlyList<T> List<T>(string name, Func<object, T> read) =>
            Is<List<object>>(Of(name), name).Select(read).ToList().AsReadOnly();

        private object Of(string name) => values.TryGetValue(name, out var value) ? value : null;
    }
}
