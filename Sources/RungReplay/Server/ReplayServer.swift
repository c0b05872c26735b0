import RungCore
import RungHTTP
import RungText
import Synchronization

/// The local server that answers for the world: one for all trials, each under a path prefix of its own.
///
/// In replay it answers from a cassette or fails, and never calls out. A final class because it owns sockets and threads;
/// `stop` must be called before it is let go.
public final class ReplayServer: Sendable {
    /// The port on the loopback address that it listens on.
    public let port: Int
    private let server: StreamServer
    private let desk: ReplayDesk

    private init(_ server: StreamServer, _ desk: ReplayDesk) {
        self.server = server
        self.desk = desk
        port = server.port
    }

    /// Listens on the loopback address from now on.
    ///
    /// - Parameters:
    ///   - port: 0 for any free one.
    ///   - randomBytes: gives so many unguessable bytes, for tokens.
    /// - Throws: `HTTPServerError` when the port cannot be had.
    public static func start(port: Int = 0, randomBytes: @escaping @Sendable (Int) -> [UInt8]) async throws -> ReplayServer {
        let desk = ReplayDesk(randomBytes: randomBytes)
        let configuration = HTTPServerConfiguration(
            host: "127.0.0.1", port: port, bodyLimit: 64 << 20, memoryLimit: 512 << 20, connectionLimit: 8_192, idleSeconds: 600,
            bodySeconds: 120, threads: 2)
        let server = try await StreamServer.start(configuration) { desk.answer($0) }
        desk.port.store(server.port, ordering: .releasing)
        return ReplayServer(server, desk)
    }

    /// Registers a trial that is answered from a cassette.
    public func open(_ tape: ReplayTape) -> ReplayAddress { desk.open(.tape(tape), port: port) }

    /// Registers a trial that is answered live and recorded.
    public func open(_ recorder: Recorder) -> ReplayAddress { desk.open(.live(recorder), port: port) }

    /// What a recorded tool answers to a call that reached Rung another way than over HTTP.
    func answer(_ call: ToolCall, of address: ReplayAddress) -> ToolAnswer {
        guard let trial = desk.trial(address.token), case .tape(let tape) = trial.world else {
            return ToolAnswer(.string("rung replay: the trial is over"), isError: true)
        }
        switch trial.call(call.name, call.arguments, tape) {
        case .success(let exchange): return ToolAnswer(exchange.result, isError: exchange.isError)
        case .failure(let miss): return ToolAnswer(.string("rung replay: \(miss.explanation.message)"), isError: true)
        }
    }

    /// How a trial stands; nil for one that is not registered.
    public func report(of address: ReplayAddress) -> ReplayReport? { desk.trial(address.token)?.report }

    /// Ends a trial: nothing more is answered under its prefix.
    @discardableResult
    public func close(_ address: ReplayAddress) -> ReplayReport { desk.close(address.token)?.report ?? ReplayReport() }

    /// Attempts to leave that carried no trial's token; for the report of the server as a whole.
    public var strayFindings: [ReplayFinding] { desk.strayFindings }

    /// Answers what has begun, then closes everything.
    ///
    /// - Parameter limit: after it what is left is cut off.
    public func stop(within limit: Duration = .seconds(5)) async { await server.stop(within: limit) }
}

/// Where a trial reaches its world.
public struct ReplayAddress: Sendable, Equatable {
    /// Unguessable; whoever knows it acts as the trial.
    public let token: String
    public let port: Int

    /// Without a slash at its end.
    public var url: String { "http://127.0.0.1:\(port)/t/\(token)" }

    /// The address under which what goes to one provider is told from the rest.
    public func url(of upstream: String) -> String { "\(url)/~\(upstream)" }

    /// The address for proxy variables: it names the trial, and everything through it is refused.
    public var proxyURL: String { "http://\(token):x@127.0.0.1:\(port)" }
}

/// Hands each request to its trial. A final class because all connections share it; what changes lies behind one lock.
final class ReplayDesk: Sendable {
    let port = Atomic<Int>(0)
    private let randomBytes: @Sendable (Int) -> [UInt8]
    private let trials = Mutex<[String: ReplayTrial]>([:])
    /// Findings of nobody's: what came without a token.
    private let strays = ReplayTrial(.nothing)

    init(randomBytes: @escaping @Sendable (Int) -> [UInt8]) { self.randomBytes = randomBytes }

    func open(_ world: ReplayWorld, port: Int) -> ReplayAddress {
        let digits = Array("0123456789abcdef")
        let token = String(randomBytes(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
        trials.withLock { $0[token] = ReplayTrial(world) }
        return ReplayAddress(token: token, port: port)
    }

    func trial(_ token: String) -> ReplayTrial? { trials.withLock { $0[token] } }

    func close(_ token: String) -> ReplayTrial? { trials.withLock { $0.removeValue(forKey: token) } }

    var strayFindings: [ReplayFinding] { strays.report.findings }

    func answer(_ request: StreamRequest) -> StreamAnswer {
        switch ReplayRoute(request, port: port.load(ordering: .relaxed)) {
        case .trial(let token, let upstream, let path, let query):
            guard let trial = trial(token) else { return .reply(Self.unknown) }
            switch trial.world {
            case .tape(let tape):
                if upstream == nil, let answer = ToolRoute.answer(request, path: path, trial, tape) { return .reply(answer) }
                return trial.replay(request, path: path, query: query, from: tape)
            case .live(let recorder): return trial.record(request, upstream: upstream, path: path, query: query, with: recorder)
            case .nothing: return .reply(Self.unknown)
            }
        case .outside(let token, let host):
            (token.flatMap(trial) ?? strays).add(.escape(host: host))
            return .reply(MissAnswer.escape(host))
        case .unknown: return .reply(Self.unknown)
        }
    }

    private static let unknown = MissAnswer.error(
        404, "rung_unknown_trial", "rung replay: no trial under this address; paths start with /t/ and the token of a trial", path: "")
}
