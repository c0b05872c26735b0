import Testing

@testable import RungGrading

@Suite struct CaseFoldingTests {
    /// Pairs that are one letter by the C and S entries of Unicode's CaseFolding.txt.
    @Test(arguments: [
        ("A", "a"), ("Ä", "ä"), ("Σ", "σ"), ("ς", "σ"), ("ſ", "s"), ("\u{212A}", "k"), ("µ", "μ"), ("ẞ", "ß"),
        ("Ǆ", "ǆ"), ("ǅ", "ǆ"), ("ϑ", "θ"), ("ϴ", "θ"), ("ᾼ", "ᾳ"), ("\u{345}", "ι"), ("Ა", "ა"), ("Я", "я"),
        ("\u{1FD3}", "\u{390}"), ("\u{1FE3}", "\u{3B0}"), ("\u{FB05}", "\u{FB06}"), ("Ꭰ", "ꭰ"), ("\u{10400}", "\u{10428}"),
    ])
    func `letters of one pair fold to the same`(_ upper: Unicode.Scalar, _ lower: Unicode.Scalar) {
        #expect(CaseFolding.fold(upper) == CaseFolding.fold(lower))
    }

    @Test(arguments: ["İ", "ı", "ß", "1", "_", "é", "日", "\u{1F600}"] as [Unicode.Scalar])
    func `scalars without a simple folding stay as they are`(_ scalar: Unicode.Scalar) {
        #expect(CaseFolding.fold(scalar) == scalar)
    }

    @Test func `a fold never changes under a second one`() {
        for value in UInt32(0)...0x1FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let folded = CaseFolding.fold(scalar)
            if CaseFolding.fold(folded) != folded { Issue.record("U+\(String(value, radix: 16)) folds twice") }
        }
    }

    @Test func `bytes fold like their scalars`() {
        for byte in UInt8(0)..<128 {
            #expect(UInt32(CaseFolding.fold(byte)) == CaseFolding.fold(Unicode.Scalar(byte)).value)
        }
        #expect(CaseFolding.fold(UInt8(0xC3)) == 0xC3)
    }

    @Test func `texts fold scalar by scalar`() { #expect(CaseFolding.fold("STRASSE Ärger ΣΑΣ") == "strasse ärger σασ") }
}
