import Testing

@testable import RungCrypto

struct Ed25519Tests {
    /// RFC 8032, section 7.1: TEST 1, TEST 2, TEST 3 and TEST SHA(abc).
    static let vectors: [(seed: String, key: String, message: String, signature: String)] = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
        (
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        ),
    ]

    @Test(arguments: vectors.indices)
    func keysAndSignaturesAreThoseOfTheStandard(index: Int) throws {
        let vector = Self.vectors[index]
        let key = try #require(Ed25519PrivateKey(seed: Self.bytes(vector.seed)))
        let message = Self.bytes(vector.message)
        #expect(key.publicKey.bytes == Self.bytes(vector.key))
        #expect(key.signature(for: message) == Self.bytes(vector.signature))
        #expect(key.publicKey.isValid(Self.bytes(vector.signature), for: message))
    }

    @Test func aChangedBitAnywhereFails() throws {
        let vector = Self.vectors[2]
        let key = try #require(Ed25519PublicKey(bytes: Self.bytes(vector.key)))
        let (message, signature) = (Self.bytes(vector.message), Self.bytes(vector.signature))
        for bit in 0..<signature.count * 8 {
            var changed = signature
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.isValid(changed, for: message))
        }
        for bit in 0..<message.count * 8 {
            var changed = message
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.isValid(signature, for: changed))
        }
        for bit in 0..<256 {
            var changed = key.bytes
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(try !#require(Ed25519PublicKey(bytes: changed)).isValid(signature, for: message))
        }
    }

    @Test func aSignatureWithAnUnreducedScalarIsRefused() throws {
        let vector = Self.vectors[0]
        var signature = Self.bytes(vector.signature)
        // RFC 8032, 5.1.7: S must be below the group order L; S + L would verify if it were not checked.
        let order = Self.bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
        var carry = 0
        for index in 0..<32 {
            let sum = Int(signature[32 + index]) + Int(order[index]) + carry
            signature[32 + index] = UInt8(sum & 255)
            carry = sum >> 8
        }
        #expect(carry == 0)
        #expect(try !#require(Ed25519PublicKey(bytes: Self.bytes(vector.key))).isValid(signature, for: []))
    }

    @Test(arguments: [0, 31, 33, 64])
    func onlyThirtyTwoBytesAreAKey(count: Int) {
        let bytes = [UInt8](repeating: 7, count: count)
        #expect(Ed25519PrivateKey(seed: bytes) == nil)
        #expect(Ed25519PublicKey(bytes: bytes) == nil)
    }

    @Test func signaturesOfTheWrongLengthFail() throws {
        let key = try #require(Ed25519PublicKey(bytes: Self.bytes(Self.vectors[0].key)))
        for count in [0, 63, 65] { #expect(!key.isValid([UInt8](repeating: 0, count: count), for: [])) }
    }

    @Test func noTextOfAPrivateKeyShowsItsSecret() throws {
        let seed = [UInt8](65...96)
        let key = try #require(Ed25519PrivateKey(seed: seed))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped, String(describing: [key])] {
            #expect(text.contains("Ed25519PrivateKey"))
            #expect(!text.contains("65") && !text.contains("ABCDEF") && !text.lowercased().contains("4142"))
        }
        #expect(key.secretSeed == seed)
    }

    static func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
    }
}
