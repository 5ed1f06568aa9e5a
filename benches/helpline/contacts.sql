-- Five years of contacts and calls, past every trigger; the words in braces are filled in by counting.py.
ALTER TABLE public.access_unitfunction DISABLE TRIGGER ALL;
ALTER TABLE public.access_post DISABLE TRIGGER ALL;
ALTER TABLE public.helpline_contact DISABLE TRIGGER ALL;
ALTER TABLE public.helpline_call DISABLE TRIGGER ALL;
INSERT INTO public.access_unitfunction (unit_id, function_id, territory_id, since)
SELECT {unit}, 'helpline', u.territory_id, '2020-01-01' FROM public.access_unit u WHERE u.id = {unit}
   AND NOT EXISTS (SELECT FROM public.access_unitfunction f WHERE f.unit_id = {unit} AND f.function_id = 'helpline');
UPDATE public.access_post SET rank = 'head' WHERE id = {unit};
INSERT INTO public.helpline_contact
  (id, dossier_id, unit_id, channel, external, source, repeats, language, state, began_at, unanswered, taken_at,
   first_reply_at, ended_at, logged_at, operator_id, danger, caller, kind, reason, reasons, sex, age, region_id, steps, referred)
SELECT gen_random_uuid(), gen_random_uuid(), {unit}, (ARRAY['chat','sms','telephone'])[1 + (n % 50 = 0)::int + (n % 51 = 0)::int],
       '', '', 0, 'kk', 'ended', t, 0, t + interval '40 s', t + interval '1 s' * (10 + n % 600), t + interval '9 min',
       t + interval '12 min', {unit}, 'safe', 'child_self',
       (ARRAY['counselling','information','silent','joke','abandoned'])[1 + n % 5],
       (ARRAY['physical','learning','friends','anxiety','loneliness','caregiver','grief',''])[1 + n % 8], '{{}}',
       (ARRAY['girl','boy','unknown'])[1 + n % 3], (ARRAY['7_9','10_12','13_15','16_17','unknown'])[1 + n % 5],
       (ARRAY['610000000','750000000','710000000','270000000',NULL])[1 + n % 5], '{{}}',
       CASE WHEN n % 9 = 0 THEN '{{police}}'::varchar[] ELSE '{{}}' END
  FROM generate_series(1, {number}) n, LATERAL (SELECT timestamptz '{first}' + interval '1 day' * (n % {days}) AS t) AS moment;
INSERT INTO public.helpline_call
  (id, unit_id, account_id, external, state, outcome, began_at, heard_at, queue, extension, answered_by, ended_by, wait,
   talk, held, transfers, conference, gaps, wished, repeat, due)
SELECT gen_random_uuid(), {unit}, 1, n::text, 'over', (ARRAY['answered','answered','answered','abandoned','missed'])[1 + n % 5],
       t, t, 'children', '201', '201', 'caller', 1000 * (n % 90), 60000 + n % 600000, 0, 0, false, '{{}}', false, n % 7 = 0, false
  FROM generate_series(1, {number}) n, LATERAL (SELECT timestamptz '{first}' + interval '1 day' * (n % {days}) AS t) AS moment;
ALTER TABLE public.access_unitfunction ENABLE TRIGGER ALL;
ALTER TABLE public.access_post ENABLE TRIGGER ALL;
ALTER TABLE public.helpline_contact ENABLE TRIGGER ALL;
ALTER TABLE public.helpline_call ENABLE TRIGGER ALL;
