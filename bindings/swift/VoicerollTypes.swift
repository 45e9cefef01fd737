// SPDX-License-Identifier: Apache-2.0
// Made by UniFFI 0.32.2 from the Rust crates `voiceroll` and `voiceroll-uniffi`. Do not edit it.

// swiftlint:disable all
import Foundation

// Depending on the consumer's build setup, the low-level FFI code
// might be in a separate module, or it might be compiled inline into
// this module. This is a bit of light hackery to work with both.
#if canImport(VoicerollTypesFFI)
import VoicerollTypesFFI
#endif

fileprivate extension RustBuffer {
    // Allocate a new buffer, copying the contents of a `UInt8` array.
    init(bytes: [UInt8]) {
        let rbuf = bytes.withUnsafeBufferPointer { ptr in
            RustBuffer.from(ptr)
        }
        self.init(capacity: rbuf.capacity, len: rbuf.len, data: rbuf.data)
    }

    static func empty() -> RustBuffer {
        RustBuffer(capacity: 0, len:0, data: nil)
    }

    static func from(_ ptr: UnsafeBufferPointer<UInt8>) -> RustBuffer {
        try! rustCall { ffi_voiceroll_rustbuffer_from_bytes(ForeignBytes(bufferPointer: ptr), $0) }
    }

    // Frees the buffer in place.
    // The buffer must not be used after this is called.
    func deallocate() {
        try! rustCall { ffi_voiceroll_rustbuffer_free(self, $0) }
    }
}

fileprivate extension ForeignBytes {
    init(bufferPointer: UnsafeBufferPointer<UInt8>) {
        self.init(len: Int32(bufferPointer.count), data: bufferPointer.baseAddress)
    }

    init(rawBufferPointer: UnsafeRawBufferPointer) {
        self.init(
            len: Int32(rawBufferPointer.count),
            data: rawBufferPointer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        )
    }
}

// Converter for `&[u8]` / `[ByRef] bytes` arguments.
//
// Conforms to `FfiConverter` so the compiler enforces the full converter
// method set. Only the scope-bound `lower(_:_body:)` overload is sound —
// zero-copy byte buffers only flow foreign -> Rust, and only in argument
// position. The four protocol-witness methods (`lift`, `lower`, `read`,
// `write`) `fatalError` at runtime if anyone reaches them.
//
// The scope-bound `lower` takes a closure because the `ForeignBytes`
// pointer is only guaranteed valid for the duration of
// `Data.withUnsafeBytes`. Callers must run the full FFI call inside
// the closure body.
fileprivate enum FfiConverterByRefBytes: FfiConverter {
    typealias SwiftType = Data
    typealias FfiType = ForeignBytes

    static func lower<R>(_ value: Data, _ body: (ForeignBytes) throws -> R) rethrows -> R {
        return try value.withUnsafeBytes { rawBuf in
            try body(ForeignBytes(rawBufferPointer: rawBuf))
        }
    }

    static func lower(_ value: Data) -> ForeignBytes {
        fatalError("ByRef bytes cannot use the plain lower: returning ForeignBytes escapes the Data.withUnsafeBytes scope. Use the scope-bound lower(_:_body:) overload instead.")
    }

    static func lift(_ value: ForeignBytes) throws -> Data {
        fatalError("ByRef bytes cannot be lifted: zero-copy &[u8] only flows foreign->Rust")
    }

    static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Data {
        fatalError("ByRef bytes cannot be read from a buffer: zero-copy &[u8] is only supported in argument position, not nested in records/options/etc.")
    }

    static func write(_ value: Data, into buf: inout [UInt8]) {
        fatalError("ByRef bytes cannot be written to a buffer: zero-copy &[u8] is only supported in argument position, not nested in records/options/etc.")
    }
}

// For every type used in the interface, we provide helper methods for conveniently
// lifting and lowering that type from C-compatible data, and for reading and writing
// values of that type in a buffer.

// Helper classes/extensions that don't change.
// Someday, this will be in a library of its own.

fileprivate extension Data {
    init(rustBuffer: RustBuffer) {
        self.init(
            bytesNoCopy: rustBuffer.data!,
            count: Int(rustBuffer.len),
            deallocator: .none
        )
    }
}

// Define reader functionality.  Normally this would be defined in a class or
// struct, but we use standalone functions instead in order to make external
// types work.
//
// With external types, one swift source file needs to be able to call the read
// method on another source file's FfiConverter, but then what visibility
// should Reader have?
// - If Reader is fileprivate, then this means the read() must also
//   be fileprivate, which doesn't work with external types.
// - If Reader is internal/public, we'll get compile errors since both source
//   files will try define the same type.
//
// Instead, the read() method and these helper functions input a tuple of data

fileprivate func createReader(data: Data) -> (data: Data, offset: Data.Index) {
    (data: data, offset: 0)
}

// Reads an integer at the current offset, in big-endian order, and advances
// the offset on success. Throws if reading the integer would move the
// offset past the end of the buffer.
fileprivate func readInt<T: FixedWidthInteger>(_ reader: inout (data: Data, offset: Data.Index)) throws -> T {
    let range = reader.offset..<reader.offset + MemoryLayout<T>.size
    guard reader.data.count >= range.upperBound else {
        throw UniffiInternalError.bufferOverflow
    }
    if T.self == UInt8.self {
        let value = reader.data[reader.offset]
        reader.offset += 1
        return value as! T
    }
    var value: T = 0
    let _ = withUnsafeMutableBytes(of: &value, { reader.data.copyBytes(to: $0, from: range)})
    reader.offset = range.upperBound
    return value.bigEndian
}

// Reads an arbitrary number of bytes, to be used to read
// raw bytes, this is useful when lifting strings
fileprivate func readBytes(_ reader: inout (data: Data, offset: Data.Index), count: Int) throws -> Array<UInt8> {
    let range = reader.offset..<(reader.offset+count)
    guard reader.data.count >= range.upperBound else {
        throw UniffiInternalError.bufferOverflow
    }
    var value = [UInt8](repeating: 0, count: count)
    value.withUnsafeMutableBufferPointer({ buffer in
        reader.data.copyBytes(to: buffer, from: range)
    })
    reader.offset = range.upperBound
    return value
}

// Reads a float at the current offset.
fileprivate func readFloat(_ reader: inout (data: Data, offset: Data.Index)) throws -> Float {
    return Float(bitPattern: try readInt(&reader))
}

// Reads a float at the current offset.
fileprivate func readDouble(_ reader: inout (data: Data, offset: Data.Index)) throws -> Double {
    return Double(bitPattern: try readInt(&reader))
}

// Indicates if the offset has reached the end of the buffer.
fileprivate func hasRemaining(_ reader: (data: Data, offset: Data.Index)) -> Bool {
    return reader.offset < reader.data.count
}

// Define writer functionality.  Normally this would be defined in a class or
// struct, but we use standalone functions instead in order to make external
// types work.  See the above discussion on Readers for details.

fileprivate func createWriter() -> [UInt8] {
    return []
}

fileprivate func writeBytes<S>(_ writer: inout [UInt8], _ byteArr: S) where S: Sequence, S.Element == UInt8 {
    writer.append(contentsOf: byteArr)
}

// Writes an integer in big-endian order.
//
// Warning: make sure what you are trying to write
// is in the correct type!
fileprivate func writeInt<T: FixedWidthInteger>(_ writer: inout [UInt8], _ value: T) {
    var value = value.bigEndian
    withUnsafeBytes(of: &value) { writer.append(contentsOf: $0) }
}

fileprivate func writeFloat(_ writer: inout [UInt8], _ value: Float) {
    writeInt(&writer, value.bitPattern)
}

fileprivate func writeDouble(_ writer: inout [UInt8], _ value: Double) {
    writeInt(&writer, value.bitPattern)
}

// Protocol for types that transfer other types across the FFI. This is
// analogous to the Rust trait of the same name.
fileprivate protocol FfiConverter {
    associatedtype FfiType
    associatedtype SwiftType

    static func lift(_ value: FfiType) throws -> SwiftType
    static func lower(_ value: SwiftType) -> FfiType
    static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType
    static func write(_ value: SwiftType, into buf: inout [UInt8])
}

// Types conforming to `Primitive` pass themselves directly over the FFI.
fileprivate protocol FfiConverterPrimitive: FfiConverter where FfiType == SwiftType { }

extension FfiConverterPrimitive {
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public static func lift(_ value: FfiType) throws -> SwiftType {
        return value
    }

#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public static func lower(_ value: SwiftType) -> FfiType {
        return value
    }
}

// Types conforming to `FfiConverterRustBuffer` lift and lower into a `RustBuffer`.
// Used for complex types where it's hard to write a custom lift/lower.
fileprivate protocol FfiConverterRustBuffer: FfiConverter where FfiType == RustBuffer {}

extension FfiConverterRustBuffer {
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public static func lift(_ buf: RustBuffer) throws -> SwiftType {
        var reader = createReader(data: Data(rustBuffer: buf))
        let value = try read(from: &reader)
        if hasRemaining(reader) {
            throw UniffiInternalError.incompleteData
        }
        buf.deallocate()
        return value
    }

#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public static func lower(_ value: SwiftType) -> RustBuffer {
          var writer = createWriter()
          write(value, into: &writer)
          return RustBuffer(bytes: writer)
    }
}
// An error type for FFI errors. These errors occur at the UniFFI level, not
// the library level.
fileprivate enum UniffiInternalError: LocalizedError {
    case bufferOverflow
    case incompleteData
    case unexpectedOptionalTag
    case unexpectedEnumCase
    case unexpectedNullPointer
    case unexpectedRustCallStatusCode
    case unexpectedRustCallError
    case unexpectedStaleHandle
    case rustPanic(_ message: String)

    public var errorDescription: String? {
        switch self {
        case .bufferOverflow: return "Reading the requested value would read past the end of the buffer"
        case .incompleteData: return "The buffer still has data after lifting its containing value"
        case .unexpectedOptionalTag: return "Unexpected optional tag; should be 0 or 1"
        case .unexpectedEnumCase: return "Raw enum value doesn't match any cases"
        case .unexpectedNullPointer: return "Raw pointer value was null"
        case .unexpectedRustCallStatusCode: return "Unexpected RustCallStatus code"
        case .unexpectedRustCallError: return "CALL_ERROR but no errorClass specified"
        case .unexpectedStaleHandle: return "The object in the handle map has been dropped already"
        case let .rustPanic(message): return message
        }
    }
}

fileprivate extension NSLock {
    func withLock<T>(f: () throws -> T) rethrows -> T {
        self.lock()
        defer { self.unlock() }
        return try f()
    }
}

fileprivate let CALL_SUCCESS: Int8 = 0
fileprivate let CALL_ERROR: Int8 = 1
fileprivate let CALL_UNEXPECTED_ERROR: Int8 = 2
fileprivate let CALL_CANCELLED: Int8 = 3

fileprivate extension RustCallStatus {
    init() {
        self.init(
            code: CALL_SUCCESS,
            errorBuf: RustBuffer.init(
                capacity: 0,
                len: 0,
                data: nil
            )
        )
    }
}

private func rustCall<T>(_ callback: (UnsafeMutablePointer<RustCallStatus>) -> T) throws -> T {
    let neverThrow: ((RustBuffer) throws -> Never)? = nil
    return try makeRustCall(callback, errorHandler: neverThrow)
}

private func rustCallWithError<T, E: Swift.Error>(
    _ errorHandler: @escaping (RustBuffer) throws -> E,
    _ callback: (UnsafeMutablePointer<RustCallStatus>) -> T) throws -> T {
    try makeRustCall(callback, errorHandler: errorHandler)
}

private func makeRustCall<T, E: Swift.Error>(
    _ callback: (UnsafeMutablePointer<RustCallStatus>) -> T,
    errorHandler: ((RustBuffer) throws -> E)?
) throws -> T {
    uniffiEnsureVoicerollInitialized()
    var callStatus = RustCallStatus.init()
    let returnedVal = callback(&callStatus)
    try uniffiCheckCallStatus(callStatus: callStatus, errorHandler: errorHandler)
    return returnedVal
}

