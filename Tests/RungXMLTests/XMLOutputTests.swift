import Testing

@testable import RungXML

@Suite("An XML output")
struct XMLOutputTests {
    @Test("keeps every byte across its buffer's ends", arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 200_001])
    func buffering(count: Int) {
        var output = XMLOutput(.memory)
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        bytes.withUnsafeBufferPointer { output.append($0) }
        output.append(0x21)
        output.append("?!")
        #expect(output.totalCount == count + 3)
        output.flush()
        #expect(output.memory == bytes + Array("!?!".utf8))
    }

    @Test("escapes across its buffer's ends", arguments: 65_530...65_537)
    func escaping(offset: Int) {
        var output = XMLOutput(.memory)
        output.append(escaping: String(repeating: "x", count: offset) + "<&\u{1}", in: .text)
        output.flush()
        #expect(String(decoding: output.memory.suffix(12), as: UTF8.self) == "&lt;&amp;␁")
        #expect(output.memory.count == offset + 12)
    }

    @Test(
        "writes integers",
        arguments: [
            (0, 1, "0"), (7, 3, "007"), (-7, 3, "-007"), (1_234, 3, "1234"), (Int.max, 1, "9223372036854775807"),
            (Int.min, 1, "-9223372036854775808"),
        ])
    func integers(value: Int, minimumDigits: Int, text: String) {
        var output = XMLOutput(.memory)
        output.append(decimal: value, minimumDigits: minimumDigits)
        output.flush()
        #expect(String(decoding: output.memory, as: UTF8.self) == text)
    }

    @Test("keeps its first failure, and drops what comes after")
    func failure() {
        var output = XMLOutput(.descriptor(-1, name: "nowhere", closesAtEnd: false))
        output.append("text")
        #expect(output.failure == nil)
        output.flush()
        #expect(output.failure == XMLWriteError(.write, "nowhere", code: 9))
        output.fail(.changed("spool"))
        output.append("more")
        output.close()
        #expect(output.failure == XMLWriteError(.write, "nowhere", code: 9))
    }
}
