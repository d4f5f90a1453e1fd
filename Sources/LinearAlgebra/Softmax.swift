internal import CKernels

/// The cross-entropy of every row of logits, in nats, and its gradient with respect to the logits,
/// `softmax(logits) - onehot(label)`.
///
/// A probability is within 8 units in its last place; one below 2⁻¹²⁶ of the row's largest is 0.
/// What a row yields does not depend on the other rows. A row with a logit that is infinitely large
/// or not a number gives not-a-number.
///
/// - Parameters:
///   - logits: `[row, class]`, row-major.
///   - labels: One a row, each below `classes`.
///   - classes: 1 to 256.
///   - gradient: `[row, class]`; its first `rows * classes` elements are written.
///   - losses: Its first `rows` elements are written.
public func softmaxCrossEntropy(
  logits: [Float], labels: ArraySlice<UInt8>, rows: Int, classes: Int, gradient: inout [Float],
  losses: inout [Float]
) {
  requireLabels(labels, logits: logits, rows: rows, classes: classes)
  precondition(rows * classes <= gradient.count && rows <= losses.count, "results exceed a buffer")
  logits.withUnsafeBufferPointer { logits in
    labels.withUnsafeBufferPointer { labels in
      gradient.withUnsafeMutableBufferPointer { gradient in
        losses.withUnsafeMutableBufferPointer {
          tradeoff_softmax_cross_entropy(
            logits.baseAddress, labels.baseAddress, gradient.baseAddress, $0.baseAddress, rows,
            classes)
        }
      }
    }
  }
}

/// The sum of the rows' cross-entropies, in nats, and how many rows have their largest logit, the
/// first of equals, at their label.
///
/// Shapes and ranges are those of `softmaxCrossEntropy`.
public func classify(
  logits: [Float], labels: ArraySlice<UInt8>, rows: Int, classes: Int
) -> (loss: Double, correct: Int) {
  requireLabels(labels, logits: logits, rows: rows, classes: classes)
  var loss = 0.0
  var correct = 0
  logits.withUnsafeBufferPointer { logits in
    labels.withUnsafeBufferPointer {
      tradeoff_classify(logits.baseAddress, $0.baseAddress, rows, classes, &loss, &correct)
    }
  }
  return (loss, correct)
}

private func requireLabels(
  _ labels: ArraySlice<UInt8>, logits: [Float], rows: Int, classes: Int
) {
  precondition((1...tradeoff_most_classes).contains(classes), "1 to 256 classes")
  precondition(rows >= 0 && rows * classes <= logits.count, "the rows exceed the logits")
  precondition(labels.count == rows, "one label a row")
  precondition(labels.allSatisfy { $0 < classes }, "a label is one of the classes")
}
