import RungCore
import RungFormats
import RungText

/// What is expected of one golden organization: `fixtures/organizations/stage-N/expected.yaml`.
struct ExpectedOrganization {
    let stage: Int
    /// The band of every criterion.
    let bands: [CriterionID: Band]

    /// - Throws: `WrongExpectation` for words that are none, and for a criterion that is named twice.
    init(ofStage number: Int) throws {
        let path = Judged.root + "/fixtures/organizations/stage-\(number)/expected.yaml"
        let node = try YAMLReader.read(String(decoding: try FileBytes.read(path), as: UTF8.self))
        guard let stage = node["stage"]?.int, let lists = node["bands"]?.members else {
            throw WrongExpectation("\(path): stage and bands are needed")
        }
        var bands: [CriterionID: Band] = [:]
        for list in lists {
            guard let band = Band(rawValue: list.key), let items = list.value.array else {
                throw WrongExpectation("\(path):\(list.position.line): no band with a list: \(list.key)")
            }
            for item in items {
                guard let text = item.string else { throw WrongExpectation("\(path):\(item.position.line): no criterion") }
                guard bands.updateValue(band, forKey: CriterionID(text)) == nil else {
                    throw WrongExpectation("\(path):\(item.position.line): \(text) comes twice")
                }
            }
        }
        self.stage = stage
        self.bands = bands
    }
}

/// A file with expectations is written wrongly.
struct WrongExpectation: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
