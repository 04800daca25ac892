import VaultEngine
import VaultKeyring
import VaultWire

extension KeysGetKeyStatus.Reply {
    init(_ status: KeyStatus) {
        self.init(
            slots: status.slots.map { slot in
                WireSlot(
                    number: Int64(slot.number), form: WireSlotForm(slot.form), label: slot.label,
                    created: Int64(clamping: status.created))
            },
            unsealers: status.unsealers.map {
                WireUnsealer(uid: Int64($0.uid), names: $0.names)
            },
            epochs: status.epochs.map { epoch in
                WireEpoch(
                    number: Int64(epoch.number), state: WireEpochState(epoch.state),
                    created: Int64(clamping: epoch.created))
            },
            rotation: WireRotation(status.rotation))
    }
}

extension WireSlotForm {
    init(_ form: SecretForm) {
        switch form {
        case .words: self = .words
        case .keyFile: self = .keyfile
        }
    }
}

extension WireEpochState {
    init(_ state: KeyStatus.Epoch.State) {
        switch state {
        case .current: self = .current
        case .retiring: self = .retiring
        case .retired: self = .retired
        }
    }
}

extension WireRotation {
    init(_ report: RotationReport) {
        self.init(
            state: WireRotationState(report.state), fromEpoch: report.from.map(Int64.init),
            toEpoch: Int64(report.to), done: Int64(clamping: report.done),
            total: Int64(clamping: report.total))
    }
}

extension WireRotationState {
    init(_ state: RotationReport.State) {
        switch state {
        case .idle: self = .idle
        case .running: self = .running
        case .ready: self = .ready
        case .complete: self = .complete
        }
    }
}
