// SPDX-License-Identifier: Apache-2.0
// Made by UniFFI 0.32.2 from the Rust crates `voiceroll` and `voiceroll-uniffi`. Do not edit it.

// swiftlint:disable all
import Foundation

// Depending on the consumer's build setup, the low-level FFI code
// might be in a separate module, or it might be compiled inline into
// this module. This is a bit of light hackery to work with both.
#if canImport(VoicerollFFI)
import VoicerollFFI
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
        try! rustCall { ffi_voiceroll_uniffi_rustbuffer_from_bytes(ForeignBytes(bufferPointer: ptr), $0) }
    }

    // Frees the buffer in place.
    // The buffer must not be used after this is called.
    func deallocate() {
        try! rustCall { ffi_voiceroll_uniffi_rustbuffer_free(self, $0) }
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
    uniffiEnsureVoicerollUniffiInitialized()
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
// Magic number for the Rust proxy to call using the same mechanism as every other method,
// to free the callback once it's dropped by Rust.
private let IDX_CALLBACK_FREE: Int32 = 0
// Callback return codes
private let UNIFFI_CALLBACK_SUCCESS: Int32 = 0
private let UNIFFI_CALLBACK_ERROR: Int32 = 1
private let UNIFFI_CALLBACK_UNEXPECTED_ERROR: Int32 = 2

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
fileprivate struct FfiConverterInt32: FfiConverterPrimitive {
    typealias FfiType = Int32
    typealias SwiftType = Int32

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Int32 {
        return try lift(readInt(&buf))
    }

    public static func write(_ value: Int32, into buf: inout [UInt8]) {
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

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterData: FfiConverterRustBuffer {
    typealias SwiftType = Data

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Data {
        let len: Int32 = try readInt(&buf)
        return Data(try readBytes(&buf, count: Int(len)))
    }

    public static func write(_ value: Data, into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        writeBytes(&buf, value)
    }
}




/**
 * Receives what servers post to a webhook: hand each request to `take`, and answer 200.
 */
public protocol CallbacksProtocol: AnyObject, Sendable {

    /**
     * Takes in a request: its body, and its headers `Voiceroll-Timestamp` and `Voiceroll-Signature`. A signature
     * that is missing, wrong or older than five minutes is `Unauthorized`: answer 401. A body that is not a job is
     * `Unsupported`: answer 400.
     */
    func take(body: Data, timestamp: String?, signature: String?) throws  -> Job

    /**
     * Waits until the result of a job has come.
     */
    func wait(jobId: String, options: CallOptions) async throws  -> JobResult

}
/**
 * Receives what servers post to a webhook: hand each request to `take`, and answer 200.
 */
open class Callbacks: CallbacksProtocol, @unchecked Sendable {
    fileprivate let handle: UInt64

    /// Used to instantiate a [FFIObject] without an actual handle, for fakes in tests, mostly.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public struct NoHandle {
        public init() {}
    }

    // TODO: We'd like this to be `private` but for Swifty reasons,
    // we can't implement `FfiConverter` without making this `required` and we can't
    // make it `required` without making it `public`.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    required public init(unsafeFromHandle handle: UInt64) {
        self.handle = handle
    }

    // This constructor can be used to instantiate a fake object.
    // - Parameter noHandle: Placeholder value so we can have a constructor separate from the default empty one that may be implemented for classes extending [FFIObject].
    //
    // - Warning:
    //     Any object instantiated with this constructor cannot be passed to an actual Rust-backed object. Since there isn't a backing handle the FFI lower functions will crash.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public init(noHandle: NoHandle) {
        self.handle = 0
    }

#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public func uniffiCloneHandle() -> UInt64 {
        return try! rustCall { uniffi_voiceroll_uniffi_fn_clone_callbacks(self.handle, $0) }
    }
    /**
     * With a `secret`, that of `voiceroll apps callback-secret`, only callbacks that are signed with it are taken.
     */
public convenience init(secret: String? = nil)throws  {
    let handle =
        try rustCallWithError(FfiConverterTypeVoicerollError_lift) {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_constructor_callbacks_new(
        FfiConverterOptionString.lower(secret),uniffiCallStatus
    )
}
    self.init(unsafeFromHandle: handle)
}

    deinit {
        if handle == 0 {
            // Mock objects have handle=0 don't try to free them
            return
        }

        try! rustCall { uniffi_voiceroll_uniffi_fn_free_callbacks(handle, $0) }
    }




    /**
     * Takes in a request: its body, and its headers `Voiceroll-Timestamp` and `Voiceroll-Signature`. A signature
     * that is missing, wrong or older than five minutes is `Unauthorized`: answer 401. A body that is not a job is
     * `Unsupported`: answer 400.
     */
open func take(body: Data, timestamp: String? = nil, signature: String? = nil)throws  -> Job  {
    return try  FfiConverterTypeJob_lift(try rustCallWithError(FfiConverterTypeVoicerollError_lift) {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_method_callbacks_take(
            self.uniffiCloneHandle(),
        FfiConverterData.lower(body),
        FfiConverterOptionString.lower(timestamp),
        FfiConverterOptionString.lower(signature),uniffiCallStatus
    )
})
}

    /**
     * Waits until the result of a job has come.
     */
