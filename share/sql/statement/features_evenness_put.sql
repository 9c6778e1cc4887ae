-- about: how evenly customers buy, by their last two gaps
INSERT INTO feat_evenness(made, customers, spread) VALUES (?1, ?2, ?3);
