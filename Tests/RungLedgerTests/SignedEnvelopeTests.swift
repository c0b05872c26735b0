import RungCrypto
import RungText
import Testing

@testable import RungLedger

struct SignedEnvelopeTests {
    static let key = LedgerSamples.key()

    /// The example of the DSSE protocol.
    @Test func whatIsSignedIsThatOfTheFormat() {
        let message = SignedEnvelope.message(payloadType: "http://example.com/HelloWorld", payload: Array("hello world".utf8))
        #expect(String(decoding: message, as: UTF8.self) == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
        #expect(String(decoding: SignedEnvelope.message(payloadType: "é", payload: []), as: UTF8.self) == "DSSEv1 2 é 0 ")
    }

    @Test func anEnvelopeComesBack() throws {
        let envelope = SignedEnvelope(payloadType: "text", payload: [0, 1, 255], signedBy: Self.key)
        let read = try SignedEnvelope(parsing: Array(envelope.text.utf8))
        #expect(read == envelope)
        #expect(read.trust(in: [Self.key.verifierKey]) == .signed([Self.key.verifierKey]))
        #expect(read.trust(in: [LedgerSamples.key(8, name: "other").verifierKey]) == .unknown)
    }

    @Test func aChangeOfTypeOrPayloadIsFound() {
        var envelope = SignedEnvelope(payloadType: "text", payload: [0, 1], signedBy: Self.key)
        envelope.payload = [0, 2]
        #expect(envelope.trust(in: [Self.key.verifierKey]) == .forged(Self.key.verifierKey))
        envelope.payload = [0, 1]
        envelope.payloadType = "text "
        #expect(envelope.trust(in: [Self.key.verifierKey]) == .forged(Self.key.verifierKey))
    }

    @Test(arguments: [
        ("", "1:1: expected a value, found the end of the text"),
        ("{}", "1:1: this is not a DSSE envelope: it has payloadType, payload and signatures"),
        (#"{"payloadType":"a","payload":"A","signatures":[]}"#, "1:30: the payload must be in base64"),
        (#"{"payloadType":"a","payload":"","signatures":[]}"#, "1:1: an envelope has 1 to 100 signatures"),
        (#"{"payloadType":"a","payload":"","signatures":[{"sig":"*"}]}"#, "1:47: a signature must have a sig in base64"),
        (#"{"payloadType":"a","payload":"","signatures":[1]}"#, "1:47: a signature must have a sig in base64"),
    ])
    func aBrokenEnvelopeIsRefusedWithItsPlace(text: String, message: String) {
        let error = #expect(throws: LedgerSyntaxError.self) { try SignedEnvelope(parsing: Array(text.utf8)) }
        #expect(error?.description == message)
    }

    @Test func aStatementIsCanonical() throws {
        let statement = InTotoStatement(
            subjects: [.init(name: "prompt", sha256: LedgerEntryTests.digest.hex)], predicateType: "https://rung.dev/x",
            predicate: ["b": 1, "a": 2])
        #expect(
            String(decoding: statement.bytes, as: UTF8.self)
                == #"{"_type":"https://in-toto.io/Statement/v1","predicate":{"a":2,"b":1},"predicateType":"https://rung.dev/x","#
                + #""subject":[{"digest":{"sha256":"\#(LedgerEntryTests.digest.hex)"},"name":"prompt"}]}"#)
        let envelope = statement.signed(by: Self.key)
        #expect(envelope.payloadType == "application/vnd.in-toto+json")
        #expect(envelope.trust(in: [Self.key.verifierKey]) == .signed([Self.key.verifierKey]))
    }
}
