/// A work that reports cite, by its key in bibliographies.
struct Reference: Hashable, Sendable {
  /// The first author's family name and the year, such as `abadi2016`.
  let key: String
  let work: Work

  init(_ key: String, _ work: Work) {
    self.key = key
    self.work = work
  }

  var label: String { work.label }
  var citation: String { work.citation }
  var link: String? { work.link }
}

/// What privacy is, and how it is told.
extension Reference {
  static let dwork2006 = Reference(
    "dwork2006",
    Work(
      authors: [
        "Dwork, Cynthia", "Kenthapadi, Krishnaram", "McSherry, Frank", "Mironov, Ilya",
        "Naor, Moni",
      ],
      title: "Our Data, Ourselves: Privacy via Distributed Noise Generation",
      venue: .proceedings("Advances in Cryptology – EUROCRYPT 2006"), year: 2006,
      pages: "486–503", doi: "10.1007/11761679_29"))

  static let dwork2014 = Reference(
    "dwork2014",
    Work(
      authors: ["Dwork, Cynthia", "Roth, Aaron"],
      title: "The Algorithmic Foundations of Differential Privacy",
      venue: .journal(
        "Foundations and Trends in Theoretical Computer Science", volume: "9", number: "3–4"),
      year: 2014, pages: "211–407"))

  static let ponomareva2023 = Reference(
    "ponomareva2023",
    Work(
      authors: [
        "Ponomareva, Natalia", "Hazimeh, Hussein", "Kurakin, Alex", "Xu, Zheng",
        "Denison, Carson", "McMahan, H. Brendan", "Vassilvitskii, Sergei", "Chien, Steve",
        "Thakurta, Abhradeep Guha",
      ],
      title: "How to DP-fy ML: A Practical Guide to Machine Learning with Differential Privacy",
      venue: .journal("Journal of Artificial Intelligence Research", volume: "77"), year: 2023,
      pages: "1113–1201", doi: "10.1613/jair.1.14649"))

  static let mironov2012 = Reference(
    "mironov2012",
    Work(
      authors: ["Mironov, Ilya"],
      title: "On Significance of the Least Significant Bits for Differential Privacy",
      venue: .proceedings("ACM Conference on Computer and Communications Security (CCS)"),
      year: 2012, doi: "10.1145/2382196.2382264"))
}
