import ArgumentParser
import RungCore
import RungEvidence
import RungFormats
import RungReplay
import RungRunner
import RungText

/// Turns errors into messages on stderr and exit statuses.
enum Failure {
    /// Prints what went wrong and ends the process with the status that the error stands for.
    static func leave(with error: any Error) -> Never {
        guard let (message, status) = explanation(of: error) else { Rung.exit(withError: error) }
        if !message.isEmpty { Terminal.say(message) }
        Rung.exit(withError: ExitCode(status.rawValue))
    }

    /// The same for several errors in a row; the status is the decisive one.
    static func leave(with errors: [any Error]) -> Never {
        let explanations = errors.compactMap { explanation(of: $0) }
        guard explanations.count == errors.count, errors.count > 1 else { leave(with: errors.first ?? LeaveStatus(.passed)) }
        for (message, _) in explanations where !message.isEmpty { Terminal.say(message) }
        Rung.exit(withError: ExitCode(ExitStatus.decisive(explanations.map(\.1)).rawValue))
    }

    /// Message and status; nil for errors that the argument parser explains better.
    private static func explanation(of error: any Error) -> (String, ExitStatus)? {
        switch error {
        case let status as LeaveStatus: ("", status.status)
        case let invalid as InvalidInput: (invalid.description, .invalidInput)
        case let failure as FileFailure:
            (
                "error: \(failure)" + (failure.suggestion.map { "\n  \($0)" } ?? ""),
                failure.isOfMachine ? .infrastructure : .invalidInput
            )
        case let failure as CassetteWriteFailure: ("error: \(failure)", .infrastructure)
        case let problem as MergedRunProblem: ("error: \(problem); nothing was recorded", .infrastructure)
        case let failure as EvidenceError: ("error: \(failure)", failure.exitStatus)
        case is CleanExit, is ExitCode, is ValidationError: nil
        default: isParserError(error) ? nil : ("error: \(error)", .infrastructure)
        }
    }

    /// The argument parser's own errors have no public type; they know their exit code.
    private static func isParserError(_ error: any Error) -> Bool {
        let code = Rung.exitCode(for: error)
        return code == .validationFailure || code == .success
    }
}

/// Thrown when everything has been said and only the status is left.
struct LeaveStatus: Error {
    var status: ExitStatus

    init(_ status: ExitStatus) { self.status = status }
}

extension EvidenceError {
    /// A name that fits no run or record is the user's input; everything else is the store's trouble.
    var exitStatus: ExitStatus {
        switch kind {
        case .missing, .otherPlan, .partOfRun, .unauthenticated, .unknownRecord, .unknownRun: .invalidInput
        default: .infrastructure
        }
    }
}
