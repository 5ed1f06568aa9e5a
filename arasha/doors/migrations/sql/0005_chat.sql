-- Chats: what is written now and answered now, over the mailbox of a code like all else.

-- Takes in what somebody writes in a chat. Without a public half the chat has begun before, and must still be there:
-- false where its code was changed or forgotten. The ticket is the letter's own: sent again while it waits it is the same
-- letter, sent again later whoever hears it knows it by the ticket.
CREATE FUNCTION doors.post_chat(p_ticket uuid, p_version integer, p_sealed bytea, p_fingerprint bytea, p_public bytea)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_mailbox uuid;
BEGIN
    IF p_public IS NOT NULL THEN
        INSERT INTO public.doors_mailbox (id, fingerprint, public_half, chat)
        VALUES (gen_random_uuid(), p_fingerprint, p_public, true) ON CONFLICT DO NOTHING;
    END IF;
    SELECT m.id INTO v_mailbox FROM public.doors_mailbox m WHERE m.fingerprint = p_fingerprint AND m.chat;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.doors_letter (id, kind, version, sealed, mailbox_id, received_at, tries, due_at)
    VALUES (p_ticket, 'chat', p_version, p_sealed, v_mailbox, worktime.now(), 0, worktime.now()) ON CONFLICT DO NOTHING;
    RETURN true;
END $$;

