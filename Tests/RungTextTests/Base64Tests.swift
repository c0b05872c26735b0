import Testing

@testable import RungText

struct Base64Tests {
    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func isThatOfTheStandard(text: String, encoded: String) {
        #expect(Base64.text(of: Array(text.utf8)) == encoded)
        #expect(Base64.bytes(of: Array(encoded.utf8)) == Array(text.utf8))
    }

    @Test func everyByteComesBack() {
        for length in 0...300 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ length) }
            #expect(Base64.bytes(of: Array(Base64.text(of: bytes).utf8)) == bytes)
        }
    }

    @Test(arguments: ["Zg", "Zg=", "Z===", "====", "Zh==", "Zm9=", "Zm9v\n", "Zm 9v", "Zm9v====", "Z=g=", "_-==", "Zg==Zg==", "é==="])
    func otherTextsAreRefused(text: String) {
        #expect(Base64.bytes(of: Array(text.utf8)) == nil)
    }
}
