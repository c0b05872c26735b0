internal import SwiftProtobuf
public import RungText

/// Reads requests of the OpenTelemetry protocol: traces and logs, in the binary encoding and in JSON.
///
/// Any bytes may be handed in: nesting is limited to 100 levels in the binary encoding and 128 in JSON, and memory to a
/// small multiple of the input.
public enum OTLPReader {
    /// What a request is about; the path of the request says it.
    public enum Signal: String, Sendable, CaseIterable {
        case traces, logs
    }

    /// Reads an `ExportTraceServiceRequest` or `ExportLogsServiceRequest` in the binary encoding.
    public static func read(protobuf bytes: [UInt8], _ signal: Signal) throws(OTLPError) -> TelemetryBatch {
        var batch = TelemetryBatch()
        do {
            switch signal {
            case .traces: batch.add(try Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceRequest(serializedBytes: bytes))
            case .logs: batch.add(try Opentelemetry_Proto_Collector_Logs_V1_ExportLogsServiceRequest(serializedBytes: bytes))
            }
        } catch {
            throw WireOutline.explain(bytes, signal)
        }
        return batch
    }

    /// Reads a request in JSON, of whichever signals it holds.
    ///
    /// - Parameter line: the number of its first line, for requests that are lines of a file.
    public static func read(json bytes: UnsafeBufferPointer<UInt8>, line: Int = 1) throws(OTLPError) -> TelemetryBatch {
        let node: Node
        do throws(JSONSyntaxError) {
            node = try JSONReader.read(bytes, line: line)
        } catch {
            throw OTLPError("not valid JSON: \(error.message)", position: error.position)
        }
        var batch = TelemetryBatch()
        try batch.add(request: node)
        return batch
    }

    /// The members of a request in JSON whose elements can be read one by one.
    public static let elementKeys: Set<String> = ["resourceLogs", "resourceMetrics", "resourceSpans"]

    /// Reads one element of such a member, for requests that are too large to be read at once.
    public static func read(element: Node, of key: String) throws(OTLPError) -> TelemetryBatch {
        var batch = TelemetryBatch()
        try batch.add(element: element, of: key)
        return batch
    }

    /// Reads a request in JSON, of whichever signals it holds.
    public static func read(json bytes: [UInt8]) throws(OTLPError) -> TelemetryBatch {
        var result: Result<TelemetryBatch, OTLPError>?
        bytes.withUnsafeBufferPointer { buffer in
            result = Result { () throws(OTLPError) in try read(json: buffer) }
        }
        guard let result else { preconditionFailure("the closure runs exactly once") }
        return try result.get()
    }
}
