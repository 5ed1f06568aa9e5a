-- One duty a dossier: a tenth is open, a tenth overdue and told to the first rung, the rest met.
-- Fields: moment, protocol, step, function, derivation, ladder (JSON as the actions write it).
INSERT INTO public.obligations_obligation (id, dossier_id, protocol_id, step, unit_id, function, territory, found_by,
       from_moment, due_at, due_now, role, number, delivered_by, outcome, derivation, ladder, rung, state, next_check_at, raised_at, met_at)
SELECT md5('duty' || d.i)::uuid, d.id, {protocol}, {step}, d.inspection, {function}, d.kato, 'district',
       s.due - interval '1 day', s.due, s.due, '', '', '', '', {derivation}::jsonb, {ladder}::jsonb, CASE s.state WHEN 'overdue' THEN 1 ELSE 0 END,
       s.state, CASE s.state WHEN 'open' THEN s.due WHEN 'overdue' THEN {moment}::timestamptz + interval '9 days' END,
       s.due - interval '1 day', CASE s.state WHEN 'met' THEN s.due - interval '3 hours' END
  FROM bench.dossier d
 CROSS JOIN LATERAL (
    SELECT k.state, {moment}::timestamptz + CASE k.state WHEN 'open' THEN 1 ELSE -1 END
           * make_interval(secs => 60 + (hashint4(d.i + 7) & 2147483647) / 2147483647.0
             * CASE k.state WHEN 'met' THEN 31536000 ELSE 600000 END) AS due
      FROM (SELECT CASE (hashint4(d.i) & 1023) % 10 WHEN 1 THEN 'open' WHEN 2 THEN 'overdue' ELSE 'met' END AS state) k) s;
INSERT INTO public.obligations_escalation (id, obligation_id, dossier_id, rung, outcome, unit_id, fell_due_at, noticed_at)
SELECT md5('rung' || o.id)::uuid, o.id, o.dossier_id, 1, 'told', u.parent, o.due_at, o.due_at
  FROM public.obligations_obligation o JOIN bench.unit u ON u.id = o.unit_id WHERE o.state = 'overdue';
