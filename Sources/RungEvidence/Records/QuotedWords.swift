/// Words by their numbers as they stand in canonical bytes: in quotes, escaped.
///
/// A class because readers share it, and because it owns memory.
final class QuotedWords {
    private let codes: CodeBook
    private var places: [Place] = []
    private var text = PayloadBuffer(capacity: 65_536)

    /// Where a word stands in the text; without bytes when it has not been asked for.
    private struct Place {
        var start = 0
        var count = 0
    }

    /// Words kept at most, and bytes of them.
    private static let countLimit = 50_000
    private static let byteLimit = 8 * 1_024 * 1_024

    init(_ codes: CodeBook) { self.codes = codes }

    /// Appends a word; false when there is none of this number.
    func write(_ code: Int64, to payload: inout PayloadBuffer) throws -> Bool {
        if code >= 0, code < places.count {
            let place = places[Int(code)]
            if place.count > 0 {
                let known = UnsafeRawBufferPointer(rebasing: text.bytes[place.start..<place.start + place.count])
                payload.raw(known.assumingMemoryBound(to: UInt8.self))
                return true
            }
        }
        guard let word = try codes.word(of: code) else { return false }
        payload.quoted(word)
        remember(word, code)
        return true
    }

    private func remember(_ word: String, _ code: Int64) {
        guard code >= 0, code < Self.countLimit, text.count + word.utf8.count < Self.byteLimit else { return }
        while places.count <= code { places.append(Place()) }
        let start = text.count
        text.quoted(word)
        places[Int(code)] = Place(start: start, count: text.count - start)
    }
}
