/// Mechanisms, and choices among their outputs.
extension Reference {
  static let abadi2016 = Reference(
    "abadi2016",
    Work(
      authors: [
        "Abadi, Martín", "Chu, Andy", "Goodfellow, Ian", "McMahan, H. Brendan", "Mironov, Ilya",
        "Talwar, Kunal", "Zhang, Li",
      ],
      title: "Deep Learning with Differential Privacy",
      venue: .proceedings("ACM SIGSAC Conference on Computer and Communications Security (CCS)"),
      year: 2016, pages: "308–318", doi: "10.1145/2976749.2978318", arXiv: "1607.00133"))

  static let mcmahan2018 = Reference(
    "mcmahan2018",
    Work(
      authors: ["McMahan, H. Brendan", "Ramage, Daniel", "Talwar, Kunal", "Zhang, Li"],
      title: "Learning Differentially Private Recurrent Language Models",
      venue: .proceedings("International Conference on Learning Representations (ICLR)"),
      year: 2018, arXiv: "1710.06963"))

  static let andrew2021 = Reference(
    "andrew2021",
    Work(
      authors: [
        "Andrew, Galen", "Thakkar, Om", "McMahan, H. Brendan", "Ramaswamy, Swaroop",
      ],
      title: "Differentially Private Learning with Adaptive Clipping",
      venue: .proceedings("Advances in Neural Information Processing Systems (NeurIPS)"),
      year: 2021, arXiv: "1905.03871"))

  static let bu2023 = Reference(
    "bu2023",
    Work(
      authors: ["Bu, Zhiqi", "Wang, Yu-Xiang", "Zha, Sheng", "Karypis, George"],
      title: "Automatic Clipping: Differentially Private Deep Learning Made Easier and Stronger",
      venue: .proceedings("Advances in Neural Information Processing Systems (NeurIPS)"),
      year: 2023, arXiv: "2206.07136"))

  static let kasiviswanathan2011 = Reference(
    "kasiviswanathan2011",
    Work(
      authors: [
        "Kasiviswanathan, Shiva Prasad", "Lee, Homin K.", "Nissim, Kobbi",
        "Raskhodnikova, Sofya", "Smith, Adam",
      ],
      title: "What Can We Learn Privately?",
      venue: .journal("SIAM Journal on Computing", volume: "40", number: "3"), year: 2011,
      pages: "793–826", doi: "10.1137/090756090"))

  static let kairouz2021 = Reference(
    "kairouz2021",
    Work(
      authors: ["Kairouz, Peter", "Liu, Ziyu", "Steinke, Thomas"],
      title:
        "The Distributed Discrete Gaussian Mechanism for Federated Learning with Secure Aggregation",
      venue: .proceedings("International Conference on Machine Learning (ICML)"), year: 2021,
      pages: "5201–5212", arXiv: "2102.06387"))

  static let agarwal2021 = Reference(
    "agarwal2021",
    Work(
      authors: ["Agarwal, Naman", "Kairouz, Peter", "Liu, Ziyu"],
      title: "The Skellam Mechanism for Differentially Private Federated Learning",
      venue: .proceedings("Advances in Neural Information Processing Systems (NeurIPS)"),
      year: 2021, pages: "5052–5064", arXiv: "2110.04995"))

  static let bonawitz2017 = Reference(
    "bonawitz2017",
    Work(
      authors: [
        "Bonawitz, Keith", "Ivanov, Vladimir", "Kreuter, Ben", "Marcedone, Antonio",
        "McMahan, H. Brendan", "Patel, Sarvar", "Ramage, Daniel", "Segal, Aaron", "Seth, Karn",
      ],
      title: "Practical Secure Aggregation for Privacy-Preserving Machine Learning",
      venue: .proceedings("ACM SIGSAC Conference on Computer and Communications Security (CCS)"),
      year: 2017, pages: "1175–1191", doi: "10.1145/3133956.3133982"))

  static let korolova2009 = Reference(
    "korolova2009",
    Work(
      authors: [
        "Korolova, Aleksandra", "Kenthapadi, Krishnaram", "Mishra, Nina", "Ntoulas, Alexandros",
      ],
      title: "Releasing Search Queries and Clicks Privately",
      venue: .proceedings("International Conference on World Wide Web (WWW)"), year: 2009,
      pages: "171–180", doi: "10.1145/1526709.1526733"))

  static let wilson2020 = Reference(
    "wilson2020",
    Work(
      authors: [
        "Wilson, Royce J.", "Zhang, Celia Yuxin", "Lam, William", "Desfontaines, Damien",
        "Simmons-Marengo, Daniel", "Gipson, Bryant",
      ],
      title: "Differentially Private SQL with Bounded User Contribution",
      venue: .journal("Proceedings on Privacy Enhancing Technologies", volume: "2020", number: "2"),
      year: 2020, pages: "230–250", arXiv: "1909.01917"))

  static let gopi2020 = Reference(
    "gopi2020",
    Work(
      authors: [
        "Gopi, Sivakanth", "Gulhane, Pankaj", "Kulkarni, Janardhan", "Shen, Judy Hanwen",
        "Shokouhi, Milad", "Yekhanin, Sergey",
      ],
      title: "Differentially Private Set Union",
      venue: .proceedings("International Conference on Machine Learning (ICML)"), year: 2020,
      arXiv: "2002.09745"))

  static let papernot2022 = Reference(
    "papernot2022",
    Work(
      authors: ["Papernot, Nicolas", "Steinke, Thomas"],
      title: "Hyperparameter Tuning with Renyi Differential Privacy",
      venue: .proceedings("International Conference on Learning Representations (ICLR)"),
      year: 2022, arXiv: "2110.03620"))

  static let mcsherry2009 = Reference(
    "mcsherry2009",
    Work(
      authors: ["McSherry, Frank D."],
      title:
        "Privacy Integrated Queries: An Extensible Platform for Privacy-Preserving Data Analysis",
      venue: .proceedings("ACM SIGMOD International Conference on Management of Data"), year: 2009,
      pages: "19–30"))
}
