// SPDX-License-Identifier: Apache-2.0
import Foundation
import Voiceroll

/// A result in the words of the cases; the bytes of a recording as their number.
func wire(_ value: Any) -> JSON {
    switch value {
    case is Void: return .null
    case let text as String: return .string(text)
    case let flag as Bool: return .bool(flag)
    case let number as Double: return .number(number)
    case let number as Int32: return .number(Double(number))
    case let number as Int64: return .number(Double(number))
    case let number as UInt32: return .number(Double(number))
    case let number as UInt64: return .number(Double(number))
    case let bytes as Data: return .number(Double(bytes.count))
    case let decision as Decision: return .string(decision.description)
    case let quality as Quality: return .string(quality.description)
    case let severity as Severity: return .string(String(describing: severity))
    case let status as JobStatus: return .string(capitalized(String(describing: status)))
    case let items as [Any]: return .array(items.map(wire))
    case let pairs as [String: String]:
        return .array(pairs.map { .array([.string($0.key), .string($0.value)]) })
    case let turn as CallSegment: return call(turn)
    case let said as Transcript: return transcript(said)
    case let said as Utterance: return utterance(said)
    case let said as Word: return word(said)
    case let stretch as Prepared: return prepared(stretch)
    default: return members(value)
    }
}

private func members(_ value: Any) -> JSON {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional {
        return mirror.children.first.map { wire($0.value) } ?? .null
    }
    var found: [String: JSON] = [:]
    for child in mirror.children {
        guard let label = child.label else { continue }
        let member = wire(child.value)
        // The core leaves it out where there is none.
        if value is Problem && label == "speakerId" && member == .null { continue }
        found[snake(label)] = member
    }
    return .object(found)
}

// These print, and so reflect, less than they hold.

private func call(_ turn: CallSegment) -> JSON {
    var members = wire(turn.segment).object ?? [:]
    members["name"] = turn.name.map(JSON.string) ?? .null
    return .object(members)
}

private func transcript(_ said: Transcript) -> JSON {
    .object([
        "text": .string(said.text), "confidence": .number(said.confidence),
        "words": .array(said.words.map(word)), "utterances": .array(said.utterances.map(utterance)),
    ])
}

private func utterance(_ said: Utterance) -> JSON {
    .object([
        "text": .string(said.text), "start": .number(said.start), "end": .number(said.end),
        "speaker_id": said.speakerId.map(JSON.string) ?? .null, "confidence": .number(said.confidence),
    ])
}

private func word(_ said: Word) -> JSON {
    .object([
        "word": .string(said.word), "start": .number(said.start), "end": .number(said.end),
        "speaker_id": said.speakerId.map(JSON.string) ?? .null,
    ])
}

private func prepared(_ stretch: Prepared) -> JSON {
    .object([
        "wav": .number(Double(stretch.wav.count)), "start": .number(stretch.start), "end": .number(stretch.end),
        "speech_seconds": .number(stretch.speechSeconds),
    ])
}

/// An error in the words of the cases.
func wire(error: VoicerollError) -> JSON {
    var found = members(error.details).object ?? [:]
    found["kind"] = .string(kind(of: error))
    return .object(found)
}

/// The name of an error's case, such as `NotFound`.
func kind(of error: VoicerollError) -> String {
    Mirror(reflecting: error).children.first?.label ?? ""
}

private func snake(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
}

private func capitalized(_ name: String) -> String {
    name.prefix(1).uppercased() + name.dropFirst()
}

/// Where `found` does not match what is expected; nil where it does. tests/README.md has the rules.
func mismatch(_ found: JSON?, _ expected: JSON, at place: String = "it") -> String? {
    let wrong = "\(place): \(found?.text ?? "nothing") is not \(expected.text)"
    if case .array(let wanted) = expected {
        guard let items = found?.array, items.count == wanted.count else { return wrong }
        for (index, pair) in zip(items, wanted).enumerated() {
            if let fault = mismatch(pair.0, pair.1, at: "\(place)[\(index)]") { return fault }
        }
        return nil
    }
    guard case .object(let wanted) = expected else { return found == expected ? nil : wrong }
    if let about = wanted["about"]?.array?.compactMap(\.number), about.count == 2 {
        guard let number = found?.number, abs(number - about[0]) <= about[1] else { return wrong }
        return nil
    }
    if wanted["at_least"] != nil || wanted["at_most"] != nil {
        let least = wanted["at_least"]?.number ?? -Double.infinity
        let most = wanted["at_most"]?.number ?? Double.infinity
        guard let number = found?.number, number >= least, number <= most else { return wrong }
        return nil
    }
    if let part = wanted["contains"]?.string {
        return found?.string?.contains(part) == true ? nil : wrong
    }
    if let choices = wanted["one_of"]?.array {
        return choices.contains { mismatch(found, $0) == nil } ? nil : wrong
    }
    if let each = wanted["any"]?.array {
        let items = found?.array ?? []
        let all = each.allSatisfy { one in items.contains { mismatch($0, one) == nil } }
        return all ? nil : wrong
    }
    if let length = wanted["length"] {
        if let items = found?.array { return length.number == Double(items.count) ? nil : wrong }
        return found == length ? nil : wrong
    }
    guard let members = found?.object else { return wrong }
    for (name, one) in wanted {
        if let fault = mismatch(members[name], one, at: "\(place).\(name)") { return fault }
    }
    return nil
}
