/// Lines of evidence files.
enum EvidenceLines {
    static let sha = "sha256:" + String(repeating: "a", count: 64)
    static let configuration = "sha256:" + String(repeating: "c", count: 64)

    /// One record of every kind that files may hold, with every key.
    static let oneOfEach =
        [
            #"{"kind":"principal","id":"ana","type":"person","team":"finance","canBuild":true,"leftAt":"2026-09-01","at":"2026-01-01"}"#,
            #"{"kind":"agent","id":"router","state":"active","ownerId":"ana","deputyId":"bo","team":"t","department":"d","purpose":"p","audience":"a","limits":"l","successMetric":"s","baseline":0.5,"riskTier":"low","autonomy":"act","oversightRate":0.25,"userFacing":false,"authorId":"bo","intents":["i"],"tools":["t"],"prompts":["g@v1"],"configDigest":"\#(configuration)","at":"2026-01-01"}"#,
            #"{"kind":"promptVersion","promptId":"greeting","text":"one","variables":["x"],"authorId":"ana","reason":"first","label":"v1","parentId":"\#(sha)","templateId":"base","at":"2026-02-01"}"#,
            #"{"kind":"template","id":"base","authorId":"bo","text":"Be {tone}.","at":"2026-01-15"}"#,
            #"{"kind":"release","id":"r1","agentId":"router","promptVersionId":"\#(sha)","configDigest":"\#(configuration)","releasedAt":"2026-03-01T08:00:00Z","requestedBy":"ana","changeId":"ch"}"#,
            #"{"kind":"releaseEnd","releaseId":"r1","at":"2026-04-01","principalId":"ana","reason":"mistake"}"#,
            #"{"kind":"act","id":"a1","subjectKind":"release","subjectId":"r1","step":"approval","principalId":"bo","secondId":"cy","at":"2026-02-28","verdict":"approved","digest":"\#(sha)","dataAt":"2026-02-27"}"#,
            #"{"kind":"idea","id":"idea-1","proposerId":"ana","problem":"p","expectedBenefit":"b","openedAt":"2026-08-01","scanId":"scan-1"}"#,
            #"{"kind":"ideaDecision","ideaId":"idea-1","at":"2026-08-02","decidedBy":"bo","decision":"try","reason":"why not"}"#,
            #"{"kind":"experiment","id":"x1","team":"finance","principalId":"ana","hypothesis":"h","startedAt":"2026-08-01","concludedAt":"2026-08-10","conclusion":"adopt","at":"2026-08-10"}"#,
            #"{"kind":"interaction","id":"i1","agentId":"router","at":"2026-03-02T09:30:00Z","environment":"pilot","principalId":"ana","promptVersionId":"\#(sha)","configDigest":"\#(configuration)","modelId":"m","outcome":"corrected","failureReason":"f","cost":0.25,"latencyMs":12.5,"traceId":"t","contextVersionId":"c","memoryRef":"m","explanationRef":"e","feedbackOffered":true,"experimentId":"x1"}"#,
            #"{"kind":"usageCount","agentId":"router","environment":"pilot","day":"2026-03-02","counted":3,"countedBy":"gateway","attempts":4,"admissionChecked":2}"#,
            #"{"kind":"case","id":"c1","type":"overlap","agentId":"router","openedAt":"2026-08-01","causeAt":"2026-08-02","planAt":"2026-08-03","decidedAt":"2026-08-04","decidedBy":"ana","reason":"r","changeId":"ch","ideaId":"idea-1","ownerId":"bo","scanId":"scan-1","severity":"low","at":"2026-08-04"}"#,
            #"{"kind":"scan","id":"scan-1","type":"overlap","at":"2026-07-31","records":7}"#,
            #"{"kind":"outcome","id":"out-1","decisionId":"d1","at":"2026-03-04","outcome":"failed","failureReason":"timeout","principalId":"bo","ref":"erp/1","value":2.5}"#,
            #"{"kind":"outcome","id":"out-2","interactionId":"i1","at":"2026-03-04","outcome":"accepted"}"#,
            #"{"kind":"outcome","id":"out-3","predictionId":"p1","at":"2026-03-04","value":1}"#,
            #"{"kind":"override","id":"o1","agentId":"router","at":"2026-03-03","interactionId":"i1","principalId":"bo","reasonCode":"wrong","beforeRef":"x","afterRef":"y"}"#,
            #"{"kind":"run","id":"lint-1","type":"lint","suiteId":"s","agentId":"router","promptVersionId":"\#(sha)","configDigest":"\#(configuration)","finishedAt":"2026-02-27","passed":true,"trials":3,"repeated":1,"unstable":1,"seconds":1.5,"intents":["i"],"experimentId":"x1"}"#,
            #"{"kind":"attestation","id":"at-1","subjectKind":"scan","subjectId":"scan-1","artifactDigest":"\#(sha)","principalId":"bo","secondId":"cy","at":"2026-09-02"}"#,
            #"{"kind":"suite","id":"s","agentId":"router","flowId":"f","judged":true,"at":"2026-02-01"}"#,
        ] + governance

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
        #"{"kind":"assessment","id":"as-2","at":"2026-06-30","asOf":"2026-06-30","digest":"\#(sha)","scores":{"OBS":2.5,"PRM":1},"stage":3}"#,
        #"{"kind":"applicabilityNote","id":"na-1","approverId":"bo","criterion":"REG-304","expiresAt":"2026-12-31","grantedAt":"2026-01-05","reason":"one agent","requestedBy":"ana"}"#,
        #"{"kind":"scenario","id":"late-order","suiteId":"s","agentId":"router","caseId":"c1","interactionId":"i1","recordedAt":"2026-03-05","text":"Where is order 17?"}"#,
        #"{"kind":"judgeVerdict","runId":"lint-1","suiteId":"s","agentId":"router","caseId":"late-order","at":"2026-02-27","passed":true}"#,
        #"{"kind":"judgeLabel","runId":"lint-1","suiteId":"s","agentId":"router","caseId":"late-order","promptVersionId":"\#(sha)","principalId":"bo","at":"2026-02-28","passed":true,"sawVerdict":false}"#,
        #"{"kind":"trafficIntent","agentId":"router","intent":"refund","at":"2026-03-02"}"#,
        #"{"kind":"toolCall","id":"call-1","agentId":"router","at":"2026-03-02T09:30:01Z","effect":"write","systemId":"sap","tool":"post","credential":"router","interactionId":"i1","traceId":"t"}"#,
        #"{"kind":"system","id":"sap","type":"erp","at":"2026-01-01"}"#,
        #"{"kind":"contract","id":"order@1","fromAgent":"router","toAgent":"faq","members":{"order.id":"string","amount":"number?"},"open":true,"at":"2026-01-01"}"#,
        #"{"kind":"handoff","id":"h1","fromAgent":"router","toAgent":"faq","at":"2026-03-02T09:30:02Z","contractId":"order@1","message":{"order.id":"string"},"credential":"router","grant":"orders:read","traceId":"t"}"#,
        #"{"kind":"flow","id":"order-to-cash","agents":["router"],"complex":true,"at":"2026-01-01"}"#,
        #"{"kind":"flowStep","traceId":"t","spanId":"1","agentId":"router","at":"2026-03-02T09:30:00Z","flowId":"order-to-cash"}"#,
        #"{"kind":"flowStep","traceId":"t","spanId":"2","parentId":"1","agentId":"router","at":"2026-03-02T09:30:01Z","flowId":"order-to-cash","input":"i","conclusion":"c","evidenceRef":"e"}"#,
        #"{"kind":"decision","id":"d1","agentId":"router","at":"2026-03-02T09:30:03Z","scope":"operational","startedBy":"event","askedFor":"decision","confidence":0.9,"configDigest":"\#(configuration)","promptVersionId":"\#(sha)","evidenceRef":"e","inputs":{"amount":12.5,"country":"DE","express":true},"inputsRef":"in/1","principalId":"ana","ruleId":"limit","ruleVersion":"1","traceId":"t","verb":"execute"}"#,
        #"{"kind":"decisionResponse","decisionId":"d1","principalId":"bo","at":"2026-03-03","response":"accepted"}"#,
        #"{"kind":"businessRule","id":"limit","version":"1","conditions":[{"input":"amount","is":"atMost","value":100}],"at":"2026-01-01"}"#,
        #"{"kind":"prediction","id":"p1","agentId":"router","dueAt":"2026-12-31","low":1,"high":2,"type":"forecast"}"#,
        #"{"kind":"score","id":"s1","agentId":"router","at":"2026-09-01","startedAt":"2026-03-01","basis":"outcome"}"#,
        #"{"kind":"capacity","department":"d","periodStart":"2026-01-01","outcomes":120,"staff":3.5,"principalId":"ana"}"#,
        #"{"kind":"preregistration","comparisonId":"k1","margin":0.05,"size":3,"metric":"pass rate","principalId":"ana"}"#,
        #"{"kind":"comparison","id":"k1","agentId":"router","phase":"before","promptVersionId":"\#(sha)","configDigest":"\#(configuration)","baselineVersionId":"\#(sha)","baselineConfigDigest":"\#(configuration)","differences":[0,1,-1],"startedAt":"2026-02-20","finishedAt":"2026-02-21","runIds":["lint-1"]}"#,
        #"{"kind":"driftCheck","id":"dc1","agentId":"router","at":"2026-03-05","type":"efficacy","promptVersionId":"\#(sha)","n":40,"statistic":0.3,"lowerLimit":0.8,"upperLimit":1}"#,
        #"{"kind":"driftTriage","checkId":"dc1","principalId":"bo","at":"2026-03-06","finding":"a holiday"}"#,
        #"{"kind":"auditDraw","id":"audit-1","type":"record","count":2,"minimumAgeDays":0}"#,
    ]

    /// The line about the first record of the draw `audit-1`, which must be on the ledger; with every key.
    static func auditResult(drawnRecord: Int64) -> String {
        #"{"kind":"auditResult","drawId":"audit-1","position":0,"drawnRecord":\#(drawnRecord),"at":"2026-09-30","leakFree":true,"rebuilt":true,"faithful":true,"principalId":"cy"}"#
    }
}
