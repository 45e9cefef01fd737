// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Recording {
    /// A recording in a file. The format is detected from the bytes; `encoding` is what a sender declares.
    ///
    /// - Throws: `VoicerollError.InvalidInput` where the URL is no file URL.
    public convenience init(contentsOf url: URL, encoding: Encoding? = nil) throws {
        guard url.isFileURL else {
            throw invalid("`url` must be the URL of a file; download the recording, and pass its data")
        }
        self.init(copying: try Recording.fromPath(path: url.path, encoding: encoding))
    }

    /// A recording in memory, as the bytes of a file.
    public convenience init(_ data: Data, encoding: Encoding? = nil) {
        self.init(copying: Recording.fromBytes(data: data, encoding: encoding))
    }

    /// Samples of -1 to 1, `sampleRate` of them a second; up to 16 channels are interleaved.
    ///
    /// - Throws: `VoicerollError.InvalidInput` for a rate or a number of channels that is out of range.
    public convenience init(samples: [Float], sampleRate: Int, channels: Int = 1) throws {
        try self.init(words: samples.map(\.bitPattern.littleEndian), .f32, sampleRate, channels)
    }

    /// Samples of 16 bits, `sampleRate` of them a second; up to 16 channels are interleaved.
    ///
    /// - Throws: `VoicerollError.InvalidInput` for a rate or a number of channels that is out of range.
    public convenience init(samples: [Int16], sampleRate: Int, channels: Int = 1) throws {
        try self.init(words: samples.map(\.littleEndian), .i16, sampleRate, channels)
    }

    private convenience init<Number>(words: [Number], _ format: SampleFormat, _ sampleRate: Int, _ channels: Int) throws {
        let data = words.withUnsafeBytes { Data($0) }
        let made = try Recording.fromSamples(
            data: data,
            format: format,
            // The library refuses 0.
            sampleRate: UInt32(clamping: sampleRate),
            channels: UInt32(clamping: channels)
        )
        self.init(copying: made)
    }

    private convenience init(copying other: Recording) {
        self.init(unsafeFromHandle: other.uniffiCloneHandle())
    }
}

extension Inspection {
    /// Whether the recording would be accepted for enrollment.
    public var accepted: Bool {
        !problems.contains { $0.severity == .refuse }
    }
}
