-- about: how evenly customers buy, by their last two gaps
SELECT customers, spread FROM feat_evenness WHERE made = ?1;
