import CSodium

/// libsodium's one-time initialisation, done on first use.
enum Sodium {
    /// Whether libsodium is initialised; the first reader initialises it, others wait.
    static let isReady: Bool = sodium_init() >= 0

    /// Throws `unavailable` unless libsodium is initialised.
    static func requireReady() throws(SodiumError) {
        guard isReady else { throw .unavailable }
    }

    /// For operations that have no error: without randomness there is nothing sensible left to do.
    static func assumeReady() {
        guard isReady else {
            preconditionFailure("internal error: libsodium could not initialise itself")
        }
    }
}

/// Throws unless `found` is `expected`.
func requireLength(_ found: Int, _ expected: Int, of what: String) throws(SodiumError) {
    guard found == expected else {
        throw .length(what: what, expected: expected, found: found)
    }
}

/// Throws unless `found` lies in `bounds`; the error names the bound that was crossed.
func requireLength(_ found: Int, in bounds: ClosedRange<Int>, of what: String) throws(SodiumError) {
    guard found >= bounds.lowerBound else {
        throw .length(what: what, expected: bounds.lowerBound, found: found)
    }
    guard found <= bounds.upperBound else {
        throw .length(what: what, expected: bounds.upperBound, found: found)
    }
}

/// The largest message any function here accepts: 2³⁸ − 64 bytes, what a 32-bit ChaCha20 block
/// counter can encrypt (RFC 8439 §2.8).
let largestMessage = (1 << 38) - 64
