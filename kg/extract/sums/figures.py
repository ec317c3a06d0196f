"""Sums of money given, promised or asked for, with who gives, who gets, for what and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.cases import governs
from kg.extract.count_figures import qualifier
from kg.extract.lands import country_code, is_land
from kg.extract.sums.actors import by_rules, donor, has_actor
from kg.extract.sums.clauses import GIVING, NEAR, Clause, Party, clause_of, unqualified
from kg.extract.sums.compared import as_compared
from kg.extract.sums.currency import currency_of, in_common_money, in_givers_dollars
from kg.extract.sums.dealt_out import dealt_out
from kg.extract.sums.fields import fields_of
from kg.extract.sums.gifts import of_gift
from kg.extract.sums.giver import with_giver
from kg.extract.sums.not_given import not_given, raised_from
from kg.extract.sums.one_body import with_body
from kg.extract.sums.part_sums import with_totals
from kg.extract.sums.parties import parties
from kg.extract.sums.parts import is_part, may_be_part, own_share, tells_parts, with_whole
from kg.extract.sums.periods import BACK, goes_on, period_of, spent_in
from kg.extract.sums.receiver import with_receiver
from kg.extract.sums.shared import each_behind, each_from, for_each, in_a_row, shared_out, told_in_brackets
from kg.extract.sums.signers import both_told
from kg.extract.sums.speakers import by_person
from kg.extract.sums.takers import asker, direct_body, needed, recipient
from kg.extract.sums.thanks import thanked
from kg.extract.sums.threads import threaded
from kg.extract.sums.together import fellows, partners
from kg.extract.sums.told_fields import with_fields
from kg.extract.sums.told_once import told_once
from kg.extract.sums.told_years import in_told_years
from kg.extract.sums.withheld import withheld
from kg.extract.topic import about_aid, is_giver, may_be_given, may_give, off_topic
from kg.model import Evidence, FigureFact, RoleFact
from kg.recognise import Recognised, Sentence
from kg.recognise.days.fiscal import in_days
from kg.recognise.spans import Span
from kg.registry import load_registry

HOPED, OBJECT = 40, 12
"""Characters between a word of hoping and the sum hoped for; and a noun of giving ("hope for new *pledges* of")."""
STATUS = (("paid", "disbursed"), ("pledge", "pledged"), ("ask", "requested"))


def aid_figures(found: Recognised, roles: Sequence[RoleFact] = ()) -> list[FigureFact]:
    """Every sum of money of an article about aid, but in sentences that speak of other things. ``roles`` say for which
    country a minister promises.

    In an article that is not about aid only what a state or a known body plainly gives to a country is one.
    """
    about = about_aid(found)
    if not about and not may_give(found):
        return []
    figures: list[FigureFact] = []
    previous: Sentence | None = None
    for at, sentence in enumerate(found.sentences):
        before = found.sentences[:at][-BACK:]
        aid = not off_topic(sentence) if about else may_be_given(sentence)
        if sentence.of("money") and aid:
            told = _in_sentence(found, sentence, previous, roles, len(figures))
            told = _added(found, sentence, told, figures) if about else [f for f in told if _plainly_given(f)]
            figures += goes_on(found, before, told)
        elif before:
            figures = spent_in(found, sentence, before, figures)
        previous = sentence
    figures = in_told_years(found, in_common_money(found, dealt_out(found, figures)))
    once = with_totals(told_once(found, figures))
    if not about:
        return once
    # a total may get its giver from the article: so do its parts then
    given = with_totals(with_giver(found, threaded(found, once)))
    return with_fields(found, in_givers_dollars(found, with_receiver(found, with_body(found, given))))


def _plainly_given(figure: FigureFact) -> bool:
    """True where a state or a body that gives aid gives to another country."""
    givers, takers = {d.known for d in figure.donors}, {r.known for r in figure.recipients}
    gives = bool(figure.donors) and all(is_land(d) or is_giver(d) for d in figure.donors)
    return gives and len(takers) == 1 and all(map(is_land, figure.recipients)) and not givers & takers


def _part_of_it(found: Recognised, sentence: Sentence) -> bool:
    """True where the first sum of a sentence is one of the aid told before: "2 million *of the emergency aid*"."""
    money = sentence.of("money")[0]
    names = found.pack.names
    of_the = tuple(f"{of.rstrip()} {the} " for of in names.get("genitive", ()) for the in names.get("articles", ()))
    aid = next((s for s in sentence.of("aid") if s.start > money.end), None)
    between = found.folded[money.end : aid.start] if aid else ""
    return between.startswith(of_the) and len(between.split()) <= 3


def _added(
    found: Recognised, sentence: Sentence, told: list[FigureFact], earlier: Sequence[FigureFact]
) -> list[FigureFact]:
    """Sums added to the one before, or parts of it ("*of this*, 5 million and 3 million …"), have its giver and
    receiver.
    """
    if not (told and earlier) or told[0].donors:
        return told
    last = earlier[-1]
    added = sentence.of("added") or (tells_parts(found, sentence) and may_be_part(told[0], last))
    if _part_of_it(found, sentence):
        told = [replace(told[0], status=last.status), *told[1:]]
    elif told[0].status == "requested" or not added:
        return told
    of_it = bool(sentence.of("parts")) and not sentence.of("added")  # "*of this*, 5 million"
    return [
        replace(
            f,
            donors=f.donors or last.donors,
            recipients=f.recipients or last.recipients,
            period=f.period or (last.period if of_it else None),
        )
        for f in told
    ]


def _in_sentence(
    found: Recognised, sentence: Sentence, previous: Sentence | None, roles: Sequence[RoleFact], first_index: int
) -> list[FigureFact]:
    told_all = [s for s in sentence.frame.spans if s.kind == "money"]
    other = {i for i, s in enumerate(told_all) if _beside(found, sentence, s) or raised_from(found, sentence, s)}
    # and so is the same sum in another currency: "its GDP was *5 billion dollars* (4 billion euros)"
    sums = [s for i, s in enumerate(told_all) if i not in other and _twin(found, told_all, i) not in other]
    able = parties(found, sentence, roles)
    near = previous if previous is not None and previous.paragraph == sentence.paragraph else None
    figures: list[FigureFact] = []
    told: list[tuple[Span, FigureFact]] = []
    lost = False
    for index, money in enumerate(sums):
        twin = _twin(found, sums, index)
        lost = lost and not any(
            sums[index - 1].end <= s.start for s in sentence.of(*GIVING, "aid", "ask", "raise", "receive")
        )
        own_lost = money.value.amount <= 0 or not_given(found, sentence, money) or withheld(found, sentence, money)
        part = lost and not own_lost and is_part(sentence, money, sums[index - 1])
        lost = lost or own_lost
        if lost and not part:  # and so are those told after it: "could cost 5 *or even 8 million*"
            continue
        if twin is not None and figures:
            figures.append(_retold(found, sentence, money, figures[twin - index], first_index + len(figures) - 1))
            continue
        own = [s for i, s in enumerate(sums) if i == index or _twin(found, sums, i) is None]
        clause = clause_of(found, sentence, able, own, own.index(money), roles)
        figure = with_whole(found, sentence, money, _figure(clause, near, figures), told)
        figure = as_compared(found, sentence, money, figure, told)
        lost = lost and not figure.donors
        if lost:
            continue
        told.append((money, figure))
        figures += for_each(clause, figure)
    figures = _of_head(found, sentence, sums, figures)
    if len(figures) != len(sums) or len(sums) < 2:
        return figures
    clauses = [clause_of(found, sentence, able, sums, at) for at in range(len(sums))]
    if sentence.of("respectively") or in_a_row(found, sums):
        figures = shared_out(clauses, figures)
    return told_in_brackets(clauses, each_from(clauses, each_behind(clauses, figures)))


def _of_head(
    found: Recognised, sentence: Sentence, sums: Sequence[Span], figures: list[FigureFact]
) -> list[FigureFact]:
    """``figures``, those of a list given the receiver that its head names: "aid *to Mali* is shared out so: 2 million
    for schools, 3 million for roads".
    """
    colon = found.folded.rfind(": ", sentence.start, sums[0].start) if len(figures) > 1 else -1
    if colon < 0 or len(figures[0].recipients) != 1:
        return figures
    taker = figures[0].recipients[0]
    headed = any(s.end <= colon and s.value.text == taker.text for s in sentence.of("place", "body"))
    return [replace(f, recipients=f.recipients or (taker,)) for f in figures] if headed else figures


def _retold(found: Recognised, sentence: Sentence, money: Span, base: FigureFact, alias: int) -> FigureFact:
    """The figure ``base`` told again in another currency, in brackets or after "or"."""
    value = money.value
    slug = qualifier(found, sentence, money)[0]
    return replace(
        base,
        amount=value.amount,
        upper=value.upper,
        currency=currency_of(found, value, (*base.donors, *base.recipients)),
        currency_as_written=value.written,
        currency_assumed=value.assumed,
        qualifier=slug if slug != "exactly" else base.qualifier,
        alias=alias,
        evidence=(Evidence(base.evidence[0].start, max(base.evidence[0].end, money.end), "sum-in-brackets"),),
    )


def _beside(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for a sum in a stretch between commas that speaks of other things (", whose trade was worth 4 billion,")."""
    text = found.folded
    low = max((text.rfind(mark, sentence.start, money.start) for mark in (", ", "; ", "(", "，", "；")), default=-1)
    ends = [at for mark in (", ", "; ", ")", "，", "；") if (at := text.find(mark, money.end, sentence.end)) >= 0]
    start, end = max(low, sentence.start), min(ends, default=sentence.end)

    def told(*kinds: str) -> bool:
        return any(start <= s.start < end for s in sentence.of(*kinds))

    return told("other") and not told("aid", "pledge", "give", "paid")


