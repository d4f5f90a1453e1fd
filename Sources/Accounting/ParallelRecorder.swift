/// Charges releases that were made on disjoint parts of the data, one part after another.
///
/// A unit lies in one part, and which one is public. So the parts together cost what the dearest of
/// them costs (parallel composition: McSherry 2009, theorem 4), even if each release depends on all
/// before it: given those, the other parts' releases tell neighbors nothing.
///
/// The first part's releases are recorded. A release of another part is paid for if the one in its
/// place was no cheaper; otherwise it is recorded too, so that no less is charged than was spent.
public struct ParallelRecorder<Recorder: EventRecorder>: EventRecorder {
  public private(set) var recorder: Recorder
  /// The dearest release so far in each place.
  private var charged: [PrivacyEvent] = []
  private var place = 0

  public init(_ recorder: Recorder) { self.recorder = recorder }

  /// Has the next releases come from another part.
  public mutating func beginPart() { place = 0 }

  public mutating func record(_ event: PrivacyEvent) throws(Recorder.Failure) {
    if place == charged.count {
      try recorder.record(event)
      charged.append(event)
    } else if !event.isNoDearer(than: charged[place]) {
      try recorder.record(event)
      charged[place] = event
    }
    place += 1
  }
}
