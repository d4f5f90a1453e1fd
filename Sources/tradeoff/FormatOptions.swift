import ArgumentParser
import Foundation
import Results

struct FormatOptions: ParsableArguments {
  @Flag(help: "Print JSON.")
  var json = false

  func print(_ answer: some CustomStringConvertible & Encodable) throws {
    try print(answer, as: \.description)
  }

  func print<Answer: Encodable>(
    _ answer: Answer, as text: (Answer) -> some CustomStringConvertible
  ) throws {
    try StandardOutput.write(
      json ? try CanonicalJSON.document(answer) : Data("\(text(answer))\n".utf8))
  }
}
