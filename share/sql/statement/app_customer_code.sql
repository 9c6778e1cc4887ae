-- about: number of a customer by id, among the features of an execution
SELECT customer FROM feat_customer WHERE made = ?2 AND customer_id = ?1
