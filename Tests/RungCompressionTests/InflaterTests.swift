import RungCompression
import Testing

struct InflaterTests {
    /// Packed by Python 3.11: `zlib.compressobj(9, zlib.DEFLATED, bits)`, of "hello hello hello, grüße\n" in UTF-8.
    private static let text = Array("hello hello hello, grüße\n".utf8)
    private static let gzip: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x90, 0x3A, 0x0A, 0xE9,
        0x45, 0x87, 0xF7, 0x1C, 0x9E, 0x9F, 0xCA, 0x05, 0x00, 0x7A, 0x0D, 0x54, 0x37, 0x1B, 0x00, 0x00, 0x00,
    ]
    private static let zlib: [UInt8] = [
        0x78, 0xDA, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x90, 0x3A, 0x0A, 0xE9, 0x45, 0x87, 0xF7, 0x1C, 0x9E, 0x9F, 0xCA, 0x05,
        0x00, 0x92, 0x39, 0x0A, 0xF2,
    ]
    private static let raw: [UInt8] = [
        0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x90, 0x3A, 0x0A, 0xE9, 0x45, 0x87, 0xF7, 0x1C, 0x9E, 0x9F, 0xCA, 0x05, 0x00,
    ]
    /// A block of 200,000 zeros that ends on a byte, and the same again for as often as one likes.
    private static let zerosStart: [UInt8] =
        [0xEC, 0xC1, 0x31, 0x01, 0x00, 0x00, 0x00, 0xC2, 0xA0, 0xF5, 0x4F, 0x6D, 0x06, 0x7F, 0xA0]
        + [UInt8](repeating: 0, count: 193) + [0x80, 0xD7, 0x00, 0x00, 0x00, 0xFF, 0xFF]
    private static let zerosRepeat: [UInt8] =
        [0xEC, 0xC1, 0x21, 0x01, 0x00, 0x00, 0x00, 0x80, 0xA0, 0xFF, 0xAF, 0xDD, 0x60, 0x07]
        + [UInt8](repeating: 0, count: 193) + [0x80, 0x2F, 0x00, 0x00, 0x00, 0xFF, 0xFF]

    @Test(arguments: [(Self.gzip, CompressionFormat.gzip), (Self.zlib, .deflate), (Self.raw, .deflate)])
    func `what was packed comes out, wherever the chunks are cut`(packed: [UInt8], format: CompressionFormat) throws {
        #expect(try Inflater.unpack(packed, format, limit: 100) == Self.text)
        for cut in 0...packed.count {
            var inflater = Inflater(format, limit: 100)
            var result = try inflater.push(Array(packed[..<cut]))
            result += try inflater.push(Array(packed[cut...]))
            try inflater.finish()
            #expect(result == Self.text, "cut at \(cut)")
        }
    }

    @Test func `several members are one text`() throws {
        #expect(try Inflater.unpack(Self.gzip + Self.gzip, .gzip, limit: 100) == Self.text + Self.text)
    }

    @Test func `what was cut off is refused`() {
        let problem = CompressionProblem("the gzip data end too early")
        for count in 0..<Self.gzip.count {
            #expect(throws: problem) { try Inflater.unpack(Array(Self.gzip[..<count]), .gzip, limit: 100) }
        }
        #expect(throws: CompressionProblem("the deflate data end too early")) { try Inflater.unpack([0x78], .deflate, limit: 100) }
    }

    @Test func `what is not packed is refused, and so is what stands behind the end`() {
        #expect(throws: CompressionProblem("not readable as gzip")) { try Inflater.unpack(Self.text, .gzip, limit: 100) }
        #expect(throws: CompressionProblem("not readable as gzip")) {
            try Inflater.unpack(Self.gzip.dropLast(5) + [0xFF, 0, 0, 0, 0], .gzip, limit: 100)
        }
        let more = CompressionProblem("there is more behind the end of the gzip data")
        #expect(throws: more) { try Inflater.unpack(Self.gzip + [0], .gzip, limit: 100) }
        #expect(throws: CompressionProblem("there is more behind the end of the deflate data")) {
            try Inflater.unpack(Self.zlib + Self.zlib, .deflate, limit: 100)
        }
    }

    @Test func `exactly the limit comes out, and nothing beyond it`() throws {
        #expect(try Inflater.unpack(Self.gzip, .gzip, limit: Self.text.count) == Self.text)
        let problem = CompressionProblem("the gzip data unpack to more than \(Self.text.count - 1) bytes")
        #expect(throws: problem) { try Inflater.unpack(Self.gzip, .gzip, limit: Self.text.count - 1) }
    }

    /// Two hundred kilobytes of zeros and a hundred thousand times as much cost the same until the limit.
    @Test func `a small file that unpacks to gigabytes is refused`() {
        var inflater = Inflater(.deflate, limit: 1 << 20)
        let problem = CompressionProblem("the deflate data unpack to more than 1048576 bytes")
        #expect(throws: problem) {
            _ = try inflater.push(Self.zerosStart)
            for _ in 0..<100_000 { _ = try inflater.push(Self.zerosRepeat) }
        }
        #expect(throws: problem) { try inflater.push([0]) }
        #expect(throws: problem) { try inflater.finish() }
    }
}
