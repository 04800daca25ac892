/// Checkpoints of one log, signed with Ed25519 keys whose seeds are 32 bytes of 7 and, for `byOther`,
/// of 8 (C2SP signed-note, tlog-checkpoint). Leaf i of the tree is the byte i, of a forked one 100 + i. Made
/// with another implementation.
enum SampleNotes {
    static let key =
        "68S75CQK6DSV7X1MEJTFADBNPQ2/1/1+7a848af6+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs"
    static let otherKey =
        "68S75CQK6DSV7X1MEJTFADBNPQ2/1/1+4c4dd6c2+AROY9ixtGkV8UbpqS189vS9p/KkyFiGNyJl+QWvRfZPK"
    /// Proves that the tree of `twelve` continues that of `ten` (RFC 6962 §2.1.2).
    static let tenToTwelve = [
        "9+COmp6HgivXmgvyTRTHpDG+gHM2vTxQzLLSSbKpFAQ=",
        "pxtl1MA5+dAznTXe5q9l6689F8Ew7CXQoR1nyC1LyT0=",
        "739JtiD2x+qbljohTaNLUCHG3tjtV3NDgKMRq3JqqQc=",
    ]
    static let ten = """
        68S75CQK6DSV7X1MEJTFADBNPQ2/1/1
        10
        SHVAy6B/ju52iClZVe47TAQAPoyi3pRCYjfNREkRCKc=

        — 68S75CQK6DSV7X1MEJTFADBNPQ2/1/1 eoSK9vk4Vr1ARr8fjGHo5Cdamml+g8aLdxOK9/yqPtdduZokjRt0LQP+hSLijZpoIIyzvBiER2hvVH3nRpSK7HoOwgs=

        """
    static let tenForked = """
        68S75CQK6DSV7X1MEJTFADBNPQ2/1/1
        10
        xRe20Fl9PlUbJIFzww0k78umc76CzZFWU2de2SrDmdk=

        — 68S75CQK6DSV7X1MEJTFADBNPQ2/1/1 eoSK9kjL0U/jouuK9Tq9W6uccZCce3faaChn+PrVGRx5d9f0OXoBOlEuKLf3vNFreX0h+NEBYHy3Xm/TkhmuEgK85wg=

        """
    static let eight = """
        68S75CQK6DSV7X1MEJTFADBNPQ2/1/1
        8
        739JtiD2x+qbljohTaNLUCHG3tjtV3NDgKMRq3JqqQc=

        — 68S75CQK6DSV7X1MEJTFADBNPQ2/1/1 eoSK9m+GVIlqeHuUmXIsMYNWWkbPSLaUZ85LdGGN4uvtSYF9OBNPCqhVFe7+WdMiyd5woofctdztY0MZavpAA4fcaQQ=

        """
    static let twelve = """
        68S75CQK6DSV7X1MEJTFADBNPQ2/1/1
        12
        4WOPs7n2GQX4PuNh/RNCNl054oSAFaRKaaHdghBe8E0=

        — 68S75CQK6DSV7X1MEJTFADBNPQ2/1/1 eoSK9tCA8hG5gsfHpbhUb1qSYdgBDMQV7DYXNbFCTK8qTyXTAzf3NIfeMyp+ep6EQlqyOx3TASGhRM/J1bpSauym2Qw=

        """
    static let twelveForked = """
        68S75CQK6DSV7X1MEJTFADBNPQ2/1/1
        12
        A+fn7Yv7YavWWUkMN+451MMSgTGtv7wEUjMdOgulr/Y=

        — 68S75CQK6DSV7X1MEJTFADBNPQ2/1/1 eoSK9mByUuJnQ03caVjVGq2FT/IofwZwhw6xokkfEpLHNhUfUAEhig+AZoZfvbnvkPfav7wdS9P4iwXLwyfWCb25RQY=

        """
    static let tenByOther = """
        68S75CQK6DSV7X1MEJTFADBNPQ2/1/1
        10
        SHVAy6B/ju52iClZVe47TAQAPoyi3pRCYjfNREkRCKc=

        — 68S75CQK6DSV7X1MEJTFADBNPQ2/1/1 TE3Wwga3fOPhMDBN+Dtf8eJr6SbfLrL3ivcLbIATjss22oWmzszP95WsCRVjj8gwngGH6S5pwZ+iNLwYuDOMPjyy4QA=

        """
}
