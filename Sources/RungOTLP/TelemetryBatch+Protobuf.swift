internal import SwiftProtobuf

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// From the generated types of the binary encoding to values.
extension TelemetryBatch {
    mutating func add(_ request: Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceRequest) {
        for group in request.resourceSpans {
            let resource = group.resource.attributes.map(TelemetryAttribute.init)
            for scope in group.scopeSpans {
                spans.reserveCapacity(spans.count + scope.spans.count)
                for span in scope.spans { add(span, resource) }
            }
        }
    }

    private mutating func add(_ span: Opentelemetry_Proto_Trace_V1_Span, _ resource: [TelemetryAttribute]) {
        guard let traceID = HexText.identifier(span.traceID, bytes: 16), let spanID = HexText.identifier(span.spanID, bytes: 8) else {
            return refusals.append(Refusal(reason: HexText.rule))
        }
        spans.append(
            TelemetrySpan(
                traceID: traceID, spanID: spanID, parentID: HexText.identifier(span.parentSpanID, bytes: 8),
                hasRemoteParent: SpanFlags.isParentRemote(span.flags), name: span.name, startNanoseconds: span.startTimeUnixNano,
                endNanoseconds: span.endTimeUnixNano, attributes: span.attributes.map(TelemetryAttribute.init), resource: resource,
                isError: span.hasStatus ? SpanStatus.isError(span.status.code.rawValue) : nil,
                events: span.events.map { event in
                    TelemetrySpan.Event(
                        name: event.name, nanoseconds: event.timeUnixNano, attributes: event.attributes.map(TelemetryAttribute.init))
                }))
    }

    mutating func add(_ request: Opentelemetry_Proto_Collector_Logs_V1_ExportLogsServiceRequest) {
        for group in request.resourceLogs {
            let resource = group.resource.attributes.map(TelemetryAttribute.init)
            for scope in group.scopeLogs {
                for record in scope.logRecords {
                    logs.append(
                        TelemetryLog(
                            eventName: record.eventName,
                            nanoseconds: record.timeUnixNano > 0 ? record.timeUnixNano : record.observedTimeUnixNano,
                            traceID: HexText.identifier(record.traceID, bytes: 16),
                            spanID: HexText.identifier(record.spanID, bytes: 8), body: TelemetryValue(record.body),
                            attributes: record.attributes.map(TelemetryAttribute.init), resource: resource))
                }
            }
        }
    }
}

extension TelemetryAttribute {
    fileprivate init(_ pair: Opentelemetry_Proto_Common_V1_KeyValue) {
        self.init(pair.key, TelemetryValue(pair.value))
    }
}

extension TelemetryValue {
    fileprivate init(_ value: Opentelemetry_Proto_Common_V1_AnyValue) {
        switch value.value {
        // The index is of a dictionary that only profiles have.
        case nil, .stringValueStrindex: self = .empty
        case .stringValue(let text): self = .string(text)
        case .boolValue(let flag): self = .bool(flag)
        case .intValue(let number): self = .int(number)
        case .doubleValue(let number): self = .double(number)
        case .bytesValue(let data): self = .bytes(count: data.count)
        case .arrayValue(let list): self = .array(list.values.map(TelemetryValue.init))
        case .kvlistValue(let list): self = .map(list.values.map(TelemetryAttribute.init))
        }
    }
}
