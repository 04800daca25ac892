/// What brings somebody to a counsellor, and how it goes on. Composed from ordinary troubles; nobody
/// told them.
struct SampleStory {
    /// The words of one language.
    struct Words {
        let concern: String
        let courses: [String]
        let ending: String
    }

    let topics: [String]
    /// At the start, and later.
    let risk: String
    let laterRisk: String
    let chinese: Words
    let english: Words

    static let ofStaff = [sleepless, exams, quarrel, despair]
    static let ofRetired = [widowed, retired, despair]

    private static let sleepless = SampleStory(
        topics: ["work", "sleep", "anxiety"], risk: "low", laterRisk: "none",
        chinese: Words(
            concern: "连续两个月入睡困难，凌晨三四点醒来后反复想工作上的差错，担心被调岗，不敢告诉家人。",
            courses: [
                "本周有三晚睡满六小时，白天精神有所好转，但月末结账前仍然紧张。",
                "记录了睡眠日记，发现睡前看手机和喝浓茶与入睡时间明显相关。",
                "与主管谈过一次，工作量略有调整，自述肩上轻了一些。",
            ],
            ending: "睡眠已稳定一个月，双方同意结束，若再失眠两周以上随时联系。"),
        english: Words(
            concern: "Has slept badly for two months, wakes before dawn and goes over mistakes at "
                + "work; fears a transfer and has told nobody at home.",
            courses: [
                "Three nights of six hours this week; the days are better, the month's end is not.",
                "The sleep diary shows that the telephone in bed and strong tea matter most.",
                "A talk with the superior took some work away, and that is felt.",
            ],
            ending: "A month of good sleep. Both agree to stop; may call after two bad weeks."))

    private static let widowed = SampleStory(
        topics: ["grief", "family"], risk: "moderate", laterRisk: "low",
        chinese: Words(
            concern: "老伴半年前去世，家里的东西一件也不敢动，常常一个人坐到天黑，吃饭没有规律。",
            courses: [
                "第一次讲起了送别那天的情形，哭了很久，之后说胸口松了一点。",
                "女儿周末回来住了两天，一起整理了一个抽屉，留下了三张照片。",
                "参加了退休支部的一次活动，见到老同事，回家后睡得较早。",
            ],
            ending: "能独自安排一周的生活，清明前后再约一次。"),
        english: Words(
            concern:
                "Lost the spouse half a year ago, touches nothing in the flat, sits alone until "
                + "dark and eats when it occurs to them.",
            courses: [
                "Spoke of the day of the farewell for the first time, and of relief after it.",
                "The daughter stayed for two days; one drawer was sorted, three pictures kept.",
                "Went to a meeting of retired colleagues and slept early afterwards.",
            ],
            ending: "Plans a week alone again; one more talk around the anniversary."))

    private static let exams = SampleStory(
        topics: ["parenting", "conflict"], risk: "none", laterRisk: "none",
        chinese: Words(
            concern: "孩子明年高考，成绩下滑后一说话就吵，夫妻对是否请家教意见不一，家里气氛紧张。",
            courses: [
                "约定晚饭时不谈成绩，执行了五天，孩子主动说了学校的一件小事。",
                "夫妻一起来，各自写下最担心的三件事，发现有两件相同。",
                "孩子提出想改学美术，父亲先听完了才开口，是以前没有过的。",
            ],
            ending: "家庭约定运行良好，考前一个月再电话回访。"),
        english: Words(
            concern: "The child's final examinations are near, marks have dropped, every talk ends "
                + "in a quarrel and the parents disagree about a tutor.",
            courses: [
                "No talk of marks at supper held for five days; the child told of school unasked.",
                "Both parents wrote down three fears each; two of them were the same.",
                "The child would rather study art, and the father listened to the end.",
            ],
            ending: "What was agreed at home works; a call a month before the examination."))

    private static let quarrel = SampleStory(
        topics: ["work", "conflict", "addiction"], risk: "low", laterRisk: "low",
        chinese: Words(
            concern: "与科室负责人多次争执，上班前开始喝酒压住火气，担心自己失控，也担心年底考核。",
            courses: [
                "把一次争执按先后写下来，看到真正生气的是被当众批评。",
                "本周只喝过一次，是在与老同学聚会时，上班前没有喝。",
                "练习了先停顿再回应，在周例会上用了一次，对方也降低了声音。",
            ],
            ending: "连续六周上班前未饮酒，与负责人的关系缓和，结束后自愿参加戒酒小组。"),
        english: Words(
            concern: "Argues with the head of section again and again, has begun to drink before "
                + "work, and fears both losing control and the yearly appraisal.",
            courses: [
                "Wrote one quarrel down step by step: what hurts is blame before others.",
                "Drank once this week, with old friends, and never before work.",
                "Tried to pause before answering in a meeting; the other side lowered the voice.",
            ],
            ending: "Six weeks without a drink before work; goes on with a group."))

