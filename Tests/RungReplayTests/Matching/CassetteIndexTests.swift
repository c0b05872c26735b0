import RungCore
import RungText
import Testing

@testable import RungReplay

struct CassetteIndexTests {
    private let index = CassetteSamples.index([
        CassetteSamples.exchange(body: #"{"q":"a"}"#), CassetteSamples.exchange(body: #"{"q":"b"}"#),
        CassetteSamples.exchange(body: #"{"q":"a"}"#, answer: "second"),
    ])

    private func key(_ body: String) -> MatchKey { index.rules.key(of: CassetteSamples.exchange(body: body).request) }

    @Test func theSameRequestTwiceIsAQueueThatIsConsumedOnce() {
        var cursor = CassetteCursor(index)
        #expect(cursor.next(key(#"{"q":"a"}"#)) == .exchange(0))
        #expect(cursor.unused == [1, 2])
        #expect(cursor.next(key(#"{"q":"a"}"#)) == .exchange(2))
        #expect(cursor.next(key(#"{"q":"a"}"#)) == .usedUp(count: 2))
        #expect(cursor.next(key(#"{"q":"c"}"#)) == .unknown)
        #expect(cursor.unused == [1])
    }

    @Test func trialsDoNotTakeFromEachOther() {
        var (one, two) = (CassetteCursor(index), CassetteCursor(index))
        #expect(one.next(key(#"{"q":"b"}"#)) == .exchange(1))
        #expect(two.next(key(#"{"q":"b"}"#)) == .exchange(1))
        #expect(two.next(key(#"{"q":"a"}"#)) == .exchange(0))
        #expect(one.unused == [0, 2])
    }

    @Test func aRepeatingCursorStartsOver() {
        var cursor = CassetteCursor(index, repeats: true)
        #expect((0..<5).map { _ in cursor.next(key(#"{"q":"a"}"#)) } == [0, 2, 0, 2, 0].map { .exchange($0) })
        #expect(cursor.unused == [1])
    }

    @Test func namesAreThoseOfTheFile() {
        #expect(index.names == index.cassette.names)
        #expect(Set(index.names).count == 3)
    }
}
