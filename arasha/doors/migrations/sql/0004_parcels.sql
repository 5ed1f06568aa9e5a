-- Files of the public. The process that serves the public puts them in sealed and reads none of them.

-- Begins a file. False where there is no room: what waits is bounded, so that files never keep a telling out.
CREATE FUNCTION doors.begin_parcel(p_parcel uuid, p_version integer, p_sealed bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_size bigint;
    v_count bigint;
BEGIN
    SELECT coalesce(sum(p.size), 0), count(*) INTO v_size, v_count FROM public.doors_parcel p;
    IF v_size > 4000000000 OR v_count >= 5000 OR octet_length(p_sealed) > 20000 THEN
        RETURN false;
    END IF;
    INSERT INTO public.doors_parcel (id, version, sealed, size, pieces, whole, received_at, tries, due_at)
    VALUES (p_parcel, p_version, p_sealed, 0, 0, false, worktime.now(), 0, worktime.now());
    RETURN true;
END $$;

-- Puts the next piece; false for one that is not the next, or that makes the file larger than any that is taken.
CREATE FUNCTION doors.put_piece(p_parcel uuid, p_number integer, p_sealed bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.doors_parcel p SET pieces = p.pieces + 1, size = p.size + octet_length(p_sealed)
     WHERE p.id = p_parcel AND NOT p.whole AND p.pieces = p_number AND octet_length(p_sealed) <= 1200000
       AND p.size + octet_length(p_sealed) <= 51000000;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.doors_parcelpiece (parcel_id, number, sealed) VALUES (p_parcel, p_number, p_sealed);
    RETURN true;
END $$;

-- A file came to its end: only such a one can be sent.
CREATE FUNCTION doors.end_parcel(p_parcel uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.doors_parcel p SET whole = true WHERE p.id = p_parcel AND NOT p.whole AND p.pieces > 0;
    RETURN FOUND;
END $$;

-- Takes a file away that was not sent yet. Who knows its random id put it there.
CREATE FUNCTION doors.drop_parcel(p_parcel uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.doors_parcelpiece d USING public.doors_parcel p
     WHERE d.parcel_id = p.id AND p.id = p_parcel AND p.mailbox_id IS NULL;
    DELETE FROM public.doors_parcel p WHERE p.id = p_parcel AND p.mailbox_id IS NULL;
    RETURN FOUND;
END $$;

-- Sends files with what was told over a code; returns how many of them are there. Sent twice they are sent once.
CREATE FUNCTION doors.send_parcels(p_fingerprint bytea, p_parcels uuid[]) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_mailbox uuid;
    v_sent integer;
BEGIN
    SELECT m.id INTO v_mailbox FROM public.doors_mailbox m WHERE m.fingerprint = p_fingerprint;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    UPDATE public.doors_parcel p SET mailbox_id = v_mailbox
     WHERE p.id = ANY (p_parcels) AND p.whole AND (p.mailbox_id IS NULL OR p.mailbox_id = v_mailbox);
    GET DIAGNOSTICS v_sent = ROW_COUNT;
    RETURN v_sent;
END $$;

-- The worker's side. Takes the eldest file whose dossier is known.
CREATE FUNCTION doors.take_parcel()
RETURNS TABLE (id uuid, version smallint, sealed bytea, pieces integer, dossier uuid, received_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM doors.demand_letters();
    RETURN QUERY
    SELECT p.id, p.version::smallint, p.sealed, p.pieces, m.dossier_id, p.received_at
      FROM public.doors_parcel p JOIN public.doors_mailbox m ON m.id = p.mailbox_id
     WHERE p.due_at <= worktime.now() AND m.dossier_id IS NOT NULL
     ORDER BY p.tries, p.received_at, p.id LIMIT 1 FOR UPDATE OF p SKIP LOCKED;
END $$;

CREATE FUNCTION doors.parcel_piece(p_parcel uuid, p_number integer) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM doors.demand_letters();
    RETURN (SELECT d.sealed FROM public.doors_parcelpiece d WHERE d.parcel_id = p_parcel AND d.number = p_number);
END $$;

-- A file was kept: it goes from here.
CREATE FUNCTION doors.parcel_opened(p_parcel uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM doors.demand_letters();
    DELETE FROM public.doors_parcelpiece d WHERE d.parcel_id = p_parcel;
    DELETE FROM public.doors_parcel p WHERE p.id = p_parcel;
END $$;

-- A file could not be kept now, and is tried again: after ten seconds, then twice as long, at most an hour. Never given up.
CREATE FUNCTION doors.parcel_left(p_parcel uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM doors.demand_letters();
    UPDATE public.doors_parcel p
       SET tries = least(p.tries + 1, 1000),
           due_at = worktime.now() + least(interval '10 seconds' * 2 ^ least(p.tries, 10), interval '1 hour')
     WHERE p.id = p_parcel;
END $$;

-- Takes away what was begun and never sent: a page lives for two hours.
CREATE FUNCTION doors.sweep_parcels() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_gone integer;
BEGIN
    PERFORM doors.demand_letters();
    DELETE FROM public.doors_parcelpiece d USING public.doors_parcel p
     WHERE d.parcel_id = p.id AND p.mailbox_id IS NULL AND p.received_at < worktime.now() - interval '3 hours';
    DELETE FROM public.doors_parcel p
     WHERE p.mailbox_id IS NULL AND p.received_at < worktime.now() - interval '3 hours';
    GET DIAGNOSTICS v_gone = ROW_COUNT;
    RETURN v_gone;
END $$;

-- How many files of a dossier's teller are still being checked, for whoever reads its words.
CREATE FUNCTION doors.parcels_waiting(p_dossier uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT count(*)::integer FROM public.doors_parcel p JOIN public.doors_mailbox m ON m.id = p.mailbox_id
     WHERE m.dossier_id = p_dossier AND access.may_read(p_dossier, 8::smallint);
END;

-- How long what the public told waits to be opened: letters, and files of theirs that could not be kept twice.
CREATE OR REPLACE FUNCTION doors.eldest_letter() RETURNS interval
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT worktime.now() - least(
    (SELECT min(l.received_at) FROM public.doors_letter l),
    (SELECT min(p.received_at) FROM public.doors_parcel p WHERE p.mailbox_id IS NOT NULL AND p.tries > 1)));
