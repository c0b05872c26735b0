import RungText
import Testing

@Suite struct TimestampTests {
    @Test("every day from 1600 to 2400 is written and read back, one day after the other")
    func everyDay() throws {
        var moment = try #require(Timestamp("1600-01-01"))
        #expect(moment.seconds == -11_676_096_000)
        var count = 0
        for year in 1600...2400 {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for (month, length) in [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                for day in 1...length {
                    let date = "\(year)-\(month < 9 ? "0" : "")\(month + 1)-\(day < 10 ? "0" : "")\(day)"
                    guard moment.date == date, Timestamp(date) == moment, Timestamp(moment.description) == moment else {
                        Issue.record("\(date) is written as \(moment)")
                        return
                    }
                    moment = moment.adding(days: 1)
                    count += 1
                }
            }
        }
        #expect(count == 292_560)
    }

    @Test(
        "known moments",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_000_000_000, "2001-09-09T01:46:40Z"),
            (2_147_483_647, "2038-01-19T03:14:07Z"), (-1, "1969-12-31T23:59:59Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
            (-62_167_219_200, "0000-01-01T00:00:00Z"),
        ] as [(Int64, String)])
    func known(seconds: Int64, text: String) {
        #expect(Timestamp(seconds: seconds).description == text)
        #expect(Timestamp(text)?.seconds == seconds)
    }

    @Test("moments outside the years 0 to 9999 are written as the nearest one inside")
    func outside() {
        #expect(Timestamp(seconds: .max).description == "9999-12-31T23:59:59Z")
        #expect(Timestamp(seconds: 253_402_300_800).description == "9999-12-31T23:59:59Z")
        #expect(Timestamp(seconds: -62_167_219_201).description == "0000-01-01T00:00:00Z")
        #expect(Timestamp(seconds: .min).description == "0000-01-01T00:00:00Z")
    }

    @Test(
        "days that do not exist and other spellings are refused",
        arguments: [
            "", "2026", "2026-9-3", "2026-00-01", "2026-13-01", "2026-01-00", "2026-01-32", "2026-04-31", "2025-02-29",
            "1900-02-29", "2026-02-30", "2026/01/01", "2026-01-01T00:00:00", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:60Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00z", "2026-01-01T00:00:00+00:00",
            "٢٠٢٦-01-01", "-026-01-01", "2026-01-01T00:00:00.5Z",
        ])
    func refused(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test("leap years are those of the Gregorian calendar", arguments: ["2000-02-29", "2024-02-29", "1600-02-29", "2400-02-29"])
    func leapDays(text: String) {
        #expect(Timestamp(text)?.date == text)
    }

    @Test("arithmetic and order are those of seconds")
    func arithmetic() throws {
        let moment = try #require(Timestamp("2026-09-30T12:34:56Z"))
        #expect(moment.midnight.description == "2026-09-30T00:00:00Z")
        #expect(moment.adding(days: 1).description == "2026-10-01T12:34:56Z")
        #expect(moment.adding(seconds: 4).description == "2026-09-30T12:35:00Z")
        #expect(moment < moment.adding(seconds: 1))
        #expect(Timestamp(seconds: -1).midnight.description == "1969-12-31T00:00:00Z")
    }
}
