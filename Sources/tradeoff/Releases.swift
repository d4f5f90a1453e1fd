import Accounting
import ArgumentParser
import Foundation
import Results

/// Everything that will be released, with perhaps one number left open.
struct Releases {
  let settings: [ReleaseSettings]
  let recorded: RecordedEvent?
  /// Where all of it is one of several runs, of which the best is published.
  var repetitions: RepetitionLaw?

  /// All of it as one event.
  func event() throws -> PrivacyEvent { try event(varying: nil)(.nan) }

  /// The event as a function of the number that some releases leave open.
  func event(varying parameter: ReleaseParameter?) throws -> (Double) -> PrivacyEvent {
    guard !settings.isEmpty || recorded != nil else {
      throw ValidationError(
        "Nothing is released: describe it by --noise-multiplier and --rounds, by --phase, or by "
          + "--event-file.")
    }
    if let parameter, !settings.contains(where: { $0.leavesOpen(parameter) }) {
      throw ValidationError(
        "Every release says its \(parameter.rawValue), which is what to vary: leave it out of those "
          + "that shall follow.")
    }
    let events = try settings.map { try $0.event(varying: parameter) }
    let recorded = recorded.map { [$0.event] } ?? []
    return { value in
      let all = events.map { $0(value) } + recorded
      let run = all.count == 1 ? all[0] : .composed(all)
      return repetitions.map { .repeatAndSelect(run, repetitions: $0) } ?? run
    }
  }

  /// What says how much noise there is, in the releases that leave it open.
  func openNoise() throws -> ReleaseParameter {
    let open = Set(
      settings.map(\.mechanism.noise).filter { noise in
        settings.contains { $0.mechanism.noise == noise && $0.leavesOpen(noise) }
      })
    guard let noise = open.first, open.count == 1 else {
      throw ValidationError(
        open.isEmpty
          ? "Every release says its noise, which is what to find: leave it out of those that shall "
            + "follow."
          : "Releases leave \(open.map(\.rawValue).sorted().joined(separator: " and ")) open; only "
            + "one number can be found.")
    }
    return noise
  }
}

extension RecordedEvent {
  /// Reads a file, or standard input for `-`.
  init(file: String) throws {
    let (data, name) =
      file == "-"
      ? (try FileHandle.standardInput.readToEnd() ?? Data(), "standard input")
      : (try read(file), file)
    self = try CanonicalJSON.decode(RecordedEvent.self, from: data, file: name)
  }
}