    private static let retired = SampleStory(
        topics: ["health", "relationship"], risk: "none", laterRisk: "none",
        chinese: Words(
            concern: "退休后与老伴整天在一起反而常拌嘴，体检查出结节，怕给子女添麻烦，不愿去复查。",
            courses: [
                "说出了最怕的是像父亲那样拖成大病，愿意先了解复查怎么做。",
                "老伴陪同做了复查，医生建议半年后随访，两人都松了一口气。",
                "报名了书法班，每周有两个下午各做各的，拌嘴少了。",
            ],
            ending: "复查结果稳定，生活有了节奏，不再需要定期谈话。"),
        english: Words(
            concern: "Since retirement the two of them quarrel over little things; a nodule was "
                + "found and the person will not have it looked at again.",
            courses: [
                "Named the fear, to fall ill as the father did, and wants to know what they do.",
                "Went with the spouse; the doctor will see them in half a year. Both relieved.",
                "Two afternoons a week apart, one with brush and ink, have done good.",
            ],
            ending: "The finding is stable and the week has a shape; no regular talks any more."))

    private static let despair = SampleStory(
        topics: ["depression", "finances", "family"], risk: "high", laterRisk: "moderate",
        chinese: Words(
            concern: "独自照顾患病的母亲，借款到期，说有时觉得活着没有意思，没有具体计划，同意不独处。",
            courses: [
                "一起写了安全计划：三个可以打电话的人，一个可以去的地方，热线号码贴在门上。",
                "母亲住进康复医院两周，自己第一次睡了整夜，仍感疲惫，未再出现轻生念头。",
                "工会帮扶申请已批准，债务分期谈妥，说终于看得见下个月了。",
            ],
            ending: "无轻生念头三个月，转为每月一次电话随访，安全计划继续保留。"),
        english: Words(
            concern:
                "Cares alone for a sick mother while debts fall due; at times sees no sense in "
                + "living. No plan; agrees not to stay alone.",
            courses: [
                "Wrote a safety plan together: three people to call, one place to go, the number "
                    + "of the crisis line on the door.",
                "The mother is in rehabilitation for two weeks; a first whole night of sleep. "
                    + "Tired, no thoughts of death.",
                "Help from the union is granted and the debt is paid in parts: can see next month.",
            ],
            ending: "Three months without such thoughts; a call every month, the plan stays."))
}

/// Sentences that fit any story.
enum SampleNotes {
    typealias Both = (chinese: [String], english: [String])

    static let openings: Both = (
        [
            "准时到达，情绪平稳，主动谈起上次之后的变化。", "开始时话少，十分钟后逐渐放松。", "电话中声音疲惫，但愿意继续谈。",
            "带来了上次约定的记录。",
        ],
        [
            "Came in time, calm, and began with what had changed.",
            "Said little at first and grew easier after ten minutes.",
            "Sounded tired but wished to go on.", "Brought the notes that were agreed on.",
        ]
    )

    static let work: Both = (
        [
            "用具体事例讨论了想法与情绪的关系，来访者能够自己举出第二个例子。", "练习了腹式呼吸和渐进放松，约定每晚一次。",
            "梳理了身边可以求助的人，画成一张图，比原来以为的多。", "核对了风险，来访者否认自伤和伤人的念头。",
        ],
        [
            "Looked at thoughts and feelings in one real event; the client found a second.",
            "Practised breathing and relaxing, to be done every evening.",
            "Drew a map of people who would help: more than expected.",
            "Asked about risk; the client denies thoughts of harming anybody.",
        ]
    )

    static let plans: Both = (
        [
            "继续记录，每天不超过五分钟；下次一起看。", "本周与一位信任的人谈一次。", "按时就医，带上检查单；有变化随时打电话。",
            "每天走路二十分钟，睡前一小时不看手机。",
        ],
        [
            "Goes on with the notes, five minutes a day; looked at together next time.",
            "Talks once this week to somebody who can be trusted.",
            "Sees the doctor with the papers; calls if anything changes.",
            "Walks twenty minutes a day; no screen in the hour before sleep.",
        ]
    )
}
