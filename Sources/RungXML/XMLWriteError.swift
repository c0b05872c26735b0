#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The system refused to open, write or close an output; what was written before may be incomplete.
public struct XMLWriteError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was being done.
    public enum Operation: String, Sendable {
        /// Opening a new file, writing to it, and closing it.
        case create, write, close
        /// Reading a fragment back from its spool file.
        case copy
    }

    /// What was being done when it failed.
    public let operation: Operation
    /// The path, or a name such as `standard output`.
    public let target: String
    /// The system's error number.
    public let code: Int32

    /// Takes the system's latest error number.
    init(_ operation: Operation, _ target: String, code: Int32 = errno) {
        self.operation = operation
        self.target = target
        self.code = code
    }

    /// A spool file is not as long as it was when its fragment was finished.
    static func changed(_ path: String) -> XMLWriteError { XMLWriteError(.copy, path, code: ESTALE) }

    /// A lower-case fragment such as `write report.xml: No space left on device`.
    public var description: String { "\(operation.rawValue) \(target): \(systemMessage(code))" }
}

/// The system's text for an error number.
func systemMessage(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
}
