/// In what form the secret of a slot is given.
package enum WireSlotForm: String, WireEnumeration {
    case words
    case keyfile

    package static let wireName = "SlotForm"
    package static let blank = WireSlotForm.words
}

/// A key pair by which the vault can be unsealed.
package struct WireSlot: WireObject {
    package static let wireName: String? = "Slot"
    /// Number of the slot, from 1.
    package var number: Int64 = 0
    /// Form of its secret.
    package var form: WireSlotForm = WireSlotForm.blank
    /// Label given by the operator.
    package var label: String = ""
    /// Time at which it was made, in microseconds since 1970 UTC.
    package var created: Int64 = 0

    package init() {}

    package init(number: Int64, form: WireSlotForm, label: String, created: Int64) {
        self.number = number
        self.form = form
        self.label = label
        self.created = created
    }

    package static let members: [WireMember<Self>] = [
        WireMember("number", \.number),
        WireMember("form", \.form),
        WireMember("label", \.label),
        WireMember("created_us", \.created),
    ]
}

/// An account of the machine that may unseal.
package struct WireUnsealer: WireObject {
    package static let wireName: String? = "Unsealer"
    /// Its uid.
    package var uid: Int64 = 0
    /// Names of those who have the account and are not disabled; empty if the vault knows nobody there.
    package var names: [String] = []

    package init() {}

    package init(uid: Int64, names: [String]) {
        self.uid = uid
        self.names = names
    }

    package static let members: [WireMember<Self>] = [
        WireMember("uid", \.uid),
        WireMember("names", \.names),
    ]
}

/// Where a storage epoch stands: written with, being left, or no longer needed by any row.
package enum WireEpochState: String, WireEnumeration {
    case current
    case retiring
    case retired

    package static let wireName = "EpochState"
    package static let blank = WireEpochState.current
}

/// One storage key.
package struct WireEpoch: WireObject {
    package static let wireName: String? = "Epoch"
    /// Number, from 1.
    package var number: Int64 = 0
    /// Where it stands.
    package var state: WireEpochState = WireEpochState.blank
    /// Time at which it was opened, in microseconds since 1970 UTC.
    package var created: Int64 = 0

    package init() {}

    package init(number: Int64, state: WireEpochState, created: Int64) {
        self.number = number
        self.state = state
        self.created = created
    }

    package static let members: [WireMember<Self>] = [
        WireMember("number", \.number),
        WireMember("state", \.state),
        WireMember("created_us", \.created),
    ]
}

/// Where a rotation stands: none, re-wrapping, all re-wrapped, or just proved and finished.
package enum WireRotationState: String, WireEnumeration {
    case idle
    case running
    case ready
    case complete

    package static let wireName = "RotationState"
    package static let blank = WireRotationState.idle
}

/// What to do with the rotation of the storage key.
package enum WireRotationAction: String, WireEnumeration {
    case start
    case status
    case complete

    package static let wireName = "RotationAction"
    package static let blank = WireRotationAction.start
}

/// How far a rotation is.
package struct WireRotation: WireObject {
    package static let wireName: String? = "Rotation"
    /// Where it stands.
    package var state: WireRotationState = WireRotationState.blank
    /// Epoch that is left; absent when idle.
    package var fromEpoch: Int64?
    /// Epoch that is written with.
    package var toEpoch: Int64 = 0
    /// Number of keys re-wrapped.
    package var done: Int64 = 0
    /// Number of keys to re-wrap in all.
    package var total: Int64 = 0
    /// Time of the start, in microseconds since 1970 UTC; absent when idle.
    package var started: Int64?

    package init() {}

    package init(
        state: WireRotationState, fromEpoch: Int64? = nil, toEpoch: Int64, done: Int64,
        total: Int64, started: Int64? = nil
    ) {
        self.state = state
        self.fromEpoch = fromEpoch
        self.toEpoch = toEpoch
        self.done = done
        self.total = total
        self.started = started
    }

    package static let members: [WireMember<Self>] = [
        WireMember("state", \.state),
        WireMember("from_epoch", \.fromEpoch),
        WireMember("to_epoch", \.toEpoch),
        WireMember("done", \.done),
        WireMember("total", \.total),
        WireMember("started_us", \.started),
    ]
}
