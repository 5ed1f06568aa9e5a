-- The doors of the public. The process that serves them may run these functions and read nothing.

CREATE SCHEMA doors;
REVOKE ALL ON SCHEMA doors FROM PUBLIC;
GRANT USAGE ON SCHEMA doors TO arasha_app, arasha_public;

-- Takes a telling in, with the mailbox over which its teller is answered. The id is the form's ticket: sent again it is
-- the same letter, also when it was opened meanwhile, since the mailbox bears the ticket too.
CREATE FUNCTION doors.post_letter(p_ticket uuid, p_version integer, p_sealed bytea, p_fingerprint bytea, p_public bytea)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.doors_mailbox (id, fingerprint, public_half) VALUES (p_ticket, p_fingerprint, p_public)
        ON CONFLICT DO NOTHING;
    IF FOUND THEN
        INSERT INTO public.doors_letter (id, kind, version, sealed, mailbox_id, received_at, tries, due_at)
        VALUES (p_ticket, 'tell', p_version, p_sealed, p_ticket, worktime.now(), 0, worktime.now());
    END IF;
END $$;

-- Takes in what a teller writes again. False where no mailbox has this fingerprint.
CREATE FUNCTION doors.post_addition(p_ticket uuid, p_version integer, p_sealed bytea, p_fingerprint bytea)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_mailbox uuid;
BEGIN
    SELECT m.id INTO v_mailbox FROM public.doors_mailbox m WHERE m.fingerprint = p_fingerprint;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.doors_letter (id, kind, version, sealed, mailbox_id, received_at, tries, due_at)
    VALUES (p_ticket, 'add', p_version, p_sealed, v_mailbox, worktime.now(), 0, worktime.now()) ON CONFLICT DO NOTHING;
    RETURN true;
END $$;

-- What stands in a mailbox: the newest answer as it lies there, and how far the signal is. Nothing else leaves it.
CREATE FUNCTION doors.open_mailbox(p_fingerprint bytea) RETURNS TABLE (answer bytea, state text, closed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT m.answer, coalesce(s.state, 'waiting'),
           EXISTS (SELECT FROM public.cases_caseorigin o JOIN public.cases_case c ON c.dossier_id = o.dossier_id
                    WHERE o.signal_dossier_id = m.dossier_id AND o.left_at IS NULL AND c.state = 'closed')
      FROM public.doors_mailbox m LEFT JOIN public.signals_signal s ON s.dossier_id = m.dossier_id
     WHERE m.fingerprint = p_fingerprint;
END;

-- Gives a mailbox another code: its fingerprint, its key, and the answer that the caller sealed anew.
CREATE FUNCTION doors.change_code(p_fingerprint bytea, p_new bytea, p_public bytea, p_answer bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.doors_mailbox m SET fingerprint = p_new, public_half = p_public, answer = p_answer
     WHERE m.fingerprint = p_fingerprint AND (m.answer IS NULL) = (p_answer IS NULL);
    RETURN FOUND;
END $$;

-- Empties a mailbox for ever. What was told stays with those who help; its teller can't be answered any more.
CREATE FUNCTION doors.forget_mailbox(p_fingerprint bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.doors_mailbox m SET fingerprint = NULL, public_half = NULL, answer = NULL, answered_at = NULL
     WHERE m.fingerprint = p_fingerprint;
    RETURN FOUND;
END $$;

-- The worker's side.
CREATE FUNCTION doors.demand_letters() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() OR access.purpose() <> 'letters' THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
END $$;

-- Takes the eldest letters; each is opened in this transaction or stays.
CREATE FUNCTION doors.take_letters(p_limit integer)
RETURNS TABLE (id uuid, kind text, version smallint, sealed bytea, mailbox uuid, dossier uuid, received_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM doors.demand_letters();
    RETURN QUERY
    SELECT l.id, l.kind::text, l.version::smallint, l.sealed, l.mailbox_id, m.dossier_id, l.received_at
      FROM public.doors_letter l JOIN public.doors_mailbox m ON m.id = l.mailbox_id
     -- What is added waits until what it is added to was opened.
     WHERE l.due_at <= worktime.now() AND (l.kind = 'tell' OR m.dossier_id IS NOT NULL)
     ORDER BY l.tries, l.received_at, l.id LIMIT p_limit FOR UPDATE OF l SKIP LOCKED;
END $$;

-- A letter was opened: it goes, and its mailbox knows the file.
CREATE FUNCTION doors.letter_opened(p_letter uuid, p_dossier uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM doors.demand_letters();
    UPDATE public.doors_mailbox m SET dossier_id = p_dossier
      FROM public.doors_letter l WHERE l.id = p_letter AND m.id = l.mailbox_id AND m.dossier_id IS NULL;
    DELETE FROM public.doors_letter l WHERE l.id = p_letter;
END $$;

-- A letter could not be opened now: it is tried again after ten seconds, then each time after twice as long, at most an
-- hour. It is never given up: whatever was wrong may be mended, and somebody told.
CREATE FUNCTION doors.letter_left(p_letter uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM doors.demand_letters();
    UPDATE public.doors_letter l
       SET tries = least(l.tries + 1, 1000),
           due_at = worktime.now() + least(interval '10 seconds' * 2 ^ least(l.tries, 10), interval '1 hour')
     WHERE l.id = p_letter;
END $$;

-- How long the eldest letter has waited: for readiness and figures, which hold no context.
CREATE FUNCTION doors.eldest_letter() RETURNS interval
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT worktime.now() - min(l.received_at) FROM public.doors_letter l);

-- For whoever reads what a file is about: whether its teller can be answered, and to which key. Nobody learns more of
-- a mailbox, nor whether one was forgotten or never was.
CREATE FUNCTION doors.answerable(p_dossier uuid) RETURNS TABLE (mailbox uuid, public_half bytea, answered_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT m.id, m.public_half, m.answered_at FROM public.doors_mailbox m
     WHERE m.dossier_id = p_dossier AND m.public_half IS NOT NULL AND access.may_read(p_dossier, 8::smallint);
END;

-- Puts the newest answer into a mailbox, in the place of the one before. The key is said again: a code that was changed
-- meanwhile could not open this answer.
CREATE FUNCTION doors.put_answer(p_mailbox uuid, p_public bytea, p_answer bytea, p_at timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.doors_mailbox m SET answer = p_answer, answered_at = p_at
     WHERE m.id = p_mailbox AND m.public_half = p_public AND access.may_write(m.dossier_id, 8::smallint);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the code was changed or forgotten' USING ERRCODE = 'AR409';
    END IF;
END $$;

-- Which of these files have a teller who waits: told or added something after the last answer. Files alone that who asks
-- reads the words of are looked at.
CREATE FUNCTION doors.unanswered(p_dossiers uuid[], p_limit integer) RETURNS TABLE (dossier uuid, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT m.dossier_id, min(w.since)
      FROM public.doors_mailbox m
     CROSS JOIN LATERAL (
        SELECT s.received_at AS since FROM public.signals_signal s
         WHERE s.dossier_id = m.dossier_id AND m.answered_at IS NULL AND s.state <> 'closed'
         UNION ALL
        SELECT a.received_at FROM public.doors_addition a
         WHERE a.dossier_id = m.dossier_id AND (m.answered_at IS NULL OR a.received_at > m.answered_at)) AS w
     WHERE m.dossier_id = ANY (p_dossiers) AND m.public_half IS NOT NULL AND access.may_read(m.dossier_id, 8::smallint)
     GROUP BY m.dossier_id ORDER BY 2, 1 LIMIT p_limit;
END;
