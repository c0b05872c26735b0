internal import RungCore
internal import RungText
internal import RungWire

/// Cuts recorded bodies into the pieces that a server may have sent.
enum VCRPieces {
    /// One piece for a plain body, one for each event of a stream.
    ///
    /// - Parameter after: how long the answer took as go-vcr tells it; the first piece waits that long.
    static func pieces(of body: [UInt8], _ headers: [Exchange.Header], after duration: Node?) -> [Exchange.Piece] {
        let wire = WireHeaders(headers.map { ($0.name, $0.value) })
        let framing = WireFraming(mediaType: wire.mediaType, head: body.prefix(64))
        var pieces = framing.pieces(of: body).map { Exchange.Piece($0) }
        if !pieces.isEmpty { pieces[0].afterMs = milliseconds(duration) }
        return pieces
    }

    /// Units of Go in milliseconds; the micro sign has two code points.
    private static let units: [String: Double] = [
        "ns": 1e-6, "us": 1e-3, "µs": 1e-3, "μs": 1e-3, "ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000,
    ]

    /// A duration as Go writes it: `523ms`, `1m2.5s`, or a number of nanoseconds. Nil for anything else.
    static func milliseconds(_ duration: Node?) -> Double? {
        if let nanoseconds = duration?.double { return nanoseconds >= 0 ? nanoseconds / 1e6 : nil }
        guard var rest = duration?.string?[...], !rest.isEmpty else { return nil }
        var total = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0 == "." || ($0.isASCII && $0.isNumber) }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0 != "." && !($0.isASCII && $0.isNumber) }
            rest = rest.dropFirst(unit.count)
            guard let value = Double(digits), let factor = units[String(unit)] else { return nil }
            total += value * factor
        }
        return total.isFinite ? total : nil
    }
}
