import Testing

@testable import RungHTTP

@Suite struct LocalAddressTests {
    @Test(arguments: [
        "http://127.0.0.1:8080/t/x", "http://localhost/v1", "https://LOCALHOST:1/", "http://[::1]:9/", "http://api.localhost:3/",
        "http://127.9.9.9",
        "http://user@127.0.0.1/",
    ]) func `what is on this machine needs no proxy`(_ url: String) { #expect(StreamClient.isLocal(url)) }

    @Test(arguments: ["http://10.0.0.1/", "https://localhost.example.com/", "https://api.openai.com/", "http://[::2]/", "127.0.0.1", ""])
    func `what is elsewhere may need one`(_ url: String) { #expect(!StreamClient.isLocal(url)) }
}