def _twin(found: Recognised, sums: Sequence[Span], index: int) -> int | None:
    """The index of the sum that this one repeats in another currency, in brackets or after "or"."""
    if index == 0 or sums[index].value.currency == sums[index - 1].value.currency:
        return None
    between = found.folded[sums[index - 1].end : sums[index].start].strip()
    return (
        index - 1
        if {between, unqualified(between, found.pack.code)} & set(found.pack.names.get("equals", ("(",)))
        else None
    )


def _figure(clause: Clause, near: Sentence | None, earlier: Sequence[FigureFact]) -> FigureFact:
    """The figure of a clause. ``near`` is the sentence before in its paragraph, ``earlier`` the figures of this one."""
    found, sentence, value = clause.found, clause.sentence, clause.money.value
    slug, start, end = qualifier(found, sentence, clause.money)
    read, rule = by_rules(clause)
    both = both_told(clause)
    read = both | read if "donor" not in read or _same(read.get("donor"), both.get("donor")) else read
    read = read | both if _same(read.get("donor"), both.get("recipient")) else read  # a rule met only the second signer
    read = read | thanked(clause)
    giver = read.get("donor") or donor(clause)
    if giver is None and not has_actor(clause):
        read = of_gift(clause) | read
        giver = read.get("donor")
    untold = giver is None
    giver = None if _same(giver, read.get("recipient")) else giver
    joined = bool(earlier) and _joined(clause) and not clause.verbs
    told = joined and bool(earlier[-1].recipients)  # "15 million in aid and *1 million* in cash" for the same
    direct = direct_body(clause)
    taker = None if _same(direct, giver) else direct
    taker = taker or read.get("recipient") or recipient(clause, giver, None if told else near)
    shared = earlier[-1].donors if untold and earlier and _goes_on(clause, taker) else ()
    if giver and taker and giver.name and taker.name and giver.name.known and giver.name.known == taker.name.known:
        giver = None  # nobody gives to itself: "will answer requests *from the Vanuatu government*"
    if giver is None and taker is not None and _spends_its_own(clause, taker):
        giver, taker = taker, None
    hoped = _hoped(clause, start) or needed(clause)
    if hoped:
        giver, shared = None, ()
    status = (
        "requested" if hoped else _status(clause, giver) or (earlier[-1].status if earlier and value.carried else "")
    )
    if status == "requested" and (taker is None or found.pack.names.get("verb_last")):
        giver, taker = None, taker or asker(clause)
    givers = (giver, *partners(clause, giver), *fellows(clause, giver)) if giver else ()
    takers = sorted((taker, *fellows(clause, taker)), key=lambda p: p.start) if taker else []
    getting = {p.name.known or p.name.text for p in takers if p.name}
    givers = tuple(p for p in givers if p.same(giver) or (p.name and (p.name.known or p.name.text) not in getting))
    donors = tuple(p.name for p in givers if p.name and not p.same(taker)) or (() if giver else shared)
    recipients = tuple(p.name for p in takers if p.name) or (
        earlier[-1].recipients if joined and not _for_another(clause, earlier[-1]) else ()
    )
    period = period_of(clause)
    told_in = earlier[-1].currency_as_written if earlier else None
    used = [s for s in (giver, taker, period) if s and sentence.start <= s.start < sentence.end]
    first, last = min([start, *(s.start for s in used)]), max([end, *(s.end for s in used)])
    return FigureFact(
        amount=value.amount,
        currency=earlier[-1].currency
        if value.carried and told_in == value.written
        else currency_of(found, value, (*donors, *((taker.name,) if taker and taker.name else ()))),
        upper=value.upper,
        currency_as_written=value.written,
        currency_assumed=value.assumed,
        qualifier=slug,
        period=in_days(period.value, (*donors, *recipients))
        if period and period.value.fiscal
        else period and period.value,
        donors=donors,
        recipients=recipients,
        sectors=fields_of(clause),
        status=status,
        evidence=(Evidence(first, last, rule or "sum-in-clause"),),
    )


