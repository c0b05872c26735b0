import RungRedaction
import Testing

struct RedactedTextTests {
    @Test func `a text in which nothing was found has no counts`() {
        #expect(RedactedText(text: "plain").counts.isEmpty)
    }
}
