/// Lines of cells as text: the first columns, or the first alone, flush left, the others flush right.
func alignedColumns(_ lines: [[String]], flushLeft: Int = 1) -> String {
  alignedLines(lines, flushLeft: flushLeft).joined(separator: "\n")
}

func alignedLines(_ lines: [[String]], flushLeft: Int = 1) -> [String] {
  let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
  return lines.map { cells in
    cells.enumerated().map { column, cell in
      let padding = String(repeating: " ", count: widths[column] - cell.count)
      return column < flushLeft ? cell + padding : padding + cell
    }.joined(separator: "  ")
  }
}
