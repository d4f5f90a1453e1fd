/// A publication as a bibliography lists it. What is not known for certain is nil.
struct Work: Hashable, Sendable {
  enum Venue: Hashable, Sendable {
    case journal(String, volume: String? = nil, number: String? = nil)
    case proceedings(String)
    /// A repository of preprints or of data.
    case repository(String)
  }

  /// Family name, then given names, as `Abadi, Martín`.
  let authors: [String]
  let title: String
  let venue: Venue
  let year: Int
  var pages: String?
  var doi: String?
  var arXiv: String?
  var url: String?

  /// Where to read it.
  var link: String? {
    doi.map { "https://doi.org/\($0)" } ?? arXiv.map { "https://arxiv.org/abs/\($0)" } ?? url
  }

  /// As a text names it: `Abadi et al. 2016`.
  var label: String {
    let names = authors.map { $0.prefix { $0 != "," } }
    let who =
      switch names.count {
      case 1: String(names[0])
      case 2: "\(names[0]) & \(names[1])"
      default: "\(names[0]) et al."
      }
    return "\(who) \(year)"
  }

  /// As a list of references shows it.
  var citation: String {
    let names = authors.map { author in
      let parts = author.split(separator: ", ")
      return parts.count == 2 ? "\(parts[1]) \(parts[0])" : author
    }
    let who =
      names.count == 1
      ? names[0] : "\(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1])"
    let place =
      switch venue {
      case .journal(let name, let volume, let number):
        name + (volume.map { " \($0)" } ?? "") + (number.map { "(\($0))" } ?? "")
      case .proceedings(let name), .repository(let name): name
      }
    let end = title.last.map { ".?!".contains($0) } ?? false ? "" : "."
    return "\(who). \(title)\(end) \(place)\(pages.map { ", \($0)" } ?? ""), \(year)."
  }
}
