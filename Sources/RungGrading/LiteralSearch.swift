#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A text to look for in other texts, scalar by scalar: `é` as one scalar and as two are different texts.
///
/// Time is linear in the text that is searched, whatever the two look like.
struct LiteralSearch: Sendable {
    private let needle: [UInt8]
    private let letterCase: LetterCase
    private let isASCII: Bool

    /// Prepares the search.
    ///
    /// - Precondition: the literal is not empty.
    init(_ literal: String, _ letterCase: LetterCase) {
        precondition(!literal.isEmpty, "an empty literal is in every text")
        needle = Array((letterCase == .sensitive ? literal : CaseFolding.fold(literal)).utf8)
        self.letterCase = letterCase
        isASCII = needle.allSatisfy { $0 < 0x80 }
    }

    /// Whether the literal stands anywhere in the text.
    func isFound(in text: String) -> Bool {
        var text = text
        switch letterCase {
        case .sensitive: return text.withUTF8 { find(in: $0) }
        case .insensitive:
            if let answer = text.withUTF8({ findFoldingASCII(in: $0) }) { return answer }
            var folded = CaseFolding.fold(text)
            return folded.withUTF8 { find(in: $0) }
        }
    }

    /// The answer for texts that are ASCII throughout; nil for others, in which letters outside ASCII may fold into it.
    private func findFoldingASCII(in text: UnsafeBufferPointer<UInt8>) -> Bool? {
        var union: UInt8 = 0
        for byte in text { union |= byte }
        guard union < 0x80 else { return nil }
        guard isASCII, text.count >= needle.count else { return false }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { folded in
            for index in 0..<text.count { folded.initializeElement(at: index, to: CaseFolding.fold(text[index])) }
            return find(in: UnsafeBufferPointer(folded))
        }
    }

    /// Jumps from one first byte to the next; changes to the method below when that has wasted too much.
    private func find(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        let length = needle.count
        guard text.count >= length, let base = text.baseAddress else { return false }
        return needle.withUnsafeBufferPointer { needle in
            guard let pattern = needle.baseAddress else { return false }
            let end = text.count - length + 1
            var (index, wasted) = (0, 0)
            while index < end, let hit = memchr(base + index, Int32(pattern[0]), end - index) {
                let place = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(hit))
                if memcmp(base + place, pattern, length) == 0 { return true }
                index = place + 1
                wasted += length
                if wasted > 256 + 4 * index {
                    return findInOnePass(needle, in: UnsafeBufferPointer(rebasing: text[index...]))
                }
            }
            return false
        }
    }

    /// Knuth, Morris and Pratt (1977): looks at no byte of the text twice.
    private func findInOnePass(_ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        let borders = Self.borders(of: needle)
        var matched = 0
        for byte in text {
            while matched > 0, needle[matched] != byte { matched = borders[matched] }
            if needle[matched] == byte { matched += 1 }
            if matched == needle.count { return true }
        }
        return false
    }

    /// For each length of a beginning of the needle: the longest shorter beginning that it also ends with.
    private static func borders(of needle: UnsafeBufferPointer<UInt8>) -> [Int] {
        var borders = [0, 0]
        var border = 0
        for index in needle.indices.dropFirst() {
            while border > 0, needle[index] != needle[border] { border = borders[border] }
            if needle[index] == needle[border] { border += 1 }
            borders.append(border)
        }
        return borders
    }
}
