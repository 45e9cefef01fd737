// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Registry {
    /// Opens the registry in a file, which is created where it is missing; the settings are those of `open`.
    public static func open(_ url: URL, model: String? = nil, calibration: String? = nil) throws -> Registry {
        guard url.isFileURL else {
            throw invalid("`url` must be the URL of a file; use `connect` for a server")
        }
        return try Registry.open(path: url.path, model: model, calibration: calibration)
    }

    /// All enrollments, in the order of the ids, fetched `perPage` at a time, 1 to 1000. Speakers may be deleted
    /// meanwhile; one who is there throughout is returned once, except by a server that only numbers its pages.
    /// `partial` lists incomplete enrollments too. The `options` are each page's.
    public func all(
        partial: Bool = false,
        perPage: UInt32 = 100,
        options: CallOptions = CallOptions()
    ) -> AsyncThrowingStream<Enrollment, Error> {
        let pages = Pages(registry: self, partial: partial, perPage: perPage, options: options)
        return AsyncThrowingStream(unfolding: { try await pages.next() })
    }
}

/// Where an iteration over all enrollments is.
private actor Pages {
    private let registry: Registry
    private let partial: Bool
    private let perPage: UInt32
    private let options: CallOptions
    private var seen: Set<SpeakerId> = []
    private var waiting: [Enrollment] = []
    private var page: UInt32 = 1
    private var after: SpeakerId?
    private var total: UInt64 = 0
    private var finished = false

    init(registry: Registry, partial: Bool, perPage: UInt32, options: CallOptions) {
        self.registry = registry
        self.partial = partial
        self.perPage = perPage
        self.options = options
    }

    /// The next enrollment; nil behind the last.
    func next() async throws -> Enrollment? {
        while waiting.isEmpty {
            if finished { return nil }
            try await fetch()
        }
        return waiting.removeFirst()
    }

    private func fetch() async throws {
        let found = try await registry.list(
            partial: partial, page: page, perPage: perPage, after: after, options: options)
        let missing = total > found.total ? total - found.total : 0
        total = found.total
        if after == nil && missing > 0 && page > 1 {
            // Some are gone, and those behind them have moved up.
            let pages = UInt32(clamping: (missing + UInt64(perPage) - 1) / UInt64(perPage))
            page = page > pages ? page - pages : 1
            return
        }
        waiting = found.records.filter { seen.insert($0.speakerId).inserted }
        finished = found.nextAfter == nil && (after != nil || page >= found.totalPages)
        page += 1
        after = found.nextAfter
    }
}

/// A progress listener that calls a closure, in a thread of Voiceroll. What the closure throws stops the call.
public final class ProgressHandler: ProgressListener {
    private let report: @Sendable (Progress) throws -> Void

    /// A listener that calls `report`, which must be fast.
    public init(_ report: @escaping @Sendable (Progress) throws -> Void) {
        self.report = report
    }

    public func onProgress(progress: Progress) throws {
        try report(progress)
    }
}

extension CallOptions {
    /// Options with a closure that receives the progress of the call.
    public init(
        timeout: Seconds? = nil,
        cancel: CancelToken? = nil,
        onProgress: @escaping @Sendable (Progress) throws -> Void
    ) {
        self.init(timeout: timeout, cancel: cancel, progress: ProgressHandler(onProgress))
    }
}
