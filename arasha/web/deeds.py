"""What people of the demonstration do in a case, each deed by the action behind the page on which they would do it.

A room of `web` alone, beneath `worked`; the names are those that `data/demonstration_worked.yaml` writes after `do`.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from arasha.adulthood import actions as adulthood
from arasha.adulthood.rules import Filed, Said
from arasha.care import actions as care
from arasha.care.rules import OutingSaid, PartSaid, PlanSaid
from arasha.cases import actions as cases
from arasha.cases.queries import risk_of
from arasha.cases.rules import RiskSaid
from arasha.conferences import actions as conferences
from arasha.conferences.queries import seats_of
from arasha.conferences.rules import DecisionSaid, SittingSaid
from arasha.coordination import actions as coordination
from arasha.coordination.rules import ClosingSaid
from arasha.emergency import actions as emergency
from arasha.emergency.rules import EmergencySaid
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local
from arasha.obligations import actions as obligations
from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED
from arasha.people import actions as people
from arasha.people.queries import child_of
from arasha.people.rules import Described, Name, birth_said
from arasha.plans import actions as plans
from arasha.plans.models import ChildPlan, ServicePlace
from arasha.plans.rules.child_plan import ActionSaid, GoalSaid, VoiceSaid
from arasha.plans.rules.places import StepSaid
from arasha.plans.rules.referral import Sending
from arasha.protocols.queries import version
from arasha.releases import actions as releases
from arasha.releases.rules import Asked
from arasha.sharing import actions as sharing
from arasha.sharing.rules import Answer, Lent
from arasha.web.play import LEADS, Play

DAY = timedelta(days=1)


def answer(play: Play, words: str = "Баланы көрдік, отбасымен сөйлестік.") -> None:
    """Let every unit meet what it owes in the file now."""
    with system("demonstration"):
        owed = Obligation.objects.filter(dossier=play.file, state__in=[state.value for state in OWED])
        rows = [row for row in owed.order_by("due_now", "step") if row.unit_id in play.stage.by_unit]
    for row in rows:
        outcomes = version(row.protocol_id).step(row.step).outcomes
        actor = play.stage.acting(play.stage.by_unit[row.unit_id or 0])
        given: dict[str, Any] = {"answer": words, "outcome": outcomes[-1].code if outcomes else ""}
        obligations.meet(actor=actor, obligation=row.pk, now=domain_now(), **given)


def judge(play: Play, state: str, seen: str, where: str, why: str) -> None:
    """Judge the child's safety, as who leads."""
    now = domain_now()
    given: dict[str, Any] = {
        "state": state,
        "where": where,
        "seen": seen,
        "why": why,
        "seen_at": now - timedelta(hours=1),
    }
    cases.judge_safety(actor=play.acting(), dossier=play.file, now=now, **given)


def hear(play: Play, words: str) -> None:
    """Write down what the child said."""
    now = domain_now()
    given: dict[str, Any] = {"how": "said", "where": "school", "said_at": now - timedelta(hours=1), "words": words}
    cases.keep_words(actor=play.acting(), dossier=play.file, now=now, **given)


def risk(play: Play, level: str) -> None:
    """Judge how high the risk is."""
    actor = play.acting()
    last = risk_of(play.file)
    said = RiskSaid(level, override="knows_more", over=last.pk if last else None)
    plans.judge_risk(actor=actor, dossier=play.file, said=said, now=domain_now())


def family(play: Play, mother: str, age: int) -> None:
    """Write down the mother with whom the child lives."""
    actor, now = play.acting(), domain_now()
    child = child_of(play.file)
    if child is None:
        raise LookupError("the child is not written down")
    surname, _space, given = mother.partition(" ")
    described = Described(name=Name(surname, given, ""), sex="girl", birth=birth_said(age=age, on=local(now).date()))
    row = people.register(actor=actor, dossier=play.file, role="carer", described=described, now=now)
    people.relate(actor=actor, person=row.pk, other=child.pk, kind="mother", now=now)
    for person in (row.pk, child.pk):
        people.settle(actor=actor, person=person, household=1, now=now)


