/// Where a server listens and how much it puts up with.
public struct HTTPServerConfiguration: Sendable, Equatable {
    /// An address of this machine, such as `127.0.0.1` or `::1`.
    public var host: String
    /// 0 for any free port.
    public var port: Int
    /// Bytes of a body, as sent and as unpacked; more is answered with 413.
    public var bodyLimit: Int
    /// How many times its packed size a body may have unpacked; more is answered with 413.
    public var inflationLimit: Int
    /// Requests that are read or answered at once; one more is answered with 429.
    public var requestLimit: Int
    /// Bytes of all bodies that are in hand at once; what comes on top of them is answered with 429.
    public var memoryLimit: Int
    /// Connections at once; one more is closed as soon as it is made.
    public var connectionLimit: Int
    /// Seconds that a new connection has for its first header.
    public var headerSeconds: Int
    /// Seconds that a connection may stay without a request after the first.
    public var idleSeconds: Int
    /// Seconds from the header to the end of the body, and from the first to the last byte of an answer.
    public var bodySeconds: Int
    /// Threads that read and write; answers are worked out elsewhere.
    public var threads: Int

    public init(
        host: String = "127.0.0.1", port: Int = 0, bodyLimit: Int = 16 << 20, inflationLimit: Int = 250, requestLimit: Int = 256,
        memoryLimit: Int = 128 << 20, connectionLimit: Int = 1_024, headerSeconds: Int = 10, idleSeconds: Int = 75, bodySeconds: Int = 30,
        threads: Int = 2
    ) {
        self.host = host
        self.port = port
        self.bodyLimit = bodyLimit
        self.inflationLimit = inflationLimit
        self.requestLimit = requestLimit
        self.memoryLimit = memoryLimit
        self.connectionLimit = connectionLimit
        self.headerSeconds = headerSeconds
        self.idleSeconds = idleSeconds
        self.bodySeconds = bodySeconds
        self.threads = threads
    }
}

/// Why a server could not start.
public struct HTTPServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A lower-case fragment with the address.
    public var message: String
    /// The way out.
    public var suggestion: String

    public init(_ message: String, suggestion: String) {
        self.message = message
        self.suggestion = suggestion
    }

    /// The message, then the way out on its own line.
    public var description: String { "\(message)\n  \(suggestion)" }
}
