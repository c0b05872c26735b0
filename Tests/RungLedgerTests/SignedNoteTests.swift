import RungCrypto
import RungText
import Testing

@testable import RungLedger

/// Keys and notes that other implementations have published.
enum NoteVectors {
    /// The documentation of golang.org/x/mod/sumdb/note.
    static let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    static let peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    static let enoch = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
    static let peterSecret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    static let peterLine =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    static let enochLine =
        "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"

    /// The example of C2SP signed-note.
    static let foo = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    static let fooNote = """
        This is an example message.

        — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

        """
}

struct SignedNoteTests {
    static func key(_ text: String) throws -> VerifierKey { try VerifierKey(parsing: Array(text.utf8)) }
    static func note(_ text: String) throws -> SignedNote { try SignedNote(parsing: Array(text.utf8)) }

    @Test func aNoteOfGoIsSignedToTheSameBytes() throws {
        let signer = try SignerKey(parsing: Array(NoteVectors.peterSecret.utf8))
        #expect(signer.verifierKey.description == NoteVectors.peter)
        #expect(signer.secretText == NoteVectors.peterSecret)
        #expect(SignedNote(text: NoteVectors.text, signedBy: signer).description == NoteVectors.text + "\n" + NoteVectors.peterLine)
    }

    @Test func notesOfOtherImplementationsVerify() throws {
        let both = try Self.note(NoteVectors.text + "\n" + NoteVectors.peterLine + NoteVectors.enochLine)
        let (peter, enoch) = (try Self.key(NoteVectors.peter), try Self.key(NoteVectors.enoch))
        #expect(both.text == NoteVectors.text)
        #expect(both.trust(in: [peter]) == .signed([peter]))
        #expect(both.trust(in: [enoch, peter]) == .signed([peter, enoch]))
        let foo = try Self.key(NoteVectors.foo)
        #expect(try Self.note(NoteVectors.fooNote).trust(in: [foo]) == .signed([foo]))
        #expect(try Self.note(NoteVectors.fooNote).trust(in: [peter]) == .unknown)
    }

    @Test func aKeyThatSharesOnlyTheNameOrOnlyTheIDIsUnknown() throws {
        let note = try Self.note(NoteVectors.fooNote)
        let foo = try Self.key(NoteVectors.foo)
        let sameName = VerifierKey(name: foo.name, key: try Self.key(NoteVectors.peter).key)
        let sameKey = VerifierKey(name: "example.com/bar", key: foo.key)
        #expect(note.trust(in: [sameName, sameKey]) == .unknown)
    }

    @Test func oneWrongSignatureOfAKnownKeySpoilsTheNote() throws {
        var note = try Self.note(NoteVectors.text + "\n" + NoteVectors.peterLine + NoteVectors.enochLine)
        let keys = [try Self.key(NoteVectors.peter), try Self.key(NoteVectors.enoch)]
        note.signatures[1].signature[0] ^= 1
        #expect(note.trust(in: keys) == .forged(keys[1]))
        #expect(note.trust(in: [keys[0]]) == .signed([keys[0]]))
        note.text += "another line\n"
        #expect(note.trust(in: keys) == .forged(keys[0]))
    }

    @Test func theTextEndsAtTheLastEmptyLine() throws {
        let signer = LedgerSamples.key()
        let note = SignedNote(text: "one\n\ntwo\n\n\n", signedBy: signer)
        let read = try Self.note(note.description)
        #expect(read == note)
        #expect(read.trust(in: [signer.verifierKey]) == .signed([signer.verifierKey]))
    }

    @Test func aCosignatureSignsTheTimeToo() throws {
        let witness = LedgerSamples.key(9, name: "witness.test/w1")
        let key = VerifierKey(name: witness.name, algorithm: .cosignature, key: witness.verifierKey.key)
        let text = "rung/x\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
        let time: [UInt8] = [0, 0, 0, 0, 0x64, 0x18, 0x53, 0x4B]
        let signature = witness.signature(for: Array("cosignature/v1\ntime 1679315787\n\(text)".utf8))
        var note = SignedNote(text: text, signatures: [NoteSignature(name: key.name, keyID: key.id, signature: time + signature)])
        #expect(note.trust(in: [key]) == .signed([key]))
        #expect(note.signatures[0].cosignatureTime == Timestamp(seconds: 1_679_315_787))
        note.signatures[0].signature[7] ^= 1
        #expect(note.trust(in: [key]) == .forged(key))
        #expect(note.trust(in: [witness.verifierKey]) == .unknown)
        note.signatures[0].signature = signature
        #expect(note.trust(in: [key]) == .forged(key))
    }

