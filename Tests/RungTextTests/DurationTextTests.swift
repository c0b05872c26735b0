import RungText
import Testing

@Suite struct DurationTextTests {
    @Test(
        "a whole number and a unit",
        arguments: [
            ("500ms", 500), ("30s", 30_000), ("5m", 300_000), ("2h", 7_200_000), ("7d", 604_800_000), ("0s", 0),
            ("1000d", 86_400_000_000), ("1001d", nil), ("", nil), ("5", nil), ("s", nil), ("-5s", nil), ("1.5s", nil),
            ("5 s", nil), ("5S", nil), ("5sec", nil), ("5s ", nil), ("٥s", nil), ("99999999999999999999s", nil),
            ("9223372036854775807d", nil),
        ] as [(String, Int?)])
    func reads(text: String, expected: Int?) {
        #expect(DurationText.milliseconds(text) == expected)
    }

    @Test(
        "a duration for people",
        arguments: [
            (0, "0 ms"), (0.4, "0 ms"), (850, "850 ms"), (999.4, "999 ms"), (999.6, "1.0 s"), (1_000, "1.0 s"), (12_345, "12.3 s"),
            (99_949, "99.9 s"), (99_950, "1 min 40 s"), (245_000, "4 min 05 s"), (3_599_499, "59 min 59 s"),
            (3_599_500, "1 h 00 min"), (7_620_000, "2 h 07 min"), (90_000_000, "25 h 00 min"),
        ] as [(Double, String)])
    func readable(milliseconds: Double, expected: String) {
        #expect(DurationText.readable(milliseconds: milliseconds) == expected)
    }
}
