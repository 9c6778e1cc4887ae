-- about: the state of decision_review, for recipes
SELECT CAST(max(decision_id) AS TEXT) FROM decision_review;
