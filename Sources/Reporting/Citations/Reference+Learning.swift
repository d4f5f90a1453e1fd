/// Federated learning, optimizers, models and features.
extension Reference {
  static let mcmahan2017 = Reference(
    "mcmahan2017",
    Work(
      authors: [
        "McMahan, H. Brendan", "Moore, Eider", "Ramage, Daniel", "Hampson, Seth",
        "Agüera y Arcas, Blaise",
      ],
      title: "Communication-Efficient Learning of Deep Networks from Decentralized Data",
      venue: .proceedings(
        "International Conference on Artificial Intelligence and Statistics (AISTATS)"),
      year: 2017, pages: "1273–1282", arXiv: "1602.05629"))

  static let li2020 = Reference(
    "li2020",
    Work(
      authors: [
        "Li, Tian", "Sahu, Anit Kumar", "Zaheer, Manzil", "Sanjabi, Maziar",
        "Talwalkar, Ameet", "Smith, Virginia",
      ],
      title: "Federated Optimization in Heterogeneous Networks",
      venue: .proceedings("Machine Learning and Systems (MLSys)"), year: 2020, pages: "429–450",
      arXiv: "1812.06127"))

  static let karimireddy2020 = Reference(
    "karimireddy2020",
    Work(
      authors: [
        "Karimireddy, Sai Praneeth", "Kale, Satyen", "Mohri, Mehryar", "Reddi, Sashank J.",
        "Stich, Sebastian U.", "Suresh, Ananda Theertha",
      ],
      title: "SCAFFOLD: Stochastic Controlled Averaging for Federated Learning",
      venue: .proceedings("International Conference on Machine Learning (ICML)"), year: 2020,
      pages: "5132–5143", arXiv: "1910.06378"))

  static let reddi2021 = Reference(
    "reddi2021",
    Work(
      authors: [
        "Reddi, Sashank J.", "Charles, Zachary", "Zaheer, Manzil", "Garrett, Zachary",
        "Rush, Keith", "Konečný, Jakub", "Kumar, Sanjiv", "McMahan, H. Brendan",
      ],
      title: "Adaptive Federated Optimization",
      venue: .proceedings("International Conference on Learning Representations (ICLR)"),
      year: 2021, arXiv: "2003.00295"))

  static let kingma2015 = Reference(
    "kingma2015",
    Work(
      authors: ["Kingma, Diederik P.", "Ba, Jimmy"],
      title: "Adam: A Method for Stochastic Optimization",
      venue: .proceedings("International Conference on Learning Representations (ICLR)"),
      year: 2015, arXiv: "1412.6980"))

  static let hsu2019 = Reference(
    "hsu2019",
    Work(
      authors: ["Hsu, Tzu-Ming Harry", "Qi, Hang", "Brown, Matthew"],
      title:
        "Measuring the Effects of Non-Identical Data Distribution for Federated Visual Classification",
      venue: .repository("arXiv preprint"), year: 2019, arXiv: "1909.06335"))

  static let loshchilov2017 = Reference(
    "loshchilov2017",
    Work(
      authors: ["Loshchilov, Ilya", "Hutter, Frank"],
      title: "SGDR: Stochastic Gradient Descent with Warm Restarts",
      venue: .proceedings("International Conference on Learning Representations (ICLR)"),
      year: 2017, arXiv: "1608.03983"))

  static let polyak1992 = Reference(
    "polyak1992",
    Work(
      authors: ["Polyak, Boris T.", "Juditsky, Anatoli B."],
      title: "Acceleration of Stochastic Approximation by Averaging",
      venue: .journal("SIAM Journal on Control and Optimization", volume: "30", number: "4"),
      year: 1992, pages: "838–855"))

  static let de2022 = Reference(
    "de2022",
    Work(
      authors: [
        "De, Soham", "Berrada, Leonard", "Hayes, Jamie", "Smith, Samuel L.", "Balle, Borja",
      ],
      title: "Unlocking High-Accuracy Differentially Private Image Classification through Scale",
      venue: .repository("arXiv preprint"), year: 2022, arXiv: "2204.13650"))

  static let sheller2019 = Reference(
    "sheller2019",
    Work(
      authors: [
        "Sheller, Micah J.", "Reina, G. Anthony", "Edwards, Brandon", "Martin, Jason",
        "Bakas, Spyridon",
      ],
      title:
        "Multi-Institutional Deep Learning Modeling Without Sharing Patient Data: A Feasibility Study on Brain Tumor Segmentation",
      venue: .proceedings("Brainlesion: International MICCAI Brainlesion Workshop"), year: 2019,
      pages: "92–104", arXiv: "1810.04304"))

