public import Models

/// A model: named arrays of numbers, in order, over one flat buffer, so that clipping is one norm and
/// noise one pass.
public struct NamedParameters: Hashable, Sendable {
  /// Where each array lies; together they fill ``values``.
  public let views: [ParameterView]

  /// All arrays one after another, each row-major.
  public internal(set) var values: [Float]

  /// Arrays of zeros, such as `["weight": [10, 784], "bias": [10]]`.
  ///
  /// Throws where there is no array, a name stands twice or a side is not positive.
  public init(shapes: KeyValuePairs<String, [Int]>) throws(FederationError) {
    if shapes.isEmpty { throw .noArrays }
    var views: [ParameterView] = []
    for (name, shape) in shapes {
      guard !views.contains(where: { $0.name == name }) else { throw .repeatedName(array: name) }
      guard shape.allSatisfy({ $0 > 0 }) else { throw .emptyArray(array: name, shape: shape) }
      views.append(
        ParameterView(name: name, shape: shape, offset: views.last?.range.upperBound ?? 0))
    }
    self.views = views
    values = [Float](repeating: 0, count: views[views.count - 1].range.upperBound)
  }

  public var names: [String] { views.map(\.name) }

  /// - Precondition: `name` is one of ``names``.
  public func shape(of name: String) -> [Int] { view(name).shape }

  /// The elements of one array, row-major.
  ///
  /// - Precondition: `name` is one of ``names``, and a new value has as many elements as the old one.
  public subscript(name: String) -> [Float] {
    get { Array(values[view(name).range]) }
    set {
      let range = view(name).range
      precondition(newValue.count == range.count, "\(name) has \(range.count) elements")
      values.replaceSubrange(range, with: newValue)
    }
  }

  private func view(_ name: String) -> ParameterView {
    guard let view = views.first(where: { $0.name == name }) else {
      preconditionFailure("no array is named \(name); there are \(names.joined(separator: ", "))")
    }
    return view
  }
}
