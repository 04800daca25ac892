import CPlatform

/// The two clocks of the machine.
package enum SystemClock {
    /// Wall-clock time in microseconds since 1970-01-01 UTC. May jump.
    package static var nowMicroseconds: UInt64 { UInt64(max(0, cp_wall_microseconds())) }

    /// Nanoseconds since the machine started, without times of sleep. Never goes back.
    package static var monotonicNanoseconds: UInt64 { UInt64(max(0, cp_monotonic_nanoseconds())) }
}
