import RungStatistics
import Testing

@Suite struct StableSeedTests {
    /// An independent implementation in Python; these values must never change, or stored runs cannot be repeated.
    @Test("the same parts give the same seed on every machine and in every version")
    func fixedValues() {
        #expect(StableSeed(base: 0).value == 0x167A_3D75_722B_56E6)
        #expect(StableSeed(base: 42).value == 0x5053_FD7D_32EB_700B)
        #expect(StableSeed(base: 42).mixing("refund-17").mixing(3).value == 0x0C76_11CB_16D5_7A19)
        #expect(StableSeed(base: 42).mixing("refund-17").mixing(4).value == 0xA10E_66B8_4957_47FE)
        #expect(StableSeed(base: 42).mixing("ab").mixing("c").value == 0x388E_3515_8D69_A21A)
        #expect(StableSeed(base: 42).mixing("a").mixing("bc").value == 0x3869_25C5_C83A_9027)
        #expect(StableSeed(base: 42).mixing(-1).value == 0x4DFC_A984_A18A_BB38)
        #expect(StableSeed(base: .max).mixing("é").mixing(0).value == 0x63F2_DE94_FA54_9692)
    }

    @Test("bytes and the text they spell are the same part")
    func bytes() {
        #expect(StableSeed(base: 1).mixing(bytes: [0x61, 0x62]) == StableSeed(base: 1).mixing("ab"))
        #expect(StableSeed(base: 1).mixing("caf\u{E9}") != StableSeed(base: 1).mixing("cafe\u{301}"))
        #expect(StableSeed(base: 1).mixing("") != StableSeed(base: 1))
    }

    @Test("the portable value is the upper 53 bits and survives binary64")
    func portable() {
        #expect(StableSeed(base: 42).mixing("refund-17").mixing(3).portableValue == 438_439_814_290_095)
        for base in UInt64(0)..<1_000 {
            let value = StableSeed(base: base).portableValue
            #expect(Int(Double(value)) == value)
        }
    }

    @Test("a hundred thousand cases and trials have different seeds")
    func distinct() {
        let seeds = (0..<25_000).flatMap { index in
            (1...4).map { StableSeed(base: 7).mixing("case-\(index)").mixing($0).value }
        }
        #expect(Set(seeds).count == seeds.count)
    }
}
