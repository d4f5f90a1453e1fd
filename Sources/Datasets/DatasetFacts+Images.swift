// Gray images of 28 x 28 pixels in ten classes of (nearly) equal size, in the IDX format of LeCun,
// Cortes and Burges.

extension DatasetFacts {
  /// The sums are of `gunzip` of Debian's dataset-fashion-mnist 0.0~git20200523.55506a9-1.
  static let fashionMNIST = DatasetFacts(
    title: "Fashion-MNIST",
    source: "Xiao, Rasul, Vollgraf: Fashion-MNIST, arXiv:1708.07747 (2017), "
      + "https://github.com/zalandoresearch/fashion-mnist",
    license: "MIT, Copyright 2017 Zalando SE",
    images: imageFiles(
      trainingImages: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
      trainingLabels: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
      testImages: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
      testLabels: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
    installation:
      "On Debian and Ubuntu run `apt-get install dataset-fashion-mnist` (or `make setup`); "
      + "elsewhere download the four .gz files from "
      + "https://github.com/zalandoresearch/fashion-mnist/tree/master/data/fashion "
      + "into \(KnownDataset.userFolder("fashion-mnist")).")

  /// The sums are of unpacked copies of the mirror https://storage.googleapis.com/cvdf-datasets/mnist/,
  /// as listed for example in the build file of https://github.com/matraass11/mygrad.
  static let mnist = DatasetFacts(
    title: "MNIST",
    source:
      "LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition, "
      + "Proc. IEEE 86 (1998), http://yann.lecun.com/exdb/mnist/",
    license: "CC BY-SA 3.0, Yann LeCun and Corinna Cortes",
    images: imageFiles(
      trainingImages: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      trainingLabels: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      testImages: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      testLabels: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    installation:
      "Bring its four IDX files, train-images-idx3-ubyte, train-labels-idx1-ubyte, "
      + "t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, gzipped or not: put them into "
      + "\(KnownDataset.userFolder("mnist")), or name their folder with --data. "
      + "Download them from https://storage.googleapis.com/cvdf-datasets/mnist/ if you have none.")

  private init(
    title: String, source: String, license: String, images: DatasetFiles, installation: String
  ) {
    self.init(
      title: title, source: source, license: license, shape: .image(height: 28, width: 28),
      classCount: 10, trainingExampleCount: 60_000, testExampleCount: 10_000, files: images,
      origin: .byHand(installation))
  }

  private static func imageFiles(
    trainingImages: String, trainingLabels: String, testImages: String, testLabels: String
  ) -> DatasetFiles {
    func images(_ name: String, _ count: Int, _ sha256: String) -> DatasetFile {
      DatasetFile(
        name: name, content: .idx(dimensions: [count, 28, 28], elementBound: 256), sha256: sha256)
    }
    func labels(_ name: String, _ count: Int, _ sha256: String) -> DatasetFile {
      DatasetFile(
        name: name, content: .idx(dimensions: [count], elementBound: 10), sha256: sha256)
    }
    return DatasetFiles(all: [
      images("train-images-idx3-ubyte", 60_000, trainingImages),
      labels("train-labels-idx1-ubyte", 60_000, trainingLabels),
      images("t10k-images-idx3-ubyte", 10_000, testImages),
      labels("t10k-labels-idx1-ubyte", 10_000, testLabels),
    ])
  }
}
