// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What all errors have; each kind is a case of its own.
extension VoicerollError {
    /// Code, sentence and the rest.
    public var details: ErrorDetails {
        switch self {
        case .InvalidInput(let details), .Unreadable(let details), .Refused(let details), .Limit(let details),
            .Conflict(let details), .NotFound(let details), .Gone(let details), .Incomplete(let details),
            .ModelMismatch(let details), .Store(let details), .Io(let details), .Cancelled(let details),
            .Timeout(let details), .Unauthorized(let details), .Unavailable(let details),
            .Unsupported(let details), .Internal(let details):
            return details
        }
    }

    /// Stable name of what happened, such as `speaker_exists`; the same in every language.
    public var code: String { details.code }

    /// A sentence that says what to do; `localizedDescription` is the same.
    public var message: String { details.message }

    /// Whether the same call may succeed later. Never where a part was done, or may have been.
    public var retryable: Bool { details.retryable }

    /// HTTP status with which a server refused.
    public var status: Int? { details.status.map(Int.init) }

    /// The id of the request in the server's log.
    public var requestId: String? { details.requestId }

    /// How long to wait before a retry, in seconds, if known.
    public var retryAfter: Seconds? { details.retryAfter }

    /// How many recordings of the call were added before it failed.
    public var added: Int { Int(details.added) }

    /// Whether it is not known what a server did: read the enrollment to know.
    public var outcomeUnknown: Bool { details.outcomeUnknown }

    /// Why a recording was refused.
    public var problems: [Problem] { details.problems }
}

/// An error about an argument that does not reach the library.
func invalid(_ message: String) -> VoicerollError {
    .InvalidInput(
        details: ErrorDetails(
            code: "invalid_option",
            message: message,
            retryable: false,
            status: nil,
            requestId: nil,
            retryAfter: nil,
            added: 0,
            outcomeUnknown: false,
            problems: []
        )
    )
}
