-- about: how customers differ, by the fit: densities of purchase rate and drop-out in bins of equal width
-- reads: decision_champion, fit_density
-- param: set int optional the set; else the champion's
-- column: law text - rate, dropout: as in heterogeneity
-- column: share real - of customers in the bin; beyond the last bin of a rate are 2.5 %
-- column: density real - share over width
SELECT d.law, d.low, d.high, d.share, d.density
FROM fit_density d
WHERE d.set_id = coalesce(:set, (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1))
ORDER BY d.law DESC, d.place
