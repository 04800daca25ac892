/// Checkpoints of one log, signed with Ed25519 keys whose seeds are 32 bytes of 7 and, for `byOther`,
/// of 8 (C2SP signed-note, tlog-checkpoint). Made with another implementation.
enum SampleNotes {
    static let key =
        "68S75CQK6DSV7X1MEJTFADBNPQ2/1/1+7a848af6+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs"
    static let otherKey =
        "68S75CQK6DSV7X1MEJTFADBNPQ2/1/1+4c4dd6c2+AROY9ixtGkV8UbpqS189vS9p/KkyFiGNyJl+QWvRfZPK"
    static let ten = """
        68S75CQK6DSV7X1MEJTFADBNPQ2/1/1
        10
        AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=

        — 68S75CQK6DSV7X1MEJTFADBNPQ2/1/1 eoSK9n+Vpe7BqT7E94UfHQ33neAdMOB6dQ18lIDrYQWUltId2ImV4IdmLKkLxDZY1BiwhLTP/AW8T3Yb8Zo4Eq+0HwM=

        """
    static let tenForked = """
        68S75CQK6DSV7X1MEJTFADBNPQ2/1/1
        10
        AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=

        — 68S75CQK6DSV7X1MEJTFADBNPQ2/1/1 eoSK9g+fWEqtTEgDiv7C6y1BwSscZcbSgdbj8viex/kQPZ/k19K4uZK47bcykgn+dTfQ6jaT1fpb1uFHCpBs49Jj6gk=

        """
    static let eight = """
        68S75CQK6DSV7X1MEJTFADBNPQ2/1/1
        8
        AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=

        — 68S75CQK6DSV7X1MEJTFADBNPQ2/1/1 eoSK9icNNd4/PARO/7nvg6F7GnlsIJlQXgPowsBGlsaB40tcX2HRxgpvO14IZd5rQzfH0zFn5u57Hv4tzQtTQRIkYwY=

        """
    static let twelve = """
        68S75CQK6DSV7X1MEJTFADBNPQ2/1/1
        12
        BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ=

        — 68S75CQK6DSV7X1MEJTFADBNPQ2/1/1 eoSK9sTGuqnlXiVd4bQ4EjFZZAmGmBQ7a62L8MK32T9xYTjYlx+MHoHeB/jAnRES3piFFh804/WEG23CSEySbrf6Pwg=

        """
    static let tenByOther = """
        68S75CQK6DSV7X1MEJTFADBNPQ2/1/1
        10
        AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=

        — 68S75CQK6DSV7X1MEJTFADBNPQ2/1/1 TE3Wwh2ZDmNN2w4pYEyoNxCqMZw9Gk6p1ooXB7z5Yjr/Supldy0dO5QIOTuVQUgWtolrHJknM0aFJcH3FO5p+txyOQI=

        """
}
