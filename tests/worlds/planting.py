"""Rows put down past every trigger: what other tests reach by the way that people take."""

from datetime import timedelta

from arasha.kernel.access.rules import token_hash
from arasha.kernel.exchange.rules import SCOPES
from arasha.kernel.exchange.rules.tokens import new_token
from arasha.kernel.exchange.tests.cast import System
from tests.worlds.house import World


def connect_system(world: World) -> None:
    """Put down another system of the neighbours with a token, a webhook and a message that was given up."""
    unit = world.house.seats["neighbour"].post_id
    world.rows("ALTER TABLE exchange_account DISABLE TRIGGER ALL")
    world.rows("ALTER TABLE exchange_subscription DISABLE TRIGGER ALL")
    world.rows(
        "WITH people AS (SELECT min(id) AS one, max(id) AS other FROM access_user),"
        " account AS (INSERT INTO exchange_account (unit_id, name, scopes, functions, networks, proposed_by_id,"
        "   proposed_at, confirmed_by_id, confirmed_at)"
        "   SELECT p.unit_id, 'Made-up system', '{webhooks}', '{health_care}', '{}', one, %s, other, %s"
        "   FROM people, access_post p WHERE p.id = %s RETURNING id),"
        " token AS (INSERT INTO exchange_token (id, account_id, hash, issued_by_id, issued_at, expires_at)"
        "   SELECT gen_random_uuid(), account.id, '\\x00', one, %s, %s FROM account, people),"
        " webhook AS (INSERT INTO exchange_subscription (id, account_id, address, events, made_at, ended_why)"
        "   SELECT gen_random_uuid(), id, 'https://example.kz/', '{obligation.raised}', %s, '' FROM account"
        "   RETURNING id)"
        " INSERT INTO exchange_delivery (id, subscription_id, event, subject, dossier, at, next_try_at, tries,"
        "   outcome, fault, ended_at)"
        " SELECT gen_random_uuid(), id, 'obligation.raised', gen_random_uuid(), gen_random_uuid(), %s, %s, 12,"
        "   'dead', 'silent', %s FROM webhook",
        *[world.house.moment] * 2,
        unit,
        *[world.house.moment] * 6,
    )


def propose_elsewhere(world: World) -> None:
    """Put down what an administrator of the neighbours proposed of a unit there."""
    world.rows("ALTER TABLE administration_proposal DISABLE TRIGGER ALL")
    world.rows(
        "INSERT INTO administration_proposal"
        " (id, kind, state, place_id, unit_id, steps, proposed_by_id, proposed_at, expires_at)"
        " SELECT gen_random_uuid(), 'structure', 'pending', u.territory_id, u.id, jsonb_build_array("
        "   jsonb_build_object('do', 'change_unit', 'unit', u.code, 'set', jsonb_build_object('name_en', 'x'))),"
        "   (SELECT min(id) FROM access_user), %s, %s FROM access_post p JOIN access_unit u ON u.id = p.unit_id"
        " WHERE p.id = %s",
        world.house.moment,
        world.house.moment + timedelta(days=7),
        world.house.seats["neighbour"].post_id,
    )


