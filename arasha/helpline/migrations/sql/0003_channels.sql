-- Which mailbox a chat is answered over is for the clock's work alone: nobody who answers learns it, nor who has whose.
GRANT SELECT, INSERT, UPDATE ON public.helpline_chat TO arasha_app;
CREATE POLICY system_only ON public.helpline_chat TO arasha_app
    USING ((SELECT access.is_system())) WITH CHECK ((SELECT access.is_system()));

-- How far a sending is, is read by whoever reads the message; the gateway's work alone writes it.
GRANT SELECT, INSERT, UPDATE ON public.helpline_smssending TO arasha_app;
CREATE POLICY system_only ON public.helpline_smssending TO arasha_app
    USING ((SELECT access.is_system())) WITH CHECK ((SELECT access.is_system()));
CREATE POLICY readers_of_the_message ON public.helpline_smssending FOR SELECT TO arasha_app
    USING (EXISTS (SELECT FROM public.helpline_message m WHERE m.id = message_id));

-- Numbers are for helplines alone, like all words of contacts.
CREATE POLICY helpline_only ON public.helpline_smsline AS RESTRICTIVE TO arasha_app
    USING ((SELECT access.is_system()) OR 'helpline' = ANY ((SELECT access.functions())::text[]));
