-- Receipts: inserted with the report that they are of, read by system work for receipts alone. The team of the file
-- does not see that there is one, and nobody changes it.

ALTER TABLE public.signals_receipt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY definer_all ON public.signals_receipt TO arasha_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON public.signals_receipt TO arasha_definer;
GRANT SELECT, INSERT ON public.signals_receipt TO arasha_app;
CREATE POLICY opening_inserts ON public.signals_receipt FOR INSERT TO arasha_app
    WITH CHECK (access.may_insert(dossier_id, 16::smallint));
CREATE POLICY receipt_reads ON public.signals_receipt FOR SELECT TO arasha_app
    USING ((SELECT access.is_system()) AND (SELECT access.purpose()) = 'receipt');
