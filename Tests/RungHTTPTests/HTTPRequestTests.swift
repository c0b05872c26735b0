import RungHTTP
import Testing

struct HTTPRequestTests {
    @Test func `headers are found whatever their case, and repeated ones are joined`() {
        let request = HTTPRequest(
            method: "GET", path: "/", headers: [HTTPHeader("Accept", "a"), HTTPHeader("X-Name", "n"), HTTPHeader("accept", "b")])
        #expect(request.header("ACCEPT") == "a, b")
        #expect(request.header("x-name") == "n")
        #expect(request.header("accept-language") == nil)
    }

    @Test func `the content type comes without parameters and in lower case`() {
        let request = HTTPRequest(method: "POST", path: "/", headers: [HTTPHeader("content-type", "Application/JSON ; charset=utf-8")])
        #expect(request.contentType == "application/json")
        #expect(HTTPRequest(method: "POST", path: "/").contentType == nil)
    }
}
