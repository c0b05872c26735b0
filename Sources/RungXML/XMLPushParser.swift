internal import CRungXML

/// Feeds a file or bytes to libxml2 piece by piece, within limits; a class because it owns libxml2's parser.
///
/// No network, no document type, hence no entities: there is nothing a document could make grow.
final class XMLPushParser {
    /// Where the bytes come from.
    enum Input {
        /// An open file.
        case file(InputFile)
        /// A whole document.
        case memory([UInt8])
    }

    /// The reader of CRungXML, where events and problems are taken from.
    let handle: OpaquePointer
    private let source: String
    private let limits: XMLReadLimits
    private var input: Input
    private var consumed = 0
    /// True once the whole document has been read.
    private(set) var isAtEnd = false

    /// A parser at the start of its input; nothing is read yet.
    ///
    /// - Parameter source: the name for errors.
    init(_ input: Input, source: String, limits: XMLReadLimits, schema: OpaquePointer? = nil) throws(XMLReadError) {
        guard let handle = rung_xml_reader_create(Int32(clamping: limits.depth), schema) else {
            throw .unreadable(source: source, reason: "out of memory")
        }
        self.handle = handle
        self.input = input
        self.source = source
        self.limits = limits
    }

    deinit { rung_xml_reader_free(handle) }

    /// Opens a file for reading.
    static func open(_ path: String) throws(XMLReadError) -> Input {
        do {
            return .file(try InputFile(path))
        } catch {
            throw .unreadable(source: path, reason: systemMessage(error.code))
        }
    }

    /// Reads the next piece of the document; afterwards there may be new events.
    func advance() throws(XMLReadError) {
        let isWellFormed: Bool
        switch input {
        case .memory(let bytes):
            input = .memory([])
            try count(bytes.count)
            isAtEnd = true
            isWellFormed = bytes.withUnsafeBufferPointer { feed($0) }
        case .file(let file):
            let bytes = try piece(of: file)
            try count(bytes?.count ?? 0)
            isAtEnd = bytes == nil
            isWellFormed = feed(bytes ?? UnsafeBufferPointer(start: nil, count: 0))
        }
        guard isWellFormed else { throw failure() }
    }

    /// Throws what stopped libxml2, if anything did.
    func throwIfFailed() throws(XMLReadError) {
        if rung_xml_reader_has_failed(handle) { throw failure() }
    }

    private func feed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.withMemoryRebound(to: CChar.self) { rung_xml_reader_feed(handle, $0.baseAddress, $0.count, isAtEnd) }
    }

    private func piece(of file: InputFile) throws(XMLReadError) -> UnsafeBufferPointer<UInt8>? {
        do {
            return try file.next()
        } catch {
            throw .unreadable(source: source, reason: systemMessage(error.code))
        }
    }

    private func count(_ bytes: Int) throws(XMLReadError) {
        consumed += bytes
        guard consumed <= limits.bytes else {
            let message = "larger than \(limits.bytes) bytes"
            throw .refused(source: source, XMLProblem(line: 0, column: nil, message: message))
        }
    }

    private func failure() -> XMLReadError {
        var isRefused = false
        let problem = XMLProblem(rung_xml_reader_failure(handle, &isRefused))
        return isRefused ? .refused(source: source, problem) : .malformed(source: source, problem)
    }
}