    @Test(arguments: [
        ("", "1:1: no empty line before the signatures; this is not a signed note"),
        ("text\n", "1:1: no empty line before the signatures; this is not a signed note"),
        ("text\n\n", "3:1: the text ends here, expected a signature"),
        ("text\n\n— a AAAAAAA=", "3:13: the last line has no newline; the text was cut off"),
        ("text\n\n- a AAAAAAA=\n", "3:1: expected a signature line that begins with \"— \""),
        ("text\n\n— aAAAAAAA=\n", "3:3: expected the name of a key and a space"),
        ("text\n\n—  AAAAAAA=\n", "3:3: expected the name of a key and a space"),
        ("text\n\n— a+b AAAAAAA=\n", "3:3: expected the name of a key and a space"),
        ("text\n\n— a AAAAA\n", "3:5: expected a signature in base64"),
        ("text\n\n— a AAAAAA==\n", "3:5: expected a signature in base64"),
        ("text\n\n— a AAAAAAA= \n", "3:5: expected a signature in base64"),
        ("te\txt\n\n— a AAAAAAA=\n", "1:3: control characters are not allowed"),
        ("text\r\n\n— a AAAAAAA=\n", "1:5: control characters are not allowed"),
        ("ö\n\n— ö\u{01} AAAAAAA=\n", "3:4: control characters are not allowed"),
    ])
    func aBrokenNoteIsRefusedWithItsPlace(text: String, message: String) {
        let error = #expect(throws: LedgerSyntaxError.self) { try Self.note(text) }
        #expect(error?.description == message)
    }

    @Test func notesBeyondTheLimitsAreRefused() {
        let line = "— a AAAAAAA=\n"
        let error = #expect(throws: LedgerSyntaxError.self) { try Self.note("text\n\n" + String(repeating: line, count: 101)) }
        #expect(error?.description == "103:1: more than 100 signatures")
        #expect(throws: Never.self) { try Self.note("text\n\n" + String(repeating: line, count: 100)) }
        #expect(throws: LedgerSyntaxError.self) { try SignedNote(parsing: [UInt8](repeating: 10, count: SignedNote.byteLimit + 1)) }
        #expect(throws: LedgerSyntaxError.self) { try SignedNote(parsing: [0xFF, 0x0A, 0x0A, 0x0A]) }
    }
}

struct NoteKeyTests {
    @Test func noPartOfAKeyIsAKey() {
        let bytes = Array(NoteVectors.peter.utf8)
        for start in bytes.indices {
            for end in start + 1...bytes.count where start > 0 || end < bytes.count {
                #expect(throws: LedgerSyntaxError.self) { try VerifierKey(parsing: Array(bytes[start..<end])) }
            }
        }
        for index in bytes.indices {
            var changed = bytes
            changed[index] += 1
            #expect(throws: LedgerSyntaxError.self) { try VerifierKey(parsing: changed) }
        }
    }

    @Test func keysOfOtherLengthsAndTypesAreRefused() {
        // Both have the id that fits them; from the tests of golang.org/x/mod/sumdb/note.
        for text in [
            "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
            "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ] { #expect(throws: LedgerSyntaxError.self) { try SignedNoteTests.key(text) } }
    }

    @Test func aKeyOfAWitnessIsRead() throws {
        // From the tests of github.com/transparency-dev/formats.
        let text = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
        let key = try SignedNoteTests.key(text + "\n")
        #expect(key.algorithm == .cosignature)
        #expect(key.description == text)
        #expect(key.label == "remora.n621.de+da77ade7")
    }

    @Test func noErrorAboutAPrivateKeyShowsAnyOfIt() {
        let bytes = Array(NoteVectors.peterSecret.utf8)
        for index in bytes.indices {
            var changed = bytes
            changed[index] = changed[index] == 65 ? 66 : 65
            do {
                let key = try SignerKey(parsing: changed)
                Issue.record("\(key) was read")
            } catch {
                #expect(!error.description.contains("AYEKFALV") && !error.description.contains("PeterNeumann"))
            }
        }
    }

    @Test func noTextOfASignerShowsItsSecret() {
        let key = LedgerSamples.key(0x41)
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(!text.contains("QUFB") && !text.contains("4141") && !text.contains("AAAA") && !text.contains("PRIVATE"))
        }
    }

    @Test(arguments: ["", " ", "a b", "a+b", "a\nb", "a\u{A0}b", "a\u{7F}", "a\u{2003}", String(repeating: "a", count: 201)])
    func namesWithSpacesOrPlusAreNone(name: String) { #expect(!VerifierKey.isName(name)) }
}
