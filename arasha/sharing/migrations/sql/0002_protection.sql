-- Consents and shares. They are there for who reads the file's plan by their work on it, not for whom it is lent.

CREATE SCHEMA sharing;
REVOKE ALL ON SCHEMA sharing FROM PUBLIC;

GRANT USAGE ON SCHEMA sharing TO arasha_app;

-- Whether who acts reads a file's plan by their work there: not because it was lent to them, nor by a referral alone.
CREATE FUNCTION sharing.works_on(p_dossier uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN access.may_read(p_dossier, 6::smallint) AND (
    p_dossier = ANY ((SELECT access.glass())::uuid[])
    OR EXISTS (
        SELECT FROM public.access_member m
         WHERE m.dossier_id = p_dossier AND m.reason NOT IN ('referral', 'sharing') AND m.ended_at IS NULL
           AND (m.until IS NULL OR m.until > access.moment()) AND m.reads & (1::bigint << 6) <> 0
           AND (m.unit_id = ANY ((SELECT access.units())::integer[]) OR m.user_id = (SELECT access.user_id()))));

CREATE POLICY works_on_it ON public.sharing_consent AS RESTRICTIVE FOR SELECT TO arasha_app
  USING ((SELECT access.is_system()) OR sharing.works_on(dossier_id));
CREATE POLICY works_on_it ON public.sharing_share AS RESTRICTIVE FOR SELECT TO arasha_app
  USING ((SELECT access.is_system()) OR sharing.works_on(dossier_id));

-- An answer never changes; that it ended is added.
REVOKE UPDATE ON public.sharing_consent, public.sharing_share FROM arasha_app;
GRANT UPDATE (ended_at, ended_why, reminded_at, told_at) ON public.sharing_consent TO arasha_app;
GRANT UPDATE (ended_at, ended_why, told_at) ON public.sharing_share TO arasha_app;

-- Once ended, always ended: nobody takes up again what was taken back.
CREATE FUNCTION sharing.stays_ended() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW.ended_why) IS DISTINCT FROM (OLD.ended_at, OLD.ended_why) THEN
        RAISE EXCEPTION 'it has ended' USING ERRCODE = 'AR409';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays_ended BEFORE UPDATE ON public.sharing_consent FOR EACH ROW EXECUTE FUNCTION sharing.stays_ended();
CREATE TRIGGER stays_ended BEFORE UPDATE ON public.sharing_share FOR EACH ROW EXECUTE FUNCTION sharing.stays_ended();

-- A consent that ends takes everything with it that rests on it, in the same transaction, whoever wrote it down: also
-- somebody who may not change the team. What the unit reads by other parts it keeps.
CREATE FUNCTION sharing.consent_ends() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.access_member m SET ended_at = access.moment(), reason = 'consent_ended'
      FROM public.sharing_share s
     WHERE s.consent_id = NEW.id AND s.ended_at IS NULL AND m.id = s.member AND m.ended_at IS NULL;
    UPDATE public.sharing_share s SET ended_at = NEW.ended_at, ended_why = NEW.ended_why
     WHERE s.consent_id = NEW.id AND s.ended_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER consent_ends AFTER UPDATE ON public.sharing_consent FOR EACH ROW
  WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION sharing.consent_ends();

-- Nothing rests on a consent that is no yes or has ended, whoever says so and however late they saw it.
CREATE FUNCTION sharing.rests_on_yes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.sharing_consent c
      WHERE c.id = NEW.consent_id AND c.dossier_id = NEW.dossier_id AND c.unit_id = NEW.unit_id
        AND c.answer = 'given' AND c.ended_at IS NULL FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no consent' USING ERRCODE = 'AR403';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rests_on_yes BEFORE INSERT ON public.sharing_share FOR EACH ROW
  WHEN (NEW.consent_id IS NOT NULL) EXECUTE FUNCTION sharing.rests_on_yes();

-- To whom consent is closed (alleged to have harmed, controlled, without the right): what they agreed to ends at once,
-- in the transaction in which it was closed. Whoever alleges reads no consent and needs not.
CREATE FUNCTION sharing.standing_closed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.sharing_consent c SET ended_at = NEW.recorded_at, ended_why = 'closed'
     WHERE c.person_id = NEW.person_id AND c.dossier_id = NEW.dossier_id AND c.giver = 'adult' AND c.answer = 'given'
       AND c.ended_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER sharing_standing_closed AFTER INSERT ON public.people_standing FOR EACH ROW
  WHEN (NEW.matter = 'consent' AND NOT NEW.allowed) EXECUTE FUNCTION sharing.standing_closed();
