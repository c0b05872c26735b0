import RungCrypto
import RungText
import Testing

@testable import RungLedger

struct CheckpointTests {
    @Test func theTextIsThatOfTheFormat() throws {
        let leaves = Array(CertificateTransparencyVectors.leaves[..<3])
        let checkpoint = LedgerSamples.checkpoint(leaves)
        #expect(checkpoint.text == "rung/0123456789abcdef\n3\nrra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc=\n")
        #expect(try SignedCheckpoint(parsing: Array(checkpoint.text.utf8)) == SignedCheckpoint(checkpoint))
    }

    @Test func aSignedCheckpointComesBackByteForByte() throws {
        let key = LedgerSamples.key()
        var checkpoint = LedgerSamples.checkpoint(LedgerSamples.leaves(5))
        checkpoint.extensions = ["one more line"]
        var signed = SignedCheckpoint(checkpoint, signedBy: key)
        signed.signatures.append(NoteSignature(of: checkpoint.text, by: LedgerSamples.key(8, name: "second.team/key")))
        let read = try SignedCheckpoint(parsing: Array(signed.description.utf8))
        #expect(read == signed)
        #expect(read.description == signed.description)
        #expect(read.trust(in: [key.verifierKey]) == .signed([key.verifierKey]))
    }

    @Test func theExampleOfTheFormatIsRead() throws {
        let text = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

            """
        let checkpoint = try SignedCheckpoint(parsing: Array(text.utf8))
        #expect(checkpoint.checkpoint.size == 20_852_163)
        #expect(checkpoint.signatures.map(\.cosignatureTime?.seconds) == [nil, 1_679_315_147])
        #expect(checkpoint.description == text)
    }

    @Test(arguments: [
        ("", "1:1: the text ends here, expected the origin of a checkpoint"),
        ("\n1\n", "1:1: no empty line before the signatures; this is not a signed note"),
        ("rung/x\n", "2:1: the text ends here, expected the size of the log"),
        ("rung/x\n01\n", "2:1: the size of the log must be a whole number without leading zeros"),
        ("rung/x\n-1\n", "2:1: the size of the log must be a whole number without leading zeros"),
        ("rung/x\n99999999999999999999\n", "2:1: the size of the log must be a whole number without leading zeros"),
        ("rung/x\n1\nAAAA\n", "3:1: the root of the log must be 32 bytes in base64"),
        ("rung/x\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "3:45: the last line has no newline; the text was cut off"),
        ("rung/x\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "3:1: the root of an empty log is the digest of nothing"),
        ("rung/x\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n", "5:1: the text ends here, expected a signature"),
        ("rung/x\n\n1\n\n— a AAAAAAA=\n", "2:1: the size of the log must be a whole number without leading zeros"),
        ("rung/x\ta\n1\n", "1:7: control characters are not allowed"),
    ])
    func aBrokenCheckpointIsRefusedWithItsPlace(text: String, message: String) {
        let error = #expect(throws: LedgerSyntaxError.self) { try SignedCheckpoint(parsing: Array(text.utf8)) }
        #expect(error?.description == message)
    }
}
