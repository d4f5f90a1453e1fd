func naturalPartition(
  owners: [Int32], ownerCount: Int, clientCount: Int
) throws(DatasetError) -> ClientPartition {
  guard clientCount == ownerCount else {
    throw .clientCountIsNotOwnerCount(given: clientCount, ownerCount: ownerCount)
  }
  var held = [[Int32]](repeating: [], count: ownerCount)
  for (position, owner) in owners.enumerated() { held[Int(owner)].append(Int32(position)) }
  if let owner = held.firstIndex(where: \.isEmpty) {
    throw .ownerWithoutExamples(owner: owner, ownerCount: ownerCount)
  }
  return ClientPartition(dealt: held.flatMap { $0 }, sizes: held.map(\.count))
}
