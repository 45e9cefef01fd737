// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Threading;

namespace Voiceroll
{
    /// <summary>
    /// What every error of Voiceroll says. All are a <see cref="VoicerollException"/>, except for
    /// <see cref="CancelledException"/>, which is an <see cref="OperationCanceledException"/>, as .NET expects.
    /// </summary>
    public interface IVoicerollError
    {
        /// <summary>Stable name of what happened, such as <c>speaker_exists</c>; the same in every language.</summary>
        string Code { get; }

        /// <summary>What kind of thing it is, such as <c>Conflict</c>: the class's name without <c>Exception</c>.</summary>
        string Kind { get; }

        /// <summary>A sentence that says what to do.</summary>
        string Message { get; }

        /// <summary>Whether the same call may succeed later. Never where a part was done, or may have been.</summary>
        bool Retryable { get; }

        /// <summary>HTTP status with which a server refused.</summary>
        int? Status { get; }

        /// <summary>The id of the request in the server's log.</summary>
        string RequestId { get; }

        /// <summary>How long to wait before a retry, if known.</summary>
        TimeSpan? RetryAfter { get; }

        /// <summary>How many recordings of the call were added before it failed.</summary>
        int Added { get; }

        /// <summary>Whether it is not known what a server did: read the enrollment to know.</summary>
        bool OutcomeUnknown { get; }

        /// <summary>Why a recording was refused.</summary>
        IReadOnlyList<Problem> Problems { get; }
    }

    /// <summary>Parent of the exceptions of Voiceroll; alone, an error of a kind that is newer than this package.</summary>
    public class VoicerollException : Exception, IVoicerollError
    {
        private readonly Told told;

        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public VoicerollException(string message)
            : base(message)
        {
            told = new Told(GetType().Name, message);
        }

        internal VoicerollException(Told told)
            : base(told.Message)
        {
            this.told = told;
        }

        /// <inheritdoc/>
        public string Code => told.Code;

        /// <inheritdoc/>
        public string Kind => told.Kind;

        /// <inheritdoc/>
        public bool Retryable => told.Retryable;

        /// <inheritdoc/>
        public int? Status => told.Status;

        /// <inheritdoc/>
        public string RequestId => told.RequestId;

        /// <inheritdoc/>
        public TimeSpan? RetryAfter => told.RetryAfter;

        /// <inheritdoc/>
        public int Added => told.Added;

        /// <inheritdoc/>
        public bool OutcomeUnknown => told.OutcomeUnknown;

        /// <inheritdoc/>
        public IReadOnlyList<Problem> Problems => told.Problems;
    }

    /// <summary>
    /// The call was stopped by its <see cref="CancellationToken"/>. No <see cref="VoicerollException"/>: whatever expects
    /// an <see cref="OperationCanceledException"/> gets one, and a task that ends so is cancelled.
    /// </summary>
    public sealed class CancelledException : OperationCanceledException, IVoicerollError
    {
        private readonly Told told;

        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public CancelledException(string message)
            : this(new Told(nameof(CancelledException), message), CancellationToken.None)
        {
        }

        internal CancelledException(Told told, CancellationToken cancellationToken)
            : base(told.Message, cancellationToken)
        {
            this.told = told;
        }

        /// <inheritdoc/>
        public string Code => told.Code;

        /// <inheritdoc/>
        public string Kind => told.Kind;

        /// <inheritdoc/>
        public bool Retryable => told.Retryable;

        /// <inheritdoc/>
        public int? Status => told.Status;

        /// <inheritdoc/>
        public string RequestId => told.RequestId;

        /// <inheritdoc/>
        public TimeSpan? RetryAfter => told.RetryAfter;

        /// <inheritdoc/>
        public int Added => told.Added;

        /// <inheritdoc/>
        public bool OutcomeUnknown => told.OutcomeUnknown;

        /// <inheritdoc/>
        public IReadOnlyList<Problem> Problems => told.Problems;
    }

    /// <summary>An error as the library says it.</summary>
    internal sealed class Told
    {
        internal Told(string type, string message)
        {
            Code = "";
            Kind = type.EndsWith("Exception", StringComparison.Ordinal) ? type.Remove(type.Length - 9) : type;
            Message = message;
            Problems = Array.AsReadOnly(new Problem[0]);
        }

        internal Told(Fields from)
        {
            Code = from.Text("code");
            Kind = from.Text("kind");
            Message = Names.In(from.Text("message"));
            Retryable = from.Boolean("retryable");
            Status = from.IntegerOrNull("status");
            RequestId = from.TextOrNull("request_id");
            RetryAfter = Seconds(from.NumberOrNull("retry_after"));
            Added = from.Integer("added");
            OutcomeUnknown = from.Boolean("outcome_unknown");
            Problems = from.List("problems", one => new Problem(new Fields(one)));
        }

        internal string Code { get; set; }

        internal string Kind { get; }

        internal string Message { get; }

        internal bool Retryable { get; set; }

        internal int? Status { get; }

        internal string RequestId { get; }

        internal TimeSpan? RetryAfter { get; }

        internal int Added { get; }

        internal bool OutcomeUnknown { get; }

        internal IReadOnlyList<Problem> Problems { get; }

        private static TimeSpan? Seconds(double? value)
        {
            if (value == null)
            {
                return null;
            }
            var ticks = value.Value * TimeSpan.TicksPerSecond;
            return ticks < long.MaxValue ? TimeSpan.FromTicks((long)ticks) : TimeSpan.MaxValue;
        }
    }

    internal static class Errors
    {
        private static readonly Dictionary<string, Func<Told, Exception>> Kinds =
            new Dictionary<string, Func<Told, Exception>>
            {
                ["InvalidInput"] = told => new InvalidInputException(told),
                ["Unreadable"] = told => new UnreadableException(told),
                ["Refused"] = told => new RefusedException(told),
                ["Limit"] = told => new LimitException(told),
                ["Conflict"] = told => new ConflictException(told),
                ["NotFound"] = told => new NotFoundException(told),
                ["Gone"] = told => new GoneException(told),
                ["Incomplete"] = told => new IncompleteException(told),
                ["ModelMismatch"] = told => new ModelMismatchException(told),
                ["Store"] = told => new StoreException(told),
                ["Io"] = told => new IoException(told),
                ["Timeout"] = told => new TimedOutException(told),
                ["Unauthorized"] = told => new UnauthorizedException(told),
                ["Unavailable"] = told => new UnavailableException(told),
                ["Unsupported"] = told => new UnsupportedException(told),
                ["Internal"] = told => new InternalException(told),
            };

        /// <summary>The exception for an error as the library says it.</summary>
        internal static Exception From(string json, CancellationToken cancellationToken = default)
        {
            var told = new Told(new Fields(Json.Read(json)));
            if (told.Kind == "Cancelled")
            {
                return new CancelledException(told, cancellationToken);
            }
            return Kinds.TryGetValue(told.Kind, out var make) ? make(told) : new VoicerollException(told);
        }

        /// <summary>For a library that is missing, or is another one.</summary>
        internal static VoicerollException Unsupported(string message) =>
            new UnsupportedException(new Told(nameof(UnsupportedException), message) { Code = "not_supported" });

        /// <summary>For a call that was cancelled before it began.</summary>
        internal static Exception NotBegun(CancellationToken cancellationToken)
        {
            var told = new Told(nameof(CancelledException), "the call was cancelled before it started");
            told.Code = "cancelled";
            told.Retryable = true;
            return new CancelledException(told, cancellationToken);
        }
    }
}
