import Testing

@testable import RungEvidence

/// The catalog of views against the contract as it is written down in `ContractTable`.
struct ContractTableTests {
    @Test func theContractHas35ViewsWith319Columns() {
        #expect(ContractTable.views.count == 35)
        #expect(ContractTable.columns.count == 319)
    }

    @Test func theCatalogHasExactlyTheViewsOfTheContract() {
        #expect(Set(ViewCatalog.names) == ContractTable.views)
        #expect(ViewCatalog.names.count == ContractTable.views.count)
    }

    @Test(arguments: ContractTable.views.sorted())
    func aViewHasExactlyTheColumnsOfTheContractInTheirOrder(name: String) throws {
        let view = try #require(ViewCatalog.view(name))
        #expect(ContractTable.columns(of: view) == ContractTable.columns.filter { $0.view == name })
    }

    @Test func everyPromiseIsATimeOfTheContract() {
        let times = Set(ContractTable.columns.filter { $0.type == "TIME" }.map(\.name))
        #expect(ContractTable.promises.isSubset(of: times))
        #expect(ContractTable.columns.filter { $0.type == "TIME" && !ContractTable.promises.contains($0.name) }.count == 48)
    }
}
