/// Who is there.
extension Story {
    /// Everybody on the first day; one person leaves in the second quarter, another one comes.
    mutating func tellPeople() {
        let start = year.first.at(7)
        for person in enterprise.people + [enterprise.leaver] {
            tell("principal", start, ["id": person.id, "type": "person", "team": person.team, "canBuild": person.canBuild])
        }
        for service in [Enterprise.ruler, Enterprise.collector] { tell("principal", start, ["id": service, "type": "service"]) }
        let leaver = enterprise.leaver
        let left = year.quarters[1].day(28, 17)
        tell("principal", left, ["id": leaver.id, "type": "person", "team": leaver.team, "canBuild": leaver.canBuild, "leftAt": left])
    }
}
