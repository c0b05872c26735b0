import RungText
import Testing

private func number(_ text: String) throws -> JSONNumber { try #require(try JSONReader.read(text).number) }

@Suite struct JSONNumberTests {
    @Test(
        "numbers with the same value are equal and hash alike",
        arguments: [
            ("1", "1.0"), ("1", "1e0"), ("100", "1E+2"), ("0", "-0"), ("0", "0.0e5"), ("0.1", "1e-1"),
            ("9007199254740993", "9007199254740993"), ("123456789012345678901234567890", "123456789012345678901234567890"),
        ])
    func equal(a: String, b: String) throws {
        #expect(try number(a) == number(b))
        #expect(try number(a).hashValue == number(b).hashValue)
    }

    @Test(
        "integers that binary64 cannot tell apart are different",
        arguments: [("9007199254740992", "9007199254740993"), ("1", "2"), ("1", "-1"), ("0.1", "0.10000000000000001e1")])
    func different(a: String, b: String) throws {
        #expect(try number(a) != number(b))
    }

    @Test(
        "an integral number is an integer however it is written",
        arguments: [
            ("12", 12), ("-0", 0), ("1.0", 1), ("1e3", 1_000), ("12.5e1", 125), ("9223372036854775807", .max),
            ("-9223372036854775808", .min), ("9223372036854775808", nil), ("0.5", nil), ("1e400", nil), ("1e20", nil),
        ] as [(String, Int?)])
    func integers(text: String, expected: Int?) throws {
        #expect(try number(text).int == expected)
    }

    @Test("very large numbers are infinite, very small ones zero")
    func range() throws {
        #expect(try number("1e400").double == .infinity)
        #expect(try number("-1e400").double == -.infinity)
        #expect(try number("1e-400").double == 0)
        #expect(try number("5e-324").double == .leastNonzeroMagnitude)
    }

    @Test("a number made from a value has its shortest text")
    func made() {
        #expect(JSONNumber(-3).text == "-3")
        #expect(JSONNumber(0.1)?.text == "0.1")
        #expect(JSONNumber(1e21)?.text == "1e+21")
        #expect(JSONNumber(Double.nan) == nil)
    }
}
