internal import Foundation
internal import Results

/// The tables as they are, and `datapackage.json`, which says what they hold (Frictionless Data, Data
/// Package 1 with Table Schema): a trial's id is text even where it looks like a number, an empty cell is
/// missing, and infinite numbers are such. `tables.sql` says the same to DuckDB, whose own guess takes a column
/// that holds `inf` for text.
func packageFiles(of run: ExportedRun) throws -> [ExportedFile] {
  let tables = ResultTable.allCases
  let document = try CanonicalJSON.document(
    Package(
      name: packageName(run.name), title: run.question, created: run.finished,
      resources: try tables.map {
        Resource(
          $0, columns: try run.files.columns(of: $0), contents: run.files.contents(of: $0))
      },
      privacy: run.cautions))
  return tables.map { ExportedFile($0.fileName, run.files.contents(of: $0)) } + [
    ExportedFile("plan.json", run.files.plan),
    ExportedFile("ledgers.jsonl", run.files.ledgers),
    ExportedFile("datapackage.json", document),
    ExportedFile(
      "tables.sql",
      try tables.map { view(of: $0, columns: try run.files.columns(of: $0)) }.joined(
        separator: "\n")),
  ]
}

/// A view with the types of all columns. DuckDB looks for the file where it runs.
private func view(of table: ResultTable, columns: [TableColumn]) -> String {
  let columns = columns.map { column in
    let type =
      switch column.type {
      case .text: "VARCHAR"
      case .integer: "BIGINT"
      case .number: "DOUBLE"
      }
    return "  '\(column.name)': '\(type)'"
  }
  return """
    CREATE VIEW \(table.rawValue) AS FROM read_csv('\(table.fileName)', header = true, columns = {
    \(columns.joined(separator: ",\n"))
    });

    """
}

/// Lower-case letters, digits, hyphens, dots and underscores, as the specification wants names.
private func packageName(_ name: String) -> String {
  String(
    name.lowercased().map {
      $0.isASCII && ($0.isLetter || $0.isNumber) || "-._".contains($0) ? $0 : "-"
    })
}

private struct Package: Encodable {
  let profile = "data-package"
  let name: String
  let title: String
  let created: Date
  let resources: [Resource]
  /// Beside what the specification knows.
  let privacy: [String]
}

private struct Resource: Encodable {
  let profile = "tabular-data-resource"
  let name: String
  let path: String
  let format = "csv"
  let mediatype = "text/csv"
  let encoding = "utf-8"
  let bytes: Int
  let schema: Schema

  init(_ table: ResultTable, columns: [TableColumn], contents: Data) {
    name = table.rawValue
    path = table.fileName
    bytes = contents.count
    schema = Schema(table, columns: columns)
  }
}

private struct Schema: Encodable {
  let fields: [Field]
  let missingValues = [""]
  let primaryKey: [String]
  let foreignKeys: [ForeignKey]?

  init(_ table: ResultTable, columns: [TableColumn]) {
    fields = columns.map(Field.init)
    switch table {
    case .trials: (primaryKey, foreignKeys) = (["trial"], nil)
    case .rounds:
      (primaryKey, foreignKeys) = (["trial", "round", "metric"], [ForeignKey(of: "trial")])
    case .tradeoff: (primaryKey, foreignKeys) = (["setting"], nil)
    }
  }
}

private struct ForeignKey: Encodable {
  let fields: [String]
  let reference: Reference

  struct Reference: Encodable {
    let resource: String
    let fields: [String]
  }

  /// The column of the same name in the table of trials.
  init(of column: String) {
    fields = [column]
    reference = Reference(resource: ResultTable.trials.rawValue, fields: [column])
  }
}

private struct Field: Encodable {
  let name: String
  let type: String
  let description: String
  let constraints: Constraints

  struct Constraints: Encodable {
    let required: Bool
  }

  init(_ column: TableColumn) {
    name = column.name
    type =
      switch column.type {
      case .text: "string"
      case .integer: "integer"
      case .number: "number"
      }
    description = column.description
    constraints = Constraints(required: column.isRequired)
  }
}
