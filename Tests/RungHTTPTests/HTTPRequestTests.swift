import RungHTTP
import Testing

struct HTTPRequestTests {
    @Test func `answers are equal when status, headers and body are`() {
        let answer = HTTPResponse(status: 200, headers: [.init("retry-after", "1")], body: [1])
        #expect(answer == HTTPResponse(status: 200, headers: [.init("retry-after", "1")], body: [1]))
        #expect(answer != HTTPResponse(status: 200, headers: [.init("retry-after", "2")], body: [1]))
    }
}
