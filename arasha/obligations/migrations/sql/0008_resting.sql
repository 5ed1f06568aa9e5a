-- How much a unit still owes: a number for who administers its place and wants to end it, never what or about whom.
-- What nobody answered keeps resting on the unit until it is met, handed on or waived.
CREATE FUNCTION obligations.resting_on(p_unit integer) RETURNS bigint
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT pg_catalog.count(*) FROM public.obligations_obligation o
  WHERE o.unit_id = p_unit AND o.state IN ('open', 'overdue', 'suspended')
    AND access.administers(access.unit_territory(p_unit)));