def plan(play: Play, *, goal: str, need: str, action: str, by: str, within: int, review: int, child: str) -> None:
    """Write a plan of one goal and one action, and agree on it."""
    actor, now = play.acting(), domain_now()
    today = local(now).date()
    draft = plans.begin_plan(actor=actor, dossier=play.file, now=now)
    wish = GoalSaid(need=need, voice="child", words=goal)
    towards = plans.put_goal(actor=actor, plan=draft.pk, said=wish, edit=plans.Edit(uuid4()), now=now)
    said = ActionSaid(words=action, owner="unit", unit=play.unit(by), due_on=today + within * DAY)
    plans.put_action(actor=actor, plan=draft.pk, goal=towards.pk, said=said, edit=plans.Edit(uuid4()), now=now)
    voices = (VoiceSaid(party="child", way="said", words=child), VoiceSaid(party="adult", why_not="no_safe_adult"))
    seen = ChildPlan.objects.get(pk=draft.pk).edits
    given: dict[str, Any] = {"voices": voices, "review_on": today + review * DAY, "seen": seen}
    plans.agree_plan(actor=actor, plan=draft.pk, now=now, **given)


def refer(play: Play, to: str, words: str) -> None:
    """Refer the child to a service; after a refusal, to the next."""
    offered, unit = play.services[to]
    before = play.made.get("referral")
    given: dict[str, Any] = {"urgency": "ordinary", "purpose": "psychological", "consent": "child_and_adult"}
    given |= {"words": words, "after": before.pk if before else None}
    sending = Sending(offering=offered, unit=unit, **given)
    play.made["referral"] = plans.send_referral(
        actor=play.acting(), dossier=play.file, sending=sending, now=domain_now()
    )


def step(play: Play, login: str, step: str, **said: Any) -> None:
    """Take a step of the referral's place, as the service."""
    actor, now = play.acting(login), domain_now()
    place = ServicePlace.objects.get(pk=play.made["referral"].place_id)
    if step == "begin":
        said["on"] = local(now).date()
    given = StepSaid(step=step, said_by="own", **said)
    plans.record_step(actor=actor, place=place.pk, said=given, seen=place.steps, now=now)


def agree_to_share(play: Play, login: str, parts: Sequence[str], purposes: Sequence[str], wishes: str) -> None:
    """Let the child agree that somebody's unit reads parts of the file, and open them."""
    actor, now = play.acting(), domain_now()
    until = local(now).date() + 90 * DAY
    lent = Lent(unit=play.unit(login), purposes=tuple(purposes), parts=tuple(parts), until=until)
    given: dict[str, Any] = {"way": "spoken", "explained": True, "witness": "Мейірбике Раушан", "wishes": wishes}
    said = Answer(answer="given", giver="child", lent=lent, **given)
    play.made["consent"] = sharing.record_consent(actor=actor, dossier=play.file, said=said, now=now)
    sharing.share_on_consent(actor=actor, consent=play.made["consent"].pk, now=now)


def take_consent_back(play: Play) -> None:
    """Let the child take the consent back."""
    sharing.withdraw_consent(actor=play.acting(), consent=play.made["consent"].pk, now=domain_now())


def ask_for_file(play: Play, applicant: str, asker: str, wants: str, incoming: str) -> None:
    """Take down a state body's request for the file, and match it."""
    actor, now = play.acting(), domain_now()
    given: dict[str, Any] = {"way": "letter", "checked": "official", "basis": "court_order", "child": "Т. Қ., 15 жас"}
    said = Asked(applicant=applicant, asker=asker, wants=wants, incoming=incoming, **given)
    request = releases.take_down(actor=actor, said=said, now=now)
    releases.match(actor=actor, request=request, dossier=play.file, now=now)


