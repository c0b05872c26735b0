import RungText

/// What is to be told on each evening, as lines of evidence files.
///
/// Everything but traffic is known beforehand; it grows with the agents and not with their calls.
struct Agenda: Sendable {
    /// Midnights in seconds.
    private var days: [Int64: DayPages] = [:]
    private let variation: Variation

    init(_ variation: Variation) { self.variation = variation }

    mutating func tell(_ line: EvidenceLine) {
        for line in variation.lines(line) { days[line.day.seconds, default: DayPages()].add(line) }
    }

    /// What is told in the evening of this day, and forgotten then.
    mutating func take(_ day: Timestamp) -> DayPages { days.removeValue(forKey: day.seconds) ?? DayPages() }
}

/// What is told on one evening, by who tells it.
struct DayPages: Sendable {
    private(set) var pages: [Teller: [UInt8]] = [:]

    var isEmpty: Bool { pages.isEmpty }

    mutating func add(_ line: EvidenceLine) {
        var json = JSONText()
        line.open(&json)
        json.endObject()
        append(Teller.of(line.kind)) { bytes in
            bytes.append(contentsOf: json.bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    /// Lends the page of a teller.
    mutating func append(_ teller: Teller, _ write: (inout [UInt8]) -> Void) { write(&pages[teller, default: []]) }
}
