-- A lead that was offered is taken or left by the unit that it was offered to. Until then that unit reads little of the
-- file and writes nothing, so the change goes through this function: it asks for the offer and for nothing else.

CREATE FUNCTION cases.answer_lead(p_offer uuid, p_accepts boolean, p_refusal text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_offer public.cases_leadoffer; v_lead integer; v_place text;
BEGIN
    SELECT * INTO v_offer FROM public.cases_leadoffer o
     WHERE o.id = p_offer AND o.to_unit_id = ANY (access.units()) AND o.dossier_id <> ALL (access.barred()) FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not there' USING ERRCODE = 'AR404';
    ELSIF v_offer.state <> 'offered' THEN
        RAISE EXCEPTION 'answered before' USING ERRCODE = 'AR409';
    END IF;
    IF p_accepts THEN
        SELECT d.lead_unit_id, d.territory_id INTO v_lead, v_place FROM public.access_dossier d
         WHERE d.id = v_offer.dossier_id FOR NO KEY UPDATE;
        IF v_lead IS DISTINCT FROM v_offer.from_unit_id THEN
            RAISE EXCEPTION 'somebody else leads now' USING ERRCODE = 'AR409';
        END IF;
        -- The part with which the lead may be handed over, for the length of this function.
        PERFORM access.put_part(v_offer.dossier_id, v_offer.to_unit_id, NULL, 'overseeing', NULL, 'lead_offer');
        IF v_offer.territory_id IS NOT NULL AND v_offer.territory_id <> v_place THEN
            PERFORM access.move_dossier(v_offer.dossier_id, v_offer.to_unit_id, v_offer.territory_id, 'lead_accepted');
        ELSE
            PERFORM access.hand_over(v_offer.dossier_id, v_offer.to_unit_id, 'lead_accepted',
                CASE WHEN v_offer.stays THEN 'partner' END);
        END IF;
        UPDATE public.cases_case c SET lead_unit_id = v_offer.to_unit_id, lead_user_id = access.user_id(),
               territory_id = coalesce(v_offer.territory_id, c.territory_id)
         WHERE c.dossier_id = v_offer.dossier_id;
    END IF;
    UPDATE public.access_member m SET ended_at = access.moment()
     WHERE m.dossier_id = v_offer.dossier_id AND m.unit_id = v_offer.to_unit_id AND m.reason = 'lead_offer'
       AND m.ended_at IS NULL;
    UPDATE public.cases_leadoffer o
       SET state = CASE WHEN p_accepts THEN 'accepted' ELSE 'refused' END, answered_at = access.moment(),
           refusal = CASE WHEN p_accepts THEN '' ELSE p_refusal END
     WHERE o.id = p_offer;
END $$;

-- Units that lead open files and in which nobody sits now, or which have ended: their files need another lead.
CREATE FUNCTION cases.vacant_leads(p_limit integer) RETURNS TABLE (dossier uuid, unit integer, territory text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT access.is_system() THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'AR403';
    END IF;
    RETURN QUERY
    WITH vacant AS (
        SELECT u.id FROM public.access_unit u
         WHERE u.valid_to <= (access.moment() AT TIME ZONE 'Asia/Almaty')::date OR NOT EXISTS (
            SELECT FROM public.access_post p WHERE p.unit_id = u.id AND p.holder_id IS NOT NULL
               AND p.since <= access.moment() AND (p.until IS NULL OR p.until > access.moment()))
    )
    SELECT d.id, v.id, d.territory_id::text FROM vacant v
      CROSS JOIN LATERAL (SELECT o.id, o.territory_id FROM public.access_dossier o
                           WHERE o.lead_unit_id = v.id AND o.closed_at IS NULL LIMIT p_limit) d
     LIMIT p_limit;
END $$;
