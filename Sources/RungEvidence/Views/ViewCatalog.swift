/// STUB for first build
enum ViewCatalog {
    static func areCurrent(_ connection: OpaquePointer) throws -> Bool { true }
    static func persist(_ connection: OpaquePointer) throws {}
}
