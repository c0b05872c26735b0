/// Which handler answers which requests: one line for each route.
public struct HTTPRouteTable: Sendable {
    /// One method and path with what answers it.
    public struct Route: Sendable {
        /// Upper case.
        public var method: String
        /// The whole path, such as `/v1/traces`.
        public var path: String
        public var handler: HTTPHandler

        public init(_ method: String, _ path: String, _ handler: @escaping HTTPHandler) {
            self.method = method
            self.path = path
            self.handler = handler
        }
    }

    private let routes: [Route]

    public init(_ routes: [Route]) {
        self.routes = routes
    }

    /// Answers with the route's handler; 404 for an unknown path, 405 for another method of a known one.
    public func answer(_ request: HTTPRequest) async -> HTTPResponse {
        var others: [String] = []
        for route in routes where route.path == request.path {
            if route.method == request.method { return await route.handler(request) }
            others.append(route.method)
        }
        if others.isEmpty {
            return .text(404, "nothing answers at this path; try \(routes.map(\.path).joined(separator: ", "))")
        }
        let allowed = others.joined(separator: ", ")
        return .text(405, "this path answers \(allowed)", headers: [HTTPHeader("allow", allowed)])
    }
}
