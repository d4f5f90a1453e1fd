import ArgumentParser
import Experiments

extension Shard {
  /// `3/8` is the third of eight.
  init(argument: String) throws {
    guard let match = argument.wholeMatch(of: /([0-9]{1,6})\/([0-9]{1,6})/),
      let index = Int(match.1), let count = Int(match.2), let shard = Shard(index, of: count)
    else {
      throw ValidationError(
        "\"\(argument)\" is no part of several; write 3/8 for the third of eight.")
    }
    self = shard
  }

  /// Of its results folder's name.
  var suffix: String { ".shard-\(index)-of-\(count)" }
}
