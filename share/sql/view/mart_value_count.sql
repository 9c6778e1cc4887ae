-- about: how many customers the live ranking has
-- reads: run_live_made, score_rank
-- column: customers count - ranks are 1 to this
CREATE VIEW mart_value_count AS
SELECT max(rank) AS customers FROM score_rank WHERE made = (SELECT made FROM run_live_made WHERE stage = 'rank');
