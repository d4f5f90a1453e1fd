import ArgumentParser
import Foundation

struct ThreadOptions: ParsableArguments {
  @Option(
    help: """
      Processor threads. Trials that differ in privacy or optimizer alone are trained side by side; \
      several such groups run at a time, and groups fewer than threads share them. Changes no result.
      """)
  var threads: Int = min(ProcessInfo.processInfo.activeProcessorCount, Self.mostThreads)

  private static let mostThreads = 1024

  func validate() throws {
    guard (1...Self.mostThreads).contains(threads) else {
      throw ValidationError("--threads is \(threads); it must be from 1 to \(Self.mostThreads).")
    }
  }
}
