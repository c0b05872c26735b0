import Foundation
import Testing

@Suite(.serialized, .enabled("only a user who may mount can make a small disk", canMount)) struct ReceiverFullDiskTests {
    @Test func aFullDiskIsToldAsSuchAndNothingThatWasAcknowledgedIsLost() async throws {
        try await Folder.with { folder in
            try await withSmallDisk(in: folder) {
                let receiver = try await Receiver.start(in: folder, "--allow-unsigned", evidence: "disk/evidence.db")
                #expect(try await receiver.post("/v1/traces", Spans.trace(0)).status == 200)
                _ = try await Program.run(["/bin/sh", "-c", "cat /dev/zero >disk/ballast 2>/dev/null"], in: folder.path)
                var acknowledged = 1
                var refusal: Receiver.Answer?
                for number in 1...200 where refusal == nil {
                    let answer = try await receiver.post("/v1/traces", Spans.trace(number))
                    if answer.status == 200 { acknowledged += 1 } else { refusal = answer }
                }
                #expect(refusal?.status == 503)
                #expect(refusal?.headers["retry-after"] == "1")
                #expect(refusal?.body == #"{"code":14,"message":"nothing was stored; try again"}"#)
                #expect(try await receiver.get("/healthz").status == 503)
                try FileManager.default.removeItem(atPath: folder.path + "/disk/ballast")
                #expect(try await receiver.post("/v1/traces", Spans.trace(1_000)).status == 200)
                #expect(try await receiver.get("/healthz").status == 200)
                #expect(try await receiver.stop().status == 0)
                let stored = try await folder.query("SELECT COUNT(*) FROM interaction_records", "disk/evidence.db")
                #expect(stored == ["\(acknowledged + 1)"])
            }
        }
    }
}
