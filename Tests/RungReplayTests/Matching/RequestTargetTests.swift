import Testing

@testable import RungReplay

struct RequestTargetTests {
    @Test(arguments: [
        ("/v1/messages", "/v1/messages"), ("//v1//messages", "/v1/messages"), ("/v1/%6Dodels%2fa%2Fb", "/v1/models%2Fa%2Fb"),
        ("/a/./b/../c/", "/a/c/"), ("/../x", "/x"), ("", "/"), ("/", "/"),
        ("/v1beta/models/gemini:generateContent", "/v1beta/models/gemini:generateContent"),
    ])
    func pathsHaveOneForm(path: String, normalized: String) {
        #expect(RequestTarget(path: path, query: nil).path == normalized)
    }

    @Test(arguments: [
        ("b=2&a=1", "a=1&b=2"), ("key=AIzaSecret&alt=sse", "alt=sse"), ("api-version=2024-10-21&API-KEY=x", "api-version=2024-10-21"),
        ("", ""), ("a=%41&&a=%2f", "a=%2F&a=A"),
    ])
    func parametersAreSortedAndKeysLeftOut(query: String, normalized: String) {
        #expect(RequestTarget(path: "/", query: query).query == normalized)
    }

    @Test func addressesAreReadWithoutUserAndFragment() {
        let url = RequestURL("https://user:secret@Api.Example.com:8443/v1?key=1&a=2#part")
        #expect(url?.authority == "api.example.com:8443")
        #expect(url?.host == "api.example.com")
        #expect(url?.text == "https://api.example.com:8443/v1?a=2")
        #expect(RequestURL("http://[::1]:80")?.path == "/")
    }

    @Test(arguments: ["", "/v1", "ftp://h/", "http://", "http:///x", "https://:80/", "http://h/a b"])
    func otherTextsAreNoAddresses(text: String) {
        #expect(RequestURL(text) == nil)
    }
}
