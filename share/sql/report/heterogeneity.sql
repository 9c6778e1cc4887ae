-- about: how customers differ, by the fit: quantiles of purchase rate and drop-out, and shares above and below marks
-- reads: decision_champion, fit_point
-- param: set int optional the set; else the champion's
-- column: law text - rate: purchases a period (of BG/BB: the chance to buy at an opportunity); dropout: the chance that a purchase is the last, or a rate a period
-- column: kind text - quantile or mark
-- column: below real - share of customers below the value
-- column: above real - share of customers above it; of a rate of drop-out these are who stays for less
SELECT p.law, p.kind, p.label, p.value, p.below, 1 - p.below AS above
FROM fit_point p
WHERE p.set_id = coalesce(:set, (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1))
ORDER BY p.law DESC, p.place
