// SPDX-License-Identifier: Apache-2.0
import Foundation
import Voiceroll
import XCTest

/// What calls return and throw.
final class ResultsTests: VoicerollTestCase {
    func testAnEnrollmentIsAValue() async throws {
        let registry = try newRegistry()
        let enrollment = try await registry.enroll(
            speakerId: "ada", recordings: [try Recording(contentsOf: clip("ada-1.mp3"))])
        XCTAssertEqual(enrollment.speakerId, "ada")
        XCTAssertTrue(enrollment.complete)
        var stored = try await registry.get(speakerId: "ada")
        stored.recordings = enrollment.recordings
        XCTAssertEqual(stored, enrollment)
    }

    func testDataAndAFileAreTheSameRecording() async throws {
        let file = try await inspect(recording: try Recording(contentsOf: clip("ada-1.mp3")))
        let data = try await inspect(recording: Recording(try Data(contentsOf: clip("ada-1.mp3"))))
        XCTAssertEqual(file, data)
        XCTAssertTrue(file.accepted)
    }

    func testSamplesGiveTheFiguresOfTheirFile() async throws {
        let pcm = try PCM("ben-1.wav")
        let file = try await inspect(recording: try Recording(contentsOf: clip("ben-1.wav")))
        let words = try Recording(samples: pcm.samples, sampleRate: pcm.rate, channels: pcm.channels)
        let floats = pcm.samples.map { Float($0) / 32768 }
        let exact = try Recording(samples: floats, sampleRate: pcm.rate, channels: pcm.channels)
        for recording in [words, exact] {
            let found = try await inspect(recording: recording)
            XCTAssertEqual(found.speechSeconds, file.speechSeconds)
            XCTAssertEqual(found.snrDb, file.snrDb)
        }
    }

    func testARateOfZeroIsRefused() throws {
        XCTAssertThrowsError(try Recording(samples: [Int16](repeating: 0, count: 100), sampleRate: -1)) { error in
            XCTAssertEqual((error as? VoicerollError).map(kind(of:)), "InvalidInput")
        }
    }

    func testOnlyURLsOfFilesAreOpened() throws {
        let address = try XCTUnwrap(URL(string: "https://example.com/call.mp3"))
        XCTAssertThrowsError(try Recording(contentsOf: address)) { error in
            XCTAssertEqual((error as? VoicerollError)?.code, "invalid_option")
        }
        XCTAssertThrowsError(try Registry.open(address))
    }

    func testErrorsSayWhatToDo() async throws {
        let registry = try newRegistry()
        let silence = try Recording(contentsOf: clip("fault-silence.flac"))
        let refused = try await caught {
            _ = try await registry.enroll(speakerId: "ada", recordings: [silence])
        }
        XCTAssertEqual(kind(of: refused), "Refused")
        XCTAssertFalse(refused.problems.isEmpty)
        XCTAssertFalse(refused.retryable)
        XCTAssertEqual(refused.localizedDescription, refused.message)
        XCTAssertEqual("\(refused)", "\(refused.code): \(refused.message)")
        let missing = try await caught { _ = try await registry.get(speakerId: "nobody") }
        guard case .NotFound = missing else { return XCTFail("\(missing)") }
        XCTAssertEqual(missing.code, "speaker_not_found")
    }

    func testNothingPrintedHoldsAVoiceANameOrSpeech() async throws {
        let word = Word(word: "hello", start: 0, end: 0.5, speakerId: "speaker_1")
        let said = Utterance(text: "hello you", start: 0, end: 1, speakerId: "speaker_1", confidence: 0.9)
        let transcript = Transcript(text: "hello you", confidence: 0.9, words: [word], utterances: [said])
        let segment = Segment(start: 0, end: 1, speakerId: "ada", confidence: 0.9, enrolled: true, channel: nil)
        let turn = CallSegment(segment: segment, name: "hello")
        let result = JobResult(speakers: 1, segments: [segment], transcript: transcript)
        for value in [word, said, transcript, turn, result] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for printed in [String(describing: value), String(reflecting: value), dumped] {
                XCTAssertFalse(printed.contains("hello"), printed)
            }
        }
        XCTAssertEqual("\(word)", "Word(start: 0.0, end: 0.5, speakerId: speaker_1)")
        let stretch = try await prepare(recording: try Recording(contentsOf: clip("ada-1.mp3")))
        XCTAssertEqual(stretch.wav.prefix(4), Data("RIFF".utf8))
        XCTAssertLessThan("\(stretch)".count, 200)
        let registry = try newRegistry()
        XCTAssertFalse("\(registry)".contains("voices.db"))
    }

    func testAllEnrollmentsOverManyPages() async throws {
        let registry = try newRegistry()
        let recording = try Recording(contentsOf: clip("ada-1.mp3"))
        for id in ["a", "b", "c"] {
            _ = try await registry.create(speakerId: id, recordings: [recording], force: true)
        }
        var ids: [String] = []
        for try await enrollment in registry.all(perPage: 1) {
            ids.append(enrollment.speakerId)
        }
        XCTAssertEqual(ids, ["a", "b", "c"])
    }

    func testProgressRises() async throws {
        let fractions = Fractions()
        let options = CallOptions { fractions.add($0.fraction) }
        let recording = try Recording(contentsOf: clip("ada-1.mp3"))
        _ = try await newRegistry().enroll(speakerId: "ada", recordings: [recording], options: options)
        XCTAssertEqual(fractions.all, fractions.all.sorted())
        XCTAssertEqual(fractions.all.last, 1)
    }

    func testAnErrorOfTheProgressClosureStopsTheCall() async throws {
        struct Stop: Error {}
        let registry = try newRegistry()
        let recording = try Recording(contentsOf: clip("ada-1.mp3"))
        let stopped = try await caught {
            _ = try await registry.enroll(
                speakerId: "ada", recordings: [recording], options: CallOptions { _ in throw Stop() })
        }
        XCTAssertEqual(kind(of: stopped), "InvalidInput")
    }

    func testACancelledTaskStopsTheCall() async throws {
        let once = try Data(contentsOf: clip("ada-1.mp3"))
        let long = Recording(Data((0..<200).map { _ in once }.joined()))
        let registry = try newRegistry()
        let started = Date()
        let task = Task { try await registry.enroll(speakerId: "ada", recordings: [long]) }
        try await Task.sleep(nanoseconds: 50_000_000)
        task.cancel()
        do {
            _ = try await task.value
            XCTFail("it succeeded")
        } catch is CancellationError {
            XCTAssertLessThan(Date().timeIntervalSince(started), 3)
        }
        let missing = try await caught { _ = try await registry.get(speakerId: "ada") }
        XCTAssertEqual(kind(of: missing), "NotFound")
    }
}

/// The fractions that a progress closure received.
final class Fractions: @unchecked Sendable {
    private let lock = NSLock()
    private var received: [Double] = []

    func add(_ fraction: Double) {
        lock.lock()
        received.append(fraction)
        lock.unlock()
    }

    var all: [Double] {
        lock.lock()
        defer { lock.unlock() }
        return received
    }
}
