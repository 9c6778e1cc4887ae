-- about: customer rows are kept for the executions of the live run, the previous one and the champion's; all else goes
DELETE FROM feat_customer WHERE made IN (SELECT exec_id FROM run_stage WHERE exec_id NOT IN (SELECT made FROM run_kept));
DELETE FROM feat_set_aside WHERE made IN (SELECT exec_id FROM run_stage WHERE exec_id NOT IN (SELECT made FROM run_kept));
DELETE FROM feat_backtest WHERE made IN (SELECT exec_id FROM run_stage WHERE exec_id NOT IN (SELECT made FROM run_kept));
DELETE FROM score_customer WHERE made IN (SELECT exec_id FROM run_stage WHERE exec_id NOT IN (SELECT made FROM run_kept));
DELETE FROM score_rank WHERE made IN (SELECT exec_id FROM run_stage WHERE exec_id NOT IN (SELECT made FROM run_kept));
DELETE FROM feat_gap WHERE made IN (SELECT exec_id FROM run_stage WHERE exec_id NOT IN (SELECT made FROM run_kept));
DELETE FROM feat_evenness WHERE made IN (SELECT exec_id FROM run_stage WHERE exec_id NOT IN (SELECT made FROM run_kept));
DELETE FROM feat_day WHERE made IN (SELECT exec_id FROM run_stage WHERE exec_id NOT IN (SELECT made FROM run_kept));
DELETE FROM score_moved WHERE made IN (SELECT exec_id FROM run_stage WHERE exec_id NOT IN (SELECT made FROM run_kept));
DELETE FROM score_save WHERE made IN (SELECT exec_id FROM run_stage WHERE exec_id NOT IN (SELECT made FROM run_kept));
