-- about: the newest open review that has no candidate yet
SELECT review_id FROM decision_now WHERE state = 'open' AND candidate_set IS NULL ORDER BY review_id DESC LIMIT 1;