open func wait(jobId: String, options: CallOptions = CallOptions())async throws  -> JobResult  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_callbacks_wait(
                        self.uniffiCloneHandle(),FfiConverterString.lower(jobId),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeJobResult_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}



}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeCallbacks: FfiConverter {
    typealias FfiType = UInt64
    typealias SwiftType = Callbacks

    public static func lift(_ handle: UInt64) throws -> Callbacks {
        return Callbacks(unsafeFromHandle: handle)
    }

    public static func lower(_ value: Callbacks) -> UInt64 {
        return value.uniffiCloneHandle()
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Callbacks {
        let handle: UInt64 = try readInt(&buf)
        return try lift(handle)
    }

    public static func write(_ value: Callbacks, into buf: inout [UInt8]) {
        writeInt(&buf, lower(value))
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCallbacks_lift(_ handle: UInt64) throws -> Callbacks {
    return try FfiConverterTypeCallbacks.lift(handle)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCallbacks_lower(_ value: Callbacks) -> UInt64 {
    return FfiConverterTypeCallbacks.lower(value)
}






/**
 * Stops calls from another thread: each that was given this token, for good.
 */
public protocol CancelTokenProtocol: AnyObject, Sendable {

    /**
     * Stops the calls; they fail with the code `cancelled`.
     */
    func cancel()

    /**
     * Whether `cancel` was called.
     */
    func isCancelled()  -> Bool

}
/**
 * Stops calls from another thread: each that was given this token, for good.
 */
open class CancelToken: CancelTokenProtocol, @unchecked Sendable {
    fileprivate let handle: UInt64

    /// Used to instantiate a [FFIObject] without an actual handle, for fakes in tests, mostly.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public struct NoHandle {
        public init() {}
    }

    // TODO: We'd like this to be `private` but for Swifty reasons,
    // we can't implement `FfiConverter` without making this `required` and we can't
    // make it `required` without making it `public`.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    required public init(unsafeFromHandle handle: UInt64) {
        self.handle = handle
    }

    // This constructor can be used to instantiate a fake object.
    // - Parameter noHandle: Placeholder value so we can have a constructor separate from the default empty one that may be implemented for classes extending [FFIObject].
    //
    // - Warning:
    //     Any object instantiated with this constructor cannot be passed to an actual Rust-backed object. Since there isn't a backing handle the FFI lower functions will crash.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public init(noHandle: NoHandle) {
        self.handle = 0
    }

#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public func uniffiCloneHandle() -> UInt64 {
        return try! rustCall { uniffi_voiceroll_uniffi_fn_clone_canceltoken(self.handle, $0) }
    }
    /**
     * A token that stops nothing yet.
     */
public convenience init() {
    let handle =
        try! rustCall() {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_constructor_canceltoken_new(uniffiCallStatus
    )
}
    self.init(unsafeFromHandle: handle)
}

    deinit {
        if handle == 0 {
            // Mock objects have handle=0 don't try to free them
            return
        }

        try! rustCall { uniffi_voiceroll_uniffi_fn_free_canceltoken(handle, $0) }
    }




    /**
     * Stops the calls; they fail with the code `cancelled`.
     */
open func cancel()  {try! rustCall() {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_method_canceltoken_cancel(
            self.uniffiCloneHandle(),uniffiCallStatus
    )
}
}

    /**
     * Whether `cancel` was called.
     */
open func isCancelled() -> Bool  {
    return try!  FfiConverterBool.lift(try! rustCall() {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_method_canceltoken_is_cancelled(
            self.uniffiCloneHandle(),uniffiCallStatus
    )
})
}



}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeCancelToken: FfiConverter {
    typealias FfiType = UInt64
    typealias SwiftType = CancelToken

    public static func lift(_ handle: UInt64) throws -> CancelToken {
        return CancelToken(unsafeFromHandle: handle)
    }

    public static func lower(_ value: CancelToken) -> UInt64 {
        return value.uniffiCloneHandle()
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> CancelToken {
        let handle: UInt64 = try readInt(&buf)
        return try lift(handle)
    }

    public static func write(_ value: CancelToken, into buf: inout [UInt8]) {
        writeInt(&buf, lower(value))
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCancelToken_lift(_ handle: UInt64) throws -> CancelToken {
    return try FfiConverterTypeCancelToken.lift(handle)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCancelToken_lower(_ value: CancelToken) -> UInt64 {
    return FfiConverterTypeCancelToken.lower(value)
}






/**
 * What a server is to do with a recording that it fetches from `content_uri`. `encoding` is what that is, by the end
 * of the address by default; `webhook` is where the server posts the result (see `Callbacks`), nowhere
 * by default.
 */
public protocol JobRequestProtocol: AnyObject, Sendable {

}
/**
 * What a server is to do with a recording that it fetches from `content_uri`. `encoding` is what that is, by the end
 * of the address by default; `webhook` is where the server posts the result (see `Callbacks`), nowhere
 * by default.
 */
open class JobRequest: JobRequestProtocol, @unchecked Sendable {
    fileprivate let handle: UInt64

    /// Used to instantiate a [FFIObject] without an actual handle, for fakes in tests, mostly.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public struct NoHandle {
        public init() {}
    }

    // TODO: We'd like this to be `private` but for Swifty reasons,
    // we can't implement `FfiConverter` without making this `required` and we can't
    // make it `required` without making it `public`.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    required public init(unsafeFromHandle handle: UInt64) {
        self.handle = handle
    }

    // This constructor can be used to instantiate a fake object.
    // - Parameter noHandle: Placeholder value so we can have a constructor separate from the default empty one that may be implemented for classes extending [FFIObject].
    //
    // - Warning:
    //     Any object instantiated with this constructor cannot be passed to an actual Rust-backed object. Since there isn't a backing handle the FFI lower functions will crash.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public init(noHandle: NoHandle) {
        self.handle = 0
    }

#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public func uniffiCloneHandle() -> UInt64 {
        return try! rustCall { uniffi_voiceroll_uniffi_fn_clone_jobrequest(self.handle, $0) }
    }
    // No primary constructor declared for this class.

    deinit {
        if handle == 0 {
            // Mock objects have handle=0 don't try to free them
            return
        }

        try! rustCall { uniffi_voiceroll_uniffi_fn_free_jobrequest(handle, $0) }
    }


    /**
     * Says who speaks when in a recording; the rest as for `Registry.diarize`.
     */
public static func diarize(contentUri: String, speakerIds: [String] = [], speakers: UInt32? = nil, perChannel: Bool = false, encoding: Encoding? = nil, webhook: String? = nil)throws  -> JobRequest  {
    return try  FfiConverterTypeJobRequest_lift(try rustCallWithError(FfiConverterTypeVoicerollError_lift) {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_constructor_jobrequest_diarize(
        FfiConverterString.lower(contentUri),
        FfiConverterSequenceString.lower(speakerIds),
        FfiConverterOptionUInt32.lower(speakers),
        FfiConverterBool.lower(perChannel),
        FfiConverterOptionTypeEncoding.lower(encoding),
        FfiConverterOptionString.lower(webhook),uniffiCallStatus
    )
})
}

    /**
     * Finds the segments in which these speakers speak. All need a complete enrollment.
     */
public static func identify(contentUri: String, speakerIds: [String], encoding: Encoding? = nil, webhook: String? = nil)throws  -> JobRequest  {
    return try  FfiConverterTypeJobRequest_lift(try rustCallWithError(FfiConverterTypeVoicerollError_lift) {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_constructor_jobrequest_identify(
        FfiConverterString.lower(contentUri),
        FfiConverterSequenceString.lower(speakerIds),
        FfiConverterOptionTypeEncoding.lower(encoding),
        FfiConverterOptionString.lower(webhook),uniffiCallStatus
    )
})
}

    /**
     * Transcribes a recording, with the speakers if `speaker_ids` or `speakers` are given. The server needs a
     * transcriber for it. `language` is the language spoken.
     */
public static func transcribe(contentUri: String, language: String = "en-US", speakerIds: [String] = [], speakers: UInt32? = nil, perChannel: Bool = false, encoding: Encoding? = nil, webhook: String? = nil)throws  -> JobRequest  {
    return try  FfiConverterTypeJobRequest_lift(try rustCallWithError(FfiConverterTypeVoicerollError_lift) {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_constructor_jobrequest_transcribe(
        FfiConverterString.lower(contentUri),
        FfiConverterString.lower(language),
        FfiConverterSequenceString.lower(speakerIds),
        FfiConverterOptionUInt32.lower(speakers),
        FfiConverterBool.lower(perChannel),
        FfiConverterOptionTypeEncoding.lower(encoding),
        FfiConverterOptionString.lower(webhook),uniffiCallStatus
    )
})
}





}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeJobRequest: FfiConverter {
    typealias FfiType = UInt64
    typealias SwiftType = JobRequest

    public static func lift(_ handle: UInt64) throws -> JobRequest {
        return JobRequest(unsafeFromHandle: handle)
    }

    public static func lower(_ value: JobRequest) -> UInt64 {
        return value.uniffiCloneHandle()
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> JobRequest {
        let handle: UInt64 = try readInt(&buf)
        return try lift(handle)
    }

    public static func write(_ value: JobRequest, into buf: inout [UInt8]) {
        writeInt(&buf, lower(value))
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeJobRequest_lift(_ handle: UInt64) throws -> JobRequest {
    return try FfiConverterTypeJobRequest.lift(handle)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeJobRequest_lower(_ value: JobRequest) -> UInt64 {
    return FfiConverterTypeJobRequest.lower(value)
}






/**
 * Receives the progress of a call, in a thread of Voiceroll. It must be fast.
 */
public protocol ProgressListener: AnyObject, Sendable {

    /**
     * The call has come this far. What this throws stops the call.
     */
    func onProgress(progress: Progress) throws

}
/**
 * Receives the progress of a call, in a thread of Voiceroll. It must be fast.
 */
open class ProgressListenerImpl: ProgressListener, @unchecked Sendable {
    fileprivate let handle: UInt64

    /// Used to instantiate a [FFIObject] without an actual handle, for fakes in tests, mostly.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public struct NoHandle {
        public init() {}
    }

    // TODO: We'd like this to be `private` but for Swifty reasons,
    // we can't implement `FfiConverter` without making this `required` and we can't
    // make it `required` without making it `public`.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    required public init(unsafeFromHandle handle: UInt64) {
        self.handle = handle
    }

    // This constructor can be used to instantiate a fake object.
    // - Parameter noHandle: Placeholder value so we can have a constructor separate from the default empty one that may be implemented for classes extending [FFIObject].
    //
    // - Warning:
    //     Any object instantiated with this constructor cannot be passed to an actual Rust-backed object. Since there isn't a backing handle the FFI lower functions will crash.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public init(noHandle: NoHandle) {
        self.handle = 0
    }

#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public func uniffiCloneHandle() -> UInt64 {
        return try! rustCall { uniffi_voiceroll_uniffi_fn_clone_progresslistener(self.handle, $0) }
    }
    // No primary constructor declared for this class.

    deinit {
        if handle == 0 {
            // Mock objects have handle=0 don't try to free them
            return
        }

        try! rustCall { uniffi_voiceroll_uniffi_fn_free_progresslistener(handle, $0) }
    }




    /**
     * The call has come this far. What this throws stops the call.
     */
open func onProgress(progress: Progress)throws   {try rustCallWithError(FfiConverterTypeVoicerollError_lift) {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_method_progresslistener_on_progress(
            self.uniffiCloneHandle(),
        FfiConverterTypeProgress_lower(progress),uniffiCallStatus
    )
}
}



}



// Put the implementation in a struct so we don't pollute the top-level namespace
fileprivate struct UniffiCallbackInterfaceProgressListener {

    // Create the VTable using a series of closures.
    // Swift automatically converts these into C callback functions.
    //
    // Store the vtable directly.
    static let vtable: UniffiVTableCallbackInterfaceProgressListener = UniffiVTableCallbackInterfaceProgressListener(
        uniffiFree: { (uniffiHandle: UInt64) -> () in
            do {
                try FfiConverterTypeProgressListener.handleMap.remove(handle: uniffiHandle)
            } catch {
                print("Uniffi callback interface ProgressListener: handle missing in uniffiFree")
            }
        },
        uniffiClone: { (uniffiHandle: UInt64) -> UInt64 in
            do {
                return try FfiConverterTypeProgressListener.handleMap.clone(handle: uniffiHandle)
            } catch {
                fatalError("Uniffi callback interface ProgressListener: handle missing in uniffiClone")
            }
        },
        onProgress: { (
            uniffiHandle: UInt64,
            progress: RustBuffer,
            uniffiOutReturn: UnsafeMutableRawPointer,
            uniffiCallStatus: UnsafeMutablePointer<RustCallStatus>
        ) in
            let makeCall = {
                () throws -> () in
                guard let uniffiObj = try? FfiConverterTypeProgressListener.handleMap.get(handle: uniffiHandle) else {
                    throw UniffiInternalError.unexpectedStaleHandle
                }
                return try uniffiObj.onProgress(
                     progress: try FfiConverterTypeProgress_lift(progress)
                )
            }


            let writeReturn = { () }
            uniffiTraitInterfaceCallWithError(
                callStatus: uniffiCallStatus,
                makeCall: makeCall,
                writeReturn: writeReturn,
                lowerError: FfiConverterTypeVoicerollError_lower
            )
        }
    )

    // Rust stores this pointer for future callback invocations, so it must live
    // for the process lifetime (not just for the init function call).
    //
    // `nonisolated(unsafe)` is needed under Swift 6 strict concurrency.
    // This is safe because the pointee is initialized once during static init
    // and never mutated by either side of the FFI.  Its fields are C function pointers.
    nonisolated(unsafe) static let vtablePtr: UnsafePointer<UniffiVTableCallbackInterfaceProgressListener> = {
        let ptr = UnsafeMutablePointer<UniffiVTableCallbackInterfaceProgressListener>.allocate(capacity: 1)
        ptr.initialize(to: vtable)
        return UnsafePointer(ptr)
    }()
}

