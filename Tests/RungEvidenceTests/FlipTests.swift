import RungCore
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@testable import RungEvidence

struct FlipTests {
    /// How many changes are tried, and from which seed: `scripts/faults.sh` tries many more.
    private static let count = number("RUNG_FLIPS") ?? 100
    private static let seed = UInt64(number("RUNG_FLIPS_SEED") ?? 1)

    private static func number(_ variable: String) -> Int? { getenv(variable).flatMap { Int(String(cString: $0)) } }

    @Test func aFlippedBitOrACutIsFoundOrChangesNoRecord() throws {
        let world = try FlipWorld()
        var counts: [String: Int] = [:]
        var reasons: [String: Int] = [:]
        for change in world.changes(Self.count, seed: Self.seed) {
            let word: String
            switch try world.outcome(of: change) {
            case .reported(let reason):
                word = "reported"
                reasons[Self.masked(reason), default: 0] += 1
            case .refused(let reason):
                word = "refused"
                reasons[Self.masked(reason), default: 0] += 1
                #expect(reason.contains("FILE"), "\(change): \(reason)")
            case .harmless(let derived):
                word = derived.isEmpty ? "harmless" : "harmless, derived tables apart"
                if !derived.isEmpty { reasons["derived: \(derived)", default: 0] += 1 }
            case .missed(let tables):
                word = "missed"
                Issue.record("\(change): nothing was found, and \(tables) are not what they were")
            }
            counts[word, default: 0] += 1
        }
        guard Self.count > 100 else { return }
        print("changes: \(Self.count) from seed \(Self.seed), file of \(world.bytes.count) bytes")
        for (word, count) in counts.sorted(by: { $0.key < $1.key }) { print("  \(word): \(count)") }
        for (reason, count) in reasons.sorted(by: { $0.value > $1.value }) { print("    \(count)  \(reason)") }
    }

    /// A reason without its numbers, so that equal ones can be counted.
    private static func masked(_ reason: String) -> String {
        reason.replacing(/\n.*/, with: "").replacing(/\(.*/, with: "(…").replacing(/sha256:[0-9a-f]+/, with: "…").replacing(
            /[0-9]+/, with: "#")
    }
}
