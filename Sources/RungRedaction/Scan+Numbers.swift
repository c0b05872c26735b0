/// Payment cards, bank accounts and telephones: numbers with a form of their own.
extension Scan {
    /// What the number at this digit is, or a part of; nil for nearly every one.
    @inline(__always)
    func number(at index: Int) -> Finding? {
        let before = index > 0 ? bytes[index &- 1] : 0
        if before.isIn(.word) {
            // In hexadecimal texts nearly every digit ends here.
            if before.isUpper { return account(at: index) }
            guard byte(index - 2) == UInt8(ascii: "\\") || byte(index - 3) == UInt8(ascii: "%"), isStart(index) else { return nil }
        }
        if let card = card(at: index) { return card }
        return scope.phones ? phone(at: index) : nil
    }

    /// The first byte that is no digit any more.
    @inline(__always)
    func end(ofDigits index: Int) -> Int {
        var index = index
        while index < bytes.count, bytes[index].isDigit { index &+= 1 }
        return index
    }

    /// The number is neither a part of a longer one nor of a word, an id or a decimal fraction.
    private func standsAlone(_ range: Range<Int>) -> Bool {
        let (before, after) = (byte(range.lowerBound - 1), byte(range.upperBound))
        if [0x2D, 0x2E, 0x2B].contains(before), byte(range.lowerBound - 2).isIn(.alphanumeric) { return false }
        if after.isIn(.word) { return false }
        return !([0x2D, 0x2E].contains(after) && byte(range.upperBound + 1).isIn(.alphanumeric))
    }

    // MARK: - Payment cards

    /// A card number in one piece, or in groups with one kind of separator.
    private func card(at index: Int) -> Finding? {
        guard (0x32...0x36).contains(bytes[index]) else { return nil }
        let first = end(ofDigits: index)
        let separator = byte(first)
        let groups: [[Int]]
        switch first - index {
        case 14...16: groups = [[first - index]]
        case 4 where (separator == 0x20 || separator == 0x2D) && byte(first + 1).isDigit: groups = Self.cardGroups
        default: return nil
        }
        for lengths in groups {
            guard let end = end(ofGroups: lengths, separator, from: index), standsAlone(index..<end) else { continue }
            if Self.isCard(bytes[index..<end].filter(\.isDigit).map { $0 - 0x30 }) { return Finding(range: index..<end, rule: .card) }
        }
        return nil
    }

    private static let cardGroups = [[4, 4, 4, 4], [4, 6, 5], [4, 6, 4]]

    private func end(ofGroups lengths: [Int], _ separator: UInt8, from start: Int) -> Int? {
        var index = start
        for (number, length) in lengths.enumerated() {
            if number > 0 {
                guard byte(index) == separator else { return nil }
                index += 1
            }
            guard end(ofDigits: index) - index == length else { return nil }
            index += length
        }
        return index
    }

    /// The prefix of a card scheme, its length, and the check digit of ISO/IEC 7812.
    static func isCard(_ digits: [UInt8]) -> Bool {
        guard (14...16).contains(digits.count) else { return false }
        let prefix = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
        let isKnown =
            switch digits.count {
            case 14: (3000...3059).contains(prefix) || (3600...3699).contains(prefix) || (3800...3899).contains(prefix)
            case 15: (3400...3499).contains(prefix) || (3700...3799).contains(prefix)
            default:
                (4000...4999).contains(prefix) || (5100...5599).contains(prefix) || (2221...2720).contains(prefix)
                    || prefix == 6011 || (6440...6599).contains(prefix) || (3528...3589).contains(prefix)
                    || (6200...6299).contains(prefix)
            }
        return isKnown && luhnSum(digits) % 10 == 0 && Set(digits).count > 1
    }

    private static func luhnSum(_ digits: [UInt8]) -> Int {
        var sum = 0
        for (offset, digit) in digits.reversed().enumerated() {
            let value = offset.isMultiple(of: 2) ? Int(digit) : 2 * Int(digit)
            sum += value > 9 ? value - 9 : value
        }
        return sum
    }

    // MARK: - Bank accounts

    /// An IBAN in one piece or in groups of four, at its first check digit.
    private func account(at index: Int) -> Finding? {
        let start = index - 2
        guard byte(index - 1).isUpper, byte(start).isUpper, byte(index + 1).isDigit, isStart(start),
            let length = Self.accountLengths[UInt16(bytes[start]) << 8 | UInt16(bytes[start + 1])]
        else { return nil }
        var characters: [UInt8] = []
        var place = start
        while place < bytes.count, characters.count < length {
            let byte = bytes[place]
            if byte.isIn(.upperAndDigits) {
                characters.append(byte)
            } else {
                guard byte == 0x20, characters.count.isMultiple(of: 4), bytes[place - 1] != 0x20 else { return nil }
            }
            place += 1
        }
        guard characters.count == length, !byte(place).isIn(.word), Self.remainder(characters) == 1 else { return nil }
        return Finding(range: start..<place, rule: .iban)
    }

    /// ISO 7064 modulo 97 over the account with its first four characters at the end, letters as two digits.
    private static func remainder(_ characters: [UInt8]) -> Int {
        (characters.dropFirst(4) + characters.prefix(4)).reduce(0) { rest, byte in
            byte.isDigit ? (rest * 10 + Int(byte - 0x30)) % 97 : (rest * 100 + Int(byte - 0x37)) % 97
        }
    }

    /// Characters of an account number by country, from the IBAN registry.
    private static let accountLengths: [UInt16: Int] = {
        let registry = """
            AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 \
            FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 \
            MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 \
            SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
            """
        return Dictionary(
            registry.split(separator: " ").map { entry in
                let code = Array(entry.utf8)
                return (UInt16(code[0]) << 8 | UInt16(code[1]), Int(code[2] - 0x30) * 10 + Int(code[3] - 0x30))
            }, uniquingKeysWith: { first, _ in first })
    }()

    // MARK: - Telephones

    /// `+` and 8 to 15 digits in groups, or ten digits as `(555) 123-4567` and `555-123-4567`.
    private func phone(at index: Int) -> Finding? {
        let isInternational = byte(index - 1) == UInt8(ascii: "+")
        let isInBrackets = byte(index - 1) == UInt8(ascii: "(")
        let start = isInternational || isInBrackets ? index - 1 : index
        var place = index
        var digits = 0
        var groups: [Int] = [0]
        while place < bytes.count, digits <= 15 {
            let byte = bytes[place]
            if byte.isDigit {
                digits += 1
                groups[groups.count - 1] += 1
            } else {
                guard [0x20, 0x2D, 0x2E, 0x28, 0x29].contains(byte), isSeparator(place) else { break }
                if groups.last != 0 { groups.append(0) }
            }
            place += 1
        }
        while place > index, !bytes[place - 1].isDigit { place -= 1 }
        if groups.last == 0 { groups.removeLast() }
        let isRight = isInternational ? (8...15).contains(digits) : groups == [3, 3, 4]
        return isRight && standsAlone(start..<place) ? Finding(range: start..<place, rule: .phone) : nil
    }

    /// Between two digits, with at most one more separator beside it.
    private func isSeparator(_ index: Int) -> Bool {
        let next = byte(index + 1)
        return next.isDigit || [0x20, 0x28, 0x29].contains(next) && byte(index + 2).isDigit
    }
}
