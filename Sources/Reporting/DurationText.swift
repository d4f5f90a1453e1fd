public import Foundation

/// `12 s`, `3.2 min`, `2 h 05 min`, `3 d 4 h`.
public func durationText(_ seconds: Double) -> String {
  let minutes = Int((seconds / 60).rounded())
  return switch seconds {
  case ..<9.95: String(format: "%.1f s", seconds)
  case ..<89.5: String(format: "%.0f s", seconds)
  case ..<3570: String(format: "%.1f min", seconds / 60)
  case ..<86_400: String(format: "%d h %02d min", minutes / 60, minutes % 60)
  default: "\(minutes / 1440) d \(minutes % 1440 / 60) h"
  }
}

/// When something ends by the clock of the place: `14:32`, with the date where that is another day.
public func clockText(_ end: Date, from now: Date = Date()) -> String {
  let clock = DateFormatter()
  clock.locale = Locale(identifier: "en_US_POSIX")
  let isToday = Calendar.current.isDate(end, inSameDayAs: now)
  clock.dateFormat = isToday ? "HH:mm" : "yyyy-MM-dd HH:mm"
  return clock.string(from: end)
}
