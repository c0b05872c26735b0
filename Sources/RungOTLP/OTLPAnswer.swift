internal import SwiftProtobuf
import RungText

/// Writes what a receiver answers, in the encoding of the request.
public enum OTLPAnswer {
    /// An `ExportTraceServiceResponse` or `ExportLogsServiceResponse`; empty when everything was taken.
    ///
    /// - Parameter reason: why some were refused; for people.
    public static func accepted(
        _ encoding: OTLPEncoding, _ signal: OTLPReader.Signal, refused: Int = 0, reason: String = ""
    ) -> [UInt8] {
        if refused == 0, reason.isEmpty { return encoding == .json ? Array("{}".utf8) : [] }
        switch (encoding, signal) {
        case (.json, _):
            // 64-bit numbers are text in the JSON of protocol buffers.
            let key = signal == .traces ? "rejectedSpans" : "rejectedLogRecords"
            let partial: JSONValue = .object([key: .string("\(refused)"), "errorMessage": .string(reason)])
            return Array(JSONText.compact(["partialSuccess": partial]).utf8)
        case (.protobuf, .traces):
            var response = Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceResponse()
            response.partialSuccess.rejectedSpans = Int64(refused)
            response.partialSuccess.errorMessage = reason
            return bytes(of: response)
        case (.protobuf, .logs):
            var response = Opentelemetry_Proto_Collector_Logs_V1_ExportLogsServiceResponse()
            response.partialSuccess.rejectedLogRecords = Int64(refused)
            response.partialSuccess.errorMessage = reason
            return bytes(of: response)
        }
    }

    /// A `google.rpc.Status`, which is the body of every refusal.
    ///
    /// - Parameter code: of gRPC, such as 3 for an invalid argument.
    public static func refused(_ encoding: OTLPEncoding, code: Int, message: String) -> [UInt8] {
        switch encoding {
        case .json: return Array(JSONText.compact(["code": .int(code), "message": .string(message)]).utf8)
        case .protobuf:
            let text = Array(message.utf8)
            return [0x08, UInt8(code & 0x7F), 0x12] + varint(text.count) + text
        }
    }

    private static func bytes(of message: some Message) -> [UInt8] {
        do { return try message.serializedBytes() } catch { preconditionFailure("a message of numbers and text can be written") }
    }

    private static func varint(_ value: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}

/// How a request is encoded; its content type says it.
public enum OTLPEncoding: Sendable, CaseIterable {
    case json, protobuf

    /// The encoding of a media type; nil for one that the protocol does not have.
    public init?(contentType: String) {
        switch contentType {
        case "application/json": self = .json
        case "application/x-protobuf": self = .protobuf
        default: return nil
        }
    }

    /// The media type.
    public var contentType: String {
        switch self {
        case .json: "application/json"
        case .protobuf: "application/x-protobuf"
        }
    }
}
