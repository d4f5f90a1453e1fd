/// Published data sets.
extension Reference {
  static let xiao2017 = Reference(
    "xiao2017",
    Work(
      authors: ["Xiao, Han", "Rasul, Kashif", "Vollgraf, Roland"],
      title:
        "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms",
      venue: .repository("arXiv preprint"), year: 2017, arXiv: "1708.07747"))

  static let lecun1998 = Reference(
    "lecun1998",
    Work(
      authors: ["LeCun, Yann", "Bottou, Léon", "Bengio, Yoshua", "Haffner, Patrick"],
      title: "Gradient-Based Learning Applied to Document Recognition",
      venue: .journal("Proceedings of the IEEE", volume: "86", number: "11"), year: 1998,
      doi: "10.1109/5.726791"))

  static let becker1996 = Reference(
    "becker1996",
    Work(
      authors: ["Becker, Barry", "Kohavi, Ronny"], title: "Adult",
      venue: .repository("UCI Machine Learning Repository"), year: 1996, doi: "10.24432/C5XW20"))

  static let street1993 = Reference(
    "street1993",
    Work(
      authors: ["Street, W. Nick", "Wolberg, William H.", "Mangasarian, Olvi L."],
      title: "Nuclear Feature Extraction for Breast Tumor Diagnosis",
      venue: .proceedings("Biomedical Image Processing and Biomedical Visualization, SPIE 1905"),
      year: 1993, pages: "861–870", doi: "10.1117/12.148698"))

  static let alpaydin1998 = Reference(
    "alpaydin1998",
    Work(
      authors: ["Alpaydin, E.", "Kaynak, C."],
      title: "Optical Recognition of Handwritten Digits",
      venue: .repository("UCI Machine Learning Repository"), year: 1998, doi: "10.24432/C50P49"))

  static let janosi1989 = Reference(
    "janosi1989",
    Work(
      authors: [
        "Janosi, Andras", "Steinbrunn, William", "Pfisterer, Matthias", "Detrano, Robert",
      ],
      title: "Heart Disease", venue: .repository("UCI Machine Learning Repository"), year: 1989,
      doi: "10.24432/C52P4X"))

  static let caldas2018 = Reference(
    "caldas2018",
    Work(
      authors: [
        "Caldas, Sebastian", "Duddu, Sai Meher Karthik", "Wu, Peter", "Li, Tian",
        "Konečný, Jakub", "McMahan, H. Brendan", "Smith, Virginia", "Talwalkar, Ameet",
      ],
      title: "LEAF: A Benchmark for Federated Settings", venue: .repository("arXiv preprint"),
      year: 2018, arXiv: "1812.01097"))
}
