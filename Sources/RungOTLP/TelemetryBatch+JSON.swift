import RungText

/// From JSON to values, as the OTLP specification encodes it: identifiers in hexadecimal, 64-bit numbers as text or number,
/// unknown members ignored.
extension TelemetryBatch {
    /// Adds what a request holds; any of its signals may be there.
    mutating func add(request: Node) throws(OTLPError) {
        guard let members = request.members else {
            throw OTLPError("a request is an object, found \(request.kindName)", position: request.position)
        }
        let known = members.filter { OTLPReader.elementKeys.contains($0.key) }
        for member in known {
            for element in try member.value.items(member.key) { try add(element: element, of: member.key) }
        }
        guard members.isEmpty || !known.isEmpty else {
            throw OTLPError(
                "a request has \"resourceSpans\" or \"resourceLogs\", found \"\(members[0].key)\"", position: members[0].position)
        }
    }

    /// Adds one element of `resourceSpans` or one of its siblings.
    mutating func add(element: Node, of key: String) throws(OTLPError) {
        switch key {
        case "resourceSpans": try add(resourceSpans: element)
        case "resourceLogs": try add(resourceLogs: element)
        case "resourceMetrics":
            for scope in try element.items(of: "scopeMetrics") { metrics += try scope.items(of: "metrics").count }
        default: break
        }
    }

    private mutating func add(resourceSpans group: Node) throws(OTLPError) {
        let resource = try group.object(of: "resource")?.attributes() ?? []
        for scope in try group.items(of: "scopeSpans") {
            for span in try scope.items(of: "spans") { try add(span: span, resource) }
        }
    }

    private mutating func add(resourceLogs group: Node) throws(OTLPError) {
        let resource = try group.object(of: "resource")?.attributes() ?? []
        for scope in try group.items(of: "scopeLogs") {
            for record in try scope.items(of: "logRecords") { try add(log: record, resource) }
        }
    }

    private mutating func add(span: Node, _ resource: [TelemetryAttribute]) throws(OTLPError) {
        let (trace, own) = (try span.text(of: "traceId") ?? "", try span.text(of: "spanId") ?? "")
        guard let traceID = HexText.identifier(trace, bytes: 16), let spanID = HexText.identifier(own, bytes: 8) else {
            return refusals.append(Refusal(reason: HexText.rule + ", in hexadecimal digits", position: span.position))
        }
        var events: [TelemetrySpan.Event] = []
        for event in try span.items(of: "events") {
            events.append(
                TelemetrySpan.Event(
                    name: try event.text(of: "name") ?? "", nanoseconds: try event.unsigned(of: "timeUnixNano") ?? 0,
                    attributes: try event.attributes()))
        }
        spans.append(
            TelemetrySpan(
                traceID: traceID, spanID: spanID,
                parentID: HexText.identifier(try span.text(of: "parentSpanId") ?? "", bytes: 8),
                hasRemoteParent: SpanFlags.isParentRemote(UInt32(truncatingIfNeeded: try span.unsigned(of: "flags") ?? 0)),
                name: try span.text(of: "name") ?? "", startNanoseconds: try span.unsigned(of: "startTimeUnixNano") ?? 0,
                endNanoseconds: try span.unsigned(of: "endTimeUnixNano") ?? 0, attributes: try span.attributes(), resource: resource,
                isError: try span.object(of: "status")?.statusIsError(), events: events))
    }

    private mutating func add(log record: Node, _ resource: [TelemetryAttribute]) throws(OTLPError) {
        let time = try record.unsigned(of: "timeUnixNano") ?? 0
        let body: TelemetryValue = if let node = try record.object(of: "body") { try node.telemetryValue() } else { .empty }
        logs.append(
            TelemetryLog(
                eventName: try record.text(of: "eventName") ?? "",
                nanoseconds: time > 0 ? time : try record.unsigned(of: "observedTimeUnixNano") ?? 0,
                traceID: HexText.identifier(try record.text(of: "traceId") ?? "", bytes: 16),
                spanID: HexText.identifier(try record.text(of: "spanId") ?? "", bytes: 8), body: body,
                attributes: try record.attributes(), resource: resource))
    }
}