private func uniffiCheckCallStatus<E: Swift.Error>(
    callStatus: RustCallStatus,
    errorHandler: ((RustBuffer) throws -> E)?
) throws {
    switch callStatus.code {
        case CALL_SUCCESS:
            return

        case CALL_ERROR:
            if let errorHandler = errorHandler {
                throw try errorHandler(callStatus.errorBuf)
            } else {
                callStatus.errorBuf.deallocate()
                throw UniffiInternalError.unexpectedRustCallError
            }

        case CALL_UNEXPECTED_ERROR:
            // When the rust code sees a panic, it tries to construct a RustBuffer
            // with the message.  But if that code panics, then it just sends back
            // an empty buffer.
            if callStatus.errorBuf.len > 0 {
                throw UniffiInternalError.rustPanic(try FfiConverterString.lift(callStatus.errorBuf))
            } else {
                callStatus.errorBuf.deallocate()
                throw UniffiInternalError.rustPanic("Rust panic")
            }

        case CALL_CANCELLED:
            fatalError("Cancellation not supported yet")

        default:
            throw UniffiInternalError.unexpectedRustCallStatusCode
    }
}

private func uniffiTraitInterfaceCall<T>(
    callStatus: UnsafeMutablePointer<RustCallStatus>,
    makeCall: () throws -> T,
    writeReturn: (T) -> ()
) {
    do {
        try writeReturn(makeCall())
    } catch let error {
        callStatus.pointee.code = CALL_UNEXPECTED_ERROR
        callStatus.pointee.errorBuf = FfiConverterString.lower(String(describing: error))
    }
}

private func uniffiTraitInterfaceCallWithError<T, E>(
    callStatus: UnsafeMutablePointer<RustCallStatus>,
    makeCall: () throws -> T,
    writeReturn: (T) -> (),
    lowerError: (E) -> RustBuffer
) {
    do {
        try writeReturn(makeCall())
    } catch let error as E {
        callStatus.pointee.code = CALL_ERROR
        callStatus.pointee.errorBuf = lowerError(error)
    } catch {
        callStatus.pointee.code = CALL_UNEXPECTED_ERROR
        callStatus.pointee.errorBuf = FfiConverterString.lower(String(describing: error))
    }
}
// Initial value and increment amount for handles.
// These ensure that SWIFT handles always have the lowest bit set
fileprivate let UNIFFI_HANDLEMAP_INITIAL: UInt64 = 1
fileprivate let UNIFFI_HANDLEMAP_DELTA: UInt64 = 2

fileprivate final class UniffiHandleMap<T>: @unchecked Sendable {
    // All mutation happens with this lock held, which is why we implement @unchecked Sendable.
    private let lock = NSLock()
    private var map: [UInt64: T] = [:]
    private var currentHandle: UInt64 = UNIFFI_HANDLEMAP_INITIAL

    func insert(obj: T) -> UInt64 {
        lock.withLock {
            return doInsert(obj)
        }
    }

    // Low-level insert function, this assumes `lock` is held.
    private func doInsert(_ obj: T) -> UInt64 {
        let handle = currentHandle
        currentHandle += UNIFFI_HANDLEMAP_DELTA
        map[handle] = obj
        return handle
    }

     func get(handle: UInt64) throws -> T {
        try lock.withLock {
            guard let obj = map[handle] else {
                throw UniffiInternalError.unexpectedStaleHandle
            }
            return obj
        }
    }

     func clone(handle: UInt64) throws -> UInt64 {
        try lock.withLock {
            guard let obj = map[handle] else {
                throw UniffiInternalError.unexpectedStaleHandle
            }
            return doInsert(obj)
        }
    }

    @discardableResult
    func remove(handle: UInt64) throws -> T {
        try lock.withLock {
            guard let obj = map.removeValue(forKey: handle) else {
                throw UniffiInternalError.unexpectedStaleHandle
            }
            return obj
        }
    }

    var count: Int {
        get {
            map.count
        }
    }
}


