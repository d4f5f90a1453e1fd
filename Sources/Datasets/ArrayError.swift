/// What is wrong with an array of a NumPy file, and where.
public struct ArrayError: Error, Hashable, Sendable {
  public let path: String
  /// The array's name in an archive of several; nil where the file is one array.
  public let array: String?
  public let problem: Problem

  public enum Problem: Hashable, Sendable {
    case notNumPy
    case unknownVersion(Int)
    case header(reason: String)
    /// A type whose elements are not read.
    case unknownType(String)
    /// The elements take more or fewer bytes than the shape says.
    case byteCount(expected: Int, found: Int)
    /// `expected` in words, such as `[n, 28, 28]`.
    case shape(expected: String, found: [Int])
    /// The value at this index is not finite, or not within what a Float holds.
    case notFinite(index: [Int])
    /// Labels or users that are not of a type of whole numbers.
    case notWhole
    case labelOutOfRange(String, position: Int, classCount: Int)
  }

  public init(_ problem: Problem, path: String, array: String? = nil) {
    self.path = path
    self.array = array
    self.problem = problem
  }

  /// A problem on its way to where the file is known.
  struct Fault: Error {
    let problem: Problem
    init(_ problem: Problem) { self.problem = problem }
  }
}

extension ArrayError: CustomStringConvertible {
  public var description: String {
    array.map { "\(path): array \($0): \(problem)" } ?? "\(path): \(problem)"
  }
}

extension ArrayError.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notNumPy: "is not a NumPy array. Write it with `numpy.save` or `numpy.savez`."
    case .unknownVersion(let version):
      "is of version \(version) of NumPy's format; versions 1 to 3 are read."
    case .header(let reason): "its header cannot be read: \(reason). Write the array again."
    case .unknownType(let name):
      "its elements are of type \(name), which is not read. Convert them, for example with "
        + "`.astype(numpy.float32)`, or `.astype(numpy.int64)` for labels."
    case .byteCount(let expected, let found):
      "expected \(expected) bytes of elements, found \(found). Write the array again."
    case .shape(let expected, let found): "expected the shape \(expected), found \(found)."
    case .notFinite(let index):
      "the value at \(index) is not a finite number of 32 bits. Replace what is missing by a "
        + "constant, or remove the example."
    case .notWhole:
      "its elements are not whole numbers by their type. Convert them with "
        + "`.astype(numpy.int64)`."
    case .labelOutOfRange(let label, let position, let classCount):
      "expected labels from 0 to \(classCount - 1), found \(label) at \(position)."
    }
  }
}
