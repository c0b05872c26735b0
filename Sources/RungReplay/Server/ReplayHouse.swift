/// The one replay server of a run: started with the first trial that needs it, stopped when the run is over.
public actor ReplayHouse {
    private let randomBytes: @Sendable (Int) -> [UInt8]
    private var server: ReplayServer?
    private var starting: Task<ReplayServer, any Error>?

    /// - Parameter randomBytes: gives so many unguessable bytes, for tokens.
    public init(randomBytes: @escaping @Sendable (Int) -> [UInt8]) { self.randomBytes = randomBytes }

    /// The server, started when it does not run yet.
    func running() async throws -> ReplayServer {
        if let server { return server }
        let randomBytes = randomBytes
        let task = starting ?? Task { try await ReplayServer.start(randomBytes: randomBytes) }
        starting = task
        do {
            let started = try await task.value
            server = started
            return started
        } catch {
            starting = nil
            throw error
        }
    }

    /// Stops the server; it is started again when a trial still needs it.
    func leave() async {
        guard let server else { return }
        self.server = nil
        starting = nil
        await server.stop()
    }
}