def _goes_on(clause: Clause, taker: Party | None) -> bool:
    """True for a sum that nobody else, but for its ``taker``, is told to give than who gives the sum before."""
    own = own_share(clause.found, clause.sentence, clause.money)
    return not (own or has_actor(clause, taker) or by_person(clause))


def _spends_its_own(clause: Clause, party: Party) -> bool:
    """True for a government named after "for", where somebody promises a sum of its own money: it is on its behalf
    ("Sie sagte für die *Bundesregierung* 50 Millionen Euro zu").
    """
    name, verbs = party.name, clause.ahead("say", *GIVING)
    entry = load_registry().by_id.get(name.known) if name else None
    if name is None or entry is None or not verbs or not party.has("to") or party.start > clause.money.start:
        return False
    if name.text in (label.text for label in entry.labels if label.preferred):
        return False  # *Deutschland* itself may well get something
    currency = clause.money.value.currency
    return country_code(name) == currency[:2] or (name.known, currency) == clause.found.pack.home[:2]


def _hoped(clause: Clause, start: int) -> bool:
    """True for a sum, from ``start`` with its qualifier, that somebody hopes for: close behind a word of hoping, and no
    mark or verb of giving between, as there is in "they *hoped for* peace, and Japan gave 1 million".
    """
    both = clause.found.pack.bodies["and"]
    for hope in clause.ahead("hope"):
        between = clause.gap(hope.end, start)
        verbs = [v.start for v in clause.ahead(*GIVING, "receive") if v.start >= hope.end]
        hoped = not verbs or (verbs[0] - hope.end <= OBJECT and not any(word in between for word in both))
        if hoped and len(between) <= HOPED and not set(between) & set(",;:(，；、（"):
            return True
    return False


