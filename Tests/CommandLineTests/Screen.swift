/// A terminal as one who looks at it sees it: what the program writes moves its cursor.
struct Screen {
  let columns: Int
  let rows: Int
  private var lines: [[Character]] = [[]]
  private var row = 0
  private var column = 0
  /// What stood on the screen before each of the renewals.
  private(set) var drawings: [String] = []

  init(columns: Int, rows: Int, _ output: String) {
    self.columns = columns
    self.rows = rows
    var rest = output.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\r": column = 0
      case "\n": newLine()
      case "\u{1B}":
        precondition(rest.popFirst() == "[", "only control sequences are known")
        var number = ""
        while let digit = rest.first, ("0"..."9").contains(digit) {
          number.unicodeScalars.append(rest.removeFirst())
        }
        obey(rest.removeFirst(), Int(number) ?? 1)
      default: put(Character(scalar))
      }
    }
  }

  var text: String { lines.map { String($0) }.joined(separator: "\n") }

  private mutating func newLine() {
    row += 1
    if row == lines.count { lines.append([]) }
  }

  private mutating func put(_ character: Character) {
    if column == columns {
      column = 0
      newLine()
    }
    while lines[row].count <= column { lines[row].append(" ") }
    lines[row][column] = character
    column += 1
  }

  private mutating func obey(_ command: Unicode.Scalar, _ number: Int) {
    switch command {
    case "A":
      drawings.append(text)
      row -= number
      precondition(row >= 0 && lines.count - row <= rows, "the cursor leaves the screen")
    case "K": lines[row] = Array(lines[row].prefix(column))
    case "J":
      lines[row] = Array(lines[row].prefix(column))
      lines.removeLast(lines.count - row - 1)
    default: preconditionFailure("unknown command \(command)")
    }
  }
}
