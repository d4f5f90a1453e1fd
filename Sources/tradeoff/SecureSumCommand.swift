public import ArgumentParser
import Foundation
import Randomness
import Reporting
public import SecureAggregation

struct SecureSumCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secure-sum",
    abstract: "Sum vectors of integers that the server never sees, and count what that costs.",
    discussion: """
      Runs the secure aggregation of Bonawitz et al. (2017) with its cryptography between simulated \
      clients and a server, and compares the sum with the plain one. Clients may fall silent; as long \
      as the threshold of them stays, the server learns the sum of the vectors that were sent, and \
      nothing otherwise. Without --input, vectors are drawn uniformly.

      Example: tradeoff secure-sum --clients 20 --threshold 14 --dimension 1000 --bits 20 --drop 3
      """)

  @Option(parsing: .unconditional, help: "How many clients. (default: 20)")
  var clients: Int?

  @Option(
    parsing: .unconditional,
    help: "How many clients must stay. (default: the least number above two thirds)")
  var threshold: Int?

  @Option(parsing: .unconditional, help: "How many integers a client has. (default: 1000)")
  var dimension: Int?

  @Option(parsing: .unconditional, help: "Integers are summed modulo 2^bits, from 1 to 64.")
  var bits = 32

  @Option(parsing: .unconditional, help: "Clients that fall silent before they send a vector.")
  var drop = 0

  @Option(parsing: .unconditional, help: "Clients that fall silent after they have sent a vector.")
  var dropLate = 0

  @Option(
    help: """
      What the server may do: honest-but-curious, or active, against which clients sign their keys \
      and the list of survivors.
      """)
  var adversary: Adversary = .honestButCurious

  @Option(
    help:
      "Repeat a run: keys, masks, vectors and silence all come from this number. Nothing is secret."
  )
  var seed: UInt64?

  @Option(
    help:
      "The vectors: a client a line, unsigned integers with commas between; - is standard input.")
  var input: String?

  @Option(help: "The file for the sum: a line, with commas.", completion: .file())
  var output: String?

  @OptionGroup var format: FormatOptions

  private static let mostClients = 10_000
  private static let mostElements = 200_000_000

  func validate() throws {
    guard input == nil || (clients == nil && dimension == nil) else {
      throw ValidationError("With --input, its lines say how many clients and integers there are.")
    }
    if let clients, !(2...Self.mostClients).contains(clients) {
      throw ValidationError("--clients is \(clients); it must be from 2 to \(Self.mostClients).")
    }
    if let dimension, !(1...Self.mostElements / (clients ?? 20)).contains(dimension) {
      throw ValidationError(
        "--dimension is \(dimension); with \(clients ?? 20) clients it must be from 1 to "
          + "\(Self.mostElements / (clients ?? 20)).")
    }
    guard drop >= 0 else { throw ValidationError("--drop is \(drop); it must be at least 0.") }
    guard dropLate >= 0 else {
      throw ValidationError("--drop-late is \(dropLate); it must be at least 0.")
    }
    guard input != "" else { throw ValidationError("--input is empty; name a file.") }
    guard output != "" else { throw ValidationError("--output is empty; name a file.") }
  }

  func run() async throws {
    try await reportingFailure {
      let key = StreamKey(seed: seed ?? .random(in: 0 ... .max))
      let ring = try Ring(bits: bits)
      let vectors = try input.map { try VectorFile($0).vectors(in: ring) } ?? drawVectors(ring, key)
      let silentFrom = try drawSilence(among: vectors.count, key)
      let sum = try SecureSum(
        of: vectors, threshold: threshold ?? vectors.count * 2 / 3 + 1, against: adversary,
        silentFrom: silentFrom,
        entropy: seed == nil ? .system : .simulated(key.child(.trial)))
      if let output { try write(sum.total, to: output) }

      var plain = RingVector(dimension: sum.total.dimension, in: ring)
      for client in sum.survivors { plain.add(vectors[client]!) }
      let report = SecureSumReport(
        sum, isCorrect: sum.total == plain, silentBeforeVector: drop, silentAfterVector: dropLate)
      try format.print(report)
      if !report.sumIsCorrect { throw ExitCode.differenceFound }
    }
  }

  private func drawVectors(_ ring: Ring, _ key: StreamKey) throws -> [ClientID: RingVector] {
    var vectors: [ClientID: RingVector] = [:]
    for client in 0..<UInt32(clients ?? 20) {
      var stream = RandomStream(key.child(.client, UInt64(client)))
      let elements = (0..<(dimension ?? 1000)).map { _ in
        UInt64(stream.uniformInteger(below: 1 << 32)) << 32
          | UInt64(stream.uniformInteger(below: 1 << 32))
      }
      vectors[ClientID(client)] = try RingVector(elements.map { $0 & ring.largest }, in: ring)
    }
    return vectors
  }

  private func drawSilence(
    among count: Int, _ key: StreamKey
  ) throws -> [ClientID: ProtocolStep] {
    guard drop <= count, dropLate <= count - drop else {
      throw ValidationError("--drop and --drop-late exceed the \(count) clients.")
    }
    var stream = RandomStream(key.child(.cohort))
    var silent = stream.sampleWithoutReplacement(drop + dropLate, outOf: count)
    stream.shuffle(&silent)
    return Dictionary(
      uniqueKeysWithValues: silent.enumerated().map { index, client in
        (ClientID(UInt32(client)), index < drop ? .masking : .endorsing)
      })
  }

  private func write(_ total: RingVector, to path: String) throws {
    let line = total.elements.map(String.init).joined(separator: ",") + "\n"
    do {
      try Data(line.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw ReportingError.cannotWrite(path: path, reason: error.localizedDescription)
    }
  }
}

extension Adversary: ExpressibleByArgument {}
