// SPDX-License-Identifier: Apache-2.0
import Foundation

// What people say, their names and their sound are left out of the printed forms: those of `String(describing:)`,
// `String(reflecting:)` and `dump`.

extension CallSegment: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private var printed: KeyValuePairs<String, Any> {
        ["segment": segment]
    }

    public var description: String { text("CallSegment", printed) }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: printed, displayStyle: .struct) }
}

extension Transcript: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private var printed: KeyValuePairs<String, Any> {
        ["confidence": confidence, "words": words.count, "utterances": utterances.count]
    }

    public var description: String { text("Transcript", printed) }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: printed, displayStyle: .struct) }
}

extension Utterance: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private var printed: KeyValuePairs<String, Any> {
        ["start": start, "end": end, "speakerId": speakerId ?? "nil", "confidence": confidence]
    }

    public var description: String { text("Utterance", printed) }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: printed, displayStyle: .struct) }
}

extension Word: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private var printed: KeyValuePairs<String, Any> {
        ["start": start, "end": end, "speakerId": speakerId ?? "nil"]
    }

    public var description: String { text("Word", printed) }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: printed, displayStyle: .struct) }
}

extension Prepared: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private var printed: KeyValuePairs<String, Any> {
        ["start": start, "end": end, "speechSeconds": speechSeconds]
    }

    public var description: String { text("Prepared", printed) }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: printed, displayStyle: .struct) }
}

/// An error prints its code and its sentence.
extension VoicerollError: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "\(code): \(message)" }
    public var debugDescription: String { description }
}

private func text(_ name: String, _ members: KeyValuePairs<String, Any>) -> String {
    let listed = members.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    return "\(name)(\(listed))"
}
