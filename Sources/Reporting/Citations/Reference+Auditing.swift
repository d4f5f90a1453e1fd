/// How guarantees are tested.
extension Reference {
  static let steinke2023 = Reference(
    "steinke2023",
    Work(
      authors: ["Steinke, Thomas", "Nasr, Milad", "Jagielski, Matthew"],
      title: "Privacy Auditing with One (1) Training Run",
      venue: .proceedings("Advances in Neural Information Processing Systems (NeurIPS)"),
      year: 2023, arXiv: "2305.08846"))

  static let nasr2023 = Reference(
    "nasr2023",
    Work(
      authors: [
        "Nasr, Milad", "Hayes, Jamie", "Steinke, Thomas", "Balle, Borja", "Tramèr, Florian",
        "Jagielski, Matthew", "Carlini, Nicholas", "Terzis, Andreas",
      ],
      title: "Tight Auditing of Differentially Private Machine Learning",
      venue: .proceedings("USENIX Security Symposium"), year: 2023, arXiv: "2302.07956"))

  static let andrew2024 = Reference(
    "andrew2024",
    Work(
      authors: [
        "Andrew, Galen", "Kairouz, Peter", "Oh, Sewoong", "Oprea, Alina", "McMahan, H. Brendan",
        "Suriyakumar, Vinith M.",
      ],
      title: "One-shot Empirical Privacy Estimation for Federated Learning",
      venue: .proceedings("International Conference on Learning Representations (ICLR)"),
      year: 2024, arXiv: "2302.03098"))
}