def put_down(world: World, table: str, columns: str, select: str) -> None:
    """Put a row down past every trigger: what other tests reach by the way that people take."""
    world.rows(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    world.rows(f"INSERT INTO {table} (id, {columns}) SELECT gen_random_uuid(), {select}")


def ask_a_class(world: World) -> None:
    """Put down a survey that another unit than any outsider's runs."""
    put_down(
        world,
        "surveys_survey",
        "dossier_id, unit_id, called, questionnaire, version, age, language, enrolment, breakdown, slips, public,"
        " state, outcome, split, recorded_at, ends_at",
        "d.id, d.lead_unit_id, '7', 'climate', 1, 'middle', 'kk', 20, 'none', 12, '', 'open', '', '', now(), now()"
        " FROM access_dossier d WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1",
    )


def say_of_a_service(world: World) -> None:
    """Put down what a child wrote of a service, in a round that another unit than any outsider's leads."""
    put_down(
        world,
        "participation_round",
        "dossier_id, service, place_id, period, outcome, invited, answers, figures",
        "d.id, 'family_support', d.territory_id, '2026-1', '', 0, 0, '{}' FROM access_dossier d"
        " WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1",
    )
    put_down(
        world,
        "participation_text",
        "round_id, dossier_id, language, marked, state, sealed, version",
        "r.id, r.dossier_id, 'kk', false, 'waiting', '\\x00', 1 FROM participation_round r",
    )


def receive_a_file(world: World) -> None:
    """Put down a file that a teller sent, with one line of its custody record, in the first child's file."""
    put_down(
        world,
        "vault_keptfile",
        "dossier_id, facet, content_type, size, sealed_name, sealed_sha256, reencoded, scanned, created_at",
        "dossier_id, 17, 'image/jpeg', 1, '\\x00', '\\x00', false, 'clean', now() FROM signals_signal"
        " ORDER BY id LIMIT 1",
    )
    put_down(
        world,
        "evidence_exhibit",
        "dossier_id, number, received_at, kind, content_type, size, scanned, warning, original_id, no_copy, intimate",
        "dossier_id, 1, now(), 'picture', content_type, size, scanned, '', id, 'intimate', true FROM vault_keptfile"
        " WHERE facet = 17 LIMIT 1",
    )
    put_down(
        world,
        "evidence_custody",
        "dossier_id, exhibit_id, line, at, what, detail",
        "dossier_id, id, 1, now(), 'received', '' FROM evidence_exhibit LIMIT 1",
    )


def call_elsewhere(world: World) -> None:
    """Put down a contact of another unit than any helpline's, who wishes to be rung."""
    put_down(
        world,
        "helpline_contact",
        "dossier_id, unit_id, channel, external, source, repeats, language, state, began_at, unanswered, danger,"
        " caller, kind, reason, reasons, sex, age, steps, referred",
        "d.id, d.lead_unit_id, 'chat', '', '', 0, '', 'waiting', now(), 0, 'not_asked', 'unknown', '', '', '{}',"
        " 'unknown', 'unknown', '{}', '{}' FROM access_dossier d WHERE d.lead_unit_id IS NOT NULL"
        " ORDER BY d.id LIMIT 1",
    )
    put_down(
        world,
        "helpline_callback",
        "dossier_id, contact_id, unit_id, state, asked_at, due_at, attempts, outcome, sealed",
        "c.dossier_id, c.id, c.unit_id, 'waiting', now(), now(), 0, '', '' FROM helpline_contact c LIMIT 1",
    )

    _stand_elsewhere(world)


def _stand_elsewhere(world: World) -> None:
    """Put down what stands beside contacts there: a phrase, a known caller, a shift, a matter, a debrief."""
    unit = "(SELECT unit_id FROM helpline_contact LIMIT 1)"
    user, post = "(SELECT min(id) FROM access_user)", "(SELECT min(id) FROM access_post)"
    contact = "FROM helpline_contact c LIMIT 1"
    put_down(
        world,
        "helpline_phrase",
        "level, unit_id, key, theme, version, verified_by",
        f"'unit', {unit}, 'elsewhere', 'other', 1, ''",
    )
    put_down(
        world,
        "helpline_profile",
        "dossier_id, unit_id, wished_at, wished_by_id, mark, sealed",
        f"c.dossier_id, c.unit_id, now(), {post}, 'x', '' {contact}",
    )
    put_down(
        world,
        "helpline_shift",
        "unit_id, starts_at, ends_at, planned_by_id",
        f"{unit}, now() + interval '1 hour', now() + interval '2 hours', {post}",
    )
    put_down(
        world,
        "helpline_matter",
        "dossier_id, unit_id, contact_id, subject, sealed",
        f"c.dossier_id, c.unit_id, c.id, c.id, '' {contact}",
    )
    put_down(
        world,
        "helpline_debrief",
        "unit_id, contact_id, operator_id, reason, state, owed_at, due_at",
        f"c.unit_id, c.id, {user}, 'asked', 'owed', now(), now() {contact}",
    )


def assess_elsewhere(world: World) -> None:
    """Put down an assessment with one part that another unit than any outsider's was asked for."""
    put_down(
        world,
        "plans_assessment",
        "dossier_id, unit_id, opened_at, by_when, state",
        "d.id, d.lead_unit_id, now(), now()::date, 'open' FROM access_dossier d WHERE d.lead_unit_id IS NOT NULL"
        " ORDER BY d.id LIMIT 1",
    )
    put_down(
        world,
        "plans_assessmentpart",
        "dossier_id, facet, assessment_id, discipline, form, unit_id, asked_at, by_when, state",
        "dossier_id, 7, id, 'social', 'assessment_social', unit_id, now(), by_when, 'asked' FROM plans_assessment",
    )


def fill_in_elsewhere(world: World) -> None:
    """Put down a form that was handed in, and lies under what a file fears, in a file that is no outsider's."""
    put_down(
        world,
        "questionnaires_response",
        "dossier_id, facet, version_id, code, state, language, unit_id, begun_by_id, begun_at, submitted_by_id,"
        " submitted_at, reason, sealed",
        "d.id, 2, v.id, v.questionnaire_id, 'submitted', 'kk', d.lead_unit_id, u.id, now(), u.id, now(), '', ''"
        " FROM access_dossier d, questionnaires_version v, (SELECT min(id) AS id FROM access_user) u"
        " WHERE d.lead_unit_id IS NOT NULL AND v.questionnaire_id = 'suicide_risk' ORDER BY d.id LIMIT 1",
    )


def happen_elsewhere(world: World) -> None:
    """Put down what happened, with its one version, in a file that is no outsider's."""
    put_down(
        world,
        "cases_incident",
        "dossier_id, number, recorded_at, unit_id, strike_reason",
        "d.id, 1, now(), d.lead_unit_id, '' FROM access_dossier d WHERE d.lead_unit_id IS NOT NULL"
        " ORDER BY d.id LIMIT 1",
    )
    put_down(
        world,
        "cases_incidentversion",
        "dossier_id, incident_id, number, frequency, since_precision, until_precision, goes_on, setting, relations,"
        " present, platform, material, still_online, recorded_at, unit_id",
        "dossier_id, id, 1, 'once', 'unknown', 'unknown', false, 'home', '{}', '{}', '', '', '', now(), unit_id"
        " FROM cases_incident",
    )


def know_more_of_people(world: World) -> None:
    """Put down a pair of children who may be one, an allegation, what a rule noticed, and a loaded register."""
    put_down(
        world,
        "people_match",
        "one_id, other_id, bits, levels, doubts, origin, state, proposed_at, moved, stood",
        "one.id, other.id, 20, '{given:same}', '{}', 'registering', 'open', now(), '{}', '{}'"
        " FROM people_person one, people_person other WHERE one.id < other.id LIMIT 1",
    )
    put_down(
        world,
        "people_allegation",
        "dossier_id, called, nickname, role, age, place_called, territory, called_keys, nickname_keys, place_keys,"
        " recorded_at",
        "dossier_id, 'x', '', 'coach', 'adult', '', '', '', '', '', now() FROM people_person ORDER BY id LIMIT 1",
    )
    put_down(
        world,
        "signals_noticed",
        "dossier_id, person_id, facet, rule, version, count, at, state, reason",
        "dossier_id, id, 4, 'school_changes', 1, 3, now(), 'unread', '' FROM people_person ORDER BY id LIMIT 1",
    )

    put_down(
        world,
        "people_registersource",
        "dossier_id, register_id, unit_id, called, kind, recorded_at",
        "d.id, d.id, d.lead_unit_id, 'x', 'other', now() FROM access_dossier d WHERE d.lead_unit_id IS NOT NULL"
        " ORDER BY d.id LIMIT 1",
    )
    put_down(
        world,
        "people_load",
        "dossier_id, source_id, state, refusal, encoding, sheet, complete, about, last_row, rows_new, rows_same,"
        " rows_changed, rows_rejected, rows_doubtful, rows_gone, rows_kept, unit_id, recorded_at",
        "dossier_id, id, 'loaded', '', '', '', false, 0, 0, 0, 0, 0, 0, 0, 0, 0, unit_id, now()"
        " FROM people_registersource LIMIT 1",
    )


def other_system(world: World, login: str, function: str) -> System:
    """Put down another system of the unit in which somebody sits, with every scope and a token."""
    world.rows("ALTER TABLE exchange_account DISABLE TRIGGER ALL")
    token, post = new_token(), world.house.seats[login].post_id
    ((account, unit),) = world.rows(
        "WITH people AS (SELECT min(id) AS one, max(id) AS other FROM access_user),"
        " account AS (INSERT INTO exchange_account (unit_id, name, scopes, functions, networks, proposed_by_id,"
        "   proposed_at, confirmed_by_id, confirmed_at)"
        "   SELECT p.unit_id, 'Made-up system', %s, %s, '{}', one, %s, other, %s"
        "   FROM people, access_post p WHERE p.id = %s RETURNING id, unit_id),"
        " token AS (INSERT INTO exchange_token (id, account_id, hash, issued_by_id, issued_at, expires_at)"
        "   SELECT gen_random_uuid(), account.id, %s, one, %s, %s FROM account, people)"
        " SELECT id, unit_id FROM account",
        *(list(SCOPES), [function], world.house.moment, world.house.moment, post, token_hash(token)),
        *(world.house.moment, world.house.moment + timedelta(days=1)),
    )
    return System(account, unit, token)


def declare_elsewhere(world: World) -> None:
    """Put down what somebody of the region's police declared of themselves."""
    seat = world.house.seats["police-region"]
    world.rows("ALTER TABLE access_tie DISABLE TRIGGER ALL")
    world.rows(
        "INSERT INTO access_tie (id, user_id, body_id, kind, since, declared_at)"
        " SELECT gen_random_uuid(), %s, min(id), 'relative', '2020-01-01', %s FROM access_body",
        seat.account.user_id,
        world.house.moment,
    )


def give_a_line(world: World) -> None:
    """Put down whose line of an exchange is whose, in a unit that nobody here watches over."""
    put_down(
        world,
        "helpline_extension",
        "unit_id, number, post_id, since",
        "p.unit_id, '201', p.id, now() FROM access_post p ORDER BY p.id LIMIT 1",
    )
