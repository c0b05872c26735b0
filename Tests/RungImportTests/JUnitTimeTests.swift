import RungText
import Testing

@testable import RungImport

@Suite struct JUnitTimeTests {
    @Test(arguments: [
        ("2026-09-30T12:00:00", "2026-09-30T12:00:00Z"), ("2026-09-30T12:00:00Z", "2026-09-30T12:00:00Z"),
        ("2026-09-30T12:00:00.123456", "2026-09-30T12:00:00Z"), ("2026-09-30T12:00:00.5+02:00", "2026-09-30T10:00:00Z"),
        ("2026-09-30T12:00:00-0730", "2026-09-30T19:30:00Z"), ("2026-09-30 12:00:00Z", "2026-09-30T12:00:00Z"),
        ("2026-09-30T12:00:00 UTC", "2026-09-30T12:00:00Z"), ("2026-09-30", "2026-09-30T00:00:00Z"),
        ("2026-09-30T 12:00:00", "2026-09-30T12:00:00Z"), ("1790769600", "2026-09-30T12:00:00Z"),
        ("1790769600000", "2026-09-30T12:00:00Z"), ("1790769600.25", "2026-09-30T12:00:00Z"), ("  2026-09-30\n", "2026-09-30T00:00:00Z"),
    ])
    func `times of many writers are understood`(_ text: String, _ expected: String) {
        #expect(JUnitTime.timestamp(text)?.description == expected)
    }

    @Test(arguments: [
        "", "0", "17.5", "Sat, 12 Dec 2020 10:00:00 GMT", "2026-13-01", "2026-09-30T25:00:00", "2026-09-30T12:00:00+99:00",
        "2026-09-30T12:00:00 CEST", "2026-09-30T12:00", "2026-09-30T12:00:00.", "nan", "1e12", "99999999999999999999",
    ])
    func `other texts are no times`(_ text: String) {
        #expect(JUnitTime.timestamp(text) == nil)
    }

    @Test(arguments: [("0.5", 0.5), ("1,234.5", 1_234.5), (" 3 ", 3)]) func `seconds may have commas`(_ text: String, _ expected: Double) {
        #expect(JUnitTime.seconds(text) == expected)
    }

    @Test(arguments: ["", "-1", "nan", "inf", "3 s"]) func `what is no duration is left out`(_ text: String) {
        #expect(JUnitTime.seconds(text) == nil)
    }
}
