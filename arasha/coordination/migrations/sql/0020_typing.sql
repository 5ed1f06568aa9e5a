-- How long people type for a child. Only these functions read and write the table, and a unit is told of itself alone.

-- Counts for a unit that is on the file's team now; for anybody else nothing, and nobody learns which.
CREATE FUNCTION coordination.note_typing(p_dossier uuid, p_page text, p_seconds integer, p_month date)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_unit integer := access.unit_id();
BEGIN
    IF v_unit IS NULL OR p_seconds < 1 OR p_dossier = ANY (access.barred()) OR NOT EXISTS (
        SELECT FROM public.access_member m
         WHERE m.dossier_id = p_dossier AND m.unit_id = v_unit AND m.ended_at IS NULL
           AND (m.until IS NULL OR m.until > access.moment())) THEN
        RETURN;
    END IF;
    INSERT INTO public.coordination_typing AS t (dossier_id, unit, month, page, seconds, sent)
    VALUES (p_dossier, v_unit, p_month, left(p_page, 100), least(p_seconds, 3600), 1)
    ON CONFLICT (dossier_id, unit, month, page)
    DO UPDATE SET seconds = t.seconds + excluded.seconds, sent = t.sent + 1;
END $$;

-- What the reader's unit typed since a day; files that are barred to the reader are in none of it.
CREATE FUNCTION coordination.typed(p_since date) RETURNS SETOF public.coordination_typing
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
SELECT t.* FROM public.coordination_typing t
 WHERE t.unit = access.unit_id() AND t.month >= p_since AND t.dossier_id <> ALL (access.barred())
$$;

-- By month: files typed in, the median of seconds a file, forms sent.
CREATE FUNCTION coordination.typed_months(p_since date)
RETURNS TABLE (month date, files bigint, median integer, sent bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
SELECT f.month, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY f.seconds)::integer, sum(f.sent)::bigint
  FROM (SELECT t.month, t.dossier_id, sum(t.seconds) AS seconds, sum(t.sent) AS sent
          FROM coordination.typed(p_since) t GROUP BY t.month, t.dossier_id) f
 GROUP BY f.month ORDER BY f.month DESC
$$;

CREATE FUNCTION coordination.typed_pages(p_since date)
RETURNS TABLE (page text, seconds bigint, sent bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
SELECT t.page, sum(t.seconds), sum(t.sent) FROM coordination.typed(p_since) t GROUP BY t.page
$$;

-- The files that took longest, of those that the reader may open now.
CREATE FUNCTION coordination.typed_files(p_since date, p_most integer)
RETURNS TABLE (dossier uuid, seconds bigint, sent bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
SELECT t.dossier_id, sum(t.seconds), sum(t.sent) FROM coordination.typed(p_since) t
 WHERE access.may_open(t.dossier_id)
 GROUP BY t.dossier_id ORDER BY sum(t.seconds) DESC, t.dossier_id LIMIT p_most
$$;
