// SPDX-License-Identifier: Apache-2.0
namespace Voiceroll
{
    /// <summary>An argument is invalid, such as a speaker id with a space in it.</summary>
    public sealed class InvalidInputException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public InvalidInputException(string message)
            : base(message)
        {
        }

        internal InvalidInputException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>The recording cannot be read: unsupported format, no audio, or damaged.</summary>
    public sealed class UnreadableException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public UnreadableException(string message)
            : base(message)
        {
        }

        internal UnreadableException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>The recording can be read, but is not fit to enroll; <see cref="VoicerollException.Problems"/> says why.</summary>
    public sealed class RefusedException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public RefusedException(string message)
            : base(message)
        {
        }

        internal RefusedException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>A limit was exceeded, such as the duration of a recording.</summary>
    public sealed class LimitException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public LimitException(string message)
            : base(message)
        {
        }

        internal LimitException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>The speaker id is already enrolled.</summary>
    public sealed class ConflictException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public ConflictException(string message)
            : base(message)
        {
        }

        internal ConflictException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>There is no such speaker, recording or job.</summary>
    public sealed class NotFoundException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public NotFoundException(string message)
            : base(message)
        {
        }

        internal NotFoundException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>The speaker was already deleted, or has expired.</summary>
    public sealed class GoneException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public GoneException(string message)
            : base(message)
        {
        }

        internal GoneException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>The enrollment lacks speech for comparisons, or a consent.</summary>
    public sealed class IncompleteException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public IncompleteException(string message)
            : base(message)
        {
        }

        internal IncompleteException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>Voiceprints made by different models cannot be compared or mixed.</summary>
    public sealed class ModelMismatchException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public ModelMismatchException(string message)
            : base(message)
        {
        }

        internal ModelMismatchException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>The store could not be read or written.</summary>
    public sealed class StoreException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public StoreException(string message)
            : base(message)
        {
        }

        internal StoreException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>A file could not be read or written.</summary>
    public sealed class IoException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public IoException(string message)
            : base(message)
        {
        }

        internal IoException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>The call took longer than its <see cref="CallOptions.Timeout"/>.</summary>
    public sealed class TimedOutException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public TimedOutException(string message)
            : base(message)
        {
        }

        internal TimedOutException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>The server rejected the credentials.</summary>
    public sealed class UnauthorizedException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public UnauthorizedException(string message)
            : base(message)
        {
        }

        internal UnauthorizedException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>The server cannot be reached, is busy or failed; try again later.</summary>
    public sealed class UnavailableException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public UnavailableException(string message)
            : base(message)
        {
        }

        internal UnavailableException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>The server does not support this, or is not a compatible server.</summary>
    public sealed class UnsupportedException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public UnsupportedException(string message)
            : base(message)
        {
        }

        internal UnsupportedException(Told told)
            : base(told)
        {
        }
    }

    /// <summary>A defect in Voiceroll itself.</summary>
    public sealed class InternalException : VoicerollException
    {
        /// <summary>Makes one, as for a test.</summary>
        /// <param name="message">A sentence that says what to do.</param>
        public InternalException(string message)
            : base(message)
        {
        }

        internal InternalException(Told told)
            : base(told)
        {
        }
    }
}
