"""Forms that together use every function and every structure of the profile."""

from arasha.questionnaires.tests.writing import choices, published
from arasha.questionnaires.tests.writing import question as q

YES_NO = choices("yes_no", "yes", "no", "unknown", points={"yes": "3", "no": "0", "unknown": "1"})
KINDS = choices("kinds", "hit", "shout", "neglect", "none")
PLACES = choices("regions", "north", "south") + choices(
    "districts", "n1", "n2", "s1", "s2", "s3", region={"n1": "north", "n2": "north", "s1": "south", "s2": "south",
    "s3": "south"}
)  # fmt: skip


def computed(*formulas: str, prefix: str = "c") -> list[dict[str, str]]:
    """Return a calculate for each formula."""
    return [q("calculate", f"{prefix}{at}", calculation=formula) for at, formula in enumerate(formulas)]


LOGIC = [
    q("integer", "n"), q("decimal", "d"), q("text", "t"), q("select_one yes_no", "s"), q("date", "day"),
    *computed(
        "${n} > 2 and ${d} < 3", "${n} > 2 or ${t} = 'a'", "not(${n} = ${d})", "boolean(${n})", "boolean(${t})",
        "if(${s} = 'yes', ${n}, 'none')", "if(${n}, 1, 0)", "coalesce(${n}, ${d})", "coalesce(${t}, 'nothing')",
        "${t} = ${n}", "${t} != ''", "${n} != ''", "${n} = ''", "${n} = 0", "${t} > 1", "true()", "false()",
        "${c0} = ${c1}", "${c0} = 'true'", "string(${c2})", "if(${c0}, 'both', 'not')", "1 = 1 and 2 = 2 or 3 = 4",
        "not(${s} = 'yes' or ${s} = 'no')", "${day} = '2026-01-31'", "boolean(${day})", "number(${c0}) + 1",
        "${n} > 1 = true()", "-${n} < -1", "${s} = 'yes' and ${s} = 'no' and ${n} > 1 or ${d}",
    ),
]  # fmt: skip
NUMBERS = [
    q("integer", "n", constraint=". >= 0 and . < 18"), q("decimal", "d"), q("integer", "m"), q("text", "t"),
    *computed(
        "${n} + ${m}", "${n} - ${m} - 1", "${n} * ${d}", "${n} div ${m}", "${n} mod ${m}", "-${n} mod 3", "-${n} + 1",
        "int(${d})", "int(-${d})", "round(${d})", "round(${d}, 1)", "round(${d} * 10, -1)", "round(-${d})",
        "number(${t})", "number(${t}) + 1", "min(${n}, ${m}, ${d})", "max(${n}, ${d})", "max(${n}, ${m}, 5)",
        "${n} div 3", "${d} * 1000000", "${n} * 1000000000", "${n} div 1000000", "string(${d})", "string(${n} div 3)",
        "concat(${n}, ' of ', ${d})", "${n} + ''", "if(${n} + ${m} >= 6, 'high', if(${n} >= 2, 'some', 'low'))",
        "0.1 + 0.2", "coalesce(${n}, 0) + coalesce(${m}, 0) + coalesce(${d}, 0)", "round(${n} div ${m}, 2)",
        "${c0} + ${c1}", "(${n} + 1) * (${m} - 1) div 2", "round(2.5)", "round(-2.5)", "int(2.999999999)",
    ),
    q("integer", "computed_whole", calculation="${d} * 2"),
    q("decimal", "computed_part", calculation="${n} div 2"),
]  # fmt: skip
TEXTS = [
    q("text", "t", constraint="regex(., '[A-Za-zА-Яа-яӘәІіҢңҒғҮүҰұҚқӨөҺһ ]+')"), q("text", "u"), q("integer", "n"),
    q("text", "iin", constraint="regex(., '^[0-9]{12}$') or string-length(.) = 0"),
    q("select_multiple kinds", "k", constraint="not(selected(., 'none') and count-selected(.) > 1)"),
    *computed(
        "concat(${t}, '-', ${u})", "string-length(${t})", "string-length(${n})", "substr(${t}, 1)",
        "substr(${t}, 0, 3)",
        "substr(${t}, -2)", "substr(${t}, 1, -1)", "contains(${t}, 'a')", "contains(${t}, '')",
        "starts-with(${t}, 'A')",
        "regex(${t}, '[0-9]+')", "regex(${u}, '.*слова$')", "selected(${k}, 'hit')", "selected(${k}, ' hit ')",
        "selected(${u}, 'x')", "count-selected(${k})", "count-selected(${u})", "selected-at(${k}, 0)",
        "selected-at(${k}, 1)", "selected-at(${k}, 5)", "selected-at(${k}, -1)", "if(selected(${k}, 'hit'), 3, 0)",
        'concat("it\'s", ${n})', "string(${n})", "concat(${k}, '')", "${t} = ${u}", "substr(${t}, ${n})",
        "count-selected(${k}) - selected(${k}, 'none')", "concat('a', 1, 2.5, true())",
    ),
]  # fmt: skip
DATES = [
    q("date", "born", constraint=". <= today()"), q("date", "until", constraint=". >= ${born}"), q("dateTime", "seen"),
    q("time", "at"), q("integer", "n"),
    *computed(
        "int((today() - ${born}) div 365.25)", "${until} - ${born}", "${born} <= today()", "${born} = today()",
        "today() - ${born} > 6570", "date('2026-01-31')", "date(${n})", "date(${born} + 30)",
        "format-date(${born}, '%Y-%m')",
        "format-date(${born}, '%d.%m.%Y')", "format-date(${seen}, '%e/%n/%y %H:%M')", "format-date(today(), '%b %a')",
        "decimal-date-time(${born})", "decimal-date-time(${seen})", "round(decimal-date-time(${until}) - 1, 3)",
        "if(${born} > ${until}, 'wrong', 'right')", "${born} + 0", "number(${born})", "string(${born})",
        "concat('on ', ${born})", "coalesce(${born}, ${until})", "${seen} > ${born}", "date(${seen})", "today()",
        "${born} < date('2010-01-01')", "${born} = '2026-01-31'",
        "int(decimal-date-time(now()) - decimal-date-time(today()) < 2)",
        "format-date(${until}, '%S:%3 %h%%')", "boolean(${born})", "today() > ${until}",
    ),
    q("date", "in_a_week", calculation="date(decimal-date-time(${until}) + 7)"),
    q("date", "again", calculation="${born}"), q("dateTime", "moment", calculation="${seen}"),
]  # fmt: skip
REPEATS = [
    q("integer", "number", constraint=". <= 3"),
    q("begin_repeat", "members"),
    q("text", "name"), q("integer", "age", constraint=". < 100", required="${name} != ''"),
    *computed(
        "position(..)", "count(../../members)", "indexed-repeat(${age}, ${members}, 1)", "sum(${age})",
        "indexed-repeat(${age}, ${members}, position(..) - 1)", "count(${members}[./age > 2])", "${age} + ${number}",
        "if(position(..) = 1, 'first', indexed-repeat(${name}, ${members}, position(..) - 1))",
        "sum(../../members/age)", "count(/data/members) + 0", "sum(/data/members/age) + 0", "count(../../members/toys)",
        "concat(../../members/name)", "count(/data/members/toys/price)", "sum(/data/members[./age > 2]/age)",
        prefix="m",
    ),
    q("begin_group", "more", relevant="${age} >= 2"), q("text", "school", required="yes"),
    *computed("concat(${name}, position(../..))", prefix="g"), q("end_group"),
    q("begin_repeat", "toys", relevant="${age} < 100"), q("integer", "price"),
    *computed("position(..)", "position(../..)", "${price} * ${age}", "sum(${price})", "count(${toys})", prefix="t"),
    q("end_repeat"),
    *computed("sum(${price})", "count(${toys})", "max(${price})", prefix="s"),
    q("end_repeat"),
    *computed(
        "sum(${age})", "count(${members})", "count(${members}[./age >= 2])", "sum(${members}[./age >= 2]/age)",
        "min(${age})", "max(${age})", "concat(${name})", "indexed-repeat(${age}, ${members}, 2)", "sum(${price})",
        "indexed-repeat(${price}, ${members}, 1, ${toys}, 2)", "count(${toys}[./price > 1])", "count(${members}/toys)",
        "count(${members}[position() = 2])", "sum(${members}[position() > 1]/age)", "count(${members}[./name != ''])",
        "${n1} div ${n2}", "indexed-repeat(${m0}, ${members}, ${number})", "count(${members}[./age > ${number}])",
        "sum(${s0})", "count(${school})", "count(${members}[./age > 1][./name != ''])", prefix="n",
    ),
    q("begin_repeat", "counted", repeat_count="${number}"), q("text", "word"), *computed("position(..)", prefix="p"),
    q("end_repeat"),
    q("begin_repeat", "computed_count", repeat_count="${number} + 1", relevant="${number} > 0"), q("text", "line"),
    q("end_repeat"), *computed("count(${counted})", "concat(${word})", "count(${computed_count})", prefix="e"),
]  # fmt: skip
LOOKUPS = [
    q("select_one yes_no", "a"), q("select_one yes_no", "b"), q("select_one regions", "region"),
    q("select_one districts", "district", choice_filter="region = ${region}"),
    q("select_multiple kinds", "k"), q("select_one kinds", "worst", choice_filter="selected(${k}, name)"),
    *computed(
        "instance('yes_no')/root/item[name = ${a}]/points", "number(instance('yes_no')/root/item[name = ${b}]/points)",
        "${c0} + ${c1}", "jr:choice-name(${a}, '${a}')", "jr:choice-name(${region}, '${region}')",
        "count(instance('districts')/root/item[region = ${region}])", "sum(instance('yes_no')/root/item/points)",
        "count(instance('districts')/root/item)", "count(instance('yes_no')/root/item[points > 0])",
        "concat(jr:choice-name(${b}, '${b}'), '!')",
    ),
    q("begin_repeat", "moves"), q("select_one regions", "from"),
    q("select_one districts", "where", choice_filter="region = ${from} or region = ${region}"),
    *computed(
        "jr:choice-name(${from}, '${from}')", "instance('districts')/root/item[name = ${where}]/region",
        "count(instance('districts')/root/item[region = ${from}])", prefix="r",
    ),
    q("end_repeat"),
]  # fmt: skip
RELEVANCE = [
    q("select_one yes_no", "a"), q("integer", "n"),
    q("begin_group", "outer", relevant="${a} = 'yes'"), q("integer", "x", required="yes", constraint=". > 1"),
    q("begin_group", "inner", relevant="${x} > 2"), q("integer", "y", required="${n} > 2"), q("text", "z",
    relevant="${y} = 3"),
    *computed("${y} + 1", prefix="i"), q("end_group"), *computed("${i0} + ${x}", "coalesce(${y}, -1)", prefix="o"),
    q("end_group"),
    *computed("${x}", "${y} = ''", "coalesce(${o0}, 'gone')", "count(${outer})", "count(${z})", "sum(${y})", "${o1}"),
    q("text", "late", relevant="${c0} > 2 or ${c2} = 'gone'", constraint="string-length(.) < ${n}"),
    q("text", "later", relevant="${late} != ''", required="${late} = 'a'"), *computed("concat(${late}, ${later})",
    prefix="l"),
    q("begin_group", "never", relevant="false()"), q("text", "unseen", required="yes"), q("end_group"),
    q("begin_repeat", "rows", relevant="${n} > 1"), q("integer", "v", relevant="${a} != 'no'"),
    q("text", "w", relevant="${v} > 1 and ${x} > 1"), q("end_repeat"), *computed("sum(${v})", "count(${w})",
    prefix="k"),
]  # fmt: skip
STANDING = [
    q("hidden", "weight", default="7"), q("text", "country", default="KZ"), q("integer", "n", default="3"),
    q("calculate", "first", calculation="once(${n})"), q("text", "fixed", default="as is", readonly="yes"),
    q("note", "said", label="Total ${n}"), q("acknowledge", "read", required="yes"), q("image", "photo"), q("file",
    "paper"),
    q("integer", "shown", calculation="${n} + ${weight}", readonly="yes"), *computed("${weight} * 2", "${country}",
    "${fixed}"),
]  # fmt: skip

TRIED = {
    "logic": published(LOGIC, YES_NO),
    "numbers": published(NUMBERS),
    "texts": published(TEXTS, KINDS),
    "dates": published(DATES),
    "repeats": published(REPEATS),
    "lookups": published(LOOKUPS, YES_NO + KINDS + PLACES),
    "relevance": published(RELEVANCE, YES_NO),
    "standing": published(STANDING),
}