  static let alistarh2017 = Reference(
    "alistarh2017",
    Work(
      authors: [
        "Alistarh, Dan", "Grubic, Demjan", "Li, Jerry", "Tomioka, Ryota", "Vojnovic, Milan",
      ],
      title: "QSGD: Communication-Efficient SGD via Gradient Quantization and Encoding",
      venue: .proceedings("Advances in Neural Information Processing Systems (NIPS)"), year: 2017,
      pages: "1709–1720", arXiv: "1610.02132"))

  static let stich2018 = Reference(
    "stich2018",
    Work(
      authors: ["Stich, Sebastian U.", "Cordonnier, Jean-Baptiste", "Jaggi, Martin"],
      title: "Sparsified SGD with Memory",
      venue: .proceedings("Advances in Neural Information Processing Systems (NeurIPS)"),
      year: 2018, pages: "4447–4458", arXiv: "1809.07599"))

  static let karimireddy2019 = Reference(
    "karimireddy2019",
    Work(
      authors: [
        "Karimireddy, Sai Praneeth", "Rebjock, Quentin", "Stich, Sebastian U.", "Jaggi, Martin",
      ],
      title: "Error Feedback Fixes SignSGD and other Gradient Compression Schemes",
      venue: .proceedings("International Conference on Machine Learning (ICML)"), year: 2019,
      arXiv: "1901.09847"))

  static let bonawitz2019 = Reference(
    "bonawitz2019",
    Work(
      authors: [
        "Bonawitz, Keith", "Eichner, Hubert", "Grieskamp, Wolfgang", "Huba, Dzmitry",
        "Ingerman, Alex", "Ivanov, Vladimir", "Kiddon, Chloe", "Konečný, Jakub",
        "Mazzocchi, Stefano", "McMahan, H. Brendan", "others",
      ],
      title: "Towards Federated Learning at Scale: System Design",
      venue: .proceedings("Machine Learning and Systems (MLSys)"), year: 2019,
      arXiv: "1902.01046"))

  static let papernot2021 = Reference(
    "papernot2021",
    Work(
      authors: [
        "Papernot, Nicolas", "Thakurta, Abhradeep", "Song, Shuang", "Chien, Steve",
        "Erlingsson, Úlfar",
      ],
      title: "Tempered Sigmoid Activations for Deep Learning with Differential Privacy",
      venue: .proceedings("AAAI Conference on Artificial Intelligence"), year: 2021,
      pages: "9312–9321", arXiv: "2007.14191"))

  static let tramer2021 = Reference(
    "tramer2021",
    Work(
      authors: ["Tramèr, Florian", "Boneh, Dan"],
      title: "Differentially Private Learning Needs Better Features (or Much More Data)",
      venue: .proceedings("International Conference on Learning Representations (ICLR)"),
      year: 2021, arXiv: "2011.11660"))

  static let bruna2013 = Reference(
    "bruna2013",
    Work(
      authors: ["Bruna, Joan", "Mallat, Stéphane"],
      title: "Invariant Scattering Convolution Networks",
      venue: .journal(
        "IEEE Transactions on Pattern Analysis and Machine Intelligence", volume: "35", number: "8"),
      year: 2013, pages: "1872–1886", doi: "10.1109/TPAMI.2012.230", arXiv: "1203.1513"))

  static let andreux2020 = Reference(
    "andreux2020",
    Work(
      authors: [
        "Andreux, Mathieu", "Angles, Tomás", "Exarchakis, Georgios", "Leonarduzzi, Roberto",
        "Rochette, Gaspar", "Thiry, Louis", "Zarka, John", "Mallat, Stéphane", "Andén, Joakim",
        "Belilovsky, Eugene", "others",
      ],
      title: "Kymatio: Scattering Transforms in Python",
      venue: .journal("Journal of Machine Learning Research", volume: "21", number: "60"),
      year: 2020, pages: "1–6", arXiv: "1812.11214"))

  static let wu2018 = Reference(
    "wu2018",
    Work(
      authors: ["Wu, Yuxin", "He, Kaiming"], title: "Group Normalization",
      venue: .proceedings("European Conference on Computer Vision (ECCV)"), year: 2018,
      pages: "3–19"))
}
