import RungOTLP
import Testing

struct OTLPAnswerTests {
    @Test func `an answer to a request that was taken whole is empty`() {
        #expect(OTLPAnswer.accepted(.protobuf, .traces).isEmpty)
        #expect(String(decoding: OTLPAnswer.accepted(.json, .logs), as: UTF8.self) == "{}")
    }

    @Test func `a partial success says how many were refused, and why`() {
        let json = OTLPAnswer.accepted(.json, .traces, refused: 2, reason: "no time")
        #expect(String(decoding: json, as: UTF8.self) == #"{"partialSuccess":{"rejectedSpans":"2","errorMessage":"no time"}}"#)
        let logs = OTLPAnswer.accepted(.json, .logs, refused: 1, reason: "no time")
        #expect(String(decoding: logs, as: UTF8.self) == #"{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"no time"}}"#)
        // Field 1 of the response is the partial success; in it field 1 the number, field 2 the text.
        let binary: [UInt8] = [0x0A, 11, 0x08, 2, 0x12, 7] + Array("no time".utf8)
        #expect(OTLPAnswer.accepted(.protobuf, .traces, refused: 2, reason: "no time") == binary)
        #expect(OTLPAnswer.accepted(.protobuf, .logs, refused: 2, reason: "no time") == binary)
    }

    @Test func `a refusal is a status of gRPC in the encoding of the request`() {
        #expect(OTLPAnswer.refused(.protobuf, code: 3, message: "bad") == [0x08, 3, 0x12, 3] + Array("bad".utf8))
        #expect(String(decoding: OTLPAnswer.refused(.json, code: 3, message: "bad"), as: UTF8.self) == #"{"code":3,"message":"bad"}"#)
        let long = OTLPAnswer.refused(.protobuf, code: 3, message: String(repeating: "x", count: 300))
        #expect(Array(long.prefix(5)) == [0x08, 3, 0x12, 0xAC, 0x02])
    }
}
