import ArgumentParser
import Results

struct FormatOptions: ParsableArguments {
  @Flag(help: "Print JSON.")
  var json = false

  func print(_ answer: some CustomStringConvertible & Encodable) throws {
    if json {
      try StandardOutput.write(try CanonicalJSON.document(answer))
    } else {
      Swift.print(answer)
    }
  }
}
