import RungCrypto
import Testing

@testable import RungLedger

struct CommitmentTests {
    @Test func isTheDigestOfSaltThenPayload() {
        let bytes = Array("salt and payload".utf8)
        #expect(bytes.withUnsafeBytes { Commitment.digest(saltedPayload: $0) } == SHA256Hasher.digest(of: "salt and payload"))
    }
}