// Public interface members begin here.


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterUInt32: FfiConverterPrimitive {
    typealias FfiType = UInt32
    typealias SwiftType = UInt32

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> UInt32 {
        return try lift(readInt(&buf))
    }

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        writeInt(&buf, lower(value))
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterUInt64: FfiConverterPrimitive {
    typealias FfiType = UInt64
    typealias SwiftType = UInt64

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> UInt64 {
        return try lift(readInt(&buf))
    }

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        writeInt(&buf, lower(value))
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterInt64: FfiConverterPrimitive {
    typealias FfiType = Int64
    typealias SwiftType = Int64

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Int64 {
        return try lift(readInt(&buf))
    }

    public static func write(_ value: Int64, into buf: inout [UInt8]) {
        writeInt(&buf, lower(value))
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterDouble: FfiConverterPrimitive {
    typealias FfiType = Double
    typealias SwiftType = Double

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Double {
        return try lift(readDouble(&buf))
    }

    public static func write(_ value: Double, into buf: inout [UInt8]) {
        writeDouble(&buf, lower(value))
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterBool : FfiConverter {
    typealias FfiType = Int8
    typealias SwiftType = Bool

    public static func lift(_ value: Int8) throws -> Bool {
        return value != 0
    }

    public static func lower(_ value: Bool) -> Int8 {
        return value ? 1 : 0
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Bool {
        return try lift(readInt(&buf))
    }

    public static func write(_ value: Bool, into buf: inout [UInt8]) {
        writeInt(&buf, lower(value))
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterString: FfiConverter {
    typealias SwiftType = String
    typealias FfiType = RustBuffer

    public static func lift(_ value: RustBuffer) throws -> String {
        defer {
            value.deallocate()
        }
        if value.data == nil {
            return String()
        }
        let bytes = UnsafeBufferPointer<UInt8>(start: value.data!, count: Int(value.len))
        // Use Swift's native UTF-8 decoder; `String(bytes:encoding:.utf8)` goes
        // through Foundation's NSString and silently strips a leading U+FEFF BOM.
        // Invalid UTF-8 substitutes U+FFFD instead of trapping (unreachable
        // given Rust's `String` invariant).
        return String(decoding: bytes, as: UTF8.self)
    }

    public static func lower(_ value: String) -> RustBuffer {
        return value.utf8CString.withUnsafeBufferPointer { ptr in
            // The swift string gives us int8_t, we want uint8_t.
            ptr.withMemoryRebound(to: UInt8.self) { ptr in
                // The swift string gives us a trailing null byte, we don't want it.
                let buf = UnsafeBufferPointer(rebasing: ptr.prefix(upTo: ptr.count - 1))
                return RustBuffer.from(buf)
            }
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> String {
        let len: Int32 = try readInt(&buf)
        // See `lift` above for why we avoid Foundation's NSString-backed decoder here.
        return String(decoding: try readBytes(&buf, count: Int(len)), as: UTF8.self)
    }

    public static func write(_ value: String, into buf: inout [UInt8]) {
        let len = Int32(value.utf8.count)
        writeInt(&buf, len)
        writeBytes(&buf, value.utf8)
    }
}


/**
 * One line of an audit trail.
 */
public struct AuditEntry: Equatable, Hashable {
    /**
     * Its number in the trail, from 1.
     */
    public var number: UInt64
    /**
     * When, in seconds since 1970, by the clock of the machine.
     */
    public var time: UInt64
    /**
     * Who: what `RegistryOptions::actor` says, or the user of the operating system.
     */
    public var actor: String
    /**
     * What: `enroll`, `delete`, `verify` and so on.
     */
    public var action: String
    /**
     * Of whom: a pseudonym, which `Registry::audit_pseudonym` makes of an id; none
     * where it is of nobody in particular.
     */
    public var speaker: String?
    /**
     * What came of it: `begun` before a change, then `done`, a decision such as `match`, or the code of an error.
     */
    public var outcome: String
    /**
     * How many changes the store had seen then.
     */
    public var changes: Int64
    /**
     * The digest of this entry and the one before, in hexadecimal digits.
     */
    public var digest: String

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * Its number in the trail, from 1.
         */number: UInt64,
        /**
         * When, in seconds since 1970, by the clock of the machine.
         */time: UInt64,
        /**
         * Who: what `RegistryOptions::actor` says, or the user of the operating system.
         */actor: String,
        /**
         * What: `enroll`, `delete`, `verify` and so on.
         */action: String,
        /**
         * Of whom: a pseudonym, which `Registry::audit_pseudonym` makes of an id; none
         * where it is of nobody in particular.
         */speaker: String?,
        /**
         * What came of it: `begun` before a change, then `done`, a decision such as `match`, or the code of an error.
         */outcome: String,
        /**
         * How many changes the store had seen then.
         */changes: Int64,
        /**
         * The digest of this entry and the one before, in hexadecimal digits.
         */digest: String) {
        self.number = number
        self.time = time
        self.actor = actor
        self.action = action
        self.speaker = speaker
        self.outcome = outcome
        self.changes = changes
        self.digest = digest
    }




}

#if compiler(>=6)
extension AuditEntry: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeAuditEntry: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> AuditEntry {
        return
            try AuditEntry(
                number: FfiConverterUInt64.read(from: &buf),
                time: FfiConverterUInt64.read(from: &buf),
                actor: FfiConverterString.read(from: &buf),
                action: FfiConverterString.read(from: &buf),
                speaker: FfiConverterOptionString.read(from: &buf),
                outcome: FfiConverterString.read(from: &buf),
                changes: FfiConverterInt64.read(from: &buf),
                digest: FfiConverterString.read(from: &buf)
        )
    }

    public static func write(_ value: AuditEntry, into buf: inout [UInt8]) {
        FfiConverterUInt64.write(value.number, into: &buf)
        FfiConverterUInt64.write(value.time, into: &buf)
        FfiConverterString.write(value.actor, into: &buf)
        FfiConverterString.write(value.action, into: &buf)
        FfiConverterOptionString.write(value.speaker, into: &buf)
        FfiConverterString.write(value.outcome, into: &buf)
        FfiConverterInt64.write(value.changes, into: &buf)
        FfiConverterString.write(value.digest, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeAuditEntry_lift(_ buf: RustBuffer) throws -> AuditEntry {
    return try FfiConverterTypeAuditEntry.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeAuditEntry_lower(_ value: AuditEntry) -> RustBuffer {
    return FfiConverterTypeAuditEntry.lower(value)
}


/**
 * The result of verifying an audit trail.
 */
public struct AuditReport: Equatable, Hashable {
    /**
     * How many entries there are.
     */
    public var entries: UInt64
    /**
     * The number of the first one. More than 1 where older files were taken away.
     */
    public var first: UInt64
    /**
     * The faults, in words, 100 at most; empty for an intact trail.
     */
    public var faults: [String]

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * How many entries there are.
         */entries: UInt64,
        /**
         * The number of the first one. More than 1 where older files were taken away.
         */first: UInt64,
        /**
         * The faults, in words, 100 at most; empty for an intact trail.
         */faults: [String]) {
        self.entries = entries
        self.first = first
        self.faults = faults
    }




}

#if compiler(>=6)
extension AuditReport: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeAuditReport: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> AuditReport {
        return
            try AuditReport(
                entries: FfiConverterUInt64.read(from: &buf),
                first: FfiConverterUInt64.read(from: &buf),
                faults: FfiConverterSequenceString.read(from: &buf)
        )
    }

    public static func write(_ value: AuditReport, into buf: inout [UInt8]) {
        FfiConverterUInt64.write(value.entries, into: &buf)
        FfiConverterUInt64.write(value.first, into: &buf)
        FfiConverterSequenceString.write(value.faults, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeAuditReport_lift(_ buf: RustBuffer) throws -> AuditReport {
    return try FfiConverterTypeAuditReport.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeAuditReport_lower(_ value: AuditReport) -> RustBuffer {
    return FfiConverterTypeAuditReport.lower(value)
}


/**
 * Who spoke when in a call.
 */
public struct CallIdentification: Equatable, Hashable {
    /**
     * All segments, sorted by start, including those of unknown speakers.
     */
    public var segments: [CallSegment]
    /**
     * The participants that were not searched for, as they are not enrolled, or not completely.
     */
    public var notEnrolled: [SpeakerId]

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * All segments, sorted by start, including those of unknown speakers.
         */segments: [CallSegment],
        /**
         * The participants that were not searched for, as they are not enrolled, or not completely.
         */notEnrolled: [SpeakerId]) {
        self.segments = segments
        self.notEnrolled = notEnrolled
    }




}

#if compiler(>=6)
extension CallIdentification: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeCallIdentification: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> CallIdentification {
        return
            try CallIdentification(
                segments: FfiConverterSequenceTypeCallSegment.read(from: &buf),
                notEnrolled: FfiConverterSequenceTypeSpeakerId.read(from: &buf)
        )
    }

    public static func write(_ value: CallIdentification, into buf: inout [UInt8]) {
        FfiConverterSequenceTypeCallSegment.write(value.segments, into: &buf)
        FfiConverterSequenceTypeSpeakerId.write(value.notEnrolled, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCallIdentification_lift(_ buf: RustBuffer) throws -> CallIdentification {
    return try FfiConverterTypeCallIdentification.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCallIdentification_lower(_ value: CallIdentification) -> RustBuffer {
    return FfiConverterTypeCallIdentification.lower(value)
}


/**
 * A segment of a call, with the speaker's name. Its `Debug` form omits the name.
 */
public struct CallSegment: Equatable, Hashable {
    /**
     * The segment and its speaker.
     */
    public var segment: Segment
    /**
     * The speaker's name from the record, or else from RingCentral.
     */
    public var name: String?

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * The segment and its speaker.
         */segment: Segment,
        /**
         * The speaker's name from the record, or else from RingCentral.
         */name: String?) {
        self.segment = segment
        self.name = name
    }




}

#if compiler(>=6)
extension CallSegment: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeCallSegment: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> CallSegment {
        return
            try CallSegment(
                segment: FfiConverterTypeSegment.read(from: &buf),
                name: FfiConverterOptionString.read(from: &buf)
        )
    }

    public static func write(_ value: CallSegment, into buf: inout [UInt8]) {
        FfiConverterTypeSegment.write(value.segment, into: &buf)
        FfiConverterOptionString.write(value.name, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCallSegment_lift(_ buf: RustBuffer) throws -> CallSegment {
    return try FfiConverterTypeCallSegment.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCallSegment_lower(_ value: CallSegment) -> RustBuffer {
    return FfiConverterTypeCallSegment.lower(value)
}


/**
 * The result of checking a store.
 */
public struct CheckReport: Equatable, Hashable {
    /**
     * How many speakers were looked at.
     */
    public var speakers: UInt64
    /**
     * How many recordings of them.
     */
    public var recordings: UInt64
    /**
     * The faults, in words, 100 at most; empty for an intact store.
     */
    public var faults: [String]

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * How many speakers were looked at.
         */speakers: UInt64,
        /**
         * How many recordings of them.
         */recordings: UInt64,
        /**
         * The faults, in words, 100 at most; empty for an intact store.
         */faults: [String]) {
        self.speakers = speakers
        self.recordings = recordings
        self.faults = faults
    }




}

#if compiler(>=6)
extension CheckReport: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeCheckReport: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> CheckReport {
        return
            try CheckReport(
                speakers: FfiConverterUInt64.read(from: &buf),
                recordings: FfiConverterUInt64.read(from: &buf),
                faults: FfiConverterSequenceString.read(from: &buf)
        )
    }

    public static func write(_ value: CheckReport, into buf: inout [UInt8]) {
        FfiConverterUInt64.write(value.speakers, into: &buf)
        FfiConverterUInt64.write(value.recordings, into: &buf)
        FfiConverterSequenceString.write(value.faults, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCheckReport_lift(_ buf: RustBuffer) throws -> CheckReport {
    return try FfiConverterTypeCheckReport.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCheckReport_lower(_ value: CheckReport) -> RustBuffer {
    return FfiConverterTypeCheckReport.lower(value)
}


/**
 * The consent of a person to being enrolled: the proof that a registry keeps beside the voiceprint.
 *
 * It need not name anybody: `reference` says where your own records have the person.
 *
 * ```
 * use voiceroll::{ConsentRecord, Purpose};
 *
 * let text = "We store a voiceprint of your voice to recognise you when you call...";
 * let consent = ConsentRecord::new("form 1200", 1_790_000_000, "2026-09", text)
 * .purpose(Purpose::Verification)
 * .until(1_820_000_000)
 * .collected_by("desk 4");
 * assert_eq!(consent.text_sha256.len(), 64);
 * ```
 */
public struct ConsentRecord: Equatable, Hashable {
    /**
     * Who consented, as your own records have it: the number of a form, or a customer's number.
     */
    public var reference: String
    /**
     * When, in seconds since 1970.
     */
    public var givenAt: UInt64
    /**
     * Which version of the text the person has seen.
     */
    public var textVersion: String
    /**
     * The SHA-256 digest of that text, in 64 hexadecimal digits.
     */
    public var textSha256: String
    /**
     * For what: `verification`, `identification`, `diarization`, or something else in words. Empty: for all that the text
     * says.
     */
    public var purposes: [Purpose]
    /**
     * Until when it is valid, in seconds since 1970; none where it is until it is withdrawn.
     */
    public var validUntil: UInt64?
    /**
     * Who collected it.
     */
    public var collectedBy: String?

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * Who consented, as your own records have it: the number of a form, or a customer's number.
         */reference: String,
        /**
         * When, in seconds since 1970.
         */givenAt: UInt64,
        /**
         * Which version of the text the person has seen.
         */textVersion: String,
        /**
         * The SHA-256 digest of that text, in 64 hexadecimal digits.
         */textSha256: String,
        /**
         * For what: `verification`, `identification`, `diarization`, or something else in words. Empty: for all that the text
         * says.
         */purposes: [Purpose],
        /**
         * Until when it is valid, in seconds since 1970; none where it is until it is withdrawn.
         */validUntil: UInt64?,
        /**
         * Who collected it.
         */collectedBy: String?) {
        self.reference = reference
        self.givenAt = givenAt
        self.textVersion = textVersion
        self.textSha256 = textSha256
        self.purposes = purposes
        self.validUntil = validUntil
        self.collectedBy = collectedBy
    }




}

#if compiler(>=6)
extension ConsentRecord: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeConsentRecord: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> ConsentRecord {
        return
            try ConsentRecord(
                reference: FfiConverterString.read(from: &buf),
                givenAt: FfiConverterUInt64.read(from: &buf),
                textVersion: FfiConverterString.read(from: &buf),
                textSha256: FfiConverterString.read(from: &buf),
                purposes: FfiConverterSequenceTypePurpose.read(from: &buf),
                validUntil: FfiConverterOptionUInt64.read(from: &buf),
                collectedBy: FfiConverterOptionString.read(from: &buf)
        )
    }

    public static func write(_ value: ConsentRecord, into buf: inout [UInt8]) {
        FfiConverterString.write(value.reference, into: &buf)
        FfiConverterUInt64.write(value.givenAt, into: &buf)
        FfiConverterString.write(value.textVersion, into: &buf)
        FfiConverterString.write(value.textSha256, into: &buf)
        FfiConverterSequenceTypePurpose.write(value.purposes, into: &buf)
        FfiConverterOptionUInt64.write(value.validUntil, into: &buf)
        FfiConverterOptionString.write(value.collectedBy, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeConsentRecord_lift(_ buf: RustBuffer) throws -> ConsentRecord {
    return try FfiConverterTypeConsentRecord.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeConsentRecord_lower(_ value: ConsentRecord) -> RustBuffer {
    return FfiConverterTypeConsentRecord.lower(value)
}


/**
 * What a speaker has consented to, and how long the speaker is kept.
 */
public struct ConsentState: Equatable, Hashable {
    /**
     * The records, the oldest first.
     */
    public var consents: [ConsentRecord]
    /**
     * Whether one of them is valid now.
     */
    public var valid: Bool
    /**
     * From when on, in seconds since 1970, the speaker is not recognised and is erased by the next
     * `purge`; none where that never comes.
     */
    public var expiresAt: UInt64?
    /**
     * Withdrawals under this id, the oldest first.
     */
    public var withdrawals: [Withdrawal]

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * The records, the oldest first.
         */consents: [ConsentRecord],
        /**
         * Whether one of them is valid now.
         */valid: Bool,
        /**
         * From when on, in seconds since 1970, the speaker is not recognised and is erased by the next
         * `purge`; none where that never comes.
         */expiresAt: UInt64?,
        /**
         * Withdrawals under this id, the oldest first.
         */withdrawals: [Withdrawal]) {
        self.consents = consents
        self.valid = valid
        self.expiresAt = expiresAt
        self.withdrawals = withdrawals
    }




}

#if compiler(>=6)
extension ConsentState: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeConsentState: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> ConsentState {
        return
            try ConsentState(
                consents: FfiConverterSequenceTypeConsentRecord.read(from: &buf),
                valid: FfiConverterBool.read(from: &buf),
                expiresAt: FfiConverterOptionUInt64.read(from: &buf),
                withdrawals: FfiConverterSequenceTypeWithdrawal.read(from: &buf)
        )
    }

    public static func write(_ value: ConsentState, into buf: inout [UInt8]) {
        FfiConverterSequenceTypeConsentRecord.write(value.consents, into: &buf)
        FfiConverterBool.write(value.valid, into: &buf)
        FfiConverterOptionUInt64.write(value.expiresAt, into: &buf)
        FfiConverterSequenceTypeWithdrawal.write(value.withdrawals, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeConsentState_lift(_ buf: RustBuffer) throws -> ConsentState {
    return try FfiConverterTypeConsentState.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeConsentState_lower(_ value: ConsentState) -> RustBuffer {
    return FfiConverterTypeConsentState.lower(value)
}


/**
 * Who speaks when in a recording.
 */
public struct Diarization: Equatable, Hashable {
    /**
     * Length of the recording in seconds.
     */
    public var duration: Double
    /**
     * How many people speak.
     */
    public var speakers: UInt32
    /**
     * The segments, sorted by start. They overlap only if each channel is one speaker.
     */
    public var segments: [Segment]
    /**
     * Problems of the recording for diarization.
     */
    public var problems: [Problem]

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * Length of the recording in seconds.
         */duration: Double,
        /**
         * How many people speak.
         */speakers: UInt32,
        /**
         * The segments, sorted by start. They overlap only if each channel is one speaker.
         */segments: [Segment],
        /**
         * Problems of the recording for diarization.
         */problems: [Problem]) {
        self.duration = duration
        self.speakers = speakers
        self.segments = segments
        self.problems = problems
    }




}

#if compiler(>=6)
extension Diarization: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeDiarization: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Diarization {
        return
            try Diarization(
                duration: FfiConverterDouble.read(from: &buf),
                speakers: FfiConverterUInt32.read(from: &buf),
                segments: FfiConverterSequenceTypeSegment.read(from: &buf),
                problems: FfiConverterSequenceTypeProblem.read(from: &buf)
        )
    }

    public static func write(_ value: Diarization, into buf: inout [UInt8]) {
        FfiConverterDouble.write(value.duration, into: &buf)
        FfiConverterUInt32.write(value.speakers, into: &buf)
        FfiConverterSequenceTypeSegment.write(value.segments, into: &buf)
        FfiConverterSequenceTypeProblem.write(value.problems, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeDiarization_lift(_ buf: RustBuffer) throws -> Diarization {
    return try FfiConverterTypeDiarization.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeDiarization_lower(_ value: Diarization) -> RustBuffer {
    return FfiConverterTypeDiarization.lower(value)
}


/**
 * The enrollment of one speaker.
 */
public struct Enrollment: Equatable, Hashable {
    /**
     * The speaker's id.
     */
    public var speakerId: SpeakerId
    /**
     * How reliable the enrollment is.
     */
    public var quality: Quality
    /**
     * Whether there is enough speech for comparisons: at least 12 s.
     */
    public var complete: Bool
    /**
     * Enrolled seconds of speech.
     */
    public var speechSeconds: Double
    /**
     * Duration of all enrolled recordings in seconds, including pauses.
     */
    public var totalSeconds: Double
    /**
     * Seconds of speech still needed for a complete enrollment; 0 if it is complete.
     */
    public var missingSeconds: Double
    /**
     * The model that made the voiceprints. Voiceprints of different models cannot be mixed.
     */
    public var model: String
    /**
     * The enrolled recordings, oldest first, followed by those that this call refused.
     */
    public var recordings: [Sample]

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * The speaker's id.
         */speakerId: SpeakerId,
        /**
         * How reliable the enrollment is.
         */quality: Quality,
        /**
         * Whether there is enough speech for comparisons: at least 12 s.
         */complete: Bool,
        /**
         * Enrolled seconds of speech.
         */speechSeconds: Double,
        /**
         * Duration of all enrolled recordings in seconds, including pauses.
         */totalSeconds: Double,
        /**
         * Seconds of speech still needed for a complete enrollment; 0 if it is complete.
         */missingSeconds: Double,
        /**
         * The model that made the voiceprints. Voiceprints of different models cannot be mixed.
         */model: String,
        /**
         * The enrolled recordings, oldest first, followed by those that this call refused.
         */recordings: [Sample]) {
        self.speakerId = speakerId
        self.quality = quality
        self.complete = complete
        self.speechSeconds = speechSeconds
        self.totalSeconds = totalSeconds
        self.missingSeconds = missingSeconds
        self.model = model
        self.recordings = recordings
    }




}

#if compiler(>=6)
extension Enrollment: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeEnrollment: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Enrollment {
        return
            try Enrollment(
                speakerId: FfiConverterTypeSpeakerId.read(from: &buf),
                quality: FfiConverterTypeQuality.read(from: &buf),
                complete: FfiConverterBool.read(from: &buf),
                speechSeconds: FfiConverterDouble.read(from: &buf),
                totalSeconds: FfiConverterDouble.read(from: &buf),
                missingSeconds: FfiConverterDouble.read(from: &buf),
                model: FfiConverterString.read(from: &buf),
                recordings: FfiConverterSequenceTypeSample.read(from: &buf)
        )
    }

    public static func write(_ value: Enrollment, into buf: inout [UInt8]) {
        FfiConverterTypeSpeakerId.write(value.speakerId, into: &buf)
        FfiConverterTypeQuality.write(value.quality, into: &buf)
        FfiConverterBool.write(value.complete, into: &buf)
        FfiConverterDouble.write(value.speechSeconds, into: &buf)
        FfiConverterDouble.write(value.totalSeconds, into: &buf)
        FfiConverterDouble.write(value.missingSeconds, into: &buf)
        FfiConverterString.write(value.model, into: &buf)
        FfiConverterSequenceTypeSample.write(value.recordings, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeEnrollment_lift(_ buf: RustBuffer) throws -> Enrollment {
    return try FfiConverterTypeEnrollment.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeEnrollment_lower(_ value: Enrollment) -> RustBuffer {
    return FfiConverterTypeEnrollment.lower(value)
}


/**
 * The segments of a recording in which enrolled speakers speak, and those of others.
 */
public struct Identification: Equatable, Hashable {
    /**
     * Length of the recording in seconds.
     */
    public var duration: Double
    /**
     * The number of speakers, enrolled or not.
     */
    public var speakers: UInt32
    /**
     * All segments, sorted by start, including those of unknown speakers.
     */
    public var segments: [Segment]

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * Length of the recording in seconds.
         */duration: Double,
        /**
         * The number of speakers, enrolled or not.
         */speakers: UInt32,
        /**
         * All segments, sorted by start, including those of unknown speakers.
         */segments: [Segment]) {
        self.duration = duration
        self.speakers = speakers
        self.segments = segments
    }




}

#if compiler(>=6)
extension Identification: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeIdentification: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Identification {
        return
            try Identification(
                duration: FfiConverterDouble.read(from: &buf),
                speakers: FfiConverterUInt32.read(from: &buf),
                segments: FfiConverterSequenceTypeSegment.read(from: &buf)
        )
    }

    public static func write(_ value: Identification, into buf: inout [UInt8]) {
        FfiConverterDouble.write(value.duration, into: &buf)
        FfiConverterUInt32.write(value.speakers, into: &buf)
        FfiConverterSequenceTypeSegment.write(value.segments, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeIdentification_lift(_ buf: RustBuffer) throws -> Identification {
    return try FfiConverterTypeIdentification.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeIdentification_lower(_ value: Identification) -> RustBuffer {
    return FfiConverterTypeIdentification.lower(value)
}


/**
 * The measurements of a recording, and its problems.
 *
 * Seconds, dB and ratios are plain numbers; a value that could not be measured is `None`, and
 * `null` in JSON. It contains nothing from which the voice could be reconstructed.
 */
public struct Inspection: Equatable, Hashable {
    /**
     * The container: `mp3`, `mp4`, `m4a`, `mov`, `3gp`, `adts`, `wav`, `aiff`,
     * `flac`, `ogg`, `webm`, `matroska`, `w64`, `caf`, `au`, `avi`, `gsm` or `amr`.
     */
    public var container: String
    /**
     * The codec: `mp3`, `aac`, `opus`, `vorbis`, `flac`, `alac`, `pcm_s16le`,
     * `pcm_mulaw`, `adpcm_ms` and so on.
     */
    public var codec: String
    /**
     * Number of channels. They are mixed before the analysis.
     */
    public var channels: UInt32
    /**
     * Samples per second after decoding. Of HE-AAC only the core is decoded, at half the nominal rate.
     */
    public var sampleRate: UInt32
    /**
     * The highest frequency with speech, in Hz, at most 8000; none without speech.
     */
    public var bandwidthHz: Double?
    /**
     * Decoded duration in seconds.
     */
    public var duration: Double
    /**
     * Seconds of speech, in steps of 16 ms. A pause under 300 ms inside speech counts as speech, and so does babble.
     */
    public var speechSeconds: Double
    /**
     * Longest stretch without speech in seconds, including the start and the end.
     */
    public var longestPause: Double
    /**
     * RMS level of the speech (of everything, where there is none) in the loudest channel, in
     * dB relative to a full-scale square wave; none for digital silence.
     */
    public var levelDbfs: Double?
    /**
     * Largest sample of any channel, in dB relative to full scale; none for digital silence.
     */
    public var peakDbfs: Double?
    /**
     * Share of clipped samples, 0 to 1, in the worst channel.
     */
    public var clippedRatio: Double
    /**
     * Signal-to-noise ratio in dB: speech level over the noise level where the VAD finds no speech.
     */
    public var snrDb: Double?
    /**
     * SNR in dB estimated from the amplitude distribution alone (WADA).
     */
    public var snrBlindDb: Double?
    /**
     * Mean of the samples, -1 to 1, in the worst channel: 0 unless the recorder has a fault.
     */
    public var dcOffset: Double
    /**
     * Samples of a float recording that are not finite numbers; they count as 0.
     */
    public var nonfiniteSamples: UInt64
    /**
     * Size of the recording in base64, as RingCentral's API sends it.
     */
    public var base64Bytes: UInt64
    /**
     * Number of speakers, estimated from 60 s of speech; none with under 1 s of speech, or with a network of your own.
     */
    public var speakers: UInt32?
    /**
     * The problems of the recording, the most severe first; empty for a good one.
     */
    public var problems: [Problem]

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * The container: `mp3`, `mp4`, `m4a`, `mov`, `3gp`, `adts`, `wav`, `aiff`,
         * `flac`, `ogg`, `webm`, `matroska`, `w64`, `caf`, `au`, `avi`, `gsm` or `amr`.
         */container: String,
        /**
         * The codec: `mp3`, `aac`, `opus`, `vorbis`, `flac`, `alac`, `pcm_s16le`,
         * `pcm_mulaw`, `adpcm_ms` and so on.
         */codec: String,
        /**
         * Number of channels. They are mixed before the analysis.
         */channels: UInt32,
        /**
         * Samples per second after decoding. Of HE-AAC only the core is decoded, at half the nominal rate.
         */sampleRate: UInt32,
        /**
         * The highest frequency with speech, in Hz, at most 8000; none without speech.
         */bandwidthHz: Double?,
        /**
         * Decoded duration in seconds.
         */duration: Double,
        /**
         * Seconds of speech, in steps of 16 ms. A pause under 300 ms inside speech counts as speech, and so does babble.
         */speechSeconds: Double,
        /**
         * Longest stretch without speech in seconds, including the start and the end.
         */longestPause: Double,
        /**
         * RMS level of the speech (of everything, where there is none) in the loudest channel, in
         * dB relative to a full-scale square wave; none for digital silence.
         */levelDbfs: Double?,
        /**
         * Largest sample of any channel, in dB relative to full scale; none for digital silence.
         */peakDbfs: Double?,
        /**
         * Share of clipped samples, 0 to 1, in the worst channel.
         */clippedRatio: Double,
        /**
         * Signal-to-noise ratio in dB: speech level over the noise level where the VAD finds no speech.
         */snrDb: Double?,
        /**
         * SNR in dB estimated from the amplitude distribution alone (WADA).
         */snrBlindDb: Double?,
        /**
         * Mean of the samples, -1 to 1, in the worst channel: 0 unless the recorder has a fault.
         */dcOffset: Double,
        /**
         * Samples of a float recording that are not finite numbers; they count as 0.
         */nonfiniteSamples: UInt64,
        /**
         * Size of the recording in base64, as RingCentral's API sends it.
         */base64Bytes: UInt64,
        /**
         * Number of speakers, estimated from 60 s of speech; none with under 1 s of speech, or with a network of your own.
         */speakers: UInt32?,
        /**
         * The problems of the recording, the most severe first; empty for a good one.
         */problems: [Problem]) {
        self.container = container
        self.codec = codec
        self.channels = channels
        self.sampleRate = sampleRate
        self.bandwidthHz = bandwidthHz
        self.duration = duration
        self.speechSeconds = speechSeconds
        self.longestPause = longestPause
        self.levelDbfs = levelDbfs
        self.peakDbfs = peakDbfs
        self.clippedRatio = clippedRatio
        self.snrDb = snrDb
        self.snrBlindDb = snrBlindDb
        self.dcOffset = dcOffset
        self.nonfiniteSamples = nonfiniteSamples
        self.base64Bytes = base64Bytes
        self.speakers = speakers
        self.problems = problems
    }




}

#if compiler(>=6)
extension Inspection: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeInspection: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Inspection {
        return
            try Inspection(
                container: FfiConverterString.read(from: &buf),
                codec: FfiConverterString.read(from: &buf),
                channels: FfiConverterUInt32.read(from: &buf),
                sampleRate: FfiConverterUInt32.read(from: &buf),
                bandwidthHz: FfiConverterOptionDouble.read(from: &buf),
                duration: FfiConverterDouble.read(from: &buf),
                speechSeconds: FfiConverterDouble.read(from: &buf),
                longestPause: FfiConverterDouble.read(from: &buf),
                levelDbfs: FfiConverterOptionDouble.read(from: &buf),
                peakDbfs: FfiConverterOptionDouble.read(from: &buf),
                clippedRatio: FfiConverterDouble.read(from: &buf),
                snrDb: FfiConverterOptionDouble.read(from: &buf),
                snrBlindDb: FfiConverterOptionDouble.read(from: &buf),
                dcOffset: FfiConverterDouble.read(from: &buf),
                nonfiniteSamples: FfiConverterUInt64.read(from: &buf),
                base64Bytes: FfiConverterUInt64.read(from: &buf),
                speakers: FfiConverterOptionUInt32.read(from: &buf),
                problems: FfiConverterSequenceTypeProblem.read(from: &buf)
        )
    }

    public static func write(_ value: Inspection, into buf: inout [UInt8]) {
        FfiConverterString.write(value.container, into: &buf)
        FfiConverterString.write(value.codec, into: &buf)
        FfiConverterUInt32.write(value.channels, into: &buf)
        FfiConverterUInt32.write(value.sampleRate, into: &buf)
        FfiConverterOptionDouble.write(value.bandwidthHz, into: &buf)
        FfiConverterDouble.write(value.duration, into: &buf)
        FfiConverterDouble.write(value.speechSeconds, into: &buf)
        FfiConverterDouble.write(value.longestPause, into: &buf)
        FfiConverterOptionDouble.write(value.levelDbfs, into: &buf)
        FfiConverterOptionDouble.write(value.peakDbfs, into: &buf)
        FfiConverterDouble.write(value.clippedRatio, into: &buf)
        FfiConverterOptionDouble.write(value.snrDb, into: &buf)
        FfiConverterOptionDouble.write(value.snrBlindDb, into: &buf)
        FfiConverterDouble.write(value.dcOffset, into: &buf)
        FfiConverterUInt64.write(value.nonfiniteSamples, into: &buf)
        FfiConverterUInt64.write(value.base64Bytes, into: &buf)
        FfiConverterOptionUInt32.write(value.speakers, into: &buf)
        FfiConverterSequenceTypeProblem.write(value.problems, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeInspection_lift(_ buf: RustBuffer) throws -> Inspection {
    return try FfiConverterTypeInspection.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeInspection_lower(_ value: Inspection) -> RustBuffer {
    return FfiConverterTypeInspection.lower(value)
}


/**
 * The status of a job.
 */
public struct Job: Equatable, Hashable {
    /**
     * The id that `submit` returned.
     */
    public var id: String
    /**
     * Whether it is done.
     */
    public var status: JobStatus
    /**
     * When it was submitted, in RFC 3339 format; empty if the server does not say.
     */
    public var createdAt: String
    /**
     * When it finished.
     */
    public var completedAt: String?
    /**
     * When the server deletes it.
     */
    public var expiresAt: String
    /**
     * The result, if it succeeded.
     */
    public var result: JobResult?
    /**
     * The server's error code, if it failed.
     */
    public var errorCode: String?
    /**
     * The server's error message, if it failed.
     */
    public var errorMessage: String?

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * The id that `submit` returned.
         */id: String,
        /**
         * Whether it is done.
         */status: JobStatus,
        /**
         * When it was submitted, in RFC 3339 format; empty if the server does not say.
         */createdAt: String,
        /**
         * When it finished.
         */completedAt: String?,
        /**
         * When the server deletes it.
         */expiresAt: String,
        /**
         * The result, if it succeeded.
         */result: JobResult?,
        /**
         * The server's error code, if it failed.
         */errorCode: String?,
        /**
         * The server's error message, if it failed.
         */errorMessage: String?) {
        self.id = id
        self.status = status
        self.createdAt = createdAt
        self.completedAt = completedAt
        self.expiresAt = expiresAt
        self.result = result
        self.errorCode = errorCode
        self.errorMessage = errorMessage
    }




}

#if compiler(>=6)
extension Job: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeJob: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Job {
        return
            try Job(
                id: FfiConverterString.read(from: &buf),
                status: FfiConverterTypeJobStatus.read(from: &buf),
                createdAt: FfiConverterString.read(from: &buf),
                completedAt: FfiConverterOptionString.read(from: &buf),
                expiresAt: FfiConverterString.read(from: &buf),
                result: FfiConverterOptionTypeJobResult.read(from: &buf),
                errorCode: FfiConverterOptionString.read(from: &buf),
                errorMessage: FfiConverterOptionString.read(from: &buf)
        )
    }

    public static func write(_ value: Job, into buf: inout [UInt8]) {
        FfiConverterString.write(value.id, into: &buf)
        FfiConverterTypeJobStatus.write(value.status, into: &buf)
        FfiConverterString.write(value.createdAt, into: &buf)
        FfiConverterOptionString.write(value.completedAt, into: &buf)
        FfiConverterString.write(value.expiresAt, into: &buf)
        FfiConverterOptionTypeJobResult.write(value.result, into: &buf)
        FfiConverterOptionString.write(value.errorCode, into: &buf)
        FfiConverterOptionString.write(value.errorMessage, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeJob_lift(_ buf: RustBuffer) throws -> Job {
    return try FfiConverterTypeJob.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeJob_lower(_ value: Job) -> RustBuffer {
    return FfiConverterTypeJob.lower(value)
}


/**
 * The result of a job.
 */
public struct JobResult: Equatable, Hashable {
    /**
     * The number of speakers, if requested.
     */
    public var speakers: UInt32?
    /**
     * Who speaks when, sorted by start. Unknown speakers are `speaker_1`, `speaker_2` and so on, or have no id if only
     * enrolled speakers were requested.
     */
    public var segments: [Segment]
    /**
     * The transcript, if requested.
     */
    public var transcript: Transcript?

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * The number of speakers, if requested.
         */speakers: UInt32?,
        /**
         * Who speaks when, sorted by start. Unknown speakers are `speaker_1`, `speaker_2` and so on, or have no id if only
         * enrolled speakers were requested.
         */segments: [Segment],
        /**
         * The transcript, if requested.
         */transcript: Transcript?) {
        self.speakers = speakers
        self.segments = segments
        self.transcript = transcript
    }




}

#if compiler(>=6)
extension JobResult: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeJobResult: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> JobResult {
        return
            try JobResult(
                speakers: FfiConverterOptionUInt32.read(from: &buf),
                segments: FfiConverterSequenceTypeSegment.read(from: &buf),
                transcript: FfiConverterOptionTypeTranscript.read(from: &buf)
        )
    }

    public static func write(_ value: JobResult, into buf: inout [UInt8]) {
        FfiConverterOptionUInt32.write(value.speakers, into: &buf)
        FfiConverterSequenceTypeSegment.write(value.segments, into: &buf)
        FfiConverterOptionTypeTranscript.write(value.transcript, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeJobResult_lift(_ buf: RustBuffer) throws -> JobResult {
    return try FfiConverterTypeJobResult.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeJobResult_lower(_ value: JobResult) -> RustBuffer {
    return FfiConverterTypeJobResult.lower(value)
}


/**
 * One page of enrollments, sorted by id.
 */
public struct Page: Equatable, Hashable {
    /**
     * The enrollments; empty after the last page.
     */
    public var records: [Enrollment]
    /**
     * The number of this page, from 1.
     */
    public var page: UInt32
    /**
     * The page size.
     */
    public var perPage: UInt32
    /**
     * The number of pages.
     */
    public var totalPages: UInt32
    /**
     * The number of enrollments on all pages.
     */
    public var total: UInt64
    /**
     * The id to pass as `after` for the next page. None on the last page, and from a server that supports only page
     * numbers.
     */
    public var nextAfter: SpeakerId?

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * The enrollments; empty after the last page.
         */records: [Enrollment],
        /**
         * The number of this page, from 1.
         */page: UInt32,
        /**
         * The page size.
         */perPage: UInt32,
        /**
         * The number of pages.
         */totalPages: UInt32,
        /**
         * The number of enrollments on all pages.
         */total: UInt64,
        /**
         * The id to pass as `after` for the next page. None on the last page, and from a server that supports only page
         * numbers.
         */nextAfter: SpeakerId?) {
        self.records = records
        self.page = page
        self.perPage = perPage
        self.totalPages = totalPages
        self.total = total
        self.nextAfter = nextAfter
    }




}

#if compiler(>=6)
extension Page: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypePage: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Page {
        return
            try Page(
                records: FfiConverterSequenceTypeEnrollment.read(from: &buf),
                page: FfiConverterUInt32.read(from: &buf),
                perPage: FfiConverterUInt32.read(from: &buf),
                totalPages: FfiConverterUInt32.read(from: &buf),
                total: FfiConverterUInt64.read(from: &buf),
                nextAfter: FfiConverterOptionTypeSpeakerId.read(from: &buf)
        )
    }

    public static func write(_ value: Page, into buf: inout [UInt8]) {
        FfiConverterSequenceTypeEnrollment.write(value.records, into: &buf)
        FfiConverterUInt32.write(value.page, into: &buf)
        FfiConverterUInt32.write(value.perPage, into: &buf)
        FfiConverterUInt32.write(value.totalPages, into: &buf)
        FfiConverterUInt64.write(value.total, into: &buf)
        FfiConverterOptionTypeSpeakerId.write(value.nextAfter, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypePage_lift(_ buf: RustBuffer) throws -> Page {
    return try FfiConverterTypePage.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypePage_lower(_ value: Page) -> RustBuffer {
    return FfiConverterTypePage.lower(value)
}


/**
 * A problem of a recording: the measured value, the limit, and advice.
 */
public struct Problem: Equatable, Hashable {
    /**
     * Which problem.
     */
    public var code: ProblemCode
    /**
     * The severity.
     */
    public var severity: Severity
    /**
     * The measured value, in the unit of the `ProblemCode`; none if nothing is measured.
     */
    public var measured: Double?
    /**
     * The limit, in the same unit.
     */
    public var limit: Double?
    /**
     * The speaker with the same voice, for `duplicate_voice`.
     */
    public var speakerId: SpeakerId?
    /**
     * What to do, in one sentence.
     */
    public var advice: String

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * Which problem.
         */code: ProblemCode,
        /**
         * The severity.
         */severity: Severity,
        /**
         * The measured value, in the unit of the `ProblemCode`; none if nothing is measured.
         */measured: Double?,
        /**
         * The limit, in the same unit.
         */limit: Double?,
        /**
         * The speaker with the same voice, for `duplicate_voice`.
         */speakerId: SpeakerId?,
        /**
         * What to do, in one sentence.
         */advice: String) {
        self.code = code
        self.severity = severity
        self.measured = measured
        self.limit = limit
        self.speakerId = speakerId
        self.advice = advice
    }




}

#if compiler(>=6)
extension Problem: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeProblem: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Problem {
        return
            try Problem(
                code: FfiConverterTypeProblemCode.read(from: &buf),
                severity: FfiConverterTypeSeverity.read(from: &buf),
                measured: FfiConverterOptionDouble.read(from: &buf),
                limit: FfiConverterOptionDouble.read(from: &buf),
                speakerId: FfiConverterOptionTypeSpeakerId.read(from: &buf),
                advice: FfiConverterString.read(from: &buf)
        )
    }

    public static func write(_ value: Problem, into buf: inout [UInt8]) {
        FfiConverterTypeProblemCode.write(value.code, into: &buf)
        FfiConverterTypeSeverity.write(value.severity, into: &buf)
        FfiConverterOptionDouble.write(value.measured, into: &buf)
        FfiConverterOptionDouble.write(value.limit, into: &buf)
        FfiConverterOptionTypeSpeakerId.write(value.speakerId, into: &buf)
        FfiConverterString.write(value.advice, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeProblem_lift(_ buf: RustBuffer) throws -> Problem {
    return try FfiConverterTypeProblem.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeProblem_lower(_ value: Problem) -> RustBuffer {
    return FfiConverterTypeProblem.lower(value)
}


/**
 * The progress of a call.
 */
public struct Progress: Equatable, Hashable {
    /**
     * Which recording of the call is being read, from 0.
     */
    public var recording: Usize
    /**
     * How many recordings the call has.
     */
    public var recordings: Usize
    /**
     * How much of the whole call is done, 0 to 1.
     */
    public var fraction: Double

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * Which recording of the call is being read, from 0.
         */recording: Usize,
        /**
         * How many recordings the call has.
         */recordings: Usize,
        /**
         * How much of the whole call is done, 0 to 1.
         */fraction: Double) {
        self.recording = recording
        self.recordings = recordings
        self.fraction = fraction
    }




}

#if compiler(>=6)
extension Progress: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeProgress: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Progress {
        return
            try Progress(
                recording: FfiConverterTypeusize.read(from: &buf),
                recordings: FfiConverterTypeusize.read(from: &buf),
                fraction: FfiConverterDouble.read(from: &buf)
        )
    }

    public static func write(_ value: Progress, into buf: inout [UInt8]) {
        FfiConverterTypeusize.write(value.recording, into: &buf)
        FfiConverterTypeusize.write(value.recordings, into: &buf)
        FfiConverterDouble.write(value.fraction, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeProgress_lift(_ buf: RustBuffer) throws -> Progress {
    return try FfiConverterTypeProgress.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeProgress_lower(_ value: Progress) -> RustBuffer {
    return FfiConverterTypeProgress.lower(value)
}


/**
 * The result of restoring a backup.
 */
public struct Restored: Equatable, Hashable {
    /**
     * How many speakers are enrolled now.
     */
    public var speakers: UInt64
    /**
     * Who was in the backup and had been deleted since: they were erased again.
     */
    public var erased: [SpeakerId]
    /**
     * Whether it is known who had been deleted since. It is not where the store that was replaced could not be read: then
     * delete them again, by your own records.
     */
    public var deletionsKnown: Bool
    /**
     * Where the store is now that was replaced. Delete it once it is not needed.
     */
    public var aside: PathBuf?

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * How many speakers are enrolled now.
         */speakers: UInt64,
        /**
         * Who was in the backup and had been deleted since: they were erased again.
         */erased: [SpeakerId],
        /**
         * Whether it is known who had been deleted since. It is not where the store that was replaced could not be read: then
         * delete them again, by your own records.
         */deletionsKnown: Bool,
        /**
         * Where the store is now that was replaced. Delete it once it is not needed.
         */aside: PathBuf?) {
        self.speakers = speakers
        self.erased = erased
        self.deletionsKnown = deletionsKnown
        self.aside = aside
    }




}

#if compiler(>=6)
extension Restored: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeRestored: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Restored {
        return
            try Restored(
                speakers: FfiConverterUInt64.read(from: &buf),
                erased: FfiConverterSequenceTypeSpeakerId.read(from: &buf),
                deletionsKnown: FfiConverterBool.read(from: &buf),
                aside: FfiConverterOptionTypePathBuf.read(from: &buf)
        )
    }

    public static func write(_ value: Restored, into buf: inout [UInt8]) {
        FfiConverterUInt64.write(value.speakers, into: &buf)
        FfiConverterSequenceTypeSpeakerId.write(value.erased, into: &buf)
        FfiConverterBool.write(value.deletionsKnown, into: &buf)
        FfiConverterOptionTypePathBuf.write(value.aside, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeRestored_lift(_ buf: RustBuffer) throws -> Restored {
    return try FfiConverterTypeRestored.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeRestored_lower(_ value: Restored) -> RustBuffer {
    return FfiConverterTypeRestored.lower(value)
}


/**
 * One recording of an enrollment: accepted, or refused with the reasons. Its audio is not stored.
 */
public struct Sample: Equatable, Hashable {
    /**
     * Its number in the enrollment, for `remove_sample`; none if the recording was
     * refused.
     */
    public var id: Int64?
    /**
     * The index of the recording in this call, from 0; none for earlier recordings.
     */
    public var input: Usize?
    /**
     * Whether it is part of the enrollment.
     */
    public var accepted: Bool
    /**
     * Seconds of speech in it.
     */
    public var speechSeconds: Double
    /**
     * Its length in seconds.
     */
    public var totalSeconds: Double
    /**
     * Its signal-to-noise ratio in dB.
     */
    public var snrDb: Double?
    /**
     * Its bandwidth in Hz.
     */
    public var bandwidthHz: Double?
    /**
     * When it was enrolled, in seconds since 1970; none if the recording was refused.
     */
    public var enrolledAt: UInt64?
    /**
     * Its problems; empty for a good recording.
     */
    public var problems: [Problem]

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * Its number in the enrollment, for `remove_sample`; none if the recording was
         * refused.
         */id: Int64?,
        /**
         * The index of the recording in this call, from 0; none for earlier recordings.
         */input: Usize?,
        /**
         * Whether it is part of the enrollment.
         */accepted: Bool,
        /**
         * Seconds of speech in it.
         */speechSeconds: Double,
        /**
         * Its length in seconds.
         */totalSeconds: Double,
        /**
         * Its signal-to-noise ratio in dB.
         */snrDb: Double?,
        /**
         * Its bandwidth in Hz.
         */bandwidthHz: Double?,
        /**
         * When it was enrolled, in seconds since 1970; none if the recording was refused.
         */enrolledAt: UInt64?,
        /**
         * Its problems; empty for a good recording.
         */problems: [Problem]) {
        self.id = id
        self.input = input
        self.accepted = accepted
        self.speechSeconds = speechSeconds
        self.totalSeconds = totalSeconds
        self.snrDb = snrDb
        self.bandwidthHz = bandwidthHz
        self.enrolledAt = enrolledAt
        self.problems = problems
    }




}

#if compiler(>=6)
extension Sample: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeSample: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Sample {
        return
            try Sample(
                id: FfiConverterOptionInt64.read(from: &buf),
                input: FfiConverterOptionTypeusize.read(from: &buf),
                accepted: FfiConverterBool.read(from: &buf),
                speechSeconds: FfiConverterDouble.read(from: &buf),
                totalSeconds: FfiConverterDouble.read(from: &buf),
                snrDb: FfiConverterOptionDouble.read(from: &buf),
                bandwidthHz: FfiConverterOptionDouble.read(from: &buf),
                enrolledAt: FfiConverterOptionUInt64.read(from: &buf),
                problems: FfiConverterSequenceTypeProblem.read(from: &buf)
        )
    }

    public static func write(_ value: Sample, into buf: inout [UInt8]) {
        FfiConverterOptionInt64.write(value.id, into: &buf)
        FfiConverterOptionTypeusize.write(value.input, into: &buf)
        FfiConverterBool.write(value.accepted, into: &buf)
        FfiConverterDouble.write(value.speechSeconds, into: &buf)
        FfiConverterDouble.write(value.totalSeconds, into: &buf)
        FfiConverterOptionDouble.write(value.snrDb, into: &buf)
        FfiConverterOptionDouble.write(value.bandwidthHz, into: &buf)
        FfiConverterOptionUInt64.write(value.enrolledAt, into: &buf)
        FfiConverterSequenceTypeProblem.write(value.problems, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeSample_lift(_ buf: RustBuffer) throws -> Sample {
    return try FfiConverterTypeSample.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeSample_lower(_ value: Sample) -> RustBuffer {
    return FfiConverterTypeSample.lower(value)
}


/**
 * A stretch of a recording in which one person speaks.
 */
public struct Segment: Equatable, Hashable {
    /**
     * Start in seconds from the start of the recording.
     */
    public var start: Double
    /**
     * End in seconds.
     */
    public var end: Double
    /**
     * The speaker. `diarize` labels unknown speakers `speaker_1`, `speaker_2` and so on;
     * for `identify` they have no id.
     */
    public var speakerId: SpeakerId?
    /**
     * Confidence in the speaker, 0 to 1.
     */
    public var confidence: Double
    /**
     * Whether `speaker_id` is an enrolled speaker.
     */
    public var enrolled: Bool
    /**
     * The channel, from 1, if each channel is one speaker.
     */
    public var channel: UInt32?

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * Start in seconds from the start of the recording.
         */start: Double,
        /**
         * End in seconds.
         */end: Double,
        /**
         * The speaker. `diarize` labels unknown speakers `speaker_1`, `speaker_2` and so on;
         * for `identify` they have no id.
         */speakerId: SpeakerId?,
        /**
         * Confidence in the speaker, 0 to 1.
         */confidence: Double,
        /**
         * Whether `speaker_id` is an enrolled speaker.
         */enrolled: Bool,
        /**
         * The channel, from 1, if each channel is one speaker.
         */channel: UInt32?) {
        self.start = start
        self.end = end
        self.speakerId = speakerId
        self.confidence = confidence
        self.enrolled = enrolled
        self.channel = channel
    }




}

#if compiler(>=6)
extension Segment: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeSegment: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Segment {
        return
            try Segment(
                start: FfiConverterDouble.read(from: &buf),
                end: FfiConverterDouble.read(from: &buf),
                speakerId: FfiConverterOptionTypeSpeakerId.read(from: &buf),
                confidence: FfiConverterDouble.read(from: &buf),
                enrolled: FfiConverterBool.read(from: &buf),
                channel: FfiConverterOptionUInt32.read(from: &buf)
        )
    }

    public static func write(_ value: Segment, into buf: inout [UInt8]) {
        FfiConverterDouble.write(value.start, into: &buf)
        FfiConverterDouble.write(value.end, into: &buf)
        FfiConverterOptionTypeSpeakerId.write(value.speakerId, into: &buf)
        FfiConverterDouble.write(value.confidence, into: &buf)
        FfiConverterBool.write(value.enrolled, into: &buf)
        FfiConverterOptionUInt32.write(value.channel, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeSegment_lift(_ buf: RustBuffer) throws -> Segment {
    return try FfiConverterTypeSegment.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeSegment_lower(_ value: Segment) -> RustBuffer {
    return FfiConverterTypeSegment.lower(value)
}


/**
 * The transcript of a recording. Its `Debug` form omits the words.
 */
public struct Transcript: Equatable, Hashable {
    /**
     * The full text.
     */
    public var text: String
    /**
     * Confidence in the speakers, 0 to 1.
     */
    public var confidence: Double
    /**
     * The words.
     */
    public var words: [Word]
    /**
     * The text by speaker; empty if no speakers were requested.
     */
    public var utterances: [Utterance]

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * The full text.
         */text: String,
        /**
         * Confidence in the speakers, 0 to 1.
         */confidence: Double,
        /**
         * The words.
         */words: [Word],
        /**
         * The text by speaker; empty if no speakers were requested.
         */utterances: [Utterance]) {
        self.text = text
        self.confidence = confidence
        self.words = words
        self.utterances = utterances
    }




}

#if compiler(>=6)
extension Transcript: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeTranscript: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Transcript {
        return
            try Transcript(
                text: FfiConverterString.read(from: &buf),
                confidence: FfiConverterDouble.read(from: &buf),
                words: FfiConverterSequenceTypeWord.read(from: &buf),
                utterances: FfiConverterSequenceTypeUtterance.read(from: &buf)
        )
    }

    public static func write(_ value: Transcript, into buf: inout [UInt8]) {
        FfiConverterString.write(value.text, into: &buf)
        FfiConverterDouble.write(value.confidence, into: &buf)
        FfiConverterSequenceTypeWord.write(value.words, into: &buf)
        FfiConverterSequenceTypeUtterance.write(value.utterances, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeTranscript_lift(_ buf: RustBuffer) throws -> Transcript {
    return try FfiConverterTypeTranscript.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeTranscript_lower(_ value: Transcript) -> RustBuffer {
    return FfiConverterTypeTranscript.lower(value)
}


/**
 * Words of one speaker without a long pause.
 */
public struct Utterance: Equatable, Hashable {
    /**
     * The text.
     */
    public var text: String
    /**
     * Start in seconds.
     */
    public var start: Double
    /**
     * End in seconds.
     */
    public var end: Double
    /**
     * The speaker.
     */
    public var speakerId: SpeakerId?
    /**
     * Confidence in the speaker, 0 to 1.
     */
    public var confidence: Double

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * The text.
         */text: String,
        /**
         * Start in seconds.
         */start: Double,
        /**
         * End in seconds.
         */end: Double,
        /**
         * The speaker.
         */speakerId: SpeakerId?,
        /**
         * Confidence in the speaker, 0 to 1.
         */confidence: Double) {
        self.text = text
        self.start = start
        self.end = end
        self.speakerId = speakerId
        self.confidence = confidence
    }




}

#if compiler(>=6)
extension Utterance: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeUtterance: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Utterance {
        return
            try Utterance(
                text: FfiConverterString.read(from: &buf),
                start: FfiConverterDouble.read(from: &buf),
                end: FfiConverterDouble.read(from: &buf),
                speakerId: FfiConverterOptionTypeSpeakerId.read(from: &buf),
                confidence: FfiConverterDouble.read(from: &buf)
        )
    }

    public static func write(_ value: Utterance, into buf: inout [UInt8]) {
        FfiConverterString.write(value.text, into: &buf)
        FfiConverterDouble.write(value.start, into: &buf)
        FfiConverterDouble.write(value.end, into: &buf)
        FfiConverterOptionTypeSpeakerId.write(value.speakerId, into: &buf)
        FfiConverterDouble.write(value.confidence, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeUtterance_lift(_ buf: RustBuffer) throws -> Utterance {
    return try FfiConverterTypeUtterance.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeUtterance_lower(_ value: Utterance) -> RustBuffer {
    return FfiConverterTypeUtterance.lower(value)
}


/**
 * Whether a recording is of an enrolled speaker.
 */
public struct Verification: Equatable, Hashable {
    /**
     * The speaker that the recording was compared with.
     */
    public var speakerId: SpeakerId
    /**
     * The decision.
     */
    public var decision: Decision
    /**
     * Posterior probability of this speaker, 0 to 1, at a prior of 0.5; none if there is too little speech.
     */
    public var confidence: Double?
    /**
     * Log-likelihood ratio of this speaker to another, natural logarithm; none if there is too little speech.
     */
    public var llr: Double?
    /**
     * The `llr` from which the decision is a match, at the requested false-accept rate.
     */
    public var matchLlr: Double
    /**
     * The `llr` below which the decision is no match.
     */
    public var noMatchLlr: Double
    /**
     * Cosine of the two voiceprints, -1 to 1; none if there is too little speech.
     */
    public var score: Double?
    /**
     * Seconds of speech in the recording.
     */
    public var speechSeconds: Double
    /**
     * The problems of the recording, the most severe first.
     */
    public var problems: [Problem]

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * The speaker that the recording was compared with.
         */speakerId: SpeakerId,
        /**
         * The decision.
         */decision: Decision,
        /**
         * Posterior probability of this speaker, 0 to 1, at a prior of 0.5; none if there is too little speech.
         */confidence: Double?,
        /**
         * Log-likelihood ratio of this speaker to another, natural logarithm; none if there is too little speech.
         */llr: Double?,
        /**
         * The `llr` from which the decision is a match, at the requested false-accept rate.
         */matchLlr: Double,
        /**
         * The `llr` below which the decision is no match.
         */noMatchLlr: Double,
        /**
         * Cosine of the two voiceprints, -1 to 1; none if there is too little speech.
         */score: Double?,
        /**
         * Seconds of speech in the recording.
         */speechSeconds: Double,
        /**
         * The problems of the recording, the most severe first.
         */problems: [Problem]) {
        self.speakerId = speakerId
        self.decision = decision
        self.confidence = confidence
        self.llr = llr
        self.matchLlr = matchLlr
        self.noMatchLlr = noMatchLlr
        self.score = score
        self.speechSeconds = speechSeconds
        self.problems = problems
    }




}

#if compiler(>=6)
extension Verification: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeVerification: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Verification {
        return
            try Verification(
                speakerId: FfiConverterTypeSpeakerId.read(from: &buf),
                decision: FfiConverterTypeDecision.read(from: &buf),
                confidence: FfiConverterOptionDouble.read(from: &buf),
                llr: FfiConverterOptionDouble.read(from: &buf),
                matchLlr: FfiConverterDouble.read(from: &buf),
                noMatchLlr: FfiConverterDouble.read(from: &buf),
                score: FfiConverterOptionDouble.read(from: &buf),
                speechSeconds: FfiConverterDouble.read(from: &buf),
                problems: FfiConverterSequenceTypeProblem.read(from: &buf)
        )
    }

    public static func write(_ value: Verification, into buf: inout [UInt8]) {
        FfiConverterTypeSpeakerId.write(value.speakerId, into: &buf)
        FfiConverterTypeDecision.write(value.decision, into: &buf)
        FfiConverterOptionDouble.write(value.confidence, into: &buf)
        FfiConverterOptionDouble.write(value.llr, into: &buf)
        FfiConverterDouble.write(value.matchLlr, into: &buf)
        FfiConverterDouble.write(value.noMatchLlr, into: &buf)
        FfiConverterOptionDouble.write(value.score, into: &buf)
        FfiConverterDouble.write(value.speechSeconds, into: &buf)
        FfiConverterSequenceTypeProblem.write(value.problems, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeVerification_lift(_ buf: RustBuffer) throws -> Verification {
    return try FfiConverterTypeVerification.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeVerification_lower(_ value: Verification) -> RustBuffer {
    return FfiConverterTypeVerification.lower(value)
}


/**
 * The proof that a consent was withdrawn, which stays when the voiceprint is gone.
 */
public struct Withdrawal: Equatable, Hashable {
    /**
     * When it was withdrawn, in seconds since 1970.
     */
    public var withdrawnAt: UInt64
    /**
     * What was consented to before, the oldest first. Empty where nothing was recorded.
     */
    public var consents: [ConsentRecord]

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * When it was withdrawn, in seconds since 1970.
         */withdrawnAt: UInt64,
        /**
         * What was consented to before, the oldest first. Empty where nothing was recorded.
         */consents: [ConsentRecord]) {
        self.withdrawnAt = withdrawnAt
        self.consents = consents
    }




}

#if compiler(>=6)
extension Withdrawal: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeWithdrawal: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Withdrawal {
        return
            try Withdrawal(
                withdrawnAt: FfiConverterUInt64.read(from: &buf),
                consents: FfiConverterSequenceTypeConsentRecord.read(from: &buf)
        )
    }

    public static func write(_ value: Withdrawal, into buf: inout [UInt8]) {
        FfiConverterUInt64.write(value.withdrawnAt, into: &buf)
        FfiConverterSequenceTypeConsentRecord.write(value.consents, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeWithdrawal_lift(_ buf: RustBuffer) throws -> Withdrawal {
    return try FfiConverterTypeWithdrawal.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeWithdrawal_lower(_ value: Withdrawal) -> RustBuffer {
    return FfiConverterTypeWithdrawal.lower(value)
}


/**
 * A word of a `Transcript`.
 */
public struct Word: Equatable, Hashable {
    /**
     * The word.
     */
    public var word: String
    /**
     * Start in seconds.
     */
    public var start: Double
    /**
     * End in seconds.
     */
    public var end: Double
    /**
     * The speaker.
     */
    public var speakerId: SpeakerId?

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * The word.
         */word: String,
        /**
         * Start in seconds.
         */start: Double,
        /**
         * End in seconds.
         */end: Double,
        /**
         * The speaker.
         */speakerId: SpeakerId?) {
        self.word = word
        self.start = start
        self.end = end
        self.speakerId = speakerId
    }




}

#if compiler(>=6)
extension Word: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeWord: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Word {
        return
            try Word(
                word: FfiConverterString.read(from: &buf),
                start: FfiConverterDouble.read(from: &buf),
                end: FfiConverterDouble.read(from: &buf),
                speakerId: FfiConverterOptionTypeSpeakerId.read(from: &buf)
        )
    }

    public static func write(_ value: Word, into buf: inout [UInt8]) {
        FfiConverterString.write(value.word, into: &buf)
        FfiConverterDouble.write(value.start, into: &buf)
        FfiConverterDouble.write(value.end, into: &buf)
        FfiConverterOptionTypeSpeakerId.write(value.speakerId, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeWord_lift(_ buf: RustBuffer) throws -> Word {
    return try FfiConverterTypeWord.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeWord_lower(_ value: Word) -> RustBuffer {
    return FfiConverterTypeWord.lower(value)
}


/**
 * The outcome of a verification. There will be no other variants.
 */

public enum Decision: Equatable, Hashable, CustomStringConvertible {

    /**
     * The same person, at the requested false-accept rate.
     */
    case match
    /**
     * The evidence is not sufficient: ask for more speech, or for other evidence.
     */
    case undecided
    /**
     * Another person.
     */
    case noMatch
    /**
     * Too little speech to compare.
     */
    case tooLittleSpeech





// The local Rust `Display` implementation.
public var description: String {
    return try!  FfiConverterString.lift(
        try! rustCall() {
        uniffiCallStatus in
    uniffi_voiceroll_fn_method_decision_uniffi_trait_display(
            FfiConverterTypeDecision_lower(self),uniffiCallStatus
    )
}
    )
}
}

#if compiler(>=6)
extension Decision: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeDecision: FfiConverterRustBuffer {
    typealias SwiftType = Decision

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Decision {
        let variant: Int32 = try readInt(&buf)
        switch variant {

        case 1: return .match

        case 2: return .undecided

        case 3: return .noMatch

        case 4: return .tooLittleSpeech

        default: throw UniffiInternalError.unexpectedEnumCase
        }
    }

    public static func write(_ value: Decision, into buf: inout [UInt8]) {
        switch value {


        case .match:
            writeInt(&buf, Int32(1))


        case .undecided:
            writeInt(&buf, Int32(2))


        case .noMatch:
            writeInt(&buf, Int32(3))


        case .tooLittleSpeech:
            writeInt(&buf, Int32(4))

        }
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeDecision_lift(_ buf: RustBuffer) throws -> Decision {
    return try FfiConverterTypeDecision.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeDecision_lower(_ value: Decision) -> RustBuffer {
    return FfiConverterTypeDecision.lower(value)
}



/**
 * The encodings that can be declared, as spelled in RingCentral's API.
 */

public enum Encoding: Equatable, Hashable, CustomStringConvertible {

    /**
     * MP3. RingCentral's guide also declares MP4 with this name, so both are accepted.
     */
    case mpeg
    /**
     * MP4, M4A, MOV and 3GP.
     */
    case mp4
    /**
     * RIFF/WAVE.
     */
    case wav
    /**
     * WebM and Matroska.
     */
    case webm
    /**
     * An image format that the API lists; no recording has it.
     */
    case webp
    /**
     * AAC, bare (ADTS) or inside MP4.
     */
    case aac
    /**
     * AVI with PCM or MP3.
     */
    case avi
    /**
     * Ogg with Vorbis, Opus or FLAC.
     */
    case ogg





// The local Rust `Display` implementation.
public var description: String {
    return try!  FfiConverterString.lift(
        try! rustCall() {
        uniffiCallStatus in
    uniffi_voiceroll_fn_method_encoding_uniffi_trait_display(
            FfiConverterTypeEncoding_lower(self),uniffiCallStatus
    )
}
    )
}
}

#if compiler(>=6)
extension Encoding: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeEncoding: FfiConverterRustBuffer {
    typealias SwiftType = Encoding

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Encoding {
        let variant: Int32 = try readInt(&buf)
        switch variant {

        case 1: return .mpeg

        case 2: return .mp4

        case 3: return .wav

        case 4: return .webm

        case 5: return .webp

        case 6: return .aac

        case 7: return .avi

        case 8: return .ogg

        default: throw UniffiInternalError.unexpectedEnumCase
        }
    }

    public static func write(_ value: Encoding, into buf: inout [UInt8]) {
        switch value {


        case .mpeg:
            writeInt(&buf, Int32(1))


        case .mp4:
            writeInt(&buf, Int32(2))


        case .wav:
            writeInt(&buf, Int32(3))


        case .webm:
            writeInt(&buf, Int32(4))


        case .webp:
            writeInt(&buf, Int32(5))


        case .aac:
            writeInt(&buf, Int32(6))


        case .avi:
            writeInt(&buf, Int32(7))


        case .ogg:
            writeInt(&buf, Int32(8))

        }
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeEncoding_lift(_ buf: RustBuffer) throws -> Encoding {
    return try FfiConverterTypeEncoding.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeEncoding_lower(_ value: Encoding) -> RustBuffer {
    return FfiConverterTypeEncoding.lower(value)
}



/**
 * The status of a job. There will be no other variants, as in RingCentral's API.
 */

public enum JobStatus: Equatable, Hashable {

    /**
     * It is waiting or running.
     */
    case inProgress
    /**
     * It succeeded.
     */
    case success
    /**
     * It failed.
     */
    case fail





}

#if compiler(>=6)
extension JobStatus: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeJobStatus: FfiConverterRustBuffer {
    typealias SwiftType = JobStatus

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> JobStatus {
        let variant: Int32 = try readInt(&buf)
        switch variant {

        case 1: return .inProgress

        case 2: return .success

        case 3: return .fail

        default: throw UniffiInternalError.unexpectedEnumCase
        }
    }

    public static func write(_ value: JobStatus, into buf: inout [UInt8]) {
        switch value {


        case .inProgress:
            writeInt(&buf, Int32(1))


        case .success:
            writeInt(&buf, Int32(2))


        case .fail:
            writeInt(&buf, Int32(3))

        }
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeJobStatus_lift(_ buf: RustBuffer) throws -> JobStatus {
    return try FfiConverterTypeJobStatus.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeJobStatus_lower(_ value: JobStatus) -> RustBuffer {
    return FfiConverterTypeJobStatus.lower(value)
}



/**
 * What a voiceprint may be used for.
 */

public enum Purpose: Equatable, Hashable {

    /**
     * Whether a person is who it is said to be.
     */
    case verification
    /**
     * Which of several persons speaks.
     */
    case identification
    /**
     * Names of those who speak in a conversation.
     */
    case diarization
    /**
     * Something else, in words.
     */
    case other(String
    )





}

#if compiler(>=6)
extension Purpose: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypePurpose: FfiConverterRustBuffer {
    typealias SwiftType = Purpose

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Purpose {
        let variant: Int32 = try readInt(&buf)
        switch variant {

        case 1: return .verification

        case 2: return .identification

        case 3: return .diarization

        case 4: return .other(try FfiConverterString.read(from: &buf)
        )

        default: throw UniffiInternalError.unexpectedEnumCase
        }
    }

    public static func write(_ value: Purpose, into buf: inout [UInt8]) {
        switch value {


        case .verification:
            writeInt(&buf, Int32(1))


        case .identification:
            writeInt(&buf, Int32(2))


        case .diarization:
            writeInt(&buf, Int32(3))


        case let .other(v1):
            writeInt(&buf, Int32(4))
            FfiConverterString.write(v1, into: &buf)

        }
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypePurpose_lift(_ buf: RustBuffer) throws -> Purpose {
    return try FfiConverterTypePurpose.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypePurpose_lower(_ value: Purpose) -> RustBuffer {
    return FfiConverterTypePurpose.lower(value)
}



/**
 * How reliable an enrollment is.
 *
 * The quality is the lowest that any of these measures reaches:
 *
 * | measure | Average | Good | High |
 * |---|---|---|---|
 * | speech, all recordings | 12 s | 16 s | 24 s |
 * | signal-to-noise ratio, mean over the speech | 10 dB | 15 dB | 20 dB |
 * | bandwidth, mean over the speech | any | any | 4500 Hz |
 * | agreement between recordings (minimum cosine; any for a single one) | 0.29 | 0.35 | 0.42 |
 *
 * Under Average it is Poor. The variants are in rising order, and there will be no others, as in RingCentral's API.
 */

public enum Quality: Equatable, Hashable, CustomStringConvertible {

    /**
     * Not reliable: more or better speech is needed.
     */
    case poor
    /**
     * Usable.
     */
    case average
    /**
     * Reliable.
     */
    case good
    /**
     * The best quality.
     */
    case high





// The local Rust `Display` implementation.
public var description: String {
    return try!  FfiConverterString.lift(
        try! rustCall() {
        uniffiCallStatus in
    uniffi_voiceroll_fn_method_quality_uniffi_trait_display(
            FfiConverterTypeQuality_lower(self),uniffiCallStatus
    )
}
    )
}
}

#if compiler(>=6)
extension Quality: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeQuality: FfiConverterRustBuffer {
    typealias SwiftType = Quality

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Quality {
        let variant: Int32 = try readInt(&buf)
        switch variant {

        case 1: return .poor

        case 2: return .average

        case 3: return .good

        case 4: return .high

        default: throw UniffiInternalError.unexpectedEnumCase
        }
    }

    public static func write(_ value: Quality, into buf: inout [UInt8]) {
        switch value {


        case .poor:
            writeInt(&buf, Int32(1))


        case .average:
            writeInt(&buf, Int32(2))


        case .good:
            writeInt(&buf, Int32(3))


        case .high:
            writeInt(&buf, Int32(4))

        }
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeQuality_lift(_ buf: RustBuffer) throws -> Quality {
    return try FfiConverterTypeQuality.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeQuality_lower(_ value: Quality) -> RustBuffer {
    return FfiConverterTypeQuality.lower(value)
}



/**
 * The severity of a `Problem`, most severe first. There will be no other variants.
 */

public enum Severity: Equatable, Hashable {

    /**
     * The recording is not enrolled.
     */
    case refuse
    /**
     * It is enrolled, but decisions will be less reliable.
     */
    case warn
    /**
     * Good to know.
     */
    case note





}

#if compiler(>=6)
extension Severity: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeSeverity: FfiConverterRustBuffer {
    typealias SwiftType = Severity

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Severity {
        let variant: Int32 = try readInt(&buf)
        switch variant {

        case 1: return .refuse

        case 2: return .warn

        case 3: return .note

        default: throw UniffiInternalError.unexpectedEnumCase
        }
    }

    public static func write(_ value: Severity, into buf: inout [UInt8]) {
        switch value {


        case .refuse:
            writeInt(&buf, Int32(1))


        case .warn:
            writeInt(&buf, Int32(2))


        case .note:
            writeInt(&buf, Int32(3))

        }
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeSeverity_lift(_ buf: RustBuffer) throws -> Severity {
    return try FfiConverterTypeSeverity.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeSeverity_lower(_ value: Severity) -> RustBuffer {
    return FfiConverterTypeSeverity.lower(value)
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionUInt32: FfiConverterRustBuffer {
    typealias SwiftType = UInt32?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterUInt32.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterUInt32.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionUInt64: FfiConverterRustBuffer {
    typealias SwiftType = UInt64?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterUInt64.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterUInt64.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionInt64: FfiConverterRustBuffer {
    typealias SwiftType = Int64?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterInt64.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterInt64.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionDouble: FfiConverterRustBuffer {
    typealias SwiftType = Double?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterDouble.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterDouble.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionString: FfiConverterRustBuffer {
    typealias SwiftType = String?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterString.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterString.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionTypeJobResult: FfiConverterRustBuffer {
    typealias SwiftType = JobResult?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterTypeJobResult.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterTypeJobResult.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionTypeTranscript: FfiConverterRustBuffer {
    typealias SwiftType = Transcript?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterTypeTranscript.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterTypeTranscript.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionTypePathBuf: FfiConverterRustBuffer {
    typealias SwiftType = PathBuf?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterTypePathBuf.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterTypePathBuf.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionTypeSpeakerId: FfiConverterRustBuffer {
    typealias SwiftType = SpeakerId?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterTypeSpeakerId.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterTypeSpeakerId.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionTypeusize: FfiConverterRustBuffer {
    typealias SwiftType = Usize?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterTypeusize.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterTypeusize.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterSequenceString: FfiConverterRustBuffer {
    typealias SwiftType = [String]

    public static func write(_ value: [String], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterString.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [String] {
        let len: Int32 = try readInt(&buf)
        var seq = [String]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterString.read(from: &buf))
        }
        return seq
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterSequenceTypeCallSegment: FfiConverterRustBuffer {
    typealias SwiftType = [CallSegment]

    public static func write(_ value: [CallSegment], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterTypeCallSegment.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [CallSegment] {
        let len: Int32 = try readInt(&buf)
        var seq = [CallSegment]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterTypeCallSegment.read(from: &buf))
        }
        return seq
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterSequenceTypeConsentRecord: FfiConverterRustBuffer {
    typealias SwiftType = [ConsentRecord]

    public static func write(_ value: [ConsentRecord], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterTypeConsentRecord.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [ConsentRecord] {
        let len: Int32 = try readInt(&buf)
        var seq = [ConsentRecord]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterTypeConsentRecord.read(from: &buf))
        }
        return seq
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterSequenceTypeEnrollment: FfiConverterRustBuffer {
    typealias SwiftType = [Enrollment]

    public static func write(_ value: [Enrollment], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterTypeEnrollment.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [Enrollment] {
        let len: Int32 = try readInt(&buf)
        var seq = [Enrollment]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterTypeEnrollment.read(from: &buf))
        }
        return seq
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterSequenceTypeProblem: FfiConverterRustBuffer {
    typealias SwiftType = [Problem]

    public static func write(_ value: [Problem], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterTypeProblem.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [Problem] {
        let len: Int32 = try readInt(&buf)
        var seq = [Problem]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterTypeProblem.read(from: &buf))
        }
        return seq
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterSequenceTypeSample: FfiConverterRustBuffer {
    typealias SwiftType = [Sample]

    public static func write(_ value: [Sample], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterTypeSample.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [Sample] {
        let len: Int32 = try readInt(&buf)
        var seq = [Sample]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterTypeSample.read(from: &buf))
        }
        return seq
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterSequenceTypeSegment: FfiConverterRustBuffer {
    typealias SwiftType = [Segment]

    public static func write(_ value: [Segment], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterTypeSegment.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [Segment] {
        let len: Int32 = try readInt(&buf)
        var seq = [Segment]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterTypeSegment.read(from: &buf))
        }
        return seq
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterSequenceTypeUtterance: FfiConverterRustBuffer {
    typealias SwiftType = [Utterance]

    public static func write(_ value: [Utterance], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterTypeUtterance.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [Utterance] {
        let len: Int32 = try readInt(&buf)
        var seq = [Utterance]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterTypeUtterance.read(from: &buf))
        }
        return seq
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterSequenceTypeWithdrawal: FfiConverterRustBuffer {
    typealias SwiftType = [Withdrawal]

    public static func write(_ value: [Withdrawal], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterTypeWithdrawal.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [Withdrawal] {
        let len: Int32 = try readInt(&buf)
        var seq = [Withdrawal]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterTypeWithdrawal.read(from: &buf))
        }
        return seq
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterSequenceTypeWord: FfiConverterRustBuffer {
    typealias SwiftType = [Word]

    public static func write(_ value: [Word], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterTypeWord.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [Word] {
        let len: Int32 = try readInt(&buf)
        var seq = [Word]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterTypeWord.read(from: &buf))
        }
        return seq
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterSequenceTypePurpose: FfiConverterRustBuffer {
    typealias SwiftType = [Purpose]

    public static func write(_ value: [Purpose], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterTypePurpose.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [Purpose] {
        let len: Int32 = try readInt(&buf)
        var seq = [Purpose]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterTypePurpose.read(from: &buf))
        }
        return seq
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterSequenceTypeSpeakerId: FfiConverterRustBuffer {
    typealias SwiftType = [SpeakerId]

    public static func write(_ value: [SpeakerId], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterTypeSpeakerId.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [SpeakerId] {
        let len: Int32 = try readInt(&buf)
        var seq = [SpeakerId]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterTypeSpeakerId.read(from: &buf))
        }
        return seq
    }
}


/**
 * The name of a file.
 */
public typealias PathBuf = String

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypePathBuf: FfiConverter {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> PathBuf {
        return try FfiConverterString.read(from: &buf)
    }

    public static func write(_ value: PathBuf, into buf: inout [UInt8]) {
        return FfiConverterString.write(value, into: &buf)
    }

    public static func lift(_ value: RustBuffer) throws -> PathBuf {
        return try FfiConverterString.lift(value)
    }

    public static func lower(_ value: PathBuf) -> RustBuffer {
        return FfiConverterString.lower(value)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypePathBuf_lift(_ value: RustBuffer) throws -> PathBuf {
    return try FfiConverterTypePathBuf.lift(value)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypePathBuf_lower(_ value: PathBuf) -> RustBuffer {
    return FfiConverterTypePathBuf.lower(value)
}



/**
 * A stable code, such as `too_short`. More may come.
 */
public typealias ProblemCode = String

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeProblemCode: FfiConverter {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> ProblemCode {
        return try FfiConverterString.read(from: &buf)
    }

    public static func write(_ value: ProblemCode, into buf: inout [UInt8]) {
        return FfiConverterString.write(value, into: &buf)
    }

    public static func lift(_ value: RustBuffer) throws -> ProblemCode {
        return try FfiConverterString.lift(value)
    }

    public static func lower(_ value: ProblemCode) -> RustBuffer {
        return FfiConverterString.lower(value)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeProblemCode_lift(_ value: RustBuffer) throws -> ProblemCode {
    return try FfiConverterTypeProblemCode.lift(value)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeProblemCode_lower(_ value: ProblemCode) -> RustBuffer {
    return FfiConverterTypeProblemCode.lower(value)
}



/**
 * The id of an enrolled speaker: 1 to 128 ASCII letters, digits and underscores.
 */
public typealias SpeakerId = String

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeSpeakerId: FfiConverter {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SpeakerId {
        return try FfiConverterString.read(from: &buf)
    }

    public static func write(_ value: SpeakerId, into buf: inout [UInt8]) {
        return FfiConverterString.write(value, into: &buf)
    }

    public static func lift(_ value: RustBuffer) throws -> SpeakerId {
        return try FfiConverterString.lift(value)
    }

    public static func lower(_ value: SpeakerId) -> RustBuffer {
        return FfiConverterString.lower(value)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeSpeakerId_lift(_ value: RustBuffer) throws -> SpeakerId {
    return try FfiConverterTypeSpeakerId.lift(value)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeSpeakerId_lower(_ value: SpeakerId) -> RustBuffer {
    return FfiConverterTypeSpeakerId.lower(value)
}



/**
 * A number of things.
 */
public typealias Usize = UInt64

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeusize: FfiConverter {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Usize {
        return try FfiConverterUInt64.read(from: &buf)
    }

    public static func write(_ value: Usize, into buf: inout [UInt8]) {
        return FfiConverterUInt64.write(value, into: &buf)
    }

    public static func lift(_ value: UInt64) throws -> Usize {
        return try FfiConverterUInt64.lift(value)
    }

    public static func lower(_ value: Usize) -> UInt64 {
        return FfiConverterUInt64.lower(value)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeusize_lift(_ value: UInt64) throws -> Usize {
    return try FfiConverterTypeusize.lift(value)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeusize_lower(_ value: Usize) -> UInt64 {
    return FfiConverterTypeusize.lower(value)
}


private enum InitializationResult {
    case ok
    case contractVersionMismatch
    case apiChecksumMismatch
}
// Use a global variable to perform the versioning checks. Swift ensures that
// the code inside is only computed once.
private let initializationResult: InitializationResult = {
    // Get the bindings contract version from our ComponentInterface
    let bindings_contract_version = 30
    // Get the scaffolding contract version by calling the into the dylib
    let scaffolding_contract_version = ffi_voiceroll_uniffi_contract_version()
    if bindings_contract_version != scaffolding_contract_version {
        return InitializationResult.contractVersionMismatch
    }

    return InitializationResult.ok
}()

// Make the ensure init function public so that other modules which have external type references to
// our types can call it.
public func uniffiEnsureVoicerollInitialized() {
    switch initializationResult {
    case .ok:
        break
    case .contractVersionMismatch:
        fatalError("UniFFI contract version mismatch: try cleaning and rebuilding your project")
    case .apiChecksumMismatch:
        fatalError("UniFFI API checksum mismatch: try cleaning and rebuilding your project")
    }
}

// swiftlint:enable all
