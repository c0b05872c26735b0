public import RungCore
import RungText

/// The stage as a picture for a README or a wiki: one SVG that needs no font, script or picture from elsewhere.
///
/// It says the stage, the day, the rubric's version, and `provisional` where it is; a void assessment shows no stage.
public enum AssessmentBadge {
    private static let height = 22
    private static let padding = 8

    /// The whole picture; byte-equal for equal input.
    ///
    /// - Parameter assessment: without suppositions; what is supposed must not look as if it were earned.
    public static func render(_ assessment: Assessment, rubric: Rubric) -> String {
        let words = AssessmentWords(assessment: assessment, rubric: rubric)
        let stage = assessment.stage.map { "stage \($0): \(words.name(ofStage: $0))" } ?? "no stage: ledger does not verify"
        var facts = [assessment.asOf.date, RubricWords.title(assessment)]
        if !assessment.notices.isEmpty { facts.append("at risk") }
        if assessment.isProvisional { facts.append("provisional") }
        let parts = [
            Part(text: "AgentOps", fill: "#3b3f46"), Part(text: bounded(stage), fill: colour(of: assessment.stage)),
            Part(text: bounded(facts.joined(separator: " · ")), fill: assessment.isProvisional ? "#7a4a00" : "#3b3f46"),
        ]
        return picture(parts, label: parts.map(\.text).joined(separator: ", "))
    }

    /// A field of the badge.
    private struct Part {
        let text: String
        let fill: String

        /// Pixels: six and a half a column, about what sans-serif letters take at 11; the text is set to exactly that, whatever the font.
        var textWidth: Int { (Columns.count(text) * 13 + 1) / 2 }
        var width: Int { textWidth + 2 * padding }
    }

    private static func picture(_ parts: [Part], label: String) -> String {
        let width = parts.reduce(0) { $0 + $1.width }
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\" "
                + "role=\"img\" aria-label=\"\(escaped(label))\">",
            "  <title>\(escaped(label))</title>",
            "  <clipPath id=\"r\"><rect width=\"\(width)\" height=\"\(height)\" rx=\"4\"/></clipPath>", "  <g clip-path=\"url(#r)\">",
        ]
        var x = 0
        for part in parts {
            lines.append("    <rect x=\"\(x)\" width=\"\(part.width)\" height=\"\(height)\" fill=\"\(part.fill)\"/>")
            x += part.width
        }
        lines += ["  </g>", "  <g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,Geneva,sans-serif\" font-size=\"11\">"]
        x = 0
        for part in parts {
            lines.append(
                "    <text x=\"\(x + padding)\" y=\"15\" textLength=\"\(part.textWidth)\" lengthAdjust=\"spacing\">"
                    + "\(escaped(part.text))</text>")
            x += part.width
        }
        return (lines + ["  </g>", "</svg>"]).joined(separator: "\n") + "\n"
    }

    /// White text reads well on each of them (contrast of 4.5 and more).
    private static func colour(of stage: Int?) -> String {
        switch stage {
        case nil: "#b3261e"
        case 1?: "#5f6670"
        case 2?: "#a04a00"
        case 3?: "#1f5fae"
        case 4?: "#1b7340"
        default: "#6a3ab2"
        }
    }

    private static func bounded(_ text: String) -> String { Columns.cut(text, to: 60) }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