-- What stands in a mailbox: the newest answer and what was said in the last sitting, both as they lie there, when each
-- was put there, and how far the signal is. Nothing else leaves it.
CREATE FUNCTION doors.look_into(p_fingerprint bytea)
RETURNS TABLE (answer bytea, sitting bytea, sat_later boolean, chat boolean, told boolean, state text, closed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT m.answer, m.sitting, coalesce(m.sat_at > m.answered_at, m.sitting IS NOT NULL), m.chat,
           m.dossier_id IS NOT NULL, coalesce(s.state, 'waiting'),
           EXISTS (SELECT FROM public.cases_caseorigin o JOIN public.cases_case c ON c.dossier_id = o.dossier_id
                    WHERE o.signal_dossier_id = m.dossier_id AND o.left_at IS NULL AND c.state = 'closed')
      FROM public.doors_mailbox m LEFT JOIN public.signals_signal s ON s.dossier_id = m.dossier_id
     WHERE m.fingerprint = p_fingerprint;
END;

-- Gives a mailbox another code: its fingerprint, its key, and what lies in it as the caller sealed it anew.
CREATE FUNCTION doors.renew_code(p_fingerprint bytea, p_new bytea, p_public bytea, p_answer bytea, p_sitting bytea)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.doors_mailbox m SET fingerprint = p_new, public_half = p_public, answer = p_answer, sitting = p_sitting
     WHERE m.fingerprint = p_fingerprint AND (m.answer IS NULL) = (p_answer IS NULL)
       AND (m.sitting IS NULL) = (p_sitting IS NULL);
    RETURN FOUND;
END $$;

CREATE OR REPLACE FUNCTION doors.forget_mailbox(p_fingerprint bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.doors_mailbox m
       SET fingerprint = NULL, public_half = NULL, answer = NULL, answered_at = NULL, sitting = NULL, sat_at = NULL
     WHERE m.fingerprint = p_fingerprint;
    RETURN FOUND;
END $$;

-- Whether somebody answers chats now, whether all of them are busy, and when somebody does next. Said by who answers,
-- for some minutes each time: when nobody says it any more, nobody is there.
CREATE FUNCTION doors.attended() RETURNS TABLE (there boolean, busy boolean, opens_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT w.until > clock_timestamp(), w.busy, w.opens_at FROM public.doors_watch w;
END;

CREATE FUNCTION doors.attend(p_there boolean, p_busy boolean, p_opens_at timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM doors.demand_letters();
    INSERT INTO public.doors_watch AS w (id, until, busy, opens_at)
    VALUES (1, clock_timestamp() + CASE WHEN p_there THEN interval '3 minutes' ELSE interval '0' END, p_busy, p_opens_at)
        ON CONFLICT (id) DO UPDATE SET until = excluded.until, busy = excluded.busy, opens_at = excluded.opens_at;
END $$;

-- Takes in what a teller writes again. False where no mailbox has this fingerprint. The ticket of the telling itself is
-- no addition to it: that was sent again.
CREATE OR REPLACE FUNCTION doors.post_addition(p_ticket uuid, p_version integer, p_sealed bytea, p_fingerprint bytea)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_mailbox uuid;
BEGIN
    SELECT m.id INTO v_mailbox FROM public.doors_mailbox m WHERE m.fingerprint = p_fingerprint;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF v_mailbox <> p_ticket THEN
        INSERT INTO public.doors_letter (id, kind, version, sealed, mailbox_id, received_at, tries, due_at)
        VALUES (p_ticket, 'add', p_version, p_sealed, v_mailbox, worktime.now(), 0, worktime.now())
            ON CONFLICT DO NOTHING;
    END IF;
    RETURN true;
END $$;

-- The worker's side. Letters of chats are for whoever answers chats, and never wait behind tellings, nor those behind them.
CREATE OR REPLACE FUNCTION doors.take_letters(p_limit integer)
RETURNS TABLE (id uuid, kind text, version smallint, sealed bytea, mailbox uuid, dossier uuid, received_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM doors.demand_letters();
    RETURN QUERY
    SELECT l.id, l.kind::text, l.version::smallint, l.sealed, l.mailbox_id, m.dossier_id, l.received_at
      FROM public.doors_letter l JOIN public.doors_mailbox m ON m.id = l.mailbox_id
     -- What is added waits until what it is added to was opened.
     WHERE l.due_at <= worktime.now() AND (l.kind = 'tell' OR l.kind = 'add' AND m.dossier_id IS NOT NULL)
     ORDER BY l.tries, l.received_at, l.id LIMIT p_limit FOR UPDATE OF l SKIP LOCKED;
END $$;

-- Takes the eldest letters of chats. Whoever takes one of a mailbox holds the mailbox: nobody else hears its chat meanwhile.
CREATE FUNCTION doors.take_chats(p_limit integer)
RETURNS TABLE (id uuid, version smallint, sealed bytea, mailbox uuid, dossier uuid, received_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM doors.demand_letters();
    RETURN QUERY
    SELECT l.id, l.version::smallint, l.sealed, l.mailbox_id, m.dossier_id, l.received_at
      FROM public.doors_letter l JOIN public.doors_mailbox m ON m.id = l.mailbox_id
     WHERE l.kind = 'chat' AND l.due_at <= worktime.now()
     ORDER BY l.tries, l.received_at, l.id LIMIT p_limit FOR UPDATE SKIP LOCKED;
END $$;

-- To which key what is said in a chat is sealed; holds the mailbox until the caller has put it there. Nothing where the
-- code was forgotten.
CREATE FUNCTION doors.hold_chat(p_mailbox uuid) RETURNS bytea
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_public bytea;
BEGIN
    PERFORM doors.demand_letters();
    SELECT m.public_half INTO v_public FROM public.doors_mailbox m WHERE m.id = p_mailbox AND m.chat FOR UPDATE;
    RETURN v_public;
END $$;

-- Puts what was said in a sitting into its mailbox, in the place of what was said before. False where the code was
-- changed meanwhile: then it is sealed to the new key and put again.
CREATE FUNCTION doors.put_sitting(p_mailbox uuid, p_public bytea, p_sitting bytea, p_at timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM doors.demand_letters();
    UPDATE public.doors_mailbox m SET sitting = p_sitting, sat_at = p_at
     WHERE m.id = p_mailbox AND m.public_half = p_public AND m.chat;
    RETURN FOUND;
END $$;

-- A chat became a signal: from now on its mailbox says how far the signal is, and its file's team answers over it.
CREATE FUNCTION doors.chat_told(p_mailbox uuid, p_dossier uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM doors.demand_letters();
    UPDATE public.doors_mailbox m SET dossier_id = p_dossier
     WHERE m.id = p_mailbox AND m.chat AND m.dossier_id IS NULL;
END $$;
