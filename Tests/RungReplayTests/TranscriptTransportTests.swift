import RungCore
import RungText
import RungReplay
import Testing

@Suite struct TranscriptTransportTests {
    private func request(index: Int, recorded: Int) -> TrialRequest {
        var request = TrialRequest.sample()
        request.index = index
        request.scenario.recorded = (0..<recorded).map { Transcript(output: .int($0)) }
        return request
    }

    @Test(arguments: 0..<3) func `a trial gets the recording with its index`(index: Int) async throws {
        #expect(try await TranscriptTransport().perform(request(index: index, recorded: 3)).output == .int(index))
    }

    @Test(arguments: [
        (0, 0, "not-recorded: the scenario has 0 recordings, none for trial 1"),
        (1, 1, "not-recorded: the scenario has 1 recording, none for trial 2"),
        (4, 3, "not-recorded: the scenario has 3 recordings, none for trial 5"),
    ])
    func `a trial beyond the recordings is a fault`(index: Int, recorded: Int, text: String) async {
        do {
            _ = try await TranscriptTransport().perform(request(index: index, recorded: recorded))
            Issue.record("expected a fault")
        } catch {
            #expect(error.description == text)
            #expect(!error.isRetryable)
        }
    }
}
