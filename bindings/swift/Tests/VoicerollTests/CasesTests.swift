// SPDX-License-Identifier: Apache-2.0
import Foundation
import Voiceroll
import XCTest

/// The contract that every language passes: `tests/cases`, without a registry, in a file and on a server.
final class CasesTests: VoicerollTestCase {
    func testFree() async throws {
        try await check("free") { nil }
    }

    func testEmbedded() async throws {
        try await check("embedded") { try Registry.open(try self.newFolder().appendingPathComponent("voices.db")) }
    }

    func testServer() async throws {
        let server = try Server(data: try newFolder())
        defer { server.stop() }
        try await check("server") { try server.connect() }
    }

    /// Every kind of error in the table is a case of `VoicerollError`, and there are no others.
    func testKinds() throws {
        let table = try JSON.parse(Data(contentsOf: root.appendingPathComponent("tests/errors.json")))
        let kinds = (table["classes"]?.array ?? []).compactMap { $0["kind"]?.string }
        XCTAssertEqual(kinds.count, 17)
        let source = root.appendingPathComponent("bindings/swift/Sources/Voiceroll/Generated/Voiceroll.swift")
        let text = try String(contentsOf: source, encoding: .utf8)
        for kind in kinds {
            XCTAssertTrue(text.contains("    case \(kind)("), kind)
        }
    }

    private func check(_ place: String, _ newRegistry: () throws -> Registry?) async throws {
        let folder = root.appendingPathComponent("tests/cases")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var ran = 0
        for file in files.sorted(by: { $0.path < $1.path }) where file.pathExtension == "json" {
            for test in try JSON.parse(Data(contentsOf: file))["cases"]?.array ?? [] {
                let places = test["where"]?.array?.compactMap(\.string) ?? ["embedded", "server"]
                // Options of other calls do not compile, so no call is made.
                guard places.contains(place), test["call"]?["foreign"] == nil else { continue }
                ran += 1
                let name = test["name"]?.string ?? ""
                do {
                    let registry = try newRegistry()
                    if let fault = try await fault(of: test, registry) { XCTFail("\(name), \(place): \(fault)") }
                    if place == "server", let registry { try await empty(registry) }
                } catch {
                    XCTFail("\(name), \(place): \(error)")
                }
            }
        }
        XCTAssertGreaterThan(ran, 0)
    }

    private func empty(_ registry: Registry) async throws {
        for try await enrollment in registry.all(partial: true) {
            try await registry.delete(speakerId: enrollment.speakerId)
        }
    }

    /// Runs a case; what does not match, if anything.
    private func fault(of test: JSON, _ registry: Registry?) async throws -> String? {
        for before in test["given"]?.array ?? [] {
            _ = try await answer(before, registry, Fractions())
        }
        guard let call = test["call"], let expect = test["expect"] else { return "the case is incomplete" }
        let fractions = Fractions()
        let started = Date()
        var wrong: String?
        do {
            let found = try await answer(call, registry, fractions)
            wrong = expect["result"].map { mismatch(wire(found), $0) } ?? "it succeeded"
        } catch let error as VoicerollError {
            wrong = expect["error"].map { mismatch(wire(error: error), $0) } ?? "it failed: \(error)"
        }
        let took = Date().timeIntervalSince(started)
        let limit = expect["within"]?.number ?? 60
        if took > limit { return "it took \(took) s" }
        let received = fractions.all
        if expect["progress"] != nil && (received != received.sorted() || received.last != 1) {
            return "the progress was \(received)"
        }
        return wrong
    }

