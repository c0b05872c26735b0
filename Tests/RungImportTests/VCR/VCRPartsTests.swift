import RungText
import Testing

@testable import RungImport

struct VCRPartsTests {
    @Test(
        arguments: [
            ("523ms", 523), ("1m2.5s", 62_500), ("1h", 3_600_000), ("1.5µs", 0.0015), ("2us", 0.002), ("3ns", 0.000003), ("0s", 0),
            ("", nil),
            ("5", nil), ("ms", nil), ("1.2.3s", nil), ("1x", nil), ("-1s", nil),
        ] as [(String, Double?)])
    func `durations are read as Go writes them`(text: String, expected: Double?) throws {
        let found = VCRPieces.milliseconds(Node(.string(text)))
        #expect((found == nil) == (expected == nil))
        if let found, let expected { #expect(abs(found - expected) < 1e-9) }
    }

    @Test func `a number of a duration is nanoseconds`() {
        #expect(VCRPieces.milliseconds(Node(.number(JSONNumber(1_500_000)))) == 1.5)
        #expect(VCRPieces.milliseconds(Node(.null)) == nil)
        #expect(VCRPieces.milliseconds(nil) == nil)
    }

    @Test(
        arguments: [
            ("Thu, 09 Oct 2025 15:37:29 GMT", "2025-10-09T15:37:29Z"), ("Wed, 01 Jan 2025 00:00:00 GMT", "2025-01-01T00:00:00Z"),
            ("Thu, 31 Feb 2025 15:37:29 GMT", nil), ("Thursday, 09-Oct-25 15:37:29 GMT", nil), ("Thu, 09 Oct 2025 15:37:29 CET", nil),
            ("Thu, 9 Oct 2025 15:37:29 GMT", nil), ("now", nil), ("", nil),
        ] as [(String, String?)])
    func `dates are read as servers write them`(text: String, expected: String?) {
        #expect(HTTPDate.timestamp(text)?.description == expected)
    }
}
