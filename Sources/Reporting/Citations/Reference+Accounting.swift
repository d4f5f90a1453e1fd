/// What the accountants rest on.
extension Reference {
  static let koskela2020 = Reference(
    "koskela2020",
    Work(
      authors: ["Koskela, Antti", "Jälkö, Joonas", "Honkela, Antti"],
      title: "Computing Tight Differential Privacy Guarantees Using FFT",
      venue: .proceedings(
        "International Conference on Artificial Intelligence and Statistics (AISTATS)"),
      year: 2020, arXiv: "1906.03049"))

  static let gopi2021 = Reference(
    "gopi2021",
    Work(
      authors: ["Gopi, Sivakanth", "Lee, Yin Tat", "Wutschitz, Lukas"],
      title: "Numerical Composition of Differential Privacy",
      venue: .proceedings("Advances in Neural Information Processing Systems (NeurIPS)"),
      year: 2021, pages: "11631–11642", arXiv: "2106.02848"))

  static let doroshenko2022 = Reference(
    "doroshenko2022",
    Work(
      authors: [
        "Doroshenko, Vadym", "Ghazi, Badih", "Kamath, Pritish", "Kumar, Ravi",
        "Manurangsi, Pasin",
      ],
      title: "Connect the Dots: Tighter Discrete Approximations of Privacy Loss Distributions",
      venue: .journal("Proceedings on Privacy Enhancing Technologies", volume: "2022", number: "4"),
      year: 2022, pages: "552–570", doi: "10.56553/popets-2022-0122", arXiv: "2207.04380"))

  static let zhu2022 = Reference(
    "zhu2022",
    Work(
      authors: ["Zhu, Yuqing", "Dong, Jinshuo", "Wang, Yu-Xiang"],
      title: "Optimal Accounting of Differential Privacy via Characteristic Function",
      venue: .proceedings(
        "International Conference on Artificial Intelligence and Statistics (AISTATS)"),
      year: 2022, pages: "4782–4817", arXiv: "2106.08567"))

  static let mironov2017 = Reference(
    "mironov2017",
    Work(
      authors: ["Mironov, Ilya"], title: "Rényi Differential Privacy",
      venue: .proceedings("IEEE Computer Security Foundations Symposium (CSF)"), year: 2017,
      pages: "263–275", arXiv: "1702.07476"))

  static let mironov2019 = Reference(
    "mironov2019",
    Work(
      authors: ["Mironov, Ilya", "Talwar, Kunal", "Zhang, Li"],
      title: "Rényi Differential Privacy of the Sampled Gaussian Mechanism",
      venue: .repository("arXiv preprint"), year: 2019, arXiv: "1908.10530"))

  static let wang2019 = Reference(
    "wang2019",
    Work(
      authors: ["Wang, Yu-Xiang", "Balle, Borja", "Kasiviswanathan, Shiva Prasad"],
      title: "Subsampled Rényi Differential Privacy and Analytical Moments Accountant",
      venue: .proceedings(
        "International Conference on Artificial Intelligence and Statistics (AISTATS)"),
      year: 2019, pages: "1226–1235", arXiv: "1808.00087"))

  static let canonne2020 = Reference(
    "canonne2020",
    Work(
      authors: ["Canonne, Clément L.", "Kamath, Gautam", "Steinke, Thomas"],
      title: "The Discrete Gaussian for Differential Privacy",
      venue: .proceedings("Advances in Neural Information Processing Systems (NeurIPS)"),
      year: 2020, pages: "15676–15688", arXiv: "2004.00010"))

  static let dong2022 = Reference(
    "dong2022",
    Work(
      authors: ["Dong, Jinshuo", "Roth, Aaron", "Su, Weijie J."],
      title: "Gaussian Differential Privacy",
      venue: .journal(
        "Journal of the Royal Statistical Society Series B: Statistical Methodology", volume: "84",
        number: "1"),
      year: 2022, pages: "3–37", arXiv: "1905.02383"))

  static let bun2016 = Reference(
    "bun2016",
    Work(
      authors: ["Bun, Mark", "Steinke, Thomas"],
      title: "Concentrated Differential Privacy: Simplifications, Extensions, and Lower Bounds",
      venue: .proceedings("Theory of Cryptography Conference (TCC)"), year: 2016,
      pages: "635–658", arXiv: "1605.02065"))

  static let kairouz2015 = Reference(
    "kairouz2015",
    Work(
      authors: ["Kairouz, Peter", "Oh, Sewoong", "Viswanath, Pramod"],
      title: "The Composition Theorem for Differential Privacy",
      venue: .proceedings("International Conference on Machine Learning (ICML)"), year: 2015,
      pages: "1376–1385", arXiv: "1311.0776"))

  static let dwork2010 = Reference(
    "dwork2010",
    Work(
      authors: ["Dwork, Cynthia", "Rothblum, Guy N.", "Vadhan, Salil"],
      title: "Boosting and Differential Privacy",
      venue: .proceedings("IEEE Symposium on Foundations of Computer Science (FOCS)"), year: 2010,
      pages: "51–60", doi: "10.1109/FOCS.2010.12"))
}
