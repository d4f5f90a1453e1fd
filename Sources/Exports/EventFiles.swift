internal import Foundation
internal import Results

/// Event files for TensorBoard, a folder a trial: every metric as a scalar by round, and the guarantee and
/// the resolved settings as texts.
///
/// The messages are those of tensorflow/core/util/event.proto, framework/summary.proto and
/// framework/tensor.proto. Scalars are in single precision, which all readers know.
func eventFiles(of run: ExportedRun) -> [ExportedFile] {
  let seconds = run.finished.timeIntervalSince1970
  return run.trials.map { trial in
    var file = RecordFile()
    var version = event(at: seconds)
    version.append(3, text: "brain.Event:2")
    file.append(version.bytes)
    let texts = [
      ("privacy", ([trial.row.claim.statement] + run.cautions).map { "- \($0)" }),
      ("settings", settingsTable(trial)),
    ]
    for (tag, lines) in texts {
      file.append(
        summary(text(tag, lines.joined(separator: "\n")), step: 0, at: seconds).bytes)
    }
    for row in trial.rounds {
      file.append(
        summary(scalar(row.name, row.value), step: Int64(row.round), at: seconds).bytes)
    }
    return ExportedFile(
      "\(folderName(trial.row))/events.out.tfevents.\(Int(seconds)).tradeoff", file.bytes)
  }
}

/// `setting-1-noise_target_epsilon_8/replicate-0`.
private func folderName(_ row: TrialRow) -> String {
  let label = row.sweep.split(separator: ";").map { axis in
    axis.split(separator: "=", maxSplits: 1).map { $0.split(separator: ".").last ?? $0 }
      .joined(separator: "-")
  }.joined(separator: "-")
  let safe = String(
    label.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" ? $0 : "_" }
      .prefix(longestLabel))
  return "setting-\(row.setting)\(safe.isEmpty ? "" : "-\(safe)")/replicate-\(row.replicate)"
}

/// File systems know names of 255 bytes.
private let longestLabel = 120

/// A table in Markdown, which TensorBoard shows as one.
private func settingsTable(_ trial: ExportedTrial) -> [String] {
  ["| setting | value |", "|---|---|", "| trial | \(trial.row.trial) |"]
    + trial.values.byPath.sorted { $0.key < $1.key }.map {
      "| \($0.key) | \($0.value.replacing("|", with: "\\|").replacing("\n", with: " ")) |"
    }
}

private func event(at seconds: Double) -> ProtocolBuffer {
  var event = ProtocolBuffer()
  event.append(1, double: seconds)
  return event
}

private func summary(
  _ value: ProtocolBuffer, step: Int64, at seconds: Double
) -> ProtocolBuffer {
  var summary = ProtocolBuffer()
  summary.append(1, message: value)
  var event = event(at: seconds)
  event.append(2, integer: step)
  event.append(5, message: summary)
  return event
}

private func scalar(_ tag: String, _ value: Double) -> ProtocolBuffer {
  var scalar = ProtocolBuffer()
  scalar.append(1, text: tag)
  scalar.append(2, float: Float(value))
  return scalar
}

/// A tensor of one string, for the plugin of texts.
private func text(_ tag: String, _ text: String) -> ProtocolBuffer {
  var plugin = ProtocolBuffer()
  plugin.append(1, text: "text")
  var metadata = ProtocolBuffer()
  metadata.append(1, message: plugin)
  var tensor = ProtocolBuffer()
  tensor.append(1, integer: stringType)
  tensor.append(8, text: text)
  var value = ProtocolBuffer()
  value.append(1, text: tag)
  value.append(8, message: tensor)
  value.append(9, message: metadata)
  return value
}

/// DT_STRING of framework/types.proto.
private let stringType: Int64 = 7
