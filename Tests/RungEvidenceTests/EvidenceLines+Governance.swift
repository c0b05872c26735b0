extension EvidenceLines {
    /// People, policies, feedback and workflow.
    static let governance = [
        #"{"kind":"policy","id":"p1","authorId":"ana","caseDays":10,"changeDays":20,"duties":["registry","release"],"feedbackLimit":100,"ideaDays":21,"marginLimit":0.05,"outcomeDays":60,"overrideLimit":90,"predictionDays":80,"reviewLimit":300,"scenarioDays":25,"spanLimit":2.5,"text":"Be careful.","triageDays":5,"at":"2026-01-02"}"#,
        #"{"kind":"duty","duty":"registry","primaryId":"ana","deputyId":"bo","at":"2026-01-02"}"#,
        #"{"kind":"waiver","id":"w1","requestedBy":"ana","approverId":"bo","reason":"r","scope":"TST-301","grantedAt":"2026-08-01","expiresAt":"2026-12-01"}"#,
        #"{"kind":"waiverEnd","waiverId":"w1","at":"2026-09-01","principalId":"ana"}"#,
        #"{"kind":"objective","id":"slo-1","agentId":"router","indicator":"latency","target":1.5,"alertRoute":"pager","at":"2026-01-02","endedAt":"2026-09-01"}"#,
        #"{"kind":"spendingLimit","id":"limit-1","agentId":"router","amount":100,"period":"day","hard":true,"at":"2026-01-02","endedAt":"2026-09-01"}"#,
        #"{"kind":"feedback","id":"f1","agentId":"router","at":"2026-03-03","interactionId":"i1","promptVersionId":"\#(sha)","principalId":"ana","sessionId":"s1","scale":"stars","answer":2}"#,
        #"{"kind":"triage","id":"t1","feedbackId":"f1","at":"2026-03-04","principalId":"bo","decision":"fix"}"#,
        #"{"kind":"review","id":"rev-1","interactionId":"i1","agentId":"router","at":"2026-03-04","principalId":"bo"}"#,
        #"{"kind":"change","id":"ch","agentId":"router","ownerId":"ana","checkId":"dc1","openedAt":"2026-02-01","summary":"tone"}"#,
        #"{"kind":"changeEnd","changeId":"ch","at":"2026-02-20","result":"refused","principalId":"bo","reason":"r"}"#,
        #"{"kind":"threshold","id":"th-1","agentId":"router","value":0.5,"targetMetric":"corrected_share","at":"2026-01-02"}"#,
        #"{"kind":"envelope","id":"env-1","thresholdId":"th-1","low":0.25,"high":0.75,"authorId":"ana","approverId":"bo","at":"2026-01-03"}"#,
        #"{"kind":"thresholdChange","id":"move-1","thresholdId":"th-1","at":"2026-02-01","principalId":"bot","afterValue":0.6,"reversalRef":"ops/1"}"#,
        #"{"kind":"contextVersion","id":"c","authorId":"ana","contentDigest":"\#(sha)","at":"2026-01-02"}"#,
        #"{"kind":"dashboard","agentId":"router","authorId":"ana","freshMinutes":60,"at":"2026-01-02"}"#,
        #"{"kind":"assessment","id":"as-1","at":"2026-06-30","authorId":"ana","digest":"\#(sha)","ledgerRoot":"\#(sha)","ledgerSize":9,"rubricDigest":"\#(sha)","stage":3}"#,
    ]
}