private func uniffiCallbackInitProgressListener() {
    uniffi_voiceroll_uniffi_fn_init_callback_vtable_progresslistener(UniffiCallbackInterfaceProgressListener.vtablePtr)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeProgressListener: FfiConverter {
    fileprivate static let handleMap = UniffiHandleMap<ProgressListener>()

    typealias FfiType = UInt64
    typealias SwiftType = ProgressListener

    public static func lift(_ handle: UInt64) throws -> ProgressListener {
        if ((handle & 1) == 0) {
            // Rust-generated handle, construct a new class that uses the handle to implement the
            // interface
            return ProgressListenerImpl(unsafeFromHandle: handle)
        } else {
            // Swift-generated handle, get the object from the handle map
            return try handleMap.remove(handle: handle)
        }
    }

    public static func lower(_ value: ProgressListener) -> UInt64 {
         if let rustImpl = value as? ProgressListenerImpl {
             // Rust-implemented object.  Clone the handle and return it
            return rustImpl.uniffiCloneHandle()
         } else {
            // Swift object, generate a new vtable handle and return that.
            return handleMap.insert(obj: value)
         }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> ProgressListener {
        let handle: UInt64 = try readInt(&buf)
        return try lift(handle)
    }

    public static func write(_ value: ProgressListener, into buf: inout [UInt8]) {
        writeInt(&buf, lower(value))
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeProgressListener_lift(_ handle: UInt64) throws -> ProgressListener {
    return try FfiConverterTypeProgressListener.lift(handle)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeProgressListener_lower(_ value: ProgressListener) -> UInt64 {
    return FfiConverterTypeProgressListener.lower(value)
}






/**
 * What is to be listened to: a file, its bytes, or samples. Nothing is read before a call needs it.
 */
public protocol RecordingProtocol: AnyObject, Sendable {

    /**
     * The same recording with the audio track chosen, counted from 1, of a file that has several. By default the first
     * one with speech is used.
     */
    func track(number: UInt32)  -> Recording

}
/**
 * What is to be listened to: a file, its bytes, or samples. Nothing is read before a call needs it.
 */
open class Recording: RecordingProtocol, @unchecked Sendable {
    fileprivate let handle: UInt64

    /// Used to instantiate a [FFIObject] without an actual handle, for fakes in tests, mostly.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public struct NoHandle {
        public init() {}
    }

    // TODO: We'd like this to be `private` but for Swifty reasons,
    // we can't implement `FfiConverter` without making this `required` and we can't
    // make it `required` without making it `public`.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    required public init(unsafeFromHandle handle: UInt64) {
        self.handle = handle
    }

    // This constructor can be used to instantiate a fake object.
    // - Parameter noHandle: Placeholder value so we can have a constructor separate from the default empty one that may be implemented for classes extending [FFIObject].
    //
    // - Warning:
    //     Any object instantiated with this constructor cannot be passed to an actual Rust-backed object. Since there isn't a backing handle the FFI lower functions will crash.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public init(noHandle: NoHandle) {
        self.handle = 0
    }

#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public func uniffiCloneHandle() -> UInt64 {
        return try! rustCall { uniffi_voiceroll_uniffi_fn_clone_recording(self.handle, $0) }
    }
    // No primary constructor declared for this class.

    deinit {
        if handle == 0 {
            // Mock objects have handle=0 don't try to free them
            return
        }

        try! rustCall { uniffi_voiceroll_uniffi_fn_free_recording(handle, $0) }
    }


    /**
     * A recording that is in memory as the bytes of a file.
     */
public static func fromBytes(data: Data, encoding: Encoding? = nil) -> Recording  {
    return try!  FfiConverterTypeRecording_lift(try! rustCall() {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_constructor_recording_from_bytes(
        FfiConverterData.lower(data),
        FfiConverterOptionTypeEncoding.lower(encoding),uniffiCallStatus
    )
})
}

    /**
     * A recording in a file. `encoding` is what the sender says it is; the bytes decide, and where they contradict,
     * the inspection has a problem that says so.
     */
public static func fromPath(path: String, encoding: Encoding? = nil)throws  -> Recording  {
    return try  FfiConverterTypeRecording_lift(try rustCallWithError(FfiConverterTypeVoicerollError_lift) {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_constructor_recording_from_path(
        FfiConverterString.lower(path),
        FfiConverterOptionTypeEncoding.lower(encoding),uniffiCallStatus
    )
})
}

    /**
     * A recording that is in memory as samples, as a microphone gives them: `sample_rate` of them a second; up to 16
     * channels are interleaved.
     */
public static func fromSamples(data: Data, format: SampleFormat, sampleRate: UInt32, channels: UInt32 = UInt32(1))throws  -> Recording  {
    return try  FfiConverterTypeRecording_lift(try rustCallWithError(FfiConverterTypeVoicerollError_lift) {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_constructor_recording_from_samples(
        FfiConverterData.lower(data),
        FfiConverterTypeSampleFormat_lower(format),
        FfiConverterUInt32.lower(sampleRate),
        FfiConverterUInt32.lower(channels),uniffiCallStatus
    )
})
}



    /**
     * The same recording with the audio track chosen, counted from 1, of a file that has several. By default the first
     * one with speech is used.
     */
open func track(number: UInt32) -> Recording  {
    return try!  FfiConverterTypeRecording_lift(try! rustCall() {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_method_recording_track(
            self.uniffiCloneHandle(),
        FfiConverterUInt32.lower(number),uniffiCallStatus
    )
})
}



}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeRecording: FfiConverter {
    typealias FfiType = UInt64
    typealias SwiftType = Recording

    public static func lift(_ handle: UInt64) throws -> Recording {
        return Recording(unsafeFromHandle: handle)
    }

    public static func lower(_ value: Recording) -> UInt64 {
        return value.uniffiCloneHandle()
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Recording {
        let handle: UInt64 = try readInt(&buf)
        return try lift(handle)
    }

    public static func write(_ value: Recording, into buf: inout [UInt8]) {
        writeInt(&buf, lower(value))
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeRecording_lift(_ handle: UInt64) throws -> Recording {
    return try FfiConverterTypeRecording.lift(handle)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeRecording_lower(_ value: Recording) -> UInt64 {
    return FfiConverterTypeRecording.lower(value)
}






/**
 * A registry of enrolled speakers: `open` uses a local store file, `connect` a server. It may be used by many at
 * once. Closing it ends the session on a server, waiting at most 5 s; calls that are under way go on.
 */
public protocol RegistryProtocol: AnyObject, Sendable {

    /**
     * The entries of the audit trail, oldest first.
     */
    func auditEntries(options: CallOptions) async throws  -> [AuditEntry]

    /**
     * The pseudonym of a speaker in the audit trail.
     */
    func auditPseudonym(speakerId: String, options: CallOptions) async throws  -> String

    /**
     * Writes a copy of the store into a new file, while others use it. It needs the same key; see `restore`.
     */
    func backup(to: String, options: CallOptions) async throws

    /**
     * Reads everything in the store, and the audit trail if there is one, and reports what was changed.
     */
    func check(options: CallOptions) async throws  -> CheckReport

    /**
     * What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew.
     */
    func consent(speakerId: String, options: CallOptions) async throws  -> ConsentState

    /**
     * Sets when a speaker expires: from then on nobody is recognised as this speaker, and `purge` erases.
     */
    func expire(speakerId: String, at: UInt64?, options: CallOptions) async throws

    /**
     * The speakers who have expired and whom `purge` would erase, sorted by id.
     */
    func expired(options: CallOptions) async throws  -> [String]

    /**
     * Everything that is held about a speaker, as JSON text; docs/lawful.md describes its form.
     */
    func exportSpeaker(speakerId: String, voiceprints: Bool, options: CallOptions) async throws  -> String

    /**
     * Enrolls a speaker from what `export_speaker` of another store of the same model returned, with voiceprints. It
     * trusts the text: no recording is compared.
     */
    func importSpeaker(export: String, options: CallOptions) async throws  -> Enrollment

    /**
     * Erases the speakers who have expired, as `delete` does.
     */
    func purge(options: CallOptions) async throws  -> [String]

    /**
     * Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.
     */
    func recordConsent(speakerId: String, consent: ConsentRecord, options: CallOptions) async throws

    /**
     * How many seconds new speakers are kept; null: until they are deleted.
     */
    func retention(options: CallOptions) async throws  -> UInt64?

    /**
     * Replaces the key of the store. `forget_old` also removes the old one from the key file: earlier backups can then
     * not be opened.
     */
    func rotateKey(forgetOld: Bool, options: CallOptions) async throws  -> UInt64

    /**
     * Sets how many seconds speakers are kept who are enrolled from now on; null: until they are deleted.
     */
    func setRetention(seconds: UInt64?, options: CallOptions) async throws

    /**
     * Reads the audit trail and reports entries that were changed, removed or inserted.
     */
    func verifyAudit(options: CallOptions) async throws  -> AuditReport

    /**
     * Deletes a speaker at once, as `delete` does, and keeps the proof that the consent was withdrawn.
     */
    func withdrawConsent(speakerId: String, options: CallOptions) async throws

    /**
     * Enrolls a new speaker; as `enroll`, but an id that is enrolled is a `Conflict`.
     */
    func create(speakerId: String, recordings: [Recording], force: Bool, options: CallOptions, consent: ConsentRecord?) async throws  -> Enrollment

    /**
     * Deletes a speaker with all voiceprints and measurements. One who was deleted before is `Gone`.
     */
    func delete(speakerId: String, options: CallOptions) async throws

    /**
     * Finds out who speaks when in a recording. `speakers` is how many speak, 1 to 20,
     * where that is known; `known` are the enrolled speakers to search for, none by default; `per_channel` whether
     * each channel is one speaker.
     */
    func diarize(recording: Recording, speakers: UInt32?, known: Known?, perChannel: Bool, options: CallOptions) async throws  -> Diarization

    /**
     * Enrolls a speaker, whose id has 1 to 128 letters, digits and underscores: creates the enrollment, or adds to
     * the one there is. Each recording is inspected; those with too little speech are refused, the others are added
     * together. `force` skips the same-speaker check; `consent` is recorded with the enrollment. Where not one was accepted the error is of the kind
     * `Refused`, and nothing is changed.
     */
    func enroll(speakerId: String, recordings: [Recording], force: Bool, options: CallOptions, consent: ConsentRecord?) async throws  -> Enrollment

    /**
     * The speakers that were enrolled with another model, with the name of that model; they have to be re-enrolled.
     */
    func enrolledOtherwise(options: CallOptions) async throws  -> [String: String]

    /**
     * The enrollment of a speaker.
     */
    func get(speakerId: String, options: CallOptions) async throws  -> Enrollment

    /**
     * Finds the segments of a recording in which enrolled speakers speak, and those of others: `speaker_ids`, or
     * else everybody with a complete enrollment.
     */
    func identify(recording: Recording, speakerIds: [String]?, options: CallOptions) async throws  -> Identification

    /**
     * Finds out who spoke when in a recorded call, with names. `record` is a record of the platform's call log, as its
     * API returns it, in JSON; `recording` the recording where it is at hand. Else the server fetches it.
     */
    func identifyCall(record: String, recording: Recording?, options: CallOptions) async throws  -> CallIdentification

    /**
     * Measures a recording and tells whether it would be enrolled. Nothing is stored. Faults such as noise are in the
     * inspection's `problems`; errors are for what cannot be read at all.
     */
    func inspect(recording: Recording, options: CallOptions) async throws  -> Inspection

    /**
     * The status of a job.
     */
    func job(jobId: String, options: CallOptions) async throws  -> Job

    /**
     * One page of the enrollments, sorted by id, with 1 to 1000 per page; pages count from 1. `partial` lists
     * incomplete enrollments too; `after`, such as the `next_after` of a page, only those whose ids come after it,
     * whatever the number of the page.
     */
    func list(partial: Bool, page: UInt32, perPage: UInt32, after: String?, options: CallOptions) async throws  -> Page

    /**
     * Ends the session on a server without holding up a thread, as closing does; the next call logs in again.
     */
    func logOut() async throws

    /**
     * The name of the model that makes this registry's voiceprints.
     */
    func model(options: CallOptions) async throws  -> String

    /**
     * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
     */
    func prepare(recording: Recording, options: CallOptions) async throws  -> Prepared

    /**
     * Removes one recording from an enrollment, by its `Sample.id`, and recomputes the enrollment from the others.
     */
    func removeSample(speakerId: String, sample: Int64, options: CallOptions) async throws  -> Enrollment

    /**
     * Submits a job: the server fetches a recording and processes it. Returns the job id. A registry that is not on
     * a server does not do this, nor `job` and `wait`: `Unsupported`.
     */
    func submit(request: JobRequest, options: CallOptions) async throws  -> String

    /**
     * Adds speech to an enrollment; as `enroll`, but an id that is not enrolled is `NotFound`.
     */
    func update(speakerId: String, recordings: [Recording], force: Bool, options: CallOptions, consent: ConsentRecord?) async throws  -> Enrollment

    /**
     * Whether a recording is of an enrolled speaker.
     */
    func verify(speakerId: String, recording: Recording, options: CallOptions) async throws  -> Verification

    /**
     * Waits until a job is done. The error of one that failed is of the kind of what it failed of.
     */
    func wait(jobId: String, options: CallOptions) async throws  -> JobResult

}
/**
 * A registry of enrolled speakers: `open` uses a local store file, `connect` a server. It may be used by many at
 * once. Closing it ends the session on a server, waiting at most 5 s; calls that are under way go on.
 */
open class Registry: RegistryProtocol, @unchecked Sendable {
    fileprivate let handle: UInt64

    /// Used to instantiate a [FFIObject] without an actual handle, for fakes in tests, mostly.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public struct NoHandle {
        public init() {}
    }

    // TODO: We'd like this to be `private` but for Swifty reasons,
    // we can't implement `FfiConverter` without making this `required` and we can't
    // make it `required` without making it `public`.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    required public init(unsafeFromHandle handle: UInt64) {
        self.handle = handle
    }

    // This constructor can be used to instantiate a fake object.
    // - Parameter noHandle: Placeholder value so we can have a constructor separate from the default empty one that may be implemented for classes extending [FFIObject].
    //
    // - Warning:
    //     Any object instantiated with this constructor cannot be passed to an actual Rust-backed object. Since there isn't a backing handle the FFI lower functions will crash.
#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public init(noHandle: NoHandle) {
        self.handle = 0
    }

#if swift(>=5.8)
    @_documentation(visibility: private)
#endif
    public func uniffiCloneHandle() -> UInt64 {
        return try! rustCall { uniffi_voiceroll_uniffi_fn_clone_registry(self.handle, $0) }
    }
    // No primary constructor declared for this class.

    deinit {
        if handle == 0 {
            // Mock objects have handle=0 don't try to free them
            return
        }

        try! rustCall { uniffi_voiceroll_uniffi_fn_free_registry(handle, $0) }
    }


    /**
     * Uses a registry on a server with RingCentral's API: `voiceroll serve`, or a compatible one. Nothing is sent
     * before the first call, which logs in with `client_id`, `client_secret` and `jwt`, or with what the environment
     * says. `inspect` says whether recordings are inspected here before they are sent to be enrolled,
     * `max_recording` the most bytes of one that are sent (of a larger one its best stretch; 16 MiB),
     * `request_timeout` how long one request may take (300 s), `patience` the total time that a call waits for a
     * busy server (120 s), `plain_http` whether voices and secrets may travel unencrypted to another machine. The
     * rest as for `open`.
     */
public static func connect(url: String, clientId: String? = nil, clientSecret: String? = nil, jwt: String? = nil, inspect: Bool = true, maxRecording: UInt64? = nil, requestTimeout: Seconds? = nil, patience: Seconds? = nil, plainHttp: Bool = false, maxSeconds: Double? = nil, maxBytes: UInt64? = nil)throws  -> Registry  {
    return try  FfiConverterTypeRegistry_lift(try rustCallWithError(FfiConverterTypeVoicerollError_lift) {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_constructor_registry_connect(
        FfiConverterString.lower(url),
        FfiConverterOptionString.lower(clientId),
        FfiConverterOptionString.lower(clientSecret),
        FfiConverterOptionString.lower(jwt),
        FfiConverterBool.lower(inspect),
        FfiConverterOptionUInt64.lower(maxRecording),
        FfiConverterOptionTypeSeconds.lower(requestTimeout),
        FfiConverterOptionTypeSeconds.lower(patience),
        FfiConverterBool.lower(plainHttp),
        FfiConverterOptionDouble.lower(maxSeconds),
        FfiConverterOptionUInt64.lower(maxBytes),uniffiCallStatus
    )
})
}

    /**
     * The same with the server and the credentials that the environment says: `VOICEROLL_SERVER`,
     * `VOICEROLL_CLIENT_ID`, `VOICEROLL_CLIENT_SECRET` and `VOICEROLL_JWT`, or `RINGCENTRAL_SERVER_URL` and the
     * others with `RINGCENTRAL_`.
     */
public static func connectFromEnv(inspect: Bool = true, maxRecording: UInt64? = nil, requestTimeout: Seconds? = nil, patience: Seconds? = nil, plainHttp: Bool = false, maxSeconds: Double? = nil, maxBytes: UInt64? = nil)throws  -> Registry  {
    return try  FfiConverterTypeRegistry_lift(try rustCallWithError(FfiConverterTypeVoicerollError_lift) {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_constructor_registry_connect_from_env(
        FfiConverterBool.lower(inspect),
        FfiConverterOptionUInt64.lower(maxRecording),
        FfiConverterOptionTypeSeconds.lower(requestTimeout),
        FfiConverterOptionTypeSeconds.lower(patience),
        FfiConverterBool.lower(plainHttp),
        FfiConverterOptionDouble.lower(maxSeconds),
        FfiConverterOptionUInt64.lower(maxBytes),uniffiCallStatus
    )
})
}

    /**
     * Opens a store file, and creates it if it does not exist. `model` is a speaker network of your own, as ONNX, and
     * `calibration` one made by `voiceroll calibrate`. `false_accept_rate` says how often another person's voice
     * may pass, between 0 and 1: 0.01 by default. `max_seconds` and `max_bytes` are the longest recording
     * and the largest file that are read: two hours and 2 GiB. `custody` says where the key of the
     * store is, whether consent is required, and where an audit trail is kept.
     */
public static func `open`(path: String, model: String? = nil, calibration: String? = nil, falseAcceptRate: Double? = nil, maxSeconds: Double? = nil, maxBytes: UInt64? = nil, custody: Custody = Custody())throws  -> Registry  {
    return try  FfiConverterTypeRegistry_lift(try rustCallWithError(FfiConverterTypeVoicerollError_lift) {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_constructor_registry_open(
        FfiConverterString.lower(path),
        FfiConverterOptionString.lower(model),
        FfiConverterOptionString.lower(calibration),
        FfiConverterOptionDouble.lower(falseAcceptRate),
        FfiConverterOptionDouble.lower(maxSeconds),
        FfiConverterOptionUInt64.lower(maxBytes),
        FfiConverterTypeCustody_lower(custody),uniffiCallStatus
    )
})
}



    /**
     * The entries of the audit trail, oldest first.
     */
open func auditEntries(options: CallOptions = CallOptions())async throws  -> [AuditEntry]  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_audit_entries(
                        self.uniffiCloneHandle(),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterSequenceTypeAuditEntry.lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * The pseudonym of a speaker in the audit trail.
     */
open func auditPseudonym(speakerId: String, options: CallOptions = CallOptions())async throws  -> String  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_audit_pseudonym(
                        self.uniffiCloneHandle(),FfiConverterString.lower(speakerId),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterString.lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Writes a copy of the store into a new file, while others use it. It needs the same key; see `restore`.
     */
open func backup(to: String, options: CallOptions = CallOptions())async throws   {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_backup(
                        self.uniffiCloneHandle(),FfiConverterString.lower(to),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_void,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_void,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_void,
            liftFunc: { $0 },
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Reads everything in the store, and the audit trail if there is one, and reports what was changed.
     */
open func check(options: CallOptions = CallOptions())async throws  -> CheckReport  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_check(
                        self.uniffiCloneHandle(),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeCheckReport_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * What a speaker consented to and withdrew, and when the speaker expires; also of one who withdrew.
     */
open func consent(speakerId: String, options: CallOptions = CallOptions())async throws  -> ConsentState  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_consent(
                        self.uniffiCloneHandle(),FfiConverterString.lower(speakerId),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeConsentState_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Sets when a speaker expires: from then on nobody is recognised as this speaker, and `purge` erases.
     */
open func expire(speakerId: String, at: UInt64? = nil, options: CallOptions = CallOptions())async throws   {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_expire(
                        self.uniffiCloneHandle(),FfiConverterString.lower(speakerId),FfiConverterOptionUInt64.lower(at),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_void,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_void,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_void,
            liftFunc: { $0 },
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * The speakers who have expired and whom `purge` would erase, sorted by id.
     */
open func expired(options: CallOptions = CallOptions())async throws  -> [String]  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_expired(
                        self.uniffiCloneHandle(),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterSequenceString.lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Everything that is held about a speaker, as JSON text; docs/lawful.md describes its form.
     */
open func exportSpeaker(speakerId: String, voiceprints: Bool = false, options: CallOptions = CallOptions())async throws  -> String  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_export_speaker(
                        self.uniffiCloneHandle(),FfiConverterString.lower(speakerId),FfiConverterBool.lower(voiceprints),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterString.lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Enrolls a speaker from what `export_speaker` of another store of the same model returned, with voiceprints. It
     * trusts the text: no recording is compared.
     */
open func importSpeaker(export: String, options: CallOptions = CallOptions())async throws  -> Enrollment  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_import_speaker(
                        self.uniffiCloneHandle(),FfiConverterString.lower(export),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeEnrollment_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Erases the speakers who have expired, as `delete` does.
     */
open func purge(options: CallOptions = CallOptions())async throws  -> [String]  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_purge(
                        self.uniffiCloneHandle(),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterSequenceString.lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Records a consent of an enrolled speaker. One that is recorded already is not recorded twice.
     */
open func recordConsent(speakerId: String, consent: ConsentRecord, options: CallOptions = CallOptions())async throws   {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_record_consent(
                        self.uniffiCloneHandle(),FfiConverterString.lower(speakerId),FfiConverterTypeConsentRecord_lower(consent),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_void,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_void,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_void,
            liftFunc: { $0 },
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * How many seconds new speakers are kept; null: until they are deleted.
     */
open func retention(options: CallOptions = CallOptions())async throws  -> UInt64?  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_retention(
                        self.uniffiCloneHandle(),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterOptionUInt64.lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Replaces the key of the store. `forget_old` also removes the old one from the key file: earlier backups can then
     * not be opened.
     */
open func rotateKey(forgetOld: Bool = false, options: CallOptions = CallOptions())async throws  -> UInt64  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_rotate_key(
                        self.uniffiCloneHandle(),FfiConverterBool.lower(forgetOld),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_u64,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_u64,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_u64,
            liftFunc: FfiConverterUInt64.lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Sets how many seconds speakers are kept who are enrolled from now on; null: until they are deleted.
     */
open func setRetention(seconds: UInt64?, options: CallOptions = CallOptions())async throws   {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_set_retention(
                        self.uniffiCloneHandle(),FfiConverterOptionUInt64.lower(seconds),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_void,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_void,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_void,
            liftFunc: { $0 },
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Reads the audit trail and reports entries that were changed, removed or inserted.
     */
open func verifyAudit(options: CallOptions = CallOptions())async throws  -> AuditReport  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_verify_audit(
                        self.uniffiCloneHandle(),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeAuditReport_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Deletes a speaker at once, as `delete` does, and keeps the proof that the consent was withdrawn.
     */
open func withdrawConsent(speakerId: String, options: CallOptions = CallOptions())async throws   {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_withdraw_consent(
                        self.uniffiCloneHandle(),FfiConverterString.lower(speakerId),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_void,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_void,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_void,
            liftFunc: { $0 },
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Enrolls a new speaker; as `enroll`, but an id that is enrolled is a `Conflict`.
     */
open func create(speakerId: String, recordings: [Recording], force: Bool = false, options: CallOptions = CallOptions(), consent: ConsentRecord? = nil)async throws  -> Enrollment  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_create(
                        self.uniffiCloneHandle(),FfiConverterString.lower(speakerId),FfiConverterSequenceTypeRecording.lower(recordings),FfiConverterBool.lower(force),FfiConverterTypeCallOptions_lower(options),FfiConverterOptionTypeConsentRecord.lower(consent)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeEnrollment_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Deletes a speaker with all voiceprints and measurements. One who was deleted before is `Gone`.
     */
open func delete(speakerId: String, options: CallOptions = CallOptions())async throws   {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_delete(
                        self.uniffiCloneHandle(),FfiConverterString.lower(speakerId),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_void,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_void,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_void,
            liftFunc: { $0 },
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Finds out who speaks when in a recording. `speakers` is how many speak, 1 to 20,
     * where that is known; `known` are the enrolled speakers to search for, none by default; `per_channel` whether
     * each channel is one speaker.
     */
open func diarize(recording: Recording, speakers: UInt32? = nil, known: Known? = nil, perChannel: Bool = false, options: CallOptions = CallOptions())async throws  -> Diarization  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_diarize(
                        self.uniffiCloneHandle(),FfiConverterTypeRecording_lower(recording),FfiConverterOptionUInt32.lower(speakers),FfiConverterOptionTypeKnown.lower(known),FfiConverterBool.lower(perChannel),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeDiarization_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Enrolls a speaker, whose id has 1 to 128 letters, digits and underscores: creates the enrollment, or adds to
     * the one there is. Each recording is inspected; those with too little speech are refused, the others are added
     * together. `force` skips the same-speaker check; `consent` is recorded with the enrollment. Where not one was accepted the error is of the kind
     * `Refused`, and nothing is changed.
     */
open func enroll(speakerId: String, recordings: [Recording], force: Bool = false, options: CallOptions = CallOptions(), consent: ConsentRecord? = nil)async throws  -> Enrollment  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_enroll(
                        self.uniffiCloneHandle(),FfiConverterString.lower(speakerId),FfiConverterSequenceTypeRecording.lower(recordings),FfiConverterBool.lower(force),FfiConverterTypeCallOptions_lower(options),FfiConverterOptionTypeConsentRecord.lower(consent)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeEnrollment_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * The speakers that were enrolled with another model, with the name of that model; they have to be re-enrolled.
     */
open func enrolledOtherwise(options: CallOptions = CallOptions())async throws  -> [String: String]  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_enrolled_otherwise(
                        self.uniffiCloneHandle(),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterDictionaryStringString.lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * The enrollment of a speaker.
     */
open func get(speakerId: String, options: CallOptions = CallOptions())async throws  -> Enrollment  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_get(
                        self.uniffiCloneHandle(),FfiConverterString.lower(speakerId),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeEnrollment_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Finds the segments of a recording in which enrolled speakers speak, and those of others: `speaker_ids`, or
     * else everybody with a complete enrollment.
     */
open func identify(recording: Recording, speakerIds: [String]? = nil, options: CallOptions = CallOptions())async throws  -> Identification  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_identify(
                        self.uniffiCloneHandle(),FfiConverterTypeRecording_lower(recording),FfiConverterOptionSequenceString.lower(speakerIds),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeIdentification_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Finds out who spoke when in a recorded call, with names. `record` is a record of the platform's call log, as its
     * API returns it, in JSON; `recording` the recording where it is at hand. Else the server fetches it.
     */
open func identifyCall(record: String, recording: Recording? = nil, options: CallOptions = CallOptions())async throws  -> CallIdentification  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_identify_call(
                        self.uniffiCloneHandle(),FfiConverterString.lower(record),FfiConverterOptionTypeRecording.lower(recording),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeCallIdentification_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Measures a recording and tells whether it would be enrolled. Nothing is stored. Faults such as noise are in the
     * inspection's `problems`; errors are for what cannot be read at all.
     */
open func inspect(recording: Recording, options: CallOptions = CallOptions())async throws  -> Inspection  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_inspect(
                        self.uniffiCloneHandle(),FfiConverterTypeRecording_lower(recording),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeInspection_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * The status of a job.
     */
open func job(jobId: String, options: CallOptions = CallOptions())async throws  -> Job  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_job(
                        self.uniffiCloneHandle(),FfiConverterString.lower(jobId),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeJob_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * One page of the enrollments, sorted by id, with 1 to 1000 per page; pages count from 1. `partial` lists
     * incomplete enrollments too; `after`, such as the `next_after` of a page, only those whose ids come after it,
     * whatever the number of the page.
     */
open func list(partial: Bool = false, page: UInt32 = UInt32(1), perPage: UInt32 = UInt32(100), after: String? = nil, options: CallOptions = CallOptions())async throws  -> Page  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_list(
                        self.uniffiCloneHandle(),FfiConverterBool.lower(partial),FfiConverterUInt32.lower(page),FfiConverterUInt32.lower(perPage),FfiConverterOptionString.lower(after),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypePage_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Ends the session on a server without holding up a thread, as closing does; the next call logs in again.
     */
open func logOut()async throws   {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_log_out(
                        self.uniffiCloneHandle()
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_void,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_void,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_void,
            liftFunc: { $0 },
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * The name of the model that makes this registry's voiceprints.
     */
open func model(options: CallOptions = CallOptions())async throws  -> String  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_model(
                        self.uniffiCloneHandle(),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterString.lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV.
     */
open func prepare(recording: Recording, options: CallOptions = CallOptions())async throws  -> Prepared  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_prepare(
                        self.uniffiCloneHandle(),FfiConverterTypeRecording_lower(recording),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypePrepared_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Removes one recording from an enrollment, by its `Sample.id`, and recomputes the enrollment from the others.
     */
open func removeSample(speakerId: String, sample: Int64, options: CallOptions = CallOptions())async throws  -> Enrollment  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_remove_sample(
                        self.uniffiCloneHandle(),FfiConverterString.lower(speakerId),FfiConverterInt64.lower(sample),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeEnrollment_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Submits a job: the server fetches a recording and processes it. Returns the job id. A registry that is not on
     * a server does not do this, nor `job` and `wait`: `Unsupported`.
     */
open func submit(request: JobRequest, options: CallOptions = CallOptions())async throws  -> String  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_submit(
                        self.uniffiCloneHandle(),FfiConverterTypeJobRequest_lower(request),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterString.lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Adds speech to an enrollment; as `enroll`, but an id that is not enrolled is `NotFound`.
     */
open func update(speakerId: String, recordings: [Recording], force: Bool = false, options: CallOptions = CallOptions(), consent: ConsentRecord? = nil)async throws  -> Enrollment  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_update(
                        self.uniffiCloneHandle(),FfiConverterString.lower(speakerId),FfiConverterSequenceTypeRecording.lower(recordings),FfiConverterBool.lower(force),FfiConverterTypeCallOptions_lower(options),FfiConverterOptionTypeConsentRecord.lower(consent)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeEnrollment_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Whether a recording is of an enrolled speaker.
     */
open func verify(speakerId: String, recording: Recording, options: CallOptions = CallOptions())async throws  -> Verification  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_verify(
                        self.uniffiCloneHandle(),FfiConverterString.lower(speakerId),FfiConverterTypeRecording_lower(recording),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeVerification_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}

    /**
     * Waits until a job is done. The error of one that failed is of the kind of what it failed of.
     */
open func wait(jobId: String, options: CallOptions = CallOptions())async throws  -> JobResult  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_method_registry_wait(
                        self.uniffiCloneHandle(),FfiConverterString.lower(jobId),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeJobResult_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}



}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeRegistry: FfiConverter {
    typealias FfiType = UInt64
    typealias SwiftType = Registry

    public static func lift(_ handle: UInt64) throws -> Registry {
        return Registry(unsafeFromHandle: handle)
    }

    public static func lower(_ value: Registry) -> UInt64 {
        return value.uniffiCloneHandle()
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Registry {
        let handle: UInt64 = try readInt(&buf)
        return try lift(handle)
    }

    public static func write(_ value: Registry, into buf: inout [UInt8]) {
        writeInt(&buf, lower(value))
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeRegistry_lift(_ handle: UInt64) throws -> Registry {
    return try FfiConverterTypeRegistry.lift(handle)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeRegistry_lower(_ value: Registry) -> UInt64 {
    return FfiConverterTypeRegistry.lower(value)
}




/**
 * How a call is stopped, bounded and watched.
 */
public struct CallOptions {
    /**
     * How long the call may take. Nothing was changed when it took longer, or, on a server, the error says that
     * this is not known.
     */
    public var timeout: Seconds?
    /**
     * Stops the call from elsewhere, under the same terms.
     */
    public var cancel: CancelToken?
    /**
     * Receives the progress of the call.
     */
    public var progress: ProgressListener?

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * How long the call may take. Nothing was changed when it took longer, or, on a server, the error says that
         * this is not known.
         */timeout: Seconds? = nil,
        /**
         * Stops the call from elsewhere, under the same terms.
         */cancel: CancelToken? = nil,
        /**
         * Receives the progress of the call.
         */progress: ProgressListener? = nil) {
        self.timeout = timeout
        self.cancel = cancel
        self.progress = progress
    }




}

#if compiler(>=6)
extension CallOptions: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeCallOptions: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> CallOptions {
        return
            try CallOptions(
                timeout: FfiConverterOptionTypeSeconds.read(from: &buf),
                cancel: FfiConverterOptionTypeCancelToken.read(from: &buf),
                progress: FfiConverterOptionTypeProgressListener.read(from: &buf)
        )
    }

    public static func write(_ value: CallOptions, into buf: inout [UInt8]) {
        FfiConverterOptionTypeSeconds.write(value.timeout, into: &buf)
        FfiConverterOptionTypeCancelToken.write(value.cancel, into: &buf)
        FfiConverterOptionTypeProgressListener.write(value.progress, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCallOptions_lift(_ buf: RustBuffer) throws -> CallOptions {
    return try FfiConverterTypeCallOptions.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCallOptions_lower(_ value: CallOptions) -> RustBuffer {
    return FfiConverterTypeCallOptions.lower(value)
}


/**
 * How a store is opened: where its key comes from, and what is kept of its use. For the key give one source at most;
 * without one, the environment says it, or a folder of the user is used. Without the key nobody can read the voiceprints.
 */
public struct Custody: Equatable, Hashable {
    /**
     * Opens the store read-only; calls that would change it fail.
     */
    public var readOnly: Bool
    /**
     * A folder with a key file for each store.
     */
    public var keyFolder: String?
    /**
     * The file of the key; it is created if it does not exist.
     */
    public var keyFile: String?
    /**
     * The environment variable that holds the key.
     */
    public var keyVariable: String?
    /**
     * A command that prints the key.
     */
    public var keyCommand: String?
    /**
     * Whether the store is encrypted. By default it is, unless it was created with false.
     */
    public var encrypted: Bool?
    /**
     * Whether nobody is enrolled or recognised without a valid consent record.
     */
    public var requireConsent: Bool
    /**
     * The folder of an audit trail of every change and every recognition.
     */
    public var audit: String?
    /**
     * The actor in the audit trail. By default the user of the operating system.
     */
    public var actor: String?

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * Opens the store read-only; calls that would change it fail.
         */readOnly: Bool = false,
        /**
         * A folder with a key file for each store.
         */keyFolder: String? = nil,
        /**
         * The file of the key; it is created if it does not exist.
         */keyFile: String? = nil,
        /**
         * The environment variable that holds the key.
         */keyVariable: String? = nil,
        /**
         * A command that prints the key.
         */keyCommand: String? = nil,
        /**
         * Whether the store is encrypted. By default it is, unless it was created with false.
         */encrypted: Bool? = nil,
        /**
         * Whether nobody is enrolled or recognised without a valid consent record.
         */requireConsent: Bool = false,
        /**
         * The folder of an audit trail of every change and every recognition.
         */audit: String? = nil,
        /**
         * The actor in the audit trail. By default the user of the operating system.
         */actor: String? = nil) {
        self.readOnly = readOnly
        self.keyFolder = keyFolder
        self.keyFile = keyFile
        self.keyVariable = keyVariable
        self.keyCommand = keyCommand
        self.encrypted = encrypted
        self.requireConsent = requireConsent
        self.audit = audit
        self.actor = actor
    }




}

#if compiler(>=6)
extension Custody: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeCustody: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Custody {
        return
            try Custody(
                readOnly: FfiConverterBool.read(from: &buf),
                keyFolder: FfiConverterOptionString.read(from: &buf),
                keyFile: FfiConverterOptionString.read(from: &buf),
                keyVariable: FfiConverterOptionString.read(from: &buf),
                keyCommand: FfiConverterOptionString.read(from: &buf),
                encrypted: FfiConverterOptionBool.read(from: &buf),
                requireConsent: FfiConverterBool.read(from: &buf),
                audit: FfiConverterOptionString.read(from: &buf),
                actor: FfiConverterOptionString.read(from: &buf)
        )
    }

    public static func write(_ value: Custody, into buf: inout [UInt8]) {
        FfiConverterBool.write(value.readOnly, into: &buf)
        FfiConverterOptionString.write(value.keyFolder, into: &buf)
        FfiConverterOptionString.write(value.keyFile, into: &buf)
        FfiConverterOptionString.write(value.keyVariable, into: &buf)
        FfiConverterOptionString.write(value.keyCommand, into: &buf)
        FfiConverterOptionBool.write(value.encrypted, into: &buf)
        FfiConverterBool.write(value.requireConsent, into: &buf)
        FfiConverterOptionString.write(value.audit, into: &buf)
        FfiConverterOptionString.write(value.actor, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCustody_lift(_ buf: RustBuffer) throws -> Custody {
    return try FfiConverterTypeCustody.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeCustody_lower(_ value: Custody) -> RustBuffer {
    return FfiConverterTypeCustody.lower(value)
}


/**
 * What went wrong, in all kinds of errors.
 */
public struct ErrorDetails: Equatable, Hashable {
    /**
     * Stable name of what happened, such as `speaker_exists`; the same in every language.
     */
    public var code: String
    /**
     * A sentence that says what to do.
     */
    public var message: String
    /**
     * Whether the same call may succeed later. Never where a part was done, or may have been.
     */
    public var retryable: Bool
    /**
     * HTTP status with which a server refused.
     */
    public var status: Int32?
    /**
     * The id of the request in the server's log.
     */
    public var requestId: String?
    /**
     * How long to wait before a retry, if known.
     */
    public var retryAfter: Seconds?
    /**
     * How many recordings of the call were added before it failed.
     */
    public var added: Int32
    /**
     * Whether it is not known what a server did: read the enrollment to know.
     */
    public var outcomeUnknown: Bool
    /**
     * Why a recording was refused.
     */
    public var problems: [Problem]

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * Stable name of what happened, such as `speaker_exists`; the same in every language.
         */code: String,
        /**
         * A sentence that says what to do.
         */message: String,
        /**
         * Whether the same call may succeed later. Never where a part was done, or may have been.
         */retryable: Bool,
        /**
         * HTTP status with which a server refused.
         */status: Int32?,
        /**
         * The id of the request in the server's log.
         */requestId: String?,
        /**
         * How long to wait before a retry, if known.
         */retryAfter: Seconds?,
        /**
         * How many recordings of the call were added before it failed.
         */added: Int32,
        /**
         * Whether it is not known what a server did: read the enrollment to know.
         */outcomeUnknown: Bool,
        /**
         * Why a recording was refused.
         */problems: [Problem]) {
        self.code = code
        self.message = message
        self.retryable = retryable
        self.status = status
        self.requestId = requestId
        self.retryAfter = retryAfter
        self.added = added
        self.outcomeUnknown = outcomeUnknown
        self.problems = problems
    }




}

#if compiler(>=6)
extension ErrorDetails: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeErrorDetails: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> ErrorDetails {
        return
            try ErrorDetails(
                code: FfiConverterString.read(from: &buf),
                message: FfiConverterString.read(from: &buf),
                retryable: FfiConverterBool.read(from: &buf),
                status: FfiConverterOptionInt32.read(from: &buf),
                requestId: FfiConverterOptionString.read(from: &buf),
                retryAfter: FfiConverterOptionTypeSeconds.read(from: &buf),
                added: FfiConverterInt32.read(from: &buf),
                outcomeUnknown: FfiConverterBool.read(from: &buf),
                problems: FfiConverterSequenceTypeProblem.read(from: &buf)
        )
    }

    public static func write(_ value: ErrorDetails, into buf: inout [UInt8]) {
        FfiConverterString.write(value.code, into: &buf)
        FfiConverterString.write(value.message, into: &buf)
        FfiConverterBool.write(value.retryable, into: &buf)
        FfiConverterOptionInt32.write(value.status, into: &buf)
        FfiConverterOptionString.write(value.requestId, into: &buf)
        FfiConverterOptionTypeSeconds.write(value.retryAfter, into: &buf)
        FfiConverterInt32.write(value.added, into: &buf)
        FfiConverterBool.write(value.outcomeUnknown, into: &buf)
        FfiConverterSequenceTypeProblem.write(value.problems, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeErrorDetails_lift(_ buf: RustBuffer) throws -> ErrorDetails {
    return try FfiConverterTypeErrorDetails.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeErrorDetails_lower(_ value: ErrorDetails) -> RustBuffer {
    return FfiConverterTypeErrorDetails.lower(value)
}


/**
 * A stretch cut out of a recording. The core's own type can be made in the core alone, and the door gives its parts.
 */
public struct Prepared: Equatable, Hashable {
    /**
     * A WAV file: 16 kHz, mono, 16 bit.
     */
    public var wav: Data
    /**
     * Where the stretch starts in the recording, in seconds.
     */
    public var start: Double
    /**
     * Where it ends, in seconds.
     */
    public var end: Double
    /**
     * Seconds of speech in it.
     */
    public var speechSeconds: Double

    // Default memberwise initializers are never public by default, so we
    // declare one manually.
    public init(
        /**
         * A WAV file: 16 kHz, mono, 16 bit.
         */wav: Data,
        /**
         * Where the stretch starts in the recording, in seconds.
         */start: Double,
        /**
         * Where it ends, in seconds.
         */end: Double,
        /**
         * Seconds of speech in it.
         */speechSeconds: Double) {
        self.wav = wav
        self.start = start
        self.end = end
        self.speechSeconds = speechSeconds
    }




}

#if compiler(>=6)
extension Prepared: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypePrepared: FfiConverterRustBuffer {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Prepared {
        return
            try Prepared(
                wav: FfiConverterData.read(from: &buf),
                start: FfiConverterDouble.read(from: &buf),
                end: FfiConverterDouble.read(from: &buf),
                speechSeconds: FfiConverterDouble.read(from: &buf)
        )
    }

    public static func write(_ value: Prepared, into buf: inout [UInt8]) {
        FfiConverterData.write(value.wav, into: &buf)
        FfiConverterDouble.write(value.start, into: &buf)
        FfiConverterDouble.write(value.end, into: &buf)
        FfiConverterDouble.write(value.speechSeconds, into: &buf)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypePrepared_lift(_ buf: RustBuffer) throws -> Prepared {
    return try FfiConverterTypePrepared.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypePrepared_lower(_ value: Prepared) -> RustBuffer {
    return FfiConverterTypePrepared.lower(value)
}


/**
 * The enrolled speakers to search for in a diarization.
 */

public enum Known: Equatable, Hashable {

    /**
     * Everybody with a complete enrollment.
     */
    case all
    /**
     * These speakers, whose enrollments must be complete.
     */
    case these(
        /**
         * Their ids.
         */speakerIds: [String]
    )





}

#if compiler(>=6)
extension Known: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeKnown: FfiConverterRustBuffer {
    typealias SwiftType = Known

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Known {
        let variant: Int32 = try readInt(&buf)
        switch variant {

        case 1: return .all

        case 2: return .these(speakerIds: try FfiConverterSequenceString.read(from: &buf)
        )

        default: throw UniffiInternalError.unexpectedEnumCase
        }
    }

    public static func write(_ value: Known, into buf: inout [UInt8]) {
        switch value {


        case .all:
            writeInt(&buf, Int32(1))


        case let .these(speakerIds):
            writeInt(&buf, Int32(2))
            FfiConverterSequenceString.write(speakerIds, into: &buf)

        }
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeKnown_lift(_ buf: RustBuffer) throws -> Known {
    return try FfiConverterTypeKnown.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeKnown_lower(_ value: Known) -> RustBuffer {
    return FfiConverterTypeKnown.lower(value)
}



/**
 * How samples are written, the lowest byte of each first.
 */

public enum SampleFormat: Equatable, Hashable {

    /**
     * Integers of 16 bits.
     */
    case i16
    /**
     * Floats of 32 bits from -1 to 1.
     */
    case f32
    /**
     * Floats of 64 bits from -1 to 1.
     */
    case f64





}

#if compiler(>=6)
extension SampleFormat: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeSampleFormat: FfiConverterRustBuffer {
    typealias SwiftType = SampleFormat

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SampleFormat {
        let variant: Int32 = try readInt(&buf)
        switch variant {

        case 1: return .i16

        case 2: return .f32

        case 3: return .f64

        default: throw UniffiInternalError.unexpectedEnumCase
        }
    }

    public static func write(_ value: SampleFormat, into buf: inout [UInt8]) {
        switch value {


        case .i16:
            writeInt(&buf, Int32(1))


        case .f32:
            writeInt(&buf, Int32(2))


        case .f64:
            writeInt(&buf, Int32(3))

        }
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeSampleFormat_lift(_ buf: RustBuffer) throws -> SampleFormat {
    return try FfiConverterTypeSampleFormat.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeSampleFormat_lower(_ value: SampleFormat) -> RustBuffer {
    return FfiConverterTypeSampleFormat.lower(value)
}



/**
 * Something that could not be done; each kind is a case of its own. Faults of a recording, such as noise,
 * are no errors but problems of its inspection.
 */
public
enum VoicerollError: Swift.Error, Equatable, Hashable, Foundation.LocalizedError {



    /**
     * An argument is invalid, such as a speaker id with a space in it.
     */
    case InvalidInput(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * The recording cannot be read: unsupported format, no audio, or damaged.
     */
    case Unreadable(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * The recording can be read, but is not fit to enroll; `problems` says why.
     */
    case Refused(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * A limit was passed, such as the longest recording that is read.
     */
    case Limit(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * The speaker id is already enrolled.
     */
    case Conflict(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * There is no such speaker, recording or job.
     */
    case NotFound(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * The speaker id was enrolled once and has been deleted, or has expired.
     */
    case Gone(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * The enrollment lacks speech to recognise anybody by, or a consent.
     */
    case Incomplete(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * Voiceprints made by different models cannot be compared or mixed.
     */
    case ModelMismatch(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * The store could not be read or written.
     */
    case Store(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * A file could not be read or written.
     */
    case Io(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * A cancel token stopped the work.
     */
    case Cancelled(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * The call exceeded its timeout.
     */
    case Timeout(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * The server rejected the credentials.
     */
    case Unauthorized(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * The server cannot be reached, is busy or failed; try again later.
     */
    case Unavailable(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * The server does not support this, or is not a compatible server.
     */
    case Unsupported(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )
    /**
     * A defect in Voiceroll itself.
     */
    case Internal(
        /**
         * Code, sentence and the rest.
         */details: ErrorDetails
    )






    public var errorDescription: String? {
        String(reflecting: self)
    }

}

#if compiler(>=6)
extension VoicerollError: Sendable {}
#endif

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeVoicerollError: FfiConverterRustBuffer {
    typealias SwiftType = VoicerollError

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> VoicerollError {
        let variant: Int32 = try readInt(&buf)
        switch variant {




        case 1: return .InvalidInput(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 2: return .Unreadable(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 3: return .Refused(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 4: return .Limit(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 5: return .Conflict(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 6: return .NotFound(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 7: return .Gone(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 8: return .Incomplete(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 9: return .ModelMismatch(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 10: return .Store(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 11: return .Io(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 12: return .Cancelled(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 13: return .Timeout(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 14: return .Unauthorized(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 15: return .Unavailable(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 16: return .Unsupported(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )
        case 17: return .Internal(
            details: try FfiConverterTypeErrorDetails.read(from: &buf)
            )

         default: throw UniffiInternalError.unexpectedEnumCase
        }
    }

    public static func write(_ value: VoicerollError, into buf: inout [UInt8]) {
        switch value {





        case let .InvalidInput(details):
            writeInt(&buf, Int32(1))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Unreadable(details):
            writeInt(&buf, Int32(2))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Refused(details):
            writeInt(&buf, Int32(3))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Limit(details):
            writeInt(&buf, Int32(4))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Conflict(details):
            writeInt(&buf, Int32(5))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .NotFound(details):
            writeInt(&buf, Int32(6))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Gone(details):
            writeInt(&buf, Int32(7))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Incomplete(details):
            writeInt(&buf, Int32(8))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .ModelMismatch(details):
            writeInt(&buf, Int32(9))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Store(details):
            writeInt(&buf, Int32(10))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Io(details):
            writeInt(&buf, Int32(11))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Cancelled(details):
            writeInt(&buf, Int32(12))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Timeout(details):
            writeInt(&buf, Int32(13))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Unauthorized(details):
            writeInt(&buf, Int32(14))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Unavailable(details):
            writeInt(&buf, Int32(15))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Unsupported(details):
            writeInt(&buf, Int32(16))
            FfiConverterTypeErrorDetails.write(details, into: &buf)


        case let .Internal(details):
            writeInt(&buf, Int32(17))
            FfiConverterTypeErrorDetails.write(details, into: &buf)

        }
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeVoicerollError_lift(_ buf: RustBuffer) throws -> VoicerollError {
    return try FfiConverterTypeVoicerollError.lift(buf)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeVoicerollError_lower(_ value: VoicerollError) -> RustBuffer {
    return FfiConverterTypeVoicerollError.lower(value)
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
fileprivate struct FfiConverterOptionInt32: FfiConverterRustBuffer {
    typealias SwiftType = Int32?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterInt32.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterInt32.read(from: &buf)
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
fileprivate struct FfiConverterOptionBool: FfiConverterRustBuffer {
    typealias SwiftType = Bool?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterBool.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterBool.read(from: &buf)
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
fileprivate struct FfiConverterOptionTypeCancelToken: FfiConverterRustBuffer {
    typealias SwiftType = CancelToken?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterTypeCancelToken.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterTypeCancelToken.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionTypeProgressListener: FfiConverterRustBuffer {
    typealias SwiftType = ProgressListener?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterTypeProgressListener.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterTypeProgressListener.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionTypeRecording: FfiConverterRustBuffer {
    typealias SwiftType = Recording?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterTypeRecording.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterTypeRecording.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionTypeConsentRecord: FfiConverterRustBuffer {
    typealias SwiftType = ConsentRecord?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterTypeConsentRecord.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterTypeConsentRecord.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionTypeEncoding: FfiConverterRustBuffer {
    typealias SwiftType = Encoding?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterTypeEncoding.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterTypeEncoding.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionTypeKnown: FfiConverterRustBuffer {
    typealias SwiftType = Known?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterTypeKnown.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterTypeKnown.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionSequenceString: FfiConverterRustBuffer {
    typealias SwiftType = [String]?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterSequenceString.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterSequenceString.read(from: &buf)
        default: throw UniffiInternalError.unexpectedOptionalTag
        }
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterOptionTypeSeconds: FfiConverterRustBuffer {
    typealias SwiftType = Seconds?

    public static func write(_ value: SwiftType, into buf: inout [UInt8]) {
        guard let value = value else {
            writeInt(&buf, Int8(0))
            return
        }
        writeInt(&buf, Int8(1))
        FfiConverterTypeSeconds.write(value, into: &buf)
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> SwiftType {
        switch try readInt(&buf) as Int8 {
        case 0: return nil
        case 1: return try FfiConverterTypeSeconds.read(from: &buf)
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
fileprivate struct FfiConverterSequenceTypeRecording: FfiConverterRustBuffer {
    typealias SwiftType = [Recording]

    public static func write(_ value: [Recording], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterTypeRecording.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [Recording] {
        let len: Int32 = try readInt(&buf)
        var seq = [Recording]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterTypeRecording.read(from: &buf))
        }
        return seq
    }
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
fileprivate struct FfiConverterSequenceTypeAuditEntry: FfiConverterRustBuffer {
    typealias SwiftType = [AuditEntry]

    public static func write(_ value: [AuditEntry], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for item in value {
            FfiConverterTypeAuditEntry.write(item, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [AuditEntry] {
        let len: Int32 = try readInt(&buf)
        var seq = [AuditEntry]()
        seq.reserveCapacity(Int(len))
        for _ in 0 ..< len {
            seq.append(try FfiConverterTypeAuditEntry.read(from: &buf))
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
fileprivate struct FfiConverterDictionaryStringString: FfiConverterRustBuffer {
    public static func write(_ value: [String: String], into buf: inout [UInt8]) {
        let len = Int32(value.count)
        writeInt(&buf, len)
        for (key, value) in value {
            FfiConverterString.write(key, into: &buf)
            FfiConverterString.write(value, into: &buf)
        }
    }

    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> [String: String] {
        let len: Int32 = try readInt(&buf)
        var dict = [String: String]()
        dict.reserveCapacity(Int(len))
        for _ in 0..<len {
            let key = try FfiConverterString.read(from: &buf)
            let value = try FfiConverterString.read(from: &buf)
            dict[key] = value
        }
        return dict
    }
}


/**
 * A length of time in seconds.
 */
public typealias Seconds = Double

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public struct FfiConverterTypeSeconds: FfiConverter {
    public static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Seconds {
        return try FfiConverterDouble.read(from: &buf)
    }

    public static func write(_ value: Seconds, into buf: inout [UInt8]) {
        return FfiConverterDouble.write(value, into: &buf)
    }

    public static func lift(_ value: Double) throws -> Seconds {
        return try FfiConverterDouble.lift(value)
    }

    public static func lower(_ value: Seconds) -> Double {
        return FfiConverterDouble.lower(value)
    }
}


#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeSeconds_lift(_ value: Double) throws -> Seconds {
    return try FfiConverterTypeSeconds.lift(value)
}

#if swift(>=5.8)
@_documentation(visibility: private)
#endif
public func FfiConverterTypeSeconds_lower(_ value: Seconds) -> Double {
    return FfiConverterTypeSeconds.lower(value)
}

private let UNIFFI_RUST_FUTURE_POLL_READY: Int8 = 0
private let UNIFFI_RUST_FUTURE_POLL_WAKE: Int8 = 1

fileprivate let uniffiContinuationHandleMap = UniffiHandleMap<UnsafeContinuation<Int8, Never>>()

fileprivate func uniffiRustCallAsync<F, T>(
    rustFutureFunc: () -> UInt64,
    pollFunc: (UInt64, @escaping UniffiRustFutureContinuationCallback, UInt64) -> (),
    completeFunc: (UInt64, UnsafeMutablePointer<RustCallStatus>) -> F,
    freeFunc: (UInt64) -> (),
    liftFunc: (F) throws -> T,
    errorHandler: ((RustBuffer) throws -> Swift.Error)?
) async throws -> T {
    // Make sure to call the ensure init function since future creation doesn't have a
    // RustCallStatus param, so doesn't use makeRustCall()
    uniffiEnsureVoicerollUniffiInitialized()
    let rustFuture = rustFutureFunc()
    defer {
        freeFunc(rustFuture)
    }
    var pollResult: Int8;
    repeat {
        pollResult = await withUnsafeContinuation {
            pollFunc(
                rustFuture,
                { handle, pollResult in
                    uniffiFutureContinuationCallback(handle: handle, pollResult: pollResult)
                },
                uniffiContinuationHandleMap.insert(obj: $0)
            )
        }
    } while pollResult != UNIFFI_RUST_FUTURE_POLL_READY

    return try liftFunc(makeRustCall(
        { completeFunc(rustFuture, $0) },
        errorHandler: errorHandler
    ))
}

// Callback handlers for an async calls.  These are invoked by Rust when the future is ready.  They
// lift the return value or error and resume the suspended function.
fileprivate func uniffiFutureContinuationCallback(handle: UInt64, pollResult: Int8) {
    if let continuation = try? uniffiContinuationHandleMap.remove(handle: handle) {
        continuation.resume(returning: pollResult)
    } else {
        print("uniffiFutureContinuationCallback invalid handle")
    }
}
/**
 * The version of this package, the same in every language.
 */
public func version() -> String  {
    return try!  FfiConverterString.lift(try! rustCall() {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_func_version(uniffiCallStatus
    )
})
}
/**
 * Puts a backup in the place of the store `path` that nobody has open. `replace` moves a store that exists aside; speakers
 * who were deleted from it since the backup are erased from the restored one.
 */
public func restore(backup: String, path: String, replace: Bool = false, custody: Custody = Custody())throws  -> Restored  {
    return try  FfiConverterTypeRestored_lift(try rustCallWithError(FfiConverterTypeVoicerollError_lift) {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_func_restore(
        FfiConverterString.lower(backup),
        FfiConverterString.lower(path),
        FfiConverterBool.lower(replace),
        FfiConverterTypeCustody_lower(custody),uniffiCallStatus
    )
})
}
/**
 * Measures a recording and says whether it would be enrolled, without a registry. `max_seconds` and `max_bytes` are
 * the longest recording and the largest file that are read; two hours and 2 GiB by default.
 */
public func inspect(recording: Recording, maxSeconds: Double? = nil, maxBytes: UInt64? = nil, options: CallOptions = CallOptions())async throws  -> Inspection  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_func_inspect(FfiConverterTypeRecording_lower(recording),FfiConverterOptionDouble.lower(maxSeconds),FfiConverterOptionUInt64.lower(maxBytes),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypeInspection_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
}
/**
 * The encoding that a text names, such as `Mpeg`, in any case.
 */
public func parseEncoding(text: String)throws  -> Encoding  {
    return try  FfiConverterTypeEncoding_lift(try rustCallWithError(FfiConverterTypeVoicerollError_lift) {
        uniffiCallStatus in
    uniffi_voiceroll_uniffi_fn_func_parse_encoding(
        FfiConverterString.lower(text),uniffiCallStatus
    )
})
}
/**
 * Cuts the stretch with the most continuous speech, at most 30 s, out of a recording, as 16 kHz mono WAV, without a
 * registry; limits as for `inspect`.
 */
public func prepare(recording: Recording, maxSeconds: Double? = nil, maxBytes: UInt64? = nil, options: CallOptions = CallOptions())async throws  -> Prepared  {
    return
        try  await uniffiRustCallAsync(
            rustFutureFunc: {
                uniffi_voiceroll_uniffi_fn_func_prepare(FfiConverterTypeRecording_lower(recording),FfiConverterOptionDouble.lower(maxSeconds),FfiConverterOptionUInt64.lower(maxBytes),FfiConverterTypeCallOptions_lower(options)
                )
            },
            pollFunc: ffi_voiceroll_uniffi_rust_future_poll_rust_buffer,
            completeFunc: ffi_voiceroll_uniffi_rust_future_complete_rust_buffer,
            freeFunc: ffi_voiceroll_uniffi_rust_future_free_rust_buffer,
            liftFunc: FfiConverterTypePrepared_lift,
            errorHandler: FfiConverterTypeVoicerollError_lift
        )
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
    let scaffolding_contract_version = ffi_voiceroll_uniffi_uniffi_contract_version()
    if bindings_contract_version != scaffolding_contract_version {
        return InitializationResult.contractVersionMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_func_version() != 49847) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_func_restore() != 29253) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_func_inspect() != 32962) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_func_parse_encoding() != 39122) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_func_prepare() != 24811) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_callbacks_take() != 2345) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_callbacks_wait() != 45599) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_canceltoken_cancel() != 9971) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_canceltoken_is_cancelled() != 48354) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_progresslistener_on_progress() != 53290) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_recording_track() != 20875) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_audit_entries() != 51516) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_audit_pseudonym() != 59439) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_backup() != 10641) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_check() != 6831) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_consent() != 13011) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_expire() != 38468) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_expired() != 17311) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_export_speaker() != 17645) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_import_speaker() != 54020) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_purge() != 29092) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_record_consent() != 25059) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_retention() != 39722) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_rotate_key() != 43023) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_set_retention() != 33938) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_verify_audit() != 10031) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_withdraw_consent() != 57495) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_create() != 47494) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_delete() != 3265) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_diarize() != 43129) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_enroll() != 7767) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_enrolled_otherwise() != 870) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_get() != 36313) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_identify() != 2912) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_identify_call() != 12442) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_inspect() != 33712) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_job() != 35743) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_list() != 10669) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_log_out() != 6952) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_model() != 60146) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_prepare() != 4194) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_remove_sample() != 46937) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_submit() != 42537) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_update() != 611) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_verify() != 50393) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_method_registry_wait() != 2738) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_constructor_callbacks_new() != 35811) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_constructor_jobrequest_diarize() != 27632) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_constructor_jobrequest_identify() != 14703) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_constructor_jobrequest_transcribe() != 16735) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_constructor_canceltoken_new() != 39013) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_constructor_recording_from_bytes() != 16768) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_constructor_recording_from_path() != 50894) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_constructor_recording_from_samples() != 25229) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_constructor_registry_connect() != 40826) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_constructor_registry_connect_from_env() != 31841) {
        return InitializationResult.apiChecksumMismatch
    }
    if (uniffi_voiceroll_uniffi_checksum_constructor_registry_open() != 5593) {
        return InitializationResult.apiChecksumMismatch
    }

    uniffiCallbackInitProgressListener()
    uniffiEnsureVoicerollInitialized()
    return InitializationResult.ok
}()

// Make the ensure init function public so that other modules which have external type references to
// our types can call it.
public func uniffiEnsureVoicerollUniffiInitialized() {
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