extension Node {
    /// The elements of an array; none for null.
    fileprivate func items(_ key: String) throws(OTLPError) -> [Node] {
        if isNull { return [] }
        guard let items = array else { throw wrong(key, "an array") }
        return items
    }

    fileprivate func items(of key: String) throws(OTLPError) -> [Node] {
        guard let member = try member(key) else { return [] }
        return try member.items(key)
    }

    fileprivate func object(of key: String) throws(OTLPError) -> Node? {
        guard let member = try member(key), !member.isNull else { return nil }
        guard member.members != nil else { throw member.wrong(key, "an object") }
        return member
    }

    fileprivate func text(of key: String) throws(OTLPError) -> String? {
        guard let member = try member(key), !member.isNull else { return nil }
        guard let text = member.string else { throw member.wrong(key, "a string") }
        return text
    }

    /// A whole number that is not negative, as text or as number.
    fileprivate func unsigned(of key: String) throws(OTLPError) -> UInt64? {
        guard let member = try member(key), !member.isNull else { return nil }
        guard let value = member.integerText.flatMap({ UInt64($0) }) else { throw member.wrong(key, "a whole number from 0 on") }
        return value
    }

    /// The value of a key, of an object only.
    private func member(_ key: String) throws(OTLPError) -> Node? {
        guard members != nil else { throw OTLPError("expected an object with \"\(key)\", found \(kindName)", position: position) }
        return self[key]
    }

    fileprivate func attributes() throws(OTLPError) -> [TelemetryAttribute] { try pairs(of: "attributes") }

    private func pairs(of key: String) throws(OTLPError) -> [TelemetryAttribute] {
        var pairs: [TelemetryAttribute] = []
        for pair in try items(of: key) {
            let value: TelemetryValue = if let node = try pair.object(of: "value") { try node.telemetryValue() } else { .empty }
            pairs.append(TelemetryAttribute(try pair.text(of: "key") ?? "", value))
        }
        return pairs
    }

    /// Reads `{"stringValue": …}` and its siblings; the depth is that of the document, at most 128.
    fileprivate func telemetryValue() throws(OTLPError) -> TelemetryValue {
        for member in members ?? [] {
            let node = member.value
            switch member.key {
            case "stringValue":
                guard let text = node.string else { throw node.wrong(member.key, "a string") }
                return .string(text)
            case "boolValue":
                guard let flag = node.bool else { throw node.wrong(member.key, "true or false") }
                return .bool(flag)
            case "intValue":
                guard let number = node.integerText.flatMap({ Int64($0) }) else { throw node.wrong(member.key, "a 64-bit whole number") }
                return .int(number)
            case "doubleValue":
                guard let number = node.double ?? node.string.flatMap(Self.specialNumber) else { throw node.wrong(member.key, "a number") }
                return .double(number)
            case "bytesValue":
                guard let text = node.string else { throw node.wrong(member.key, "text in Base64") }
                return .bytes(count: text.utf8.count { $0 != UInt8(ascii: "=") } * 3 / 4)
            case "arrayValue":
                var items: [TelemetryValue] = []
                for item in try node.items(of: "values") { items.append(try item.telemetryValue()) }
                return .array(items)
            case "kvlistValue": return .map(try node.pairs(of: "values"))
            default: continue
            }
        }
        return .empty
    }

    /// The status of a span, by number or by name.
    fileprivate func statusIsError() throws(OTLPError) -> Bool? {
        guard let code = try member("code"), !code.isNull else { return nil }
        switch code.string {
        case "STATUS_CODE_OK": return false
        case "STATUS_CODE_ERROR": return true
        case "STATUS_CODE_UNSET": return nil
        default:
            guard let number = code.int else { throw code.wrong("code", "0, 1 or 2") }
            return SpanStatus.isError(number)
        }
    }

    /// The digits of a whole number that came as text or as number.
    private var integerText: String? {
        if let string { return string }
        guard let number else { return nil }
        return number.int.map { String($0) } ?? number.text
    }

    private static func specialNumber(_ text: String) -> Double? {
        switch text {
        case "NaN": .nan
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        default: Double(text)
        }
    }

    private func wrong(_ key: String, _ expected: String) -> OTLPError {
        OTLPError("\"\(key)\" must be \(expected), found \(kindName)", position: position)
    }
}