def _for_another(clause: Clause, earlier: FigureFact) -> bool:
    """True where the receiver of the sum before stands right behind that, and this one tells its own: "150 million *for
    Chad* and 200 million *for the south of* …".
    """
    told = any(p.name in earlier.recipients for p in clause.before)
    words = tuple(w.lstrip() for w in clause.listed("dative") if w.startswith(" "))
    return told and clause.gap(clause.money.end, clause.sentence.end).lstrip().startswith(words)


def _same(one: Party | None, other: Party | None) -> bool:
    return one is not None and one.same(other)


def _joined(clause: Clause) -> bool:
    """True where nothing parts a sum from the one before: "85 million in loans and 6 million in grants"."""
    return not clause.first and not set(clause.gap(clause.start, clause.money.start)) & set(",;:(")


def _needs_before(clause: Clause, giver: Party | None) -> bool:
    """True where what somebody asks for or needs is told in a stretch before the one of the giver and its verb: "to
    meet the growing *needs*, Norway gives 5 million"; not in "asks Norway to give 5 million".
    """
    asks = clause.ahead("ask")
    if giver is None or not asks or not asks[-1].end < giver.start < clause.money.start:
        return False
    between = clause.gap(asks[-1].end, giver.start)
    return "," in between or any(asks[-1].end <= v.start < giver.start for v in clause.verbs)


def _status(clause: Clause, giver: Party | None) -> str:
    """Whether a sum is paid, promised or asked for: as the words before it say, else those after it."""
    if _asked_right_behind(clause):
        return "requested"
    for words in (clause.ahead(*dict(STATUS)), clause.behind(*dict(STATUS))):
        kinds = {s.kind for s in words}
        # of "gave 5 million to those in *need*" the sum is given
        given = clause.verbs or _given_behind(clause)
        answered = [s for s in words if s.kind == "ask" and governs(clause.found, s.start, s.end, "dative")]
        if answered and words == clause.behind(*dict(STATUS)) and len(answered) == sum(s.kind == "ask" for s in words):
            kinds -= {"ask"}  # "26 million *to the appeals* of …" answer them
        kinds -= {"ask"} if given and words == clause.behind(*dict(STATUS)) else set()
        kinds -= {"ask"} if _needs_before(clause, giver) else set()
        if kinds:
            return next(status for kind, status in STATUS if kind in kinds)
    return ""


def _given_behind(clause: Clause) -> bool:
    """True where a verb of giving stands close behind a sum, before any of asking: "the 5 million *we provide* will
    let us answer requests".
    """
    words = clause.behind("give", "paid", "ask")
    return bool(words) and words[0].kind != "ask" and words[0].start - clause.money.end <= NEAR


def _asked_right_behind(clause: Clause) -> bool:
    """True where a word of asking goes with the sum before it: "the 5 billion *appeal*", "the 2 billion it *needs*"."""
    asks = clause.behind("ask", "hope")
    if asks and not clause.found.pack.spaces:  # 62亿美元|的募捐|呼吁
        between = clause.gap(clause.money.end, asks[0].start)
        joined = between.startswith(tuple(j for j in clause.found.pack.joiners if j.strip()))
        if joined and len(between) <= NEAR // 4 and not set(between) & set(",;:、("):
            return True
    if not asks or any(v.start > clause.sentence.start and v.end <= clause.money.start for v in clause.ahead("give")):
        return False
    words = clause.gap(clause.money.end, asks[0].start).split()
    cases = {w.strip() for key in ("dative", "locative", "genitive", "ablative") for w in clause.listed(key)}
    return len(words) <= 2 and not set(words) & cases and not set("".join(words)) & set(",;:().")
