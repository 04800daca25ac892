/// The methods of `io.carevault.Keys` in the order of its file.
let keysMethods: [any WireMethod.Type] = [
    KeysGetKeyStatus.self,
    KeysRotateStorage.self,
]

/// Shows slots, who may unseal, epochs and the rotation under way.
package enum KeysGetKeyStatus: WireMethod {
    package static let interface = Interface.keys
    package static let member = "GetKeyStatus"

    package typealias Parameters = NoFields

    /// What the service answers.
    package struct Reply: WireObject {
        /// The slots.
        package var slots: [WireSlot] = []
        /// The accounts that may unseal, by uid.
        package var unsealers: [WireUnsealer] = []
        /// The storage epochs, oldest first.
        package var epochs: [WireEpoch] = []
        /// The rotation.
        package var rotation: WireRotation = WireRotation.blank

        package init() {}

        package init(
            slots: [WireSlot], unsealers: [WireUnsealer], epochs: [WireEpoch],
            rotation: WireRotation
        ) {
            self.slots = slots
            self.unsealers = unsealers
            self.epochs = epochs
            self.rotation = rotation
        }

        package static let members: [WireMember<Self>] = [
            WireMember("slots", \.slots),
            WireMember("unsealers", \.unsealers),
            WireMember("epochs", \.epochs),
            WireMember("rotation", \.rotation),
        ]
    }
}

/// Starts a rotation of the storage key, tells how far it is, or proves it finished and retires the
/// old epoch.
package enum KeysRotateStorage: WireMethod {
    package static let interface = Interface.keys
    package static let member = "RotateStorage"

    /// What the caller says.
    package struct Parameters: WireObject {
        /// What to do.
        package var action: WireRotationAction = WireRotationAction.blank
        /// True to count the work and change nothing.
        package var dryRun: Bool = false

        package init() {}

        package init(action: WireRotationAction, dryRun: Bool) {
            self.action = action
            self.dryRun = dryRun
        }

        package static let members: [WireMember<Self>] = [
            WireMember("action", \.action),
            WireMember("dry_run", \.dryRun),
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        /// The rotation after the action.
        package var rotation: WireRotation = WireRotation.blank

        package init() {}

        package init(rotation: WireRotation) {
            self.rotation = rotation
        }

        package static let members: [WireMember<Self>] = [
            WireMember("rotation", \.rotation)
        ]
    }
}