def meet_about(play: Play, decision: str, within: int) -> None:
    """Hold a sitting of the team about the child, which decides what somebody who sits there owes."""
    actor, now = play.acting(), domain_now()
    called = SittingSaid(kind="team", at=now + timedelta(minutes=30), place="Сарыағаш, аудандық әкімдік")
    sitting = conferences.hold_sitting(actor=actor, said=called, now=now)
    item = conferences.put_on(actor=actor, sitting=sitting.pk, dossier=play.file, reason="other", urgent=True, now=now)
    seated = [seat.unit_id for seat in seats_of(item.pk)]
    owes = next((unit for unit in seated if unit != play.unit(LEADS)), play.unit(LEADS))
    said = DecisionSaid(unit=owes, by_when=local(now).date() + within * DAY, text=decision)
    conferences.decide(actor=actor, item=item.pk, said=said, now=now)


def plan_visit(play: Play, *, login: str, in_days: int, why: str, meeting: str, safety: str) -> None:
    """Plan a visit to the child's home."""
    now = domain_now()
    seat = play.by_login[login]
    said = PlanSaid(starts=now + in_days * DAY, posts=[seat.post_id], dangers=["dog"], meeting=meeting, safety=safety)
    care.plan_own_visit(actor=play.acting(login), dossier=play.file, said=said, why=why, now=now)


def remove(play: Play, kin: str, place: str) -> None:
    """Record that guardianship took the child out of danger, to kin; `kin` and `place` in words."""
    now = domain_now()
    parts = {"kin": PartSaid("kin_takes", kin), "place": PartSaid("with_kin", place), "ground": PartSaid("danger_life")}
    given: dict[str, Any] = {"at": now - timedelta(minutes=20), "parts": parts, "now": now}
    care.record_removal(actor=play.acting("guardianship"), dossier=play.file, **given)


def offer(play: Play, to: str, reason: str) -> None:
    """Offer the lead to somebody's unit."""
    cases.offer_lead(actor=play.acting(), dossier=play.file, to_unit=play.unit(to), reason=reason, now=domain_now())


def grow_up(play: Play) -> None:
    """Let the clock of birthdays look, as it does each night."""
    with system("watch_races") as clock:
        adulthood.watch_ages(actor=clock, now=domain_now())


def record(play: Play, point: str, who: str, *, agreed: bool) -> None:
    """Record what stands of something that is needed before eighteen."""
    said = Said(point=point, state="done", who=who, agreed=agreed)
    adulthood.record_point(actor=play.acting(), dossier=play.file, said=said, seen=0, now=domain_now())


def apply(play: Play, kind: str, words: str) -> None:
    """Let the young person apply."""
    said = Filed(kind=kind, words=words)
    adulthood.file_application(actor=play.acting(), dossier=play.file, said=said, now=domain_now())


def propose_closing(play: Play, reached: str, child_words: str) -> None:
    """Propose that the case is closed."""
    now = domain_now()
    today = local(now).date()
    given: dict[str, Any] = {"follow_up_on": today + 60 * DAY, "seen_on": today - 2 * DAY, "reached": reached}
    said = ClosingSaid(reason="safe", safe="yes", child="said", child_words=child_words, **given)
    coordination.propose_closing(actor=play.acting(), dossier=play.file, said=said, now=now)


def declare(play: Play, login: str, kind: str, ground: str, last: int) -> None:
    """Declare an emergency in the district for so many days."""
    now = domain_now()
    today = local(now).date()
    until = today + last * DAY
    said = EmergencySaid(territory=play.place, kind=kind, ground=ground, first_on=today, last_on=until)
    emergency.declare(actor=play.acting(login), ticket=uuid4(), said=said, now=now)


def check_in(play: Play, login: str, place: str, minutes: int) -> None:
    """Go to a home alone."""
    care.check_in(actor=play.acting(login), said=OutingSaid(place=place, minutes=minutes), now=domain_now())


def come_out(play: Play, login: str) -> None:
    """Come out safely."""
    care.come_out(actor=play.acting(login), now=domain_now())


DEEDS: dict[str, Callable[..., None]] = {
    deed.__name__: deed
    for deed in (
        *(answer, judge, hear, risk, family, plan, refer, step, agree_to_share, take_consent_back, ask_for_file),
        *(meet_about, plan_visit, remove, offer, grow_up, record, apply, propose_closing, declare, check_in, come_out),
    )
}
