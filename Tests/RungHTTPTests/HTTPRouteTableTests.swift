import RungHTTP
import Testing

struct HTTPRouteTableTests {
    private let table = HTTPRouteTable([
        .init("GET", "/a") { _ in .text(200, "got") }, .init("POST", "/a") { _ in .text(200, "posted") },
        .init("GET", "/b") { _ in .text(200, "b") },
    ])

    @Test func `method and path choose the route`() async {
        #expect(await table.answer(HTTPRequest(method: "POST", path: "/a")) == .text(200, "posted"))
        #expect(await table.answer(HTTPRequest(method: "GET", path: "/a")) == .text(200, "got"))
    }

    @Test func `another method is told which ones there are`() async {
        let answer = await table.answer(HTTPRequest(method: "PUT", path: "/a"))
        #expect(answer == .text(405, "this path answers GET, POST", headers: [HTTPHeader("allow", "GET, POST")]))
    }

    @Test func `an unknown path is told which ones there are`() async {
        let answer = await table.answer(HTTPRequest(method: "GET", path: "/c"))
        #expect(answer == .text(404, "nothing answers at this path; try /a, /a, /b"))
    }
}