    /// Makes a call through the package's public face.
    private func answer(_ call: JSON, _ registry: Registry?, _ fractions: Fractions) async throws -> Any {
        let args = call["args"] ?? .object([:])
        let encoding = try call["encoding"]?.string.map { try parseEncoding(text: $0) }
        let recordings = try (call["recordings"]?.array ?? []).map { try source($0, encoding) }
        let options = callOptions(call, fractions)
        let id = args["speaker_id"]?.string ?? ""
        let ids = args["speaker_ids"]?.array?.compactMap(\.string)
        let force = args["force"]?.bool ?? false
        let verb = call["verb"]?.string ?? ""
        func count(_ name: String) -> UInt32? { args[name]?.number.map { UInt32($0) } }

        guard let registry else {
            let seconds = args["max_seconds"]?.number
            let bytes = args["max_bytes"]?.number.map { UInt64($0) }
            switch verb {
            case "inspect":
                return try await inspect(
                    recording: recordings[0], maxSeconds: seconds, maxBytes: bytes, options: options)
            case "prepare":
                return try await prepare(
                    recording: recordings[0], maxSeconds: seconds, maxBytes: bytes, options: options)
            default: throw Unknown(verb: verb)
            }
        }
        switch verb {
        case "inspect": return try await registry.inspect(recording: recordings[0], options: options)
        case "prepare": return try await registry.prepare(recording: recordings[0], options: options)
        case "enroll":
            return try await registry.enroll(speakerId: id, recordings: recordings, force: force, options: options)
        case "create":
            return try await registry.create(speakerId: id, recordings: recordings, force: force, options: options)
        case "update":
            return try await registry.update(speakerId: id, recordings: recordings, force: force, options: options)
        case "get": return try await registry.get(speakerId: id, options: options)
        case "delete":
            try await registry.delete(speakerId: id, options: options)
            return ()
        case "list":
            let partial = args["partial"]?.bool ?? false
            let perPage = count("per_page") ?? 100
            if call["iterate"] == nil {
                return try await registry.list(
                    partial: partial, page: count("page") ?? 1, perPage: perPage, after: args["after"]?.string,
                    options: options)
            }
            var all: [Enrollment] = []
            for try await enrollment in registry.all(partial: partial, perPage: perPage, options: options) {
                all.append(enrollment)
            }
            return all
        case "remove_sample":
            let sample = Int64(args["sample"]?.number ?? 0)
            return try await registry.removeSample(speakerId: id, sample: sample, options: options)
        case "verify":
            return try await registry.verify(speakerId: id, recording: recordings[0], options: options)
        case "identify":
            return try await registry.identify(recording: recordings[0], speakerIds: ids, options: options)
        case "diarize":
            return try await registry.diarize(
                recording: recordings[0], speakers: count("speakers"), known: known(args["known"]),
                perChannel: args["per_channel"]?.bool ?? false, options: options)
        case "model": return try await registry.model(options: options)
        case "outdated": return try await registry.outdated(options: options)
        case "submit": return try await registry.submit(request: try request(args, ids ?? []), options: options)
        case "job": return try await registry.job(jobId: args["job"]?.string ?? "", options: options)
        case "wait": return try await registry.wait(jobId: args["job"]?.string ?? "", options: options)
        case "identify_call":
            return try await registry.identifyCall(
                record: args["record"]?.text ?? "", recording: recordings.first, options: options)
        default: throw Unknown(verb: verb)
        }
    }

    private func callOptions(_ call: JSON, _ fractions: Fractions) -> CallOptions {
        var options = CallOptions(timeout: call["args"]?["timeout"]?.number)
        if let after = call["cancel_after"]?.number {
            let token = CancelToken()
            options.cancel = token
            if after > 0 {
                DispatchQueue.global().asyncAfter(deadline: .now() + after) { token.cancel() }
            } else {
                token.cancel()
            }
        }
        if call["progress"] != nil {
            options.progress = ProgressHandler { fractions.add($0.fraction) }
        }
        return options
    }

    private func known(_ given: JSON?) -> Known? {
        guard let given else { return nil }
        guard let ids = given.array else { return .all }
        return .these(speakerIds: ids.compactMap(\.string))
    }

    private func request(_ args: JSON, _ ids: [String]) throws -> JobRequest {
        let address = args["content_uri"]?.string ?? ""
        let speakers = args["speakers"]?.number.map { UInt32($0) }
        switch args["api"]?.string {
        case "identify": return try JobRequest.identify(contentUri: address, speakerIds: ids)
        case "diarize":
            return try JobRequest.diarize(contentUri: address, speakerIds: ids, speakers: speakers)
        default:
            return try JobRequest.transcribe(contentUri: address, speakerIds: ids, speakers: speakers)
        }
    }

    /// A recording as a case describes it.
    private func source(_ given: JSON, _ encoding: Encoding?) throws -> Recording {
        if let name = given.string ?? given["missing"]?.string {
            return try Recording(contentsOf: clip(name), encoding: encoding)
        }
        // Swift's streams are read into data.
        if let name = given["bytes"]?.string ?? given["stream"]?.string {
            return Recording(try Data(contentsOf: clip(name)), encoding: encoding)
        }
        if let text = given["text"]?.string {
            return Recording(Data(text.utf8), encoding: encoding)
        }
        if let name = given["repeat"]?.string {
            let once = try Data(contentsOf: clip(name))
            let times = Int(given["times"]?.number ?? 1)
            return Recording(Data((0..<times).map { _ in once }.joined()), encoding: encoding)
        }
        let pcm = try PCM(given["samples"]?.string ?? "")
        if given["format"]?.string == "i16" {
            return try Recording(samples: pcm.samples, sampleRate: pcm.rate, channels: pcm.channels)
        }
        let floats = pcm.samples.map { Float($0) / 32768 }
        return try Recording(samples: floats, sampleRate: pcm.rate, channels: pcm.channels)
    }

    private struct Unknown: Error {
        let verb: String
    }
}

/// A `voiceroll serve`; skips the test where the command is not built.
private final class Server {
    private let process = Process()
    private let login: JSON

    init(data: URL) throws {
        let command = root.appendingPathComponent("target/release/voiceroll")
        guard FileManager.default.isExecutableFile(atPath: command.path) else {
            throw XCTSkip("build the command: cargo build --release --features full")
        }
        let output = Pipe()
        process.executableURL = command
        process.arguments = ["serve", "--dev", "--json", "--port", "0", "--data", data.path]
        process.standardOutput = output
        try process.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data([10]), !byte.isEmpty {
            line += byte
        }
        login = try JSON.parse(line)
    }

    func connect() throws -> Registry {
        try Registry.connect(
            url: login["server"]?.string ?? "", clientId: login["client_id"]?.string,
            clientSecret: login["client_secret"]?.string, jwt: login["jwt"]?.string)
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
