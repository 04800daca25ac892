/// From when on something is a finding. Times in microseconds.
package enum HealthLimits {
    private static let day: UInt64 = 86_400_000_000

    /// How long the log may go without a checkpoint handed to an auditor: a week, for an auditor who
    /// looks in once a week.
    package static let unpinnedAge = 7 * day
    /// How many entries may wait for one: a busy week of a large office (30 people, 30 files a day,
    /// 20 entries a file, 5 days).
    package static let unpinnedEntries: UInt64 = 90_000
    /// How long a storage epoch may be written with: a year, so that whoever left with a disk copy and
    /// a seal secret is shut out of what is written after the next yearly rotation.
    package static let epochAge = 365 * day
    /// How long a vault may stand without its founding: a day, for three people at two desks.
    package static let foundingAge = day
    /// How far the clock may be behind the newest time that was seen: a minute, more than any
    /// correction by NTP in small steps.
    package static let clockTolerance: UInt64 = 60_000_000
}
