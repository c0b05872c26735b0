/// Redacts bytes that arrive in pieces, wherever they are cut; a secret over several pieces is found as if it were in one.
///
/// The last `overlap` bytes are held back until more have come, so memory is bounded, and what is handed out never holds a
/// part of a secret that is not longer than that. A secret that shows itself within that length and goes on for
/// longer is replaced, and what follows of it is swallowed.
public struct RedactionStream: Sendable {
    /// How often each rule has matched so far.
    public private(set) var counts: [String: Int] = [:]
    private let redactor: Redactor
    private let overlap: Int
    /// Bytes that have been handed out, for what rules look at in front of a secret; then bytes that have not.
    private var buffer: [UInt8] = []
    private var handedOut = 0
    /// The rest of a secret that was longer than the overlap is coming.
    private var isSwallowing = false

    /// Bytes in front of a secret that decide whether it is one, such as `password=`.
    private static let context = 512

    /// A stream at its start.
    ///
    /// - Parameter overlap: the longest secret that is found across pieces, in bytes; at least 1,024.
    public init(_ redactor: Redactor, overlap: Int = 16_384) {
        self.redactor = redactor
        self.overlap = max(1_024, overlap)
    }

    /// Takes the next piece; returns what can be handed on.
    public mutating func append(_ bytes: some Collection<UInt8>) -> [UInt8] {
        buffer += isSwallowing ? Array(swallow(bytes)) : Array(bytes)
        guard buffer.count - handedOut >= 2 * overlap else { return [] }
        return handOut(upTo: buffer.count - overlap, isEnd: false)
    }

    /// Ends the stream; returns the rest.
    public mutating func finish() -> [UInt8] { handOut(upTo: buffer.count, isEnd: true) }

    private mutating func handOut(upTo wanted: Int, isEnd: Bool) -> [UInt8] {
        var cut = wanted
        // Characters stay whole, because patterns are matched against characters.
        while !isEnd, cut > handedOut, cut < buffer.count, buffer[cut] & 0xC0 == 0x80 { cut -= 1 }
        let all = buffer.withUnsafeBufferPointer { bytes in
            redactor.replacements(in: UnsafeBufferPointer(rebasing: bytes[..<Self.wholeCharacters(bytes)]), .prose)
        }
        var replacements: [Redactor.Replacement] = []
        for found in all where found.range.upperBound > handedOut && found.range.lowerBound < cut {
            var found = found
            if found.range.lowerBound < handedOut { found.range = handedOut..<found.range.upperBound }
            // It began more than an overlap ago and reaches to the end: the rest of it is still to come.
            if !isEnd, found.range.upperBound >= buffer.count - 4 { isSwallowing = true }
            cut = max(cut, found.range.upperBound)
            replacements.append(found)
        }
        return take(upTo: cut, replacements)
    }

    private mutating func take(upTo cut: Int, _ replacements: [Redactor.Replacement]) -> [UInt8] {
        let output = buffer[handedOut..<cut].withUnsafeBufferPointer { bytes in
            let moved = replacements.map { found in
                var found = found
                found.range = found.range.lowerBound - handedOut..<found.range.upperBound - handedOut
                return found
            }
            return Redactor.redacted(bytes, moved, &counts)
        }
        let kept = max(0, cut - Self.context)
        buffer.removeFirst(kept)
        handedOut = cut - kept
        return output
    }

    /// Without the rest of the secret that is going on.
    private mutating func swallow(_ bytes: some Collection<UInt8>) -> some Collection<UInt8> {
        let rest = bytes.drop { $0.isIn(.credential) || $0 == 0x0A || $0 == 0x0D }
        if !rest.isEmpty { isSwallowing = false }
        return rest
    }

    /// The bytes up to a character at the end that is not whole yet.
    private static func wholeCharacters(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var start = bytes.count
        while start > 0, bytes.count - start < 3, bytes[start - 1] & 0xC0 == 0x80 { start -= 1 }
        guard start > 0, bytes[start - 1] >= 0xC0 else { return bytes.count }
        let length = bytes[start - 1] >= 0xF0 ? 4 : bytes[start - 1] >= 0xE0 ? 3 : 2
        return bytes.count - start + 1 < length ? start - 1 : bytes.count
    }
}
