import RungCrypto
import Testing

@testable import RungLedger

struct CommitmentTests {
    @Test func isTheDigestOfSaltThenPayload() {
        #expect(Commitment.digest(salt: Array("ab".utf8), payload: Array("c".utf8)) == SHA256Hasher.digest(of: "abc"))
    }
}
