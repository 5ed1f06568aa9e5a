-- The public's pages post letters and open mailboxes by functions of their own: who may do what in which file, even as
-- a table of codes, is nothing to them.
REVOKE SELECT ON public.access_function, public.access_facet, public.access_partfacet FROM arasha_public;
REVOKE USAGE ON SCHEMA access FROM arasha_public;
