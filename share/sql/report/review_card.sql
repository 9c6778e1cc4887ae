-- about: a review's candidate beside the champion, measure by measure, in words
-- reads: decision_now, fit_model, fit_metric, fit_calibration
-- param: review int optional the review; else the newest
-- column: measure text - error of purchases and of revenue a customer; error over that of the best naive rule; total over actual; value found in the top tenth; group that is off most
-- column: champion real - on the candidate's back-test, where it could be asked there; else on its own
-- column: candidate real - on its own back-test
-- column: verdict text - better, same, worse
-- column: note text - the naive rules; the groups
-- column: form text - number or share
-- column: same_holdout flag - 1: the champion was asked about the candidate's holdout
WITH
r AS (SELECT review_id, champion_set, candidate_set FROM decision_now
      WHERE review_id = coalesce(:review, (SELECT max(review_id) FROM decision_now))),
side(who, set_id) AS (SELECT 'champion', champion_set FROM r UNION ALL SELECT 'candidate', candidate_set FROM r WHERE candidate_set IS NOT NULL),
-- A set's own model, not the others on the same holdout.
told AS (SELECT s.who, m.target, m.metric, m.value FROM side s
         JOIN fit_model p ON p.set_id = s.set_id AND p.role = 'backtest-purchase'
         JOIN fit_metric m ON m.set_id = s.set_id AND (m.model = p.model OR m.model LIKE p.model || '+%')),
-- The champion on the candidate's holdout.
asked AS (SELECT m.target, m.metric, m.value FROM r JOIN fit_metric m ON m.set_id = r.candidate_set AND m.model = 'champion'),
own AS (SELECT who, target, metric, value FROM told WHERE who = 'candidate' OR NOT EXISTS (SELECT 1 FROM asked)
        UNION ALL SELECT 'champion', target, metric, value FROM asked),
-- The naive rule with the least error on the same holdout.
naive AS (SELECT s.who, m.target, m.metric, m.model, m.value, row_number() OVER (PARTITION BY s.who, m.target, m.metric ORDER BY m.value, m.model) AS place
          FROM side s JOIN fit_metric m ON m.set_id = CASE WHEN EXISTS (SELECT 1 FROM asked) THEN (SELECT candidate_set FROM r) ELSE s.set_id END
           AND m.metric = 'mae' AND m.model IN ('last_window', 'hiatus', 'rate')),
-- Groups by frequency that are large enough to be off by more than chance.
groups AS (SELECT s.who, c.label, c.predicted / c.actual - 1 AS error,
                  row_number() OVER (PARTITION BY s.who ORDER BY abs(c.predicted / c.actual - 1) DESC, c.bin) AS place
           FROM side s JOIN fit_calibration c ON c.set_id = s.set_id
           WHERE c.target = 'purchases' AND c.grouping = 'frequency' AND c.actual * c.customers >= 50),
measures(place, measure, form, better, who, value, note) AS (
  SELECT 1, 'error', 'number', 'low', who, value, NULL FROM own WHERE target = 'purchases' AND metric = 'mae' UNION ALL
  SELECT 2, 'error / naive', 'number', 'low', o.who, o.value / n.value, n.model FROM own o JOIN naive n USING (who, target, metric)
   WHERE n.place = 1 AND o.target = 'purchases' AND o.metric = 'mae' UNION ALL
  SELECT 3, 'error in money', 'number', 'low', who, value, NULL FROM own WHERE target = 'revenue' AND metric = 'mae' UNION ALL
  SELECT 4, 'bias', 'share', 'zero', who, value, NULL FROM own WHERE target = 'purchases' AND metric = 'aggregate_error' UNION ALL
  SELECT 5, 'bias in money', 'share', 'zero', who, value, NULL FROM own WHERE target = 'revenue' AND metric = 'aggregate_error' UNION ALL
  SELECT 6, 'top 10% found', 'share', 'high', who, value, NULL FROM own WHERE target = 'purchases' AND metric = 'capture_top10' UNION ALL
  SELECT 7, 'worst group', 'share', 'zero', who, error, label FROM groups WHERE place = 1),
pairs AS (
  SELECT place, measure, form, better, max(CASE who WHEN 'champion' THEN value END) AS champion,
         max(CASE who WHEN 'candidate' THEN value END) AS candidate,
         max(CASE who WHEN 'champion' THEN note END) AS was, max(CASE who WHEN 'candidate' THEN note END) AS now
  FROM measures GROUP BY place),
-- How much better the candidate is; what counts as the same is a hundredth of the error, or half a point of a share.
judged AS (
  SELECT *, CASE better WHEN 'low' THEN (champion - candidate) / nullif(champion, 0) WHEN 'high' THEN candidate - champion
            ELSE abs(champion) - abs(candidate) END AS gain, CASE better WHEN 'low' THEN 0.01 ELSE 0.005 END AS margin FROM pairs)
SELECT measure, champion, candidate,
       CASE WHEN gain IS NULL THEN NULL WHEN gain > margin THEN 'better' WHEN gain < -margin THEN 'worse' ELSE 'same' END AS verdict,
       CASE WHEN measure = 'error / naive' THEN 'the best naive rule: ' || was || CASE WHEN now <> was THEN ' -> ' || now ELSE '' END
            WHEN measure = 'worst group' THEN 'repeat purchases: ' || was || coalesce(' -> ' || now, '')
                 || CASE WHEN EXISTS (SELECT 1 FROM asked) THEN ', each on its own holdout' ELSE '' END END AS note, form,
       EXISTS (SELECT 1 FROM asked) AS same_holdout
FROM judged ORDER BY place
