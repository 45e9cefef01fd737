// SPDX-License-Identifier: Apache-2.0
import Foundation
import Voiceroll
import XCTest

/// The folder of the repository.
let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

/// A shipped clip.
func clip(_ name: String) -> URL {
    root.appendingPathComponent("tests/audio").appendingPathComponent(name)
}

/// Tests with a folder of their own, the compact network, whose figures the cases expect, and keys in `target`.
class VoicerollTestCase: XCTestCase {
    var folder = URL(fileURLWithPath: NSTemporaryDirectory())

    override class func setUp() {
        super.setUp()
        setenv("VOICEROLL_MODEL", "compact", 1)
        setenv("VOICEROLL_KEY_DIR", root.appendingPathComponent("target/keys").path, 1)
    }

    override func setUpWithError() throws {
        folder = try newFolder()
    }

    override func tearDownWithError() throws {
        try FileManager.default.removeItem(at: folder)
    }

    func newFolder() throws -> URL {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    func newRegistry() throws -> Registry {
        try Registry.open(folder.appendingPathComponent("voices.db"))
    }

    /// The error that a call throws.
    func caught(_ call: () async throws -> Void) async throws -> VoicerollError {
        do {
            try await call()
        } catch let error as VoicerollError {
            return error
        }
        throw Unexpected.success
    }

    enum Unexpected: Error {
        case success
    }
}

/// The samples of a WAV clip of 16 bits.
struct PCM {
    var samples: [Int16] = []
    var rate = 0
    var channels = 0

    init(_ name: String) throws {
        let wav = [UInt8](try Data(contentsOf: clip(name)))
        func number(_ at: Int, _ bytes: Int) -> Int {
            (0..<bytes).reduce(0) { $0 | Int(wav[at + $1]) << (8 * $1) }
        }
        var at = 12
        while at + 8 <= wav.count {
            let name = String(decoding: wav[at..<(at + 4)], as: UTF8.self)
            let size = number(at + 4, 4)
            if name == "fmt " {
                channels = number(at + 10, 2)
                rate = number(at + 12, 4)
            } else if name == "data" {
                samples = stride(from: at + 8, to: at + 8 + size - 1, by: 2).map {
                    Int16(bitPattern: UInt16(number($0, 2)))
                }
            }
            at += 8 + size + size % 2
        }
    }
}
