import Foundation

@testable import Experiments
@testable import Results

/// A finished run in which one file is replaced: the first byte chooses which. Whatever is not what it was is
/// noticed.
func checkResults(_ bytes: Data) {
  guard let first = bytes.first else { return }
  let place = Int(first) % names.count
  let contents = bytes.dropFirst()
  for (index, name) in names.enumerated() {
    _ = file(name, of: index == place ? contents : whole[index])
  }
  let folder = (file(names[place], of: contents) as NSString).deletingLastPathComponent
  let findings: [Verification.Finding]?
  do { findings = try Verification(directory: folder).findings } catch { findings = nil }
  if contents.elementsEqual(whole[place]) {
    require(findings == [], "\(findings.map { "\($0)" } ?? "an error") in an untouched run")
  } else if names[place] != "provenance.json" {
    require(findings != [], "\(names[place]) was replaced, and nothing was found")
  }
}

private let names = [
  "plan.json", "trials.csv", "rounds.csv", "tradeoff.csv", "ledgers.jsonl", "provenance.json",
]

/// As `tradeoff run` wrote them.
private let whole = names.map { name in
  guard let data = FileManager.default.contents(atPath: "Tests/Fuzzing/Results/\(name)") else {
    fatalError("Tests/Fuzzing/Results/\(name) is not here; start in the repository's folder")
  }
  return data
}
