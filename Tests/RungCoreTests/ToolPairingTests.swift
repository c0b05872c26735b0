import RungCore
import Testing

@Suite("Pairing tool results with calls")
struct ToolPairingTests {
    @Test("a result answers the latest unanswered call of its id")
    func reusedIds() {
        var pairing = ToolPairing()
        #expect(pairing.call(id: "a") == 0)
        #expect(pairing.call(id: "a") == 1)
        #expect(pairing.result(id: "a") == 1)
        #expect(pairing.call(id: "a") == 2)
        #expect(pairing.result(id: "a") == 2)
        #expect(pairing.result(id: "a") == 0)
        #expect(pairing.result(id: "a") == nil)
        #expect(pairing.result(id: "b") == nil)
    }
}
