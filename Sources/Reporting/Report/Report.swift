internal import Experiments
internal import Foundation
internal import Results

/// A report on finished runs: one page, the same as Markdown, tables for a paper and a bibliography.
public struct Report: Sendable {
  let document: Document

  /// Throws where a plot cannot be drawn.
  public init(on runs: [FinishedRun]) throws {
    precondition(!runs.isEmpty, "a report is about something")
    let single = runs.count == 1
    var sections: [Section] = []
    if !single { sections.append(try Comparison(of: runs).section()) }
    for (index, run) in runs.enumerated() {
      let report = RunReport(run: run, prefix: single ? "" : "run\(index + 1)-")
      if single {
        sections += try report.sections()
      } else {
        sections.append(
          Section(
            title: run.plan.experiment.question, anchor: "run\(index + 1)",
            blocks: report.opening, sections: try report.sections()))
      }
    }
    let draft = Document(
      title: single
        ? runs[0].plan.experiment.question : "What \(runs.count) experiments found",
      opening: single
        ? RunReport(run: runs[0], prefix: "").opening
        : [.list(runs.map { Prose($0.plan.experiment.question) })],
      sections: sections)
    let guide: Block = .paragraph(
      """
      What a report of privacy has to say follows \(cite: [.ponomareva2023]). Works in BibTeX's form are in \
      \(code: "references.bib").
      """)
    let references = draft.citations + [.ponomareva2023]
    document = Document(
      title: draft.title, opening: draft.opening,
      sections: draft.sections + [
        Section(
          title: "References", anchor: "references", blocks: [guide, .references(references)])
      ])
  }

  private static let figureFolder = "report-files"

  /// The files, by their paths in the report's folder.
  public var files: [(path: String, contents: String)] {
    [
      ("report.html", HTML(document).description),
      ("report.md", Markdown(document, figureFolder: Self.figureFolder).description),
      ("table.tex", LaTeX(document.tables.filter(\.isResult)).description),
      ("references.bib", BibTeX(document.citations).description),
    ]
      + document.figures.map { figure in
        (
          "\(Self.figureFolder)/\(figure.name).svg",
          figure.drawing.standalone(
            name: figure.name, title: figure.title, description: figure.description)
        )
      }
  }

  /// Writes the files into a folder, which is made where it is missing. Each is replaced in one step.
  ///
  /// - Returns: their paths.
  public func write(to directory: String) throws(ReportingError) -> [String] {
    do {
      try makeDirectory(directory)
      if !document.figures.isEmpty { try makeDirectory("\(directory)/\(Self.figureFolder)") }
      return try files.map { path, contents throws(ResultsError) in
        try writeAtomically(Data(contents.utf8), to: "\(directory)/\(path)")
        return "\(directory)/\(path)"
      }
    } catch {
      guard case .cannotWrite(let path, let reason) = error else { preconditionFailure("\(error)") }
      throw .cannotWrite(path: path, reason: reason)
    }
  }
}
