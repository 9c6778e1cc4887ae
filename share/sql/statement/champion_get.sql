-- about: the champion: the last row, with the digest of its set
SELECT c.set_id, f.made, c.seq, f.digest
FROM decision_champion c JOIN fit_set f ON f.set_id = c.set_id
ORDER BY c.seq DESC LIMIT 1;
