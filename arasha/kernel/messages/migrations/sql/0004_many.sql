-- Puts many notices down, silently not for a barred person, as put_notice does for one.
-- `p_notices`: [{"id", "code", "link", "dossier", "user", "post", "unit"}]
CREATE FUNCTION message.put_notices(p_notices jsonb, p_at timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM access.context();
  INSERT INTO public.message_notice (id, code, link, dossier, user_id, post_id, unit_id, at)
  SELECT n.id, n.code, n.link, n.dossier, n."user", n.post, n.unit, p_at
    FROM jsonb_to_recordset(p_notices) AS n (
         id uuid, code text, link text, dossier uuid, "user" integer, post integer, unit integer)
   WHERE n."user" IS NULL OR NOT message.is_barred(n."user", n.dossier);
END $$;
