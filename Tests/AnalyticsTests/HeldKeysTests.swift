import Testing

@testable import Analytics

struct HeldKeysTests {}
