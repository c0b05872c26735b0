internal import RungPattern

/// The organization's own patterns.
extension Redactor {
    /// Matches of one text at most, so that a pattern that matches everywhere ends.
    private static let matchLimit = 10_000

    /// Where the patterns match, in order of their start. A pattern that becomes too expensive takes the whole text with
    /// it: what could not be looked through is not stored.
    func patternMatches(in bytes: UnsafeBufferPointer<UInt8>) -> [Replacement] {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.utf8.count == bytes.count else { return [] }
        var all: [Replacement] = []
        for custom in policy.patterns {
            do {
                for range in try custom.pattern.ranges(in: text, limit: Self.matchLimit) {
                    all.append(Replacement(range: range, name: custom.name))
                }
            } catch {
                return [Replacement(range: 0..<bytes.count, name: custom.name)]
            }
        }
        return all.sorted { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
    }

    /// Both lists as one, in order and without overlaps; of two that overlap the one that starts first stays, and what the
    /// other has beyond it is replaced too.
    func merged(_ a: [Replacement], _ b: [Replacement]) -> [Replacement] {
        let all = (a + b).sorted { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
        var merged: [Replacement] = []
        for next in all {
            guard let last = merged.last, next.range.lowerBound < last.range.upperBound else {
                merged.append(next)
                continue
            }
            guard next.range.upperBound > last.range.upperBound else { continue }
            merged[merged.count - 1].range = last.range.lowerBound..<next.range.upperBound
        }
        return merged
    }
}
