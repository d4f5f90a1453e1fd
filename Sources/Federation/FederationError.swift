/// What is wrong with a model, its clients or their gradients. Clients are numbered from 0.
public enum FederationError: Error, Hashable, Sendable {
  case noArrays
  case repeatedName(array: String)
  /// A side of the array is not positive.
  case emptyArray(array: String, shape: [Int])

  case noClients
  /// The client holds no example.
  case emptyClient(client: Int)

  /// The gradient function left an array out.
  case missingArray(array: String, client: Int)
  /// The gradient function made an array that the model does not have.
  case unknownArray(array: String, client: Int, known: [String])
  /// The gradient function made an array of another size than the model's.
  case wrongShape(array: String, client: Int, expected: [Int], elementCount: Int)
  /// An element of the gradient is infinite or not a number. Thrown without privacy alone: otherwise
  /// the client's update counts as zero, and the run goes on.
  case notFinite(array: String, client: Int)
  /// The gradient function threw.
  case gradientFailed(client: Int, reason: String)
}

extension FederationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noArrays:
      "a model has at least one array"
    case .repeatedName(let array):
      "two arrays are named \(array); name each once"
    case .emptyArray(let array, let shape):
      "\(array) has shape \(shape); every side must be 1 or greater"
    case .noClients:
      "there are no clients"
    case .emptyClient(let client):
      "client \(client) holds no example; leave it out"
    case .missingArray(let array, let client):
      "client \(client): the gradient lacks \(array)"
    case .unknownArray(let array, let client, let known):
      "client \(client): the gradient has an array \(array), which the model has not; its arrays are "
        + known.joined(separator: ", ")
    case .wrongShape(let array, let client, let expected, let elementCount):
      "client \(client): the gradient of \(array) has \(elementCount) elements; shape \(expected) has "
        + "\(expected.reduce(1, *))"
    case .notFinite(let array, let client):
      "client \(client): the gradient of \(array) is not finite; lower the learning rate or look at "
        + "the client's examples"
    case .gradientFailed(let client, let reason):
      "client \(client): the gradient function failed: \(reason)"
    }
  }
}
