-- Reference data: everybody may read it, nobody but the owner writes it.
REVOKE ALL ON public.law_act FROM PUBLIC;
GRANT SELECT ON public.law_act TO arasha_app, arasha_public, arasha_reader, arasha_definer, arasha_backup;
