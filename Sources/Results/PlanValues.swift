public import Foundation

/// The values of a plan by dotted path, such as `training.rounds`, as `plan.json` spells them.
public struct PlanValues: Hashable, Sendable {
  public let byPath: [String: String]

  /// - Parameter json: of one plan, an object.
  public init(json: Data, file: String) throws(ResultsError) {
    do {
      self.init(object: try JSONSerialization.jsonObject(with: json))
    } catch {
      throw .unreadable(file: file, reason: "\(error.localizedDescription)")
    }
  }

  init(object: Any) {
    var values: [String: String] = [:]
    func visit(_ value: Any, _ path: String) {
      switch value {
      case let object as [String: Any]:
        if object.isEmpty { values[path] = "" }
        for (key, value) in object { visit(value, path.isEmpty ? key : "\(path).\(key)") }
      case let list as [Any]:
        values[path] = "[\(list.map(Self.flowText).joined(separator: ", "))]"
      default:
        values[path] = "\(value)"
      }
    }
    visit(object, "")
    byPath = values
  }

  private init(byPath: [String: String]) { self.byPath = byPath }

  /// Without the values at some paths.
  func without(_ paths: [String]) -> PlanValues {
    PlanValues(byPath: byPath.filter { !paths.contains($0.key) })
  }

  /// What differs, by path, where `isAsked` for it.
  func differences(
    to other: PlanValues, where isAsked: (String) -> Bool = { _ in true }
  ) -> [PlanDifference] {
    Set(byPath.keys).union(other.byPath.keys).filter(isAsked).sorted().compactMap { path in
      byPath[path] == other.byPath[path]
        ? nil : PlanDifference(path: path, first: byPath[path], second: other.byPath[path])
    }
  }

  private static func flowText(_ value: Any) -> String {
    guard let object = value as? [String: Any] else { return "\(value)" }
    let fields = object.sorted { $0.key < $1.key }.map { "\($0.key): \(flowText($0.value))" }
    return "{\(fields.joined(separator: ", "))}"
  }
}

/// A value that two plans do not share; nil in the plan that lacks it.
public struct PlanDifference: Hashable, Sendable, Encodable, CustomStringConvertible {
  public let path: String
  public let first: String?
  public let second: String?

  public var description: String { "\(path): \(first ?? "nothing") -> \(second ?? "nothing")" }
}
