public import RungOTLP
import RungText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of telemetry: one request in JSON, JSON Lines of requests, or one request in the binary encoding.
///
/// Which of them it is, its content says. JSON is read piece by piece; a binary request is read at once.
public struct OTLPFile {
    private let path: String

    /// The longest line, and the largest binary request, in bytes.
    static let limit = 64 << 20
    private static let chunk = 256 << 10

    public init(path: String) {
        self.path = path
    }

    /// Hands out what the file holds, in its order.
    ///
    /// - Throws: `InvalidInput` with all lines that are wrong, or with the first wrong place of a document; what `body` throws.
    public func forEach(_ body: (TelemetryBatch) throws -> Void) throws {
        switch try form() {
        case .binary: try body(try binary())
        case .document: try document(body)
        case .lines: try lines(body)
        }
    }

    // MARK: - What it is

    private enum Form { case binary, document, lines }

    private func form() throws -> Form {
        var first: [UInt8] = []
        var hasBreak = false
        try read { piece in
            first += piece
            hasBreak = first.drop { $0 <= 0x20 }.contains(10)
            return first.count < Self.limit && !hasBreak
        }
        guard let start = first.firstIndex(where: { $0 > 0x20 }) else {
            throw InvalidInput(path, nil, "the file is empty", suggestion: "expected OTLP as JSON, JSON Lines or protobuf")
        }
        // A binary request begins with the tag of its first field, which is a line break in text.
        let isBinary = first[0] == 10 && first.count > 1 && first[start] != UInt8(ascii: "{")
        if isBinary || first[start] != UInt8(ascii: "{") { return .binary }
        if first[0] == 10, (try? OTLPReader.read(protobuf: try contents(), .traces)) != nil { return .binary }
        let line = first[start...].prefix { $0 != 10 }
        return (try? JSONReader.read(Array(line))) == nil ? .document : .lines
    }

    // MARK: - Reading

    private func document(_ body: (TelemetryBatch) throws -> Void) throws {
        var isKnown = false
        var isEmpty = true
        try JSONDocumentScanner.walk(path: path, elementsOf: OTLPReader.elementKeys) { item in
            isEmpty = false
            switch item {
            case .element(let key, _, let node):
                isKnown = true
                let batch: TelemetryBatch
                do throws(OTLPError) { batch = try OTLPReader.read(element: node, of: key) } catch { throw invalid(error) }
                try body(batch)
            case .member(let key, _, let node):
                guard OTLPReader.elementKeys.contains(key) else { return }
                isKnown = true
                guard node.isNull else { throw InvalidInput(path, node.position, "\"\(key)\" must be an array, found \(node.kindName)") }
            }
        }
        guard isKnown || isEmpty else {
            throw InvalidInput(
                path, .start, "the file has neither \"resourceSpans\" nor \"resourceLogs\"", suggestion: "expected an OTLP request")
        }
    }

    private func lines(_ body: (TelemetryBatch) throws -> Void) throws {
        var scanner = LineScanner(limit: Self.limit)
        var number = 0
        var diagnostics = Diagnostics()
        func take(_ line: UnsafeBufferPointer<UInt8>) throws {
            number += 1
            guard line.contains(where: { $0 > 0x20 }) else { return }
            do {
                let batch = try OTLPReader.read(json: line, line: number)
                if diagnostics.isEmpty { try body(batch) }
            } catch let error as OTLPError {
                diagnostics.append(Diagnostic(path, error.position, error.message))
                if diagnostics.all.count == 1_000 { try diagnostics.throwIfAny() }
            }
        }
        do {
            try read { piece in
                try piece.withUnsafeBytes { try scanner.push($0) { try take($0) } }
                return true
            }
        } catch is LineScanner.LineTooLong {
            throw InvalidInput(path, SourcePosition(line: number + 1, column: 1), "the line is longer than \(Self.limit >> 20) MiB")
        }
        try scanner.rest.withUnsafeBufferPointer { if !$0.isEmpty { try take($0) } }
        try diagnostics.throwIfAny()
    }

    private func binary() throws -> TelemetryBatch {
        let bytes = try contents()
        do throws(OTLPError) {
            let traces = try OTLPReader.read(protobuf: bytes, .traces)
            // Log records, read as spans, have no identifiers.
            guard traces.spans.isEmpty, !traces.refusals.isEmpty else { return traces }
            let logs = try? OTLPReader.read(protobuf: bytes, .logs)
            return logs.flatMap { $0.logs.isEmpty ? nil : $0 } ?? traces
        } catch {
            if let logs = try? OTLPReader.read(protobuf: bytes, .logs), !logs.logs.isEmpty { return logs }
            throw invalid(error)
        }
    }

    private func contents() throws -> [UInt8] {
        var bytes: [UInt8] = []
        try read { piece in
            bytes += piece
            return bytes.count <= Self.limit
        }
        guard bytes.count <= Self.limit else {
            throw InvalidInput(path, nil, "a binary request has at most \(Self.limit >> 20) MiB", suggestion: "split it, or use JSON Lines")
        }
        return bytes
    }

    /// Reads pieces until `body` says false.
    private func read(_ body: (ArraySlice<UInt8>) throws -> Bool) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable() }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: Self.chunk)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable() }
            guard count > 0, try body(buffer[..<count]) else { return }
        }
    }

    private func unreadable() -> InvalidInput {
        InvalidInput(path, nil, "the file cannot be read: \(String(cString: strerror(errno)))", suggestion: "check the path")
    }

    private func invalid(_ error: OTLPError) -> InvalidInput {
        InvalidInput(path, error.position, error.offset.map { "byte \($0): \(error.message)" } ?? error.message)
    }
}
